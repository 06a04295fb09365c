"""What lies under the incidents of a picture: sea, land, disputed ground and labels, in ETRS89-LAEA."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from maps.ramp import class_edges, class_of
from maps.style import RAMP

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

LAEA = "EPSG:3035"
_LAND, _MEMBER, _FOCUS, _SEA, _WATER, _WATER_MEMBER = "#f2efe9", "#fbf3d9", "#f6dd8f", "#dfe8f0", "#cfdeeb", "#c3d9ee"
_AROUND = (-75.0, 15.0, 110.0, 86.0)
"""West, south, east, north of what the projection is asked to draw, degrees."""


def draw_ground(
    axes: Any, *, on: date | None, focus: str | None, extent: tuple[float, ...], counts: dict[str, int]
) -> None:
    from geodata.countries import all_countries, is_member

    members = {c.code for c in all_countries() if is_member(c.code, on or date.max)}
    edges = class_edges(counts)
    axes.set_facecolor(_SEA)
    view = _box(extent)
    sea, land, disputed = ground_layer("display"), ground_layer("land"), ground_layer("overlaps")
    sea, land, disputed = (_within(g, view) for g in (sea, land, disputed))
    water = [_WATER_MEMBER if s in members else _WATER for s in sea["sovereign"]]
    sea.plot(ax=axes, color=water, edgecolor="#5f83a8", linewidth=0.5, linestyle=(0, (3, 2)), zorder=1, aspect=None)

    def ground(code: str, sovereign: str) -> str:
        count = counts.get(code, 0)
        if count and sovereign in members:
            return RAMP[class_of(count, edges)]
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
    draw_labels(axes, extent)


@cache
def ground_layer(name: str) -> GeoDataFrame:
    import shapely

    from geodata import boundaries

    frame: GeoDataFrame = getattr(boundaries, name)()
    west, south, east, north = _AROUND
    frame = frame.set_geometry(
        shapely.segmentize(shapely.clip_by_rect(frame.geometry.values, west, south, east, north), 0.5), crs=4326
    )
    return frame[~frame.geometry.is_empty].to_crs(LAEA)


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


def draw_labels(axes: Any, extent: tuple[float, ...]) -> None:
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
