// One incident beside the map: what, when, where, whose airspace, who says so and who denies it.
function buildCard(host, onClose) {
  let returnTo = null;
  const close = () => {
    if (host.hidden) return;
    host.hidden = true;
    host.replaceChildren();
    onClose();
    const target = returnTo && returnTo();
    if (target) target.focus({ preventScroll: true });
    returnTo = null;
  };
  host.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });

  const row = (name, ...content) => content.some((part) => part) ? [element("dt", {}, name), element("dd", {}, ...content)] : [];
  const lines = (items) => items.length ? element("ul", {}, ...items.map((item) => element("li", {}, item))) : null;

  function source([publisher, date, url]) {
    const parsed = linkTo(url);
    const text = `${word(publisher)}${word(date) ? ", " + word(date) : ""}`;
    if (!parsed) return element("li", {}, text);
    return element("li", {}, element("a", { href: parsed.href, rel: "noopener noreferrer nofollow", target: "_blank" }, text), element("span", { class: "host" }, ` ${parsed.hostname}`));
  }

  function head(title) {
    const button = element("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
    button.addEventListener("click", close);
    return element("div", { class: "card-head" }, element("h2", { id: "card-title", tabindex: "-1" }, title), button);
  }

  function show(nodes, back) {
    returnTo = back || returnTo;
    host.replaceChildren(...nodes);
    host.hidden = false;
    host.scrollTop = 0;
    host.querySelector("h2").focus({ preventScroll: true });
  }

  function open(incident, back, choose) {
    const raw = incident.raw;
    const sites = raw[F.sites].map((site) => {
      const radius = site[4] ? `, within ${site[4] >= 1000 ? (site[4] / 1000).toLocaleString("en") + " km" : site[4] + " m"}` : ", not placed";
      return `${site[0]} (${word(site[1])}${radius})`;
    });
    const related = raw[F.related].filter((id) => byId.has(id)).map((id) => {
      const button = element("button", { type: "button", class: "linkish" }, id);
      button.addEventListener("click", () => choose(byId.get(id)));
      return element("li", {}, button, " ", byId.get(id).raw[F.title]);
    });
    const list = element("dl", {},
      ...row("When", raw[F.when], raw[F.wording] ? element("span", { class: "wording" }, ` “${raw[F.wording]}”`) : null),
      ...row("Where", lines(sites)),
      ...row("Whose airspace", word(raw[F.airspace])),
      ...row("What", `${word(raw[F.legal])}: ${word(raw[F.objects])}`),
      ...row("Status", word(raw[F.standing])),
      ...row("Who says", lines(words(raw[F.claims]))),
      ...row("Who denies", lines(words(raw[F.denials]))),
      ...row("Response", lines(words(raw[F.responses]))),
      ...row("Outcome", word(raw[F.outcome])),
      ...row("Not known", lines(words(raw[F.unknowns]))),
      ...row("Same wave", related.length ? element("ul", {}, ...related) : null),
      ...row("Sources", element("ol", {}, ...raw[F.sources].map(source))),
    );
    const top = element("p", { class: "card-top" }, symbol(incident.object, incident.status, 26), element("span", {}, `${incident.id} · ${incident.countries.map(countryName).join(", ")}`));
    const summary = raw[F.summary] ? element("p", {}, raw[F.summary]) : null;
    show([head(raw[F.title]), top, summary, list].filter(Boolean), back);
  }

  function openMany(members, choose, back) {
    const items = members.slice(0, 200).map((incident) => {
      const button = element("button", { type: "button", class: "linkish" }, `${incident.id} ${incident.raw[F.title]}`);
      button.addEventListener("click", () => choose(incident));
      return element("li", {}, symbol(incident.object, incident.status, 20), button, element("span", { class: "host" }, ` ${incident.raw[F.when]}`));
    });
    show([head(`${members.length} incidents at this place`), element("ul", { class: "many" }, ...items)], back);
  }
  return { open, openMany, close };
}
