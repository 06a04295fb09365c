// Land, territorial sea, borders, disputed ground and labels, all drawn from the page itself.
const SHADES = {
  light: { sea: "#dfe8f0", water: "#cfdeeb", waterMember: "#c3d9ee", waterLine: "#5f83a8", land: "#f2efe9", member: "#fbf3d9", border: "#8a8577", disputed: "#b3446c", focus: "#f6dd8f" },
  dark: { sea: "#12202e", water: "#172b3e", waterMember: "#1a3650", waterLine: "#6f94ba", land: "#2b2f33", member: "#3d3a2c", border: "#7d7869", disputed: "#ef8fb1", focus: "#6b5c22" },
};
const darkness = matchMedia("(prefers-color-scheme: dark)");
const shades = (isPrinting) => SHADES[darkness.matches && !isPrinting ? "dark" : "light"];

const decoded = {};
function outlines(name) {
  if (!decoded[name]) {
    decoded[name] = base[name].map(([code, sovereign, isMember, rings]) => ({
      code, sovereign, isMember, rings: rings.map((ring) => [decodeLine(ring, base.precision)]),
    }));
  }
  return decoded[name];
}

function drawBasemap(map) {
  const pane = map.createPane("basemap");
  pane.style.zIndex = 150;
  const renderer = L.canvas({ pane: "basemap", padding: 0.4 });
  const drawn = [];
  const options = { renderer, pane: "basemap", interactive: false, smoothFactor: 0.6 };
  const sea = outlines("sea").map((shape) => {
    const layer = L.polygon(shape.rings, { ...options, weight: 1, dashArray: "3 3" }).addTo(map);
    drawn.push((s) => layer.setStyle({ color: s.waterLine, fillColor: shape.isMember ? s.waterMember : s.water, fillOpacity: 1, opacity: 0.9 }));
    return layer;
  });
  const land = outlines("land").map((shape) => {
    const layer = L.polygon(shape.rings, { ...options, weight: 0.8 }).addTo(map);
    drawn.push((s) => layer.setStyle({
      color: s.border,
      fillColor: choroplethColour(shape) || (shape.code === config.focus ? s.focus : shape.isMember ? s.member : s.land),
      fillOpacity: 1,
    }));
    return layer;
  });
  for (const disputed of base.disputed) {
    const layer = L.polygon(disputed.rings.map((ring) => [decodeLine(ring, base.precision)]), { ...options, weight: 1.5, dashArray: "2 4" }).addTo(map);
    drawn.push((s) => layer.setStyle({ color: s.disputed, fillColor: s.disputed, fillOpacity: 0.18 }));
  }
  const restyle = (isPrinting) => {
    const s = shades(isPrinting === true);
    map.getContainer().style.background = s.sea;
    for (const style of drawn) style(s);
  };
  restyle();
  darkness.addEventListener("change", restyle);
  drawLabels(map);
  return { restyle, land, sea, flush: () => renderer._redraw() };
}

function drawLabels(map) {
  const pane = map.createPane("labels");
  pane.style.zIndex = 450;
  pane.style.pointerEvents = "none";
  pane.setAttribute("aria-hidden", "true");
  const group = L.layerGroup().addTo(map);
  const update = () => {
    group.clearLayers();
    const zoom = map.getZoom(), bounds = map.getBounds().pad(0.05);
    for (const [name, lon, lat, least, kind] of base.labels) {
      if (zoom + 0.5 < least || (kind === "country" && zoom > 8) || !bounds.contains([lat, lon])) continue;
      const text = element("span", { class: "label " + kind }, name);
      group.addLayer(L.marker([lat, lon], { pane: "labels", interactive: false, keyboard: false, icon: L.divIcon({ className: "", html: text, iconSize: [0, 0] }) }));
    }
  };
  map.on("moveend", update);
  update();
}

// Incidents per member over what is selected, refuted ones never counted.
let perCountry = new Map();
function countPerCountry(selected) {
  perCountry = new Map();
  for (const incident of selected) {
    if (incident.status === "refuted") continue;
    for (const code of incident.countries) perCountry.set(code, (perCountry.get(code) || 0) + 1);
  }
}

function breaks() {
  const most = Math.max(0, ...perCountry.values());
  const edges = [];
  for (let step = 1; step <= config.ramp.length; step++) {
    const edge = Math.ceil(most ** (step / config.ramp.length));
    if (!edges.length || edge > edges[edges.length - 1]) edges.push(edge);
  }
  return edges;
}

function choroplethColour(shape) {
  if (config.style !== "choropleth" || !shape.isMember) return null;
  const count = perCountry.get(shape.code) || 0;
  if (!count) return null;
  const edges = breaks();
  const place = edges.findIndex((edge) => count <= edge);
  return config.ramp[Math.min(config.ramp.length - 1, place + config.ramp.length - edges.length)];
}
