"""The map as PNG, SVG or PDF for slides and print: ETRS89-LAEA, the page's symbols, identical bytes for a frame."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from maps.frame import check_frame
from maps.ground import LAEA, draw_ground
from maps.legend import draw_furniture
from maps.marks import draw_density, draw_incidents, primary_points
from maps.page import STYLES, StyleError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

FORMATS = ("png", "svg", "pdf")
_RC: Any = {
    "svg.hashsalt": "airspace-incidents",
    "font.family": "DejaVu Sans",
    "pdf.fonttype": 42,
    "path.simplify": True,
}
_EXTENT = (2_400_000.0, 900_000.0, 7_400_000.0, 5_600_000.0)
"""What is shown where nothing is placed, EPSG:3035 metres."""
_SMALLEST_M = 350_000.0
"""A picture shows at least this much."""


def render_picture(
    frame: GeoDataFrame,
    *,
    fmt: str,
    title: str = "",
    marking: str | None = None,
    on: date | None = None,
    focus: str | None = None,
    style: str = "incidents",
    data_version: str = "",
    size: tuple[float, float] = (13.333, 7.5),
    dpi: int = 150,
) -> bytes:
    """Return the picture. `size` is in inches; the other parameters are those of `maps.render_html`.

    Raises
    ------
    FrameError, StyleError
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    check_frame(frame)
    if fmt not in FORMATS:
        raise StyleError(f"No picture format {fmt!r}. Known: {', '.join(FORMATS)}.")
    if style not in STYLES:
        raise StyleError(f"No map style {style!r}. Known: {', '.join(STYLES)}.")
    with mpl.rc_context(_RC):
        figure = Figure(figsize=size)
        is_small = size[0] < 9
        axes = figure.add_axes((0.005, 0.045, 0.99, 0.945 if not title else 0.885))
        counts = _per_country(frame)
        ratio = size[0] * 0.99 / (size[1] * (0.945 if not title else 0.885))
        extent = _extent(frame, focus, ratio)
        draw_ground(axes, on=on, focus=focus, extent=extent, counts=counts if style == "choropleth" else {})
        if style == "incidents":
            draw_incidents(axes, frame, scale=0.75 if is_small else 1.0)
        elif style == "density":
            draw_density(axes, frame)
        draw_furniture(figure, axes, frame, extent, title, marking, on, data_version, style, counts, is_small)
        buffer = io.BytesIO()
        metadata = {
            "png": {"Software": None},
            "svg": {"Date": None, "Creator": None},
            "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
        }
        figure.savefig(buffer, format=fmt, dpi=dpi, metadata=metadata[fmt])
    return buffer.getvalue()


def _per_country(frame: GeoDataFrame) -> dict[str, int]:
    seen = {row["incident_id"]: row for row in frame[["incident_id", "countries", "status"]].to_dict("records")}
    return dict(Counter(code for row in seen.values() if row["status"] != "refuted" for code in row["countries"]))


def _extent(frame: GeoDataFrame, focus: str | None, ratio: float) -> tuple[float, float, float, float]:
    from geodata.boundaries import display

    bounds = None
    if focus:
        sea = display()
        own = sea[sea["code"] == focus]
        if len(own):
            bounds = own.to_crs(LAEA).total_bounds
    if bounds is None:
        _, xy = primary_points(frame)
        bounds = np.array([*xy.min(axis=0), *xy.max(axis=0)]) if len(xy) else np.array(_EXTENT)
    cx, cy = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    width = max(_SMALLEST_M, (bounds[2] - bounds[0]) * 1.15)
    height = max(_SMALLEST_M, (bounds[3] - bounds[1]) * 1.15)
    width, height = max(width, height * ratio), max(height, width / ratio)
    return cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2
