// The page's data blocks, decoded once. Text from sources only ever becomes text nodes.
const block = (id) => JSON.parse(document.getElementById(id).textContent);
const config = block("config");
const base = block("basemap");
const payload = block("payload");
const F = Object.fromEntries(payload.fields.map((name, place) => [name, place]));
const word = (place) => payload.words[place];
const words = (places) => places.map(word);

const incidents = payload.incidents.map((raw, index) => {
  const sites = raw[F.sites];
  const placed = sites.filter((site) => site[2] !== null);
  const primary = placed.find((site) => site[5]) || placed[0] || null;
  return {
    index,
    raw,
    id: raw[F.id],
    from: raw[F.from] === null ? raw[F.to] : raw[F.from],
    to: raw[F.to],
    open: raw[F.from] === null,
    countries: words(raw[F.countries]),
    object: word(raw[F.object]),
    status: word(raw[F.status]),
    legal: word(raw[F.legal]),
    actors: raw[F.actors].length ? words(raw[F.actors]) : ["not named"],
    point: primary && [primary[3], primary[2]],
    radius: primary && primary[4],
    haystack: null,
  };
});
const byId = new Map(incidents.map((incident) => [incident.id, incident]));

function fold(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
    .replace(/ø/g, "o").replace(/ł/g, "l").replace(/æ/g, "ae").replace(/ı/g, "i").replace(/đ/g, "d");
}

function haystack(incident) {
  if (incident.haystack === null) {
    const raw = incident.raw;
    const parts = [raw[F.id], raw[F.title], raw[F.summary], word(raw[F.objects]), ...incident.countries.map(countryName)];
    for (const site of raw[F.sites]) parts.push(site[0]);
    for (const source of raw[F.sources]) parts.push(word(source[0]), source[2]);
    incident.haystack = fold(parts.join("\n"));
  }
  return incident.haystack;
}

const countryName = (code) => (Object.hasOwn(base.names, code) ? base.names[code] : code);
const DAY = 86400000;
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const dayOf = (iso) => Math.round(Date.parse(iso + "T00:00:00Z") / DAY);

// Encoded polyline: differences, zigzag, five bits a character.
function decodeLine(text, precision) {
  const line = [];
  let place = 0, x = 0, y = 0;
  const next = () => {
    let value = 0, shift = 0, bits;
    do {
      bits = text.charCodeAt(place++) - 63;
      value += (bits & 31) * 2 ** shift;
      shift += 5;
    } while (bits >= 32);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  while (place < text.length) {
    x += next();
    y += next();
    line.push([y / precision, x / precision]);
  }
  return line;
}

function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  for (const child of children) if (child !== null && child !== undefined) node.append(child);
  return node;
}

function linkTo(url) {
  try {
    const parsed = new URL(url);
    return parsed.protocol === "http:" || parsed.protocol === "https:" ? parsed : null;
  } catch {
    return null;
  }
}
