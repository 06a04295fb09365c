"""The map as PNG, SVG or PDF for slides and print: ETRS89-LAEA, the page's symbols, identical bytes for a frame."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from maps.frame import check_frame
from maps.page import STYLES, StyleError
from maps.style import RAMP, SHAPES, STATUSES, SYMBOLS, text_colour

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

LAEA = "EPSG:3035"
FORMATS = ("png", "svg", "pdf")
_LAND, _MEMBER, _FOCUS, _SEA, _WATER, _WATER_MEMBER = "#f2efe9", "#fbf3d9", "#f6dd8f", "#dfe8f0", "#cfdeeb", "#c3d9ee"
_RC: Any = {
    "svg.hashsalt": "airspace-incidents",
    "font.family": "DejaVu Sans",
    "pdf.fonttype": 42,
    "path.simplify": True,
}
_EXTENT = (2_400_000.0, 900_000.0, 7_400_000.0, 5_600_000.0)
"""What is shown where nothing is placed, EPSG:3035 metres."""
_AROUND = (-75.0, 15.0, 110.0, 86.0)
"""West, south, east, north of what the projection is asked to draw, degrees."""
_SMALLEST_M = 350_000.0
_DENSITY_M = 50_000.0


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
        _draw_ground(axes, on=on, focus=focus, extent=extent, counts=counts if style == "choropleth" else {})
        if style == "incidents":
            _draw_incidents(axes, frame, scale=0.75 if is_small else 1.0)
        elif style == "density":
            _draw_density(axes, frame)
        _draw_furniture(figure, axes, frame, extent, title, marking, on, data_version, style, counts, is_small)
        buffer = io.BytesIO()
        metadata = {
            "png": {"Software": None},
            "svg": {"Date": None, "Creator": None},
            "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
        }
        figure.savefig(buffer, format=fmt, dpi=dpi, metadata=metadata[fmt])
    return buffer.getvalue()


def _projected(frame: GeoDataFrame) -> tuple[GeoDataFrame, Any]:
    import shapely

    placed = frame[frame["is_primary"].astype(bool) & frame.geometry.notna()]
    return placed, shapely.get_coordinates(placed.geometry.to_crs(LAEA).values)


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
        _, xy = _projected(frame)
        bounds = np.array([*xy.min(axis=0), *xy.max(axis=0)]) if len(xy) else np.array(_EXTENT)
    cx, cy = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    width = max(_SMALLEST_M, (bounds[2] - bounds[0]) * 1.15)
    height = max(_SMALLEST_M, (bounds[3] - bounds[1]) * 1.15)
    width, height = max(width, height * ratio), max(height, width / ratio)
    return cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2


@cache
def _ground(name: str) -> GeoDataFrame:
    import shapely

    from geodata import boundaries

    frame: GeoDataFrame = getattr(boundaries, name)()
    west, south, east, north = _AROUND
    frame = frame.set_geometry(
        shapely.segmentize(shapely.clip_by_rect(frame.geometry.values, west, south, east, north), 0.5), crs=4326
    )
    return frame[~frame.geometry.is_empty].to_crs(LAEA)


def _draw_ground(
    axes: Any, *, on: date | None, focus: str | None, extent: tuple[float, ...], counts: dict[str, int]
) -> None:
    from geodata.countries import all_countries, is_member

    members = {c.code for c in all_countries() if is_member(c.code, on or date.max)}
    edges = _edges(counts)
    axes.set_facecolor(_SEA)
    view = _box(extent)
    sea, land, disputed = _ground("display"), _ground("land"), _ground("overlaps")
    sea, land, disputed = (_within(g, view) for g in (sea, land, disputed))
    water = [_WATER_MEMBER if s in members else _WATER for s in sea["sovereign"]]
    sea.plot(ax=axes, color=water, edgecolor="#5f83a8", linewidth=0.5, linestyle=(0, (3, 2)), zorder=1, aspect=None)

    def ground(code: str, sovereign: str) -> str:
        count = counts.get(code, 0)
        if count and sovereign in members:
            return RAMP[_class(count, edges)]
        return _FOCUS if code == focus else _MEMBER if sovereign in members else _LAND

    colours = [ground(code, sovereign) for code, sovereign in zip(land["code"], land["sovereign"], strict=True)]
    land.plot(ax=axes, color=colours, edgecolor="#8a8577", linewidth=0.4, zorder=2, aspect=None)
    if len(disputed):
        disputed.plot(
            ax=axes,
            facecolor="none",
            edgecolor="#b3446c",
            hatch="....",
            linewidth=0.5,
            linestyle=":",
            zorder=3,
            aspect=None,
        )
    axes.set_xlim(extent[0], extent[2])
    axes.set_ylim(extent[1], extent[3])
    axes.set_aspect("equal")
    axes.set_xlabel("")
    axes.set_ylabel("")
    axes.set_xticks([])
    axes.set_yticks([])
    _draw_labels(axes, extent)


def _within(frame: GeoDataFrame, view: Any) -> GeoDataFrame:
    import shapely

    near = frame[frame.intersects(view)]
    margin = (view.bounds[2] - view.bounds[0]) * 0.02
    west, south, east, north = view.bounds
    tolerance = (east - west) / 4000
    shapes = shapely.clip_by_rect(near.geometry.values, west - margin, south - margin, east + margin, north + margin)
    return near.set_geometry(shapely.simplify(shapes, tolerance), crs=LAEA)


def _box(extent: tuple[float, ...]) -> Any:
    import shapely

    return shapely.box(*extent)


@cache
def _to_laea() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(4326, LAEA, always_xy=True)


def _draw_labels(axes: Any, extent: tuple[float, ...]) -> None:
    from matplotlib import patheffects

    from maps.basemap import labels

    transformer = _to_laea()
    width = extent[2] - extent[0]
    zoom = 4.0 if width > 3e6 else 6.0 if width > 1.5e6 else 7.0 if width > 8e5 else 8.0
    halo = [patheffects.withStroke(linewidth=2, foreground="white")]
    for name, lon, lat, least, kind in labels():
        x, y = transformer.transform(lon, lat)
        if least > zoom or not (extent[0] < x < extent[2] and extent[1] < y < extent[3]):
            continue
        colour = {"country": "#4b4636", "sea": "#2f5d88"}.get(kind, "#2d3742")
        axes.text(
            x,
            y,
            name.upper() if kind == "country" else name,
            fontsize=7 if kind == "country" else 6,
            color=colour,
            style="italic" if kind == "sea" else "normal",
            ha="center",
            va="center",
            zorder=4,
            path_effects=halo,
            clip_on=True,
        )


def _draw_incidents(axes: Any, frame: GeoDataFrame, *, scale: float) -> None:
    from matplotlib.collections import EllipseCollection

    placed, xy = _projected(frame)
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


_LETTERED = 150
"""With more symbols than this on a picture the letters only blacken it; shape and colour remain."""


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


def _draw_density(axes: Any, frame: GeoDataFrame) -> None:
    from matplotlib.patches import Rectangle

    placed, xy = _projected(frame)
    xy = xy[(placed["status"] != "refuted").to_numpy()]
    cells = Counter((int(x // _DENSITY_M), int(y // _DENSITY_M)) for x, y in xy)
    edges = _edges(dict(cells))
    for (i, j), count in sorted(cells.items()):
        corner = (i * _DENSITY_M, j * _DENSITY_M)
        colour = RAMP[_class(count, edges)]
        axes.add_patch(
            Rectangle(corner, _DENSITY_M, _DENSITY_M, facecolor=colour, edgecolor="#0b3460", linewidth=0.4, zorder=5)
        )


def _edges(counts: dict[Any, int]) -> list[int]:
    most = max(counts.values(), default=0)
    edges: list[int] = []
    for step in range(1, len(RAMP) + 1):
        edge = int(np.ceil(most ** (step / len(RAMP))))
        if not edges or edge > edges[-1]:
            edges.append(edge)
    return edges


def _class(count: int, edges: list[int]) -> int:
    place = next((i for i, edge in enumerate(edges) if count <= edge), len(edges) - 1)
    return min(len(RAMP) - 1, place + len(RAMP) - len(edges))


def _draw_furniture(
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
    from maps.page import credit

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
            handles=[Patch(facecolor=RAMP[-1], label=f"incidents per {_DENSITY_M / 1000:g} km square, darker is more")],
            loc="lower left",
            fontsize=7,
        )
        return
    edges = _edges(counts)
    handles, low = [], 1
    for edge in edges:
        name = str(edge) if low >= edge else f"{low}-{edge}"
        handles.append(Patch(facecolor=RAMP[_class(edge, edges)], edgecolor="#8a8577", label=name))
        low = edge + 1
    if handles:
        axes.legend(handles=handles, title="incidents per member", loc="lower left", fontsize=7, title_fontsize=7)
