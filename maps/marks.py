"""Incidents on a picture: symbols, uncertainty rings, density squares."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from maps.ground import LAEA
from maps.ramp import class_edges, class_of
from maps.style import RAMP, SHAPES, STATUSES, SYMBOLS, text_colour

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

DENSITY_M = 50_000.0
"""Side of a density square, metres."""

_LETTERED = 150
"""With more symbols than this on a picture the letters only blacken it; shape and colour remain."""


def primary_points(frame: GeoDataFrame) -> tuple[GeoDataFrame, Any]:
    import shapely

    placed = frame[frame["is_primary"].astype(bool) & frame.geometry.notna()]
    return placed, shapely.get_coordinates(placed.geometry.to_crs(LAEA).values)


def draw_incidents(axes: Any, frame: GeoDataFrame, *, scale: float) -> None:
    from matplotlib.collections import EllipseCollection

    placed, xy = primary_points(frame)
    width = axes.get_xlim()[1] - axes.get_xlim()[0]
    size = 11 * scale
    classes, statuses = placed["object_class"].to_numpy(), placed["status"].to_numpy()
    radii = placed["radius_m"].to_numpy(dtype=float)
    wide = np.nan_to_num(radii) > width / 90
    if wide.any():
        axes.add_collection(
            EllipseCollection(
                2 * radii[wide],
                2 * radii[wide],
                np.zeros(wide.sum()),
                units="xy",
                offsets=xy[wide],
                offset_transform=axes.transData,
                facecolors="none",
                edgecolors=[SYMBOLS[c].colour for c in classes[wide]],
                linewidths=0.7,
                linestyles=[(0, (4, 3))],
                zorder=5,
            )
        )
    for status in reversed(STATUSES):
        for object_class in SYMBOLS:
            chosen = (classes == object_class) & (statuses == status)
            if chosen.any():
                draw_symbols(axes, xy[chosen], object_class, status, size=size, zorder=6)


def draw_symbols(axes: Any, xy: Any, object_class: str, status: str, *, size: float, zorder: float) -> None:
    """Draw the symbol of a class and status at data positions (n, 2); `size` is in points across."""
    from matplotlib.path import Path

    symbol, outline = SYMBOLS[object_class], STATUSES[status]
    corners = [(x, -y) for x, y in SHAPES[symbol.shape]]
    marker = Path([*corners, corners[0]], closed=True)
    face = "white" if outline.is_hollow else symbol.colour
    edge = symbol.colour if outline.is_hollow else "#1b1b1b"
    x, y = xy[:, 0], xy[:, 1]
    axes.scatter(x, y, s=(size * 1.25) ** 2, marker=marker, c="white", linewidths=0, zorder=zorder)
    dash = (0, (2, 1.2)) if outline.dash else "solid"
    axes.scatter(
        x, y, s=size**2, marker=marker, c=face, edgecolors=edge, linewidths=0.9, linestyles=dash, zorder=zorder
    )
    ink = "#1b1b1b" if outline.is_hollow else text_colour(symbol.colour)
    if len(xy) <= _LETTERED:
        axes.scatter(x, y, s=(size * 0.45) ** 2, marker=_letter(symbol.letter), c=ink, linewidths=0, zorder=zorder)
    if outline.is_struck:
        strike = Path([(-10, -10), (10, 10)])
        axes.scatter(x, y, s=(size * 1.2) ** 2, marker=strike, c="#b00020", linewidths=1.2, zorder=zorder)


@cache
def _letter(letter: str) -> Any:
    """Return a letter as a marker: its outline, centred."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath

    outline = TextPath((0, 0), letter, size=10, prop=FontProperties(family="DejaVu Sans", weight="bold"))
    box = outline.get_extents()
    return Path(outline.vertices - [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2], outline.codes)


def draw_density(axes: Any, frame: GeoDataFrame) -> None:
    from matplotlib.patches import Rectangle

    placed, xy = primary_points(frame)
    xy = xy[(placed["status"] != "refuted").to_numpy()]
    cells = Counter((int(x // DENSITY_M), int(y // DENSITY_M)) for x, y in xy)
    edges = class_edges(dict(cells))
    for (i, j), count in sorted(cells.items()):
        corner = (i * DENSITY_M, j * DENSITY_M)
        colour = RAMP[class_of(count, edges)]
        axes.add_patch(
            Rectangle(corner, DENSITY_M, DENSITY_M, facecolor=colour, edgecolor="#0b3460", linewidth=0.4, zorder=5)
        )
