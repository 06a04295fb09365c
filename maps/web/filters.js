// Every filter is a set of allowed values; an empty set allows all. The legend is two of them.
const GROUPS = [
  { key: "object", legend: "Object", of: (incident) => [incident.object], name: (value) => config.symbols[value].label, order: Object.keys(config.symbols), symbol: (value) => symbol(value, "confirmed", 22) },
  { key: "status", legend: "Status", of: (incident) => [incident.status], name: (value) => config.statuses[value].label, order: Object.keys(config.statuses), symbol: (value) => symbol("drone", value, 22), exact: true },
  { key: "country", legend: "State", of: (incident) => incident.countries, name: countryName },
  { key: "legal", legend: "Legal class", of: (incident) => [incident.legal], name: (value) => value },
  { key: "actor", legend: "Actor somebody names", of: (incident) => incident.actors, name: countryName },
];

function passesGroup(incident, group) {
  const allowed = state[group.key];
  if (!allowed.size) return !group.exact;
  return group.of(incident).some((value) => allowed.has(value));
}
const passesTime = (incident) =>
  (state.from === null || incident.to >= state.from) && (state.to === null || incident.from <= state.to);
function passesText(incident, needles) {
  if (!needles.length) return true;
  const text = haystack(incident);
  return needles.every((needle) => text.includes(needle));
}

function selection(except) {
  const needles = fold(state.text).split(/\s+/).filter(Boolean);
  const groups = GROUPS.filter((group) => group !== except);
  return incidents.filter((incident) => groups.every((group) => passesGroup(incident, group)) && passesTime(incident) && passesText(incident, needles));
}

function buildFilters(host, onChange) {
  const updates = GROUPS.map((group) => {
    const values = new Set(incidents.flatMap(group.of));
    const ordered = group.order ? group.order.filter((value) => values.has(value)) : [...values].sort((a, b) => group.name(a).localeCompare(group.name(b), "en"));
    const body = element("div", { class: "options" });
    const counts = new Map(), boxes = new Map();
    for (const value of ordered) {
      const box = element("input", { type: "checkbox", value });
      const count = element("span", { class: "count" }, "0");
      box.addEventListener("change", () => {
        if (box.checked) state[group.key].add(value);
        else state[group.key].delete(value);
        onChange();
      });
      boxes.set(value, box);
      counts.set(value, count);
      const mark = group.symbol ? group.symbol(value) : null;
      body.append(element("label", { class: "option" }, box, mark, element("span", { class: "name" }, group.name(value)), count));
    }
    const details = element("details", { class: "group", open: group.key === "object" || group.key === "status" }, element("summary", {}, group.legend), body);
    host.append(details);
    return () => {
      const tally = new Map();
      for (const incident of selection(group)) for (const value of group.of(incident)) tally.set(value, (tally.get(value) || 0) + 1);
      for (const [value, box] of boxes) {
        box.checked = state[group.key].has(value);
        counts.get(value).textContent = String(tally.get(value) || 0);
      }
      details.classList.toggle("active", !sameSet(state[group.key], initial()[group.key]));
    };
  });
  return () => updates.forEach((update) => update());
}
