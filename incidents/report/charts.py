"""Charts as inline SVG: the same bytes for the same figures, told apart in grey print and by the colour-blind."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from incidents.model import Incident, ObjectClass
from incidents.report.summary import Summary, every_month
from incidents.wording import country_name

_STYLES: dict[str, tuple[str, str]] = {
    "drone": ("#0072B2", ""),
    "crewed aircraft": ("#D55E00", "///"),
    "missile": ("#000000", "..."),
    "balloon": ("#F0E442", "\\\\\\"),
    "not known": ("#999999", "xx"),
}
"""Okabe-Ito colours, each with a hatching of its own."""

_KINDS = {
    ObjectClass.DRONE: "drone",
    ObjectClass.BALLOON: "balloon",
    ObjectClass.UNKNOWN: "not known",
    ObjectClass.CRUISE_MISSILE: "missile",
    ObjectClass.BALLISTIC_MISSILE: "missile",
    ObjectClass.AIR_DEFENCE_MISSILE: "missile",
}

_HATCHED = 48
"""Bars narrower than one in so many are too thin for a hatching to show."""

_RC: Any = {
    "svg.hashsalt": "airspace-incidents",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(name: str, summary: Summary) -> str | None:
    """Return chart `name` as an ``<svg>`` element without ids from outside, or None where there is nothing to draw."""
    return CHARTS[name](summary) if name in CHARTS else None


def _months(summary: Summary) -> str | None:
    keys = sorted(row.key for row in summary.breakdowns["month"] if row.key != "unknown")
    if not keys:
        return None
    months = every_month(keys[0], keys[-1])
    by_id = {record.id: record for record in summary.incidents}
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in _STYLES}
    for row in summary.breakdowns["month"]:
        for id_ in row.ids:
            counts[_kind(by_id[id_])][row.key] += 1
    return _stacked(months, counts, "incidents by month", ticks=_month_ticks(months))


def _kind(record: Incident) -> str:
    return _KINDS.get(record.object_classes[0], "crewed aircraft")


def _month_ticks(months: Sequence[str]) -> dict[int, str]:
    step = next(step for step in (1, 3, 6, 12, 24, 60) if len(months) / step <= 12 or step == 60)
    shown = {i: m for i, m in enumerate(months) if (int(m[5:]) - 1 + 12 * int(m[:4])) % step == 0}
    return {i: m[:4] if step >= 12 else m for i, m in shown.items()} or {0: months[0]}


def _countries(summary: Summary) -> str | None:
    by_id = {record.id: record for record in summary.incidents}
    rows = [row for row in summary.breakdowns["country"] if row.nato_ids]
    if not rows:
        return None
    rows.sort(key=lambda row: (row.nato, row.key))
    figure, axes = _figure(height=0.6 + 0.24 * len(rows), left=0.17)
    left = [0] * len(rows)
    for kind, (colour, hatch) in _STYLES.items():
        counts = [sum(_kind(by_id[i]) == kind for i in row.nato_ids) for row in rows]
        if any(counts):
            axes.barh(
                range(len(rows)),
                counts,
                left=left,
                color=colour,
                hatch=hatch,
                edgecolor="white",
                linewidth=0.4,
                label=kind,
            )
        left = [a + b for a, b in zip(left, counts, strict=True)]
    for index, number in enumerate(left):
        axes.text(number, index, f" {number}", va="center", fontsize=8)
    axes.set_yticks(range(len(rows)), [country_name(row.key) for row in rows])
    axes.set_xlabel("incidents")
    axes.legend(frameon=False, loc="lower right")
    return _svg(figure)


def _hours(summary: Summary) -> str | None:
    hours: Counter[int] = Counter()
    for record in _body(summary):
        start, end = record.occurred.earliest, record.occurred.latest
        if isinstance(start, datetime) and isinstance(end, datetime) and (end - start).total_seconds() <= 6 * 3600:
            hours[start.hour] += 1
    if sum(hours.values()) < 3:
        return None
    figure, axes = _figure()
    axes.bar(range(24), [hours[h] for h in range(24)], color="#0072B2", width=0.85)
    axes.set_xticks(range(0, 24, 3), [f"{h:02}:00" for h in range(0, 24, 3)])
    axes.set_xlabel("local hour the event began, where known to within six hours")
    axes.set_ylabel("incidents")
    _whole_numbers(axes)
    return _svg(figure)


_DEPTHS = (0.0, 1.0, 5.0, 20.0, 50.0, 100.0, float("inf"))


def _depths(summary: Summary) -> str | None:
    depths = [
        measure.high if measure.high is not None else measure.low or 0.0
        for record in _body(summary)
        if record.behaviour and (measure := record.behaviour.penetration_km)
    ]
    if len(depths) < 3:
        return None
    names, numbers = [], []
    for low, high in pairwise(_DEPTHS):
        names.append(f"over {low:g}" if high == float("inf") else f"{low:g}-{high:g}")
        numbers.append(sum(low < d <= high or (low == 0 and d == 0) for d in depths))
    figure, axes = _figure()
    axes.bar(range(len(names)), numbers, color="#009E73", width=0.8)
    axes.set_xticks(range(len(names)), names)
    axes.set_xlabel("km inside the border, as reported, where known")
    axes.set_ylabel("incidents")
    _whole_numbers(axes)
    return _svg(figure)


def _body(summary: Summary) -> list[Incident]:
    ids = set(summary.counted.ids or summary.apart.ids)
    return [record for record in summary.incidents if record.id in ids]


CHARTS = {"months": _months, "countries": _countries, "hours": _hours, "depths": _depths}
"""Every chart by the name a document's picture carries."""


def _stacked(keys: Sequence[str], counts: dict[str, Counter[str]], ylabel: str, *, ticks: dict[int, str]) -> str:
    figure, axes = _figure()
    bottom = [0] * len(keys)
    for kind, (colour, hatch) in _STYLES.items():
        heights = [counts[kind][key] for key in keys]
        if any(heights):
            drawn = [place for place, height in enumerate(heights) if height]
            axes.bar(
                drawn,
                [heights[place] for place in drawn],
                bottom=[bottom[place] for place in drawn],
                color=colour,
                hatch=hatch if len(keys) <= _HATCHED else "",
                edgecolor="white",
                linewidth=0.4 if len(keys) <= _HATCHED else 0.0,
                width=0.9,
                label=kind,
            )
        bottom = [a + b for a, b in zip(bottom, heights, strict=True)]
    axes.set_xlim(-0.6, len(keys) - 0.4)
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_ylabel(ylabel)
    _whole_numbers(axes)
    axes.legend(frameon=False, loc="upper left")
    return _svg(figure)


def _whole_numbers(axes: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(integer=True))


def _figure(height: float = 2.6, left: float = 0.075) -> tuple[Any, Any]:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_RC):
        figure = Figure(figsize=(7.2, height))
        figure.subplots_adjust(left=left, right=0.985, top=1 - 0.1 / height, bottom=0.48 / height)
        return figure, figure.subplots()


def _svg(figure: Any) -> str:
    import matplotlib as mpl

    buffer = io.StringIO()
    with mpl.rc_context(_RC):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    text = buffer.getvalue()
    svg = text[text.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    return re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)


def alternative(name: str, summary: Summary, fallback: str) -> str:
    """Return what a chart shows, in words, for those who do not see it."""
    if name != "months":
        return fallback
    rows = [f"{row.key}: {row.incidents}" for row in summary.breakdowns["month"]]
    return f"{fallback}. " + ", ".join(rows)
