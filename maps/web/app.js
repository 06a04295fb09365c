// Puts the parts together. `startIncidentMap` is what the page's own script calls with its map.
window.startIncidentMap = function (map) {
  const $ = (id) => document.getElementById(id);
  readHash();
  document.body.classList.add("live");
  document.body.classList.toggle("embed", state.embed);
  $("static").hidden = true;
  map.attributionControl.setPrefix(false);
  map.invalidateSize({ animate: false });

  const placed = incidents.filter((incident) => incident.point);
  const focusBounds = () => {
    const shapes = outlines("sea").filter((shape) => shape.code === config.focus);
    return shapes.length ? L.latLngBounds(shapes.flatMap((shape) => shape.rings.flat(2))) : null;
  };
  const home = () => {
    const bounds = (config.focus && focusBounds()) || (placed.length ? L.latLngBounds(placed.map((incident) => incident.point)) : null);
    if (bounds && bounds.isValid()) map.fitBounds(bounds, { padding: [30, 30], maxZoom: 8, animate: false });
    else map.setView([55, 20], 4, { animate: false });
  };
  if (state.view) map.setView([state.view[1], state.view[2]], state.view[0], { animate: false });
  else home();

  const basemap = drawBasemap(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  if (config.tiles) {
    const tiles = L.tileLayer(config.tiles, { attribution: "", maxZoom: 18 });
    L.control.layers(null, { "Online tiles": tiles }, { position: "topright", collapsed: false }).addTo(map);
  }

  const card = buildCard($("card"), () => { state.id = null; marks.choose(null); refreshMarks(); });
  // The card covers part of the map: what is chosen goes where it can be seen.
  const showBesideCard = (bounds, fit) => {
    const size = map.getSize(), panel = $("card").getBoundingClientRect();
    const isBelow = panel.width > size.x * 0.8;
    const padding = { paddingTopLeft: [50, 50], paddingBottomRight: isBelow ? [50, panel.height + 30] : [panel.width + 50, 50] };
    if (fit) map.fitBounds(bounds, { ...padding, maxZoom: Math.max(9, map.getZoom()) });
    else map.panInside(bounds.getCenter(), padding);
  };
  const choose = (incident, back) => {
    state.id = incident.id;
    card.open(incident, back, choose);
    marks.choose(incident);
    const sites = incident.raw[F.sites].filter((site) => site[2] !== null).map((site) => [site[3], site[2]]);
    if (sites.length) showBesideCard(L.latLngBounds(sites), sites.length > 1);
    refreshMarks();
  };
  const marks = buildMarks(map,
    (incident, marker) => choose(incident, () => [...map.getPane("markerPane").children].find((node) => node.getAttribute("aria-label") === incidentName(incident)) || map.getContainer()),
    (members) => card.openMany(members, (incident) => choose(incident, () => map.getContainer()), () => map.getContainer()));
  const list = buildList($("list"), $("more"), choose);

  let current = [];
  const refreshMarks = () => { marks.draw(); list.draw(); writeHash(); };
  const refresh = () => {
    current = selection(null);
    countPerCountry(current);
    if (config.style === "choropleth") basemap.restyle();
    marks.set(current);
    list.set(current);
    updateFilters();
    updateTimeline();
    updateLegend();
    const unplaced = current.filter((incident) => !incident.point).length;
    $("live").textContent = `${current.length} of ${incidents.length} incidents${unplaced ? `, ${unplaced} not placed` : ""}`;
    $("empty").hidden = current.length > 0;
    $("search").value = state.text;
    writeHash();
  };
  let waiting = null;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(refresh, incidents.length > 5000 ? 120 : 0); };
  const updateFilters = buildFilters($("groups"), soon);
  const updateTimeline = buildTimeline($("time"), soon);
  const updateLegend = () => {
    const host = $("ramp");
    if (config.style !== "choropleth") return;
    const edges = breaks();
    let low = 1;
    host.replaceChildren(...edges.map((edge, place) => {
      const swatch = element("span", { class: "swatch" });
      swatch.style.background = config.ramp[place + config.ramp.length - edges.length];
      const text = low >= edge ? String(edge) : `${low}-${edge}`;
      low = edge + 1;
      return element("li", {}, swatch, text);
    }));
  };
  $("search").addEventListener("input", () => { state.text = $("search").value; soon(); });
  $("reset").addEventListener("click", () => {
    const plain = initial();
    for (const key of [...KEYS, "text", "from", "to"]) state[key] = plain[key];
    refresh();
  });
  $("home").addEventListener("click", home);
  map.on("moveend", () => {
    const centre = map.getCenter();
    state.view = [map.getZoom(), +centre.lat.toFixed(4), +centre.lng.toFixed(4)];
    writeHash();
  });
  addEventListener("hashchange", () => {
    readHash();
    refresh();
    if (state.view) map.setView([state.view[1], state.view[2]], state.view[0], { animate: false });
    if (state.id) choose(byId.get(state.id));
  });
  // On paper the map has its own size: the same ground is fitted to it, at once, since nothing waits for a frame.
  let onScreen = null;
  const resize = (isPrinting, bounds) => {
    document.body.classList.toggle("printing", isPrinting);
    map.invalidateSize({ animate: false, pan: false });
    if (bounds) map.fitBounds(bounds, { animate: false });
    basemap.restyle(isPrinting);
    basemap.flush();
  };
  addEventListener("beforeprint", () => {
    printTable($("print"), current);
    onScreen = [map.getCenter(), map.getZoom()];
    resize(true, map.getBounds().pad(-0.08));
  });
  addEventListener("afterprint", () => {
    resize(false, null);
    if (onScreen) map.setView(onScreen[0], onScreen[1], { animate: false });
    onScreen = null;
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") card.close(); });

  refresh();
  if (state.id) choose(byId.get(state.id));
  requestAnimationFrame(() => requestAnimationFrame(() => document.documentElement.setAttribute("data-ready", "")));
};
