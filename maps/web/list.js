// The list in step with the map; long lists grow on demand. The print table is made when the page is printed.
const PAGE = 100;
const PRINTED = 500;

function buildList(host, more, choose) {
  let selected = [], shown = PAGE;
  function item(incident) {
    const button = element("button", { type: "button", class: "item", "data-id": incident.id, "aria-current": incident.id === state.id ? "true" : false },
      symbol(incident.object, incident.status, 24),
      element("span", { class: "item-text" },
        element("span", { class: "item-title" }, incident.raw[F.title].slice(0, 400)),
        element("span", { class: "item-meta" }, `${incident.id} · ${incident.raw[F.when]} · ${incident.status}${incident.point ? "" : " · not placed"}`)));
    button.addEventListener("click", () => choose(incident, () => host.querySelector(`[data-id="${CSS.escape(incident.id)}"]`)));
    return element("li", {}, button);
  }
  function draw() {
    host.replaceChildren(...selected.slice(0, shown).map(item));
    more.hidden = selected.length <= shown;
    more.textContent = `Show ${Math.min(PAGE, selected.length - shown)} more of ${selected.length}`;
  }
  more.addEventListener("click", () => { shown += PAGE; draw(); });
  host.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...host.querySelectorAll("button")];
    const next = buttons[buttons.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });
  return { set: (list) => { selected = list; shown = PAGE; draw(); }, draw };
}

function printTable(host, selected) {
  const numbers = new Map();
  const number = (url, text) => {
    const key = url || text;
    if (!numbers.has(key)) numbers.set(key, { place: numbers.size + 1, text, url });
    return numbers.get(key).place;
  };
  const rows = selected.slice(0, PRINTED).map((incident) => {
    const raw = incident.raw;
    const refs = raw[F.sources].map(([publisher, date, url]) => number(url, `${word(publisher)}${word(date) ? ", " + word(date) : ""}`));
    return element("tr", {}, ...[`${incident.id}\n${raw[F.when]}`, `${raw[F.title]} (${incident.countries.map(countryName).join(", ")})`, word(raw[F.airspace]), word(raw[F.standing]), refs.join(", ")].map((text) => element("td", {}, text)));
  });
  const header = element("tr", {}, ...["Incident", "What and where", "Whose airspace", "Status", "Sources"].map((text) => element("th", { scope: "col" }, text)));
  const sources = [...numbers.values()].map((entry) => element("li", { value: entry.place }, `${entry.text}. ${entry.url}`));
  host.replaceChildren(element("h2", {}, `${selected.length} incidents`), element("table", { class: "printed" }, element("thead", {}, header), element("tbody", {}, ...rows)), element("h2", {}, "Sources"), element("ol", {}, ...sources));
}
