// Markers and clusters on a pixel grid: a cluster counts what every filter left, whatever the zoom.
const GRID = 54;
const RINGS_FROM = 12;
const ON_TRACK = new Set(["entry", "over", "closest", "exit", "crash", "shootdown"]);

function buildMarks(map, open, openMany) {
  const layer = L.layerGroup().addTo(map);
  const rings = L.layerGroup().addTo(map);
  const chosen = L.layerGroup().addTo(map);
  const ringRenderer = L.svg({ padding: 0.3 });
  let selected = [];

  const metresPerPixel = (lat) => (40075016.7 * Math.cos((lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);

  function group() {
    const zoom = map.getZoom(), bounds = map.getBounds().pad(0.15);
    const cells = new Map();
    for (const incident of selected) {
      if (!incident.point || !bounds.contains(incident.point)) continue;
      const pixel = map.project(incident.point, zoom);
      const key = `${Math.floor(pixel.x / GRID)}:${Math.floor(pixel.y / GRID)}`;
      const cell = cells.get(key);
      if (cell) cell.push(incident);
      else cells.set(key, [incident]);
    }
    return apart([...cells.values()].map((members) => heap(members, zoom)));
  }

  const sizeOf = (count) => (count === 1 ? 28 : 30 + Math.min(22, 5 * Math.log2(count)));
  const heap = (members, zoom) => {
    const pixels = members.map((incident) => map.project(incident.point, zoom));
    const mean = (axis) => pixels.reduce((sum, pixel) => sum + pixel[axis], 0) / pixels.length;
    return { members, x: mean("x"), y: mean("y") };
  };

  // Neighbours that would overlap become one, the largest first, until every symbol stands clear.
  function apart(heaps) {
    for (let pass = 0, merged = true; merged && pass < 12; pass++) {
      merged = false;
      const kept = [];
      for (const one of heaps.sort((a, b) => b.members.length - a.members.length)) {
        const reach = sizeOf(one.members.length);
        const near = kept.find((other) => Math.hypot(one.x - other.x, one.y - other.y) < (reach + sizeOf(other.members.length)) / 2 + 3);
        if (!near) {
          kept.push(one);
          continue;
        }
        merged = true;
        const mine = one.members.length, theirs = near.members.length;
        near.x = (near.x * theirs + one.x * mine) / (mine + theirs);
        near.y = (near.y * theirs + one.y * mine) / (mine + theirs);
        near.members = near.members.concat(one.members);
      }
      heaps = kept;
    }
    return heaps.sort((a, b) => a.y - b.y || a.x - b.x);
  }

  function ring(incident) {
    if (!incident.radius || incident.radius / metresPerPixel(incident.point[0]) < RINGS_FROM) return;
    rings.addLayer(L.circle(incident.point, { renderer: ringRenderer, radius: incident.radius, interactive: false, color: config.symbols[incident.object].colour, weight: 1.5, dashArray: "5 4", fillOpacity: 0.05 }));
  }

  function single(incident) {
    const holder = element("div", { class: "mark" + (incident.id === state.id ? " chosen" : "") });
    holder.append(symbol(incident.object, incident.status, 28));
    const marker = L.marker(incident.point, { icon: L.divIcon({ className: "icon", html: holder, iconSize: [28, 28] }), riseOnHover: true });
    marker.on("click keypress", (event) => { if (event.type === "click" || event.originalEvent.key === "Enter") open(incident, marker); });
    layer.addLayer(marker);
    name(marker, incidentName(incident));
    ring(incident);
  }

  function cluster({ members, x, y }) {
    const points = members.map((incident) => incident.point);
    const centre = map.unproject([x, y], map.getZoom());
    const size = sizeOf(members.length);
    const holder = element("div", { class: "cluster" }, String(members.length));
    const marker = L.marker(centre, { icon: L.divIcon({ className: "icon", html: holder, iconSize: [size, size] }) });
    const bounds = L.latLngBounds(points);
    const act = () => {
      const isOnePlace = bounds.getNorthEast().distanceTo(bounds.getSouthWest()) < 300;
      if (isOnePlace || map.getZoom() >= map.getMaxZoom()) openMany(members);
      else {
        const now = map.getZoom(), fitting = map.getBoundsZoom(bounds, false, L.point(60, 60));
        map.setView(bounds.getCenter(), Math.min(map.getMaxZoom(), Math.max(now + 1, Math.min(fitting, now + 3))));
      }
    };
    marker.on("click keypress", (event) => { if (event.type === "click" || event.originalEvent.key === "Enter") act(); });
    layer.addLayer(marker);
    name(marker, `${members.length} incidents here; zoom in`);
  }

  const name = (marker, text) => marker.getElement().setAttribute("aria-label", text);

  function density() {
    const step = Math.max(8, GRID / 2);
    const cells = new Map(), zoom = map.getZoom(), bounds = map.getBounds().pad(0.2);
    for (const incident of selected) {
      if (!incident.point || incident.status === "refuted" || !bounds.contains(incident.point)) continue;
      const pixel = map.project(incident.point, zoom);
      const key = `${Math.floor(pixel.x / step)}:${Math.floor(pixel.y / step)}`;
      cells.set(key, (cells.get(key) || 0) + 1);
    }
    const most = Math.max(1, ...cells.values());
    for (const [key, count] of cells) {
      const [x, y] = key.split(":").map(Number);
      const corner = (i, j) => map.unproject([(x + i) * step, (y + j) * step], zoom);
      const shade = config.ramp[Math.min(config.ramp.length - 1, 1 + Math.floor(((config.ramp.length - 1) * Math.log(count)) / Math.log(most + 1)))];
      rings.addLayer(L.rectangle(L.latLngBounds(corner(0, 0), corner(1, 1)), { renderer: ringRenderer, interactive: false, color: "#0b3460", weight: 0.6, fillColor: shade, fillOpacity: 0.85 }));
    }
  }

  function draw() {
    const focused = layer.getLayers().find((marker) => marker.getElement() === document.activeElement);
    const focusName = focused && focused.getElement().getAttribute("aria-label");
    layer.clearLayers();
    rings.clearLayers();
    if (config.style === "density") return density();
    if (config.style === "choropleth" && map.getZoom() < 6) return;
    for (const found of group()) found.members.length === 1 ? single(found.members[0]) : cluster(found);
    if (focusName) {
      const again = layer.getLayers().find((marker) => marker.getElement().getAttribute("aria-label") === focusName);
      if (again) again.getElement().focus({ preventScroll: true });
    }
  }

  // The chosen incident: all its sites with their discs, a line through them, dotted lines to its wave.
  function choose(incident) {
    chosen.clearLayers();
    if (!incident) return;
    const colour = config.symbols[incident.object].colour;
    const placed = incident.raw[F.sites].filter((site) => site[2] !== null);
    // A line only through what the object itself passed; finds and closed airports are no track.
    const line = placed.filter((site) => ON_TRACK.has(word(site[1]))).map((site) => [site[3], site[2]]);
    if (line.length > 1 && line.length < 8) {
      chosen.addLayer(L.polyline(line, { renderer: ringRenderer, interactive: false, color: "#ffffff", weight: 5, opacity: 0.8 }));
      chosen.addLayer(L.polyline(line, { renderer: ringRenderer, interactive: false, color: colour, weight: 2.5, dashArray: "1 0" }));
    }
    for (const site of placed) {
      const at = [site[3], site[2]];
      if (site[4]) chosen.addLayer(L.circle(at, { renderer: ringRenderer, radius: site[4], interactive: false, color: colour, weight: 2, dashArray: "6 4", fillOpacity: 0.08 }));
      chosen.addLayer(L.circleMarker(at, { renderer: ringRenderer, radius: 4, interactive: false, color: "#ffffff", weight: 1.5, fillColor: colour, fillOpacity: 1 }));
    }
    for (const id of incident.raw[F.related]) {
      const other = byId.get(id);
      if (other && other.point && incident.point) chosen.addLayer(L.polyline([incident.point, other.point], { renderer: ringRenderer, interactive: false, color: colour, weight: 2, dashArray: "1 6" }));
    }
  }

  map.on("moveend", draw);
  return { set: (list) => { selected = list; draw(); }, choose, draw };
}
