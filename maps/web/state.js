// What is chosen: one object, mirrored in the address's hash, so that a link carries it.
const KEYS = ["country", "object", "status", "legal", "actor"];
const firstDay = incidents.reduce((day, incident) => Math.min(day, incident.from), Infinity);
const lastDay = incidents.reduce((day, incident) => Math.max(day, incident.to), -Infinity);

const initial = () => ({
  country: new Set(),
  object: new Set(),
  status: new Set(["confirmed", "probable", "unresolved"]),
  legal: new Set(),
  actor: new Set(),
  text: "",
  from: null,
  to: null,
  id: null,
  view: null,
  embed: config.embed,
});
const state = initial();

const sameSet = (a, b) => a.size === b.size && [...a].every((value) => b.has(value));

function readHash() {
  const wanted = new URLSearchParams(location.hash.replace(/^#/, ""));
  const fresh = initial();
  for (const key of KEYS) {
    if (wanted.has(key)) fresh[key] = new Set(wanted.get(key).split(",").filter(Boolean));
  }
  fresh.text = wanted.get("q") || "";
  for (const key of ["from", "to"]) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(wanted.get(key) || "")) fresh[key] = dayOf(wanted.get(key));
  }
  fresh.id = byId.has(wanted.get("id")) ? wanted.get("id") : null;
  const view = (wanted.get("view") || "").split("/").map(Number);
  fresh.view = view.length === 3 && view.every(Number.isFinite) ? view : null;
  fresh.embed = config.embed || wanted.has("embed");
  Object.assign(state, fresh);
}

function writeHash() {
  const parts = new URLSearchParams();
  const plain = initial();
  if (state.id) parts.set("id", state.id);
  for (const key of KEYS) if (!sameSet(state[key], plain[key])) parts.set(key, [...state[key]].sort().join(","));
  if (state.text) parts.set("q", state.text);
  for (const key of ["from", "to"]) if (state[key] !== null) parts.set(key, isoDay(state[key]));
  if (state.view) parts.set("view", state.view.join("/"));
  if (state.embed && !config.embed) parts.set("embed", "1");
  const hash = "#" + parts.toString().replace(/%2C/g, ",").replace(/%2F/g, "/");
  // A sandboxed frame may not touch its history: the map works all the same.
  try { history.replaceState(null, "", hash === "#" ? location.pathname + location.search : hash); } catch { /* stays */ }
}
