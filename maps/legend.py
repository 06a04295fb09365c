"""What a picture says beside its map: title, marking, legend, scale, north, attribution."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from maps.marks import DENSITY_M, draw_symbols
from maps.page import credit
from maps.ramp import class_edges, class_of
from maps.style import RAMP, STATUSES, SYMBOLS

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def draw_furniture(
    figure: Any,
    axes: Any,
    frame: GeoDataFrame,
    extent: tuple[float, ...],
    title: str,
    marking: str | None,
    on: date | None,
    data_version: str,
    style: str,
    counts: dict[str, int],
    is_small: bool,
) -> None:
    if title:
        figure.text(0.012, 0.965, title, fontsize=14, fontweight="bold", va="center", parse_math=False)
    if marking:
        figure.text(0.5, 0.985, marking, fontsize=9, fontweight="bold", ha="center", va="center", parse_math=False)
    figure.text(
        0.012,
        0.02,
        _wrapped(credit(on, data_version, None), 210 if not is_small else 125),
        fontsize=5.5,
        color="#51606f",
        va="center",
        parse_math=False,
    )
    _scale_bar(axes, extent)
    axes.annotate(
        "N\n▲", (0.985, 0.97), xycoords="axes fraction", ha="right", va="top", fontsize=8, fontweight="bold", zorder=20
    )
    if style == "incidents":
        _legend(axes, frame, width=0.2 if is_small else 0.165)
    else:
        _ramp_legend(axes, counts if style == "choropleth" else {}, style)
    number = frame["incident_id"].nunique()
    placed = frame.loc[frame.geometry.notna(), "incident_id"].nunique()
    note = f"{number} incident{'' if number == 1 else 's'}" + (
        f", {number - placed} not placed" if number > placed else ""
    )
    axes.annotate(
        note,
        (0.5, 0.985),
        xycoords="axes fraction",
        ha="center",
        va="top",
        fontsize=8,
        zorder=20,
        bbox={"facecolor": "white", "edgecolor": "#d3dbe3", "pad": 2.5},
    )


def _wrapped(text: str, width: int) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, width))


def _scale_bar(axes: Any, extent: tuple[float, ...]) -> None:
    width = extent[2] - extent[0]
    target = width / 6
    power = 10 ** int(np.floor(np.log10(target)))
    length = max(step * power for step in (1, 2, 5) if step * power <= target)
    x, y = extent[2] - width * 0.02 - length, extent[1] + (extent[3] - extent[1]) * 0.025
    axes.plot([x, x + length], [y, y], color="#17212b", linewidth=2, solid_capstyle="butt", zorder=20)
    axes.text(
        x + length / 2, y + width * 0.006, f"{length / 1000:g} km", ha="center", va="bottom", fontsize=7, zorder=20
    )


def _legend(axes: Any, frame: GeoDataFrame, *, width: float) -> None:
    from matplotlib.patches import Rectangle

    classes = [key for key in SYMBOLS if (frame["object_class"] == key).any()]
    statuses = [key for key in STATUSES if (frame["status"] == key).any()]
    entries = [(key, "confirmed", SYMBOLS[key].label) for key in classes] + [
        ("drone", key, STATUSES[key].label) for key in statuses
    ]
    if not entries:
        return
    x0, x1 = axes.get_xlim()
    y0, y1 = axes.get_ylim()
    points = 72 * axes.figure.get_size_inches()[1] * axes.get_position().height
    step = (y1 - y0) * 13 / points
    left, bottom = x0 + (x1 - x0) * 0.012, y0 + (y1 - y0) * 0.02
    height = step * (len(entries) + 0.6)
    axes.add_patch(
        Rectangle(
            (left, bottom), (x1 - x0) * width, height, facecolor="white", edgecolor="#d3dbe3", alpha=0.93, zorder=15
        )
    )
    for number, (object_class, status, name) in enumerate(reversed(entries)):
        y = bottom + step * (number + 0.8)
        at = np.array([[left + (x1 - x0) * 0.014, y]])
        draw_symbols(axes, at, object_class, status, size=8.5, zorder=16)
        axes.text(left + (x1 - x0) * 0.028, y, name, fontsize=6.5, va="center", zorder=16)


def _ramp_legend(axes: Any, counts: dict[str, int], style: str) -> None:
    from matplotlib.patches import Patch

    if style == "density":
        axes.legend(
            handles=[Patch(facecolor=RAMP[-1], label=f"incidents per {DENSITY_M / 1000:g} km square, darker is more")],
            loc="lower left",
            fontsize=7,
        )
        return
    edges = class_edges(counts)
    handles, low = [], 1
    for edge in edges:
        name = str(edge) if low >= edge else f"{low}-{edge}"
        handles.append(Patch(facecolor=RAMP[class_of(edge, edges)], edgecolor="#8a8577", label=name))
        low = edge + 1
    if handles:
        axes.legend(handles=handles, title="incidents per member", loc="lower left", fontsize=7, title_fontsize=7)
