// Months as a histogram under two native range inputs; an uncertain date counts across its whole interval.
function monthOf(day) {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
const monthStart = (month) => Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY);
const monthName = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

function buildTimeline(host, onChange) {
  if (!incidents.length) return () => {};
  const first = monthOf(firstDay), last = monthOf(lastDay);
  const bars = element("div", { class: "bars", "aria-hidden": "true" });
  const nodes = [];
  for (let month = first; month <= last; month++) {
    const bar = element("span", {});
    nodes.push(bar);
    bars.append(bar);
  }
  const range = (name) => element("input", { type: "range", min: first, max: last, step: 1, "aria-label": name });
  const from = range("From month"), to = range("To month");
  const text = element("output", { class: "period" });
  const play = element("button", { type: "button", class: "play" }, "Play");
  const reset = element("button", { type: "button", class: "reset" }, "All time");
  host.append(element("div", { class: "period-row" }, play, text, reset), bars, element("div", { class: "ranges" }, from, to));

  const apply = () => {
    const low = Math.min(+from.value, +to.value), high = Math.max(+from.value, +to.value);
    state.from = low <= first ? null : monthStart(low);
    state.to = high >= last ? null : monthStart(high + 1) - 1;
    onChange();
  };
  from.addEventListener("input", apply);
  to.addEventListener("input", apply);
  reset.addEventListener("click", () => { stop(); state.from = state.to = null; onChange(); });
  let timer = null;
  const stop = () => { clearInterval(timer); timer = null; play.textContent = "Play"; play.setAttribute("aria-pressed", "false"); };
  play.addEventListener("click", () => {
    if (timer) return stop();
    play.textContent = "Stop";
    play.setAttribute("aria-pressed", "true");
    let month = state.to === null ? first : monthOf(state.to);
    if (state.from === null) from.value = first;
    timer = setInterval(() => {
      month += 1;
      to.value = month;
      apply();
      if (month >= last) stop();
    }, matchMedia("(prefers-reduced-motion: reduce)").matches ? 1200 : 350);
  });

  return () => {
    const counts = new Array(nodes.length).fill(0);
    const keep = [state.from, state.to];
    state.from = state.to = null;
    for (const incident of selection(null)) counts[monthOf(incident.to) - first] += 1;
    [state.from, state.to] = keep;
    const most = Math.max(1, ...counts);
    const low = state.from === null ? first : monthOf(state.from), high = state.to === null ? last : monthOf(state.to);
    nodes.forEach((bar, place) => {
      bar.style.height = counts[place] ? `${Math.max(6, (100 * counts[place]) / most)}%` : "0";
      bar.classList.toggle("out", place + first < low || place + first > high);
    });
    from.value = low;
    to.value = high;
    from.setAttribute("aria-valuetext", monthName(low));
    to.setAttribute("aria-valuetext", monthName(high));
    text.textContent = low === high ? monthName(low) : `${monthName(low)} to ${monthName(high)}`;
  };
}
