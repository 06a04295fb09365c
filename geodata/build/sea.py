"""Where the sea is: the ocean within reach of the airspace, in tiles, to tell territorial sea from land."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata.build.shapes import polygonal, write_parquet
from geodata.build.sources import EARTH_SEAS, unpacked

TILE = 1.0
ROWS_PER_GROUP = 512
"""One point needs one tile: readers decompress only its group."""
FINE_BOX = (-32.0, 27.0, 62.0, 82.0)
FINE, TOWN, COARSE = 0.0015, 0.003, 0.02
FINE_ISLAND, COARSE_ISLAND = 1e-5, 1e-4
FINE_GRID, COARSE_GRID = 1e-4, 1e-3
SHORE = 0.002
"""In the tiles of `HARBOURS` water so close to the shore counts as land, piers and basins with it."""
HARBOURS = (
    (-51.7, 64.2), (-51.1, 69.2), (-63.6, 44.7), (-74.0, 40.7), (-74.1, 40.7), (-71.1, 42.4), (-149.9, 61.2),
    (-52.7, 47.6), (-157.9, 21.3), (-66.1, 18.5), (-123.1, 49.3), (-123.4, 48.4), (-134.4, 58.3), (-80.2, 25.8),
    (-122.4, 37.8), (-122.3, 47.6), (-117.2, 32.7), (-76.3, 36.9), (-68.5, 63.8), (-81.8, 24.6), (-64.8, 32.3),
    (-52.3, 4.9),
)  # fmt: skip
"""Towns outside the fine box whose tile is kept in fine detail: Nuuk, Ilulissat, Halifax, New York, and so on."""
LAND_FINE, LAND_COARSE, LAKE = (0.01, 5e-4), (0.03, 5e-3), 1e-3
"""Tolerance and smallest island in the drawing layer, and the smallest water inside."""


def build(sources: Path, out: Path) -> dict[str, int]:
    """Write the sea tiles and the land of the drawing layer; needs the airspace written before."""
    import geopandas

    airspace = geopandas.read_parquet(out / "airspace.parquet")
    folder = unpacked(EARTH_SEAS, sources)
    text = (folder / "package" / "map.geo.json").read_text(encoding="utf-8")
    oceans = shapely.get_parts(shapely.geometry.shape(json.loads(text)["geometries"][0]))
    wanted = _tiles_of(airspace.geometry.to_numpy())
    keys, shapes = [], []
    for key, shape in _cut(oceans, wanted):
        keys.append(key)
        shapes.append(shape)
    frame = _frame(keys, shapes)
    write_parquet(frame, out / "sea.parquet", rows_per_group=ROWS_PER_GROUP)
    display = geopandas.read_parquet(out / "airspace_display.parquet")
    land = _land(display, frame)
    write_parquet(land, out / "land_display.parquet")
    return {"sea.parquet": len(frame), "land_display.parquet": len(land)}


def _tiles_of(shapes: Any) -> set[tuple[int, int]]:
    """Return the column and row of every tile that touches a polygon."""
    columns, rows = np.meshgrid(np.arange(int(360 / TILE)), np.arange(int(180 / TILE)))
    west, south = columns.ravel() * TILE - 180.0, rows.ravel() * TILE - 90.0
    boxes = shapely.box(west, south, west + TILE, south + TILE)
    shapely.prepare(shapes)
    hits = np.unique(shapely.STRtree(boxes).query(shapes, predicate="intersects")[1])
    return {(int(columns.ravel()[hit]), int(rows.ravel()[hit])) for hit in hits}


def _cut(oceans: Any, wanted: set[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Any]]:
    found: dict[tuple[int, int], list[Any]] = {}
    for ocean in oceans:
        for key, piece in _quarter(ocean, (0, 0, 512, 256), wanted):
            found.setdefault(key, []).append(piece)
    for key in sorted(found):
        shape = polygonal(shapely.union_all(shapely.make_valid(np.array(found[key]))), 1e-9)
        if not shape.is_empty:
            yield key, shape


def _quarter(
    shape: Any, cells: tuple[int, int, int, int], wanted: set[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Any]]:
    column, row, width, height = cells
    box = (column * TILE - 180, row * TILE - 90, (column + width) * TILE - 180, (row + height) * TILE - 90)
    bounds = shape.bounds
    if bounds[2] < box[0] or bounds[0] > box[2] or bounds[3] < box[1] or bounds[1] > box[3]:
        return
    piece = shapely.clip_by_rect(shape, *box)
    if piece.is_empty:
        return
    if width == 1 and height == 1:
        if (column, row) in wanted:
            yield (column, row), piece
        return
    half_w, half_h = max(width // 2, 1), max(height // 2, 1)
    for x in range(column, column + width, half_w):
        for y in range(row, row + height, half_h):
            yield from _quarter(piece, (x, y, half_w, half_h), wanted)


def _frame(keys: list[tuple[int, int]], shapes: list[Any]) -> Any:
    import geopandas

    array = np.array(shapes)
    west = np.array([key[0] * TILE - 180 for key in keys])
    south = np.array([key[1] * TILE - 90 for key in keys])
    fine = (west >= FINE_BOX[0]) & (west < FINE_BOX[2]) & (south >= FINE_BOX[1]) & (south < FINE_BOX[3])
    towns = {(np.floor(x), np.floor(y)) for x, y in HARBOURS}
    town = ~fine & np.array([pair in towns for pair in zip(west, south, strict=True)])
    coarse = ~fine & ~town
    array[town] = _off_shore(array[town], west[town], south[town])
    simple = array.copy()
    for chosen, tolerance, island, grid in (
        (fine, FINE, FINE_ISLAND, FINE_GRID),
        (town, TOWN, FINE_ISLAND, COARSE_GRID),
        (coarse, COARSE, COARSE_ISLAND, COARSE_GRID),
    ):
        smooth = shapely.coverage_simplify(_without_islands(array[chosen], island), tolerance)
        simple[chosen] = shapely.set_precision(shapely.make_valid(smooth), grid)
    shapes = [polygonal(shape, 0.0) for shape in simple]
    frame = geopandas.GeoDataFrame(
        {"column": np.array([key[0] for key in keys], "int16"), "row": np.array([key[1] for key in keys], "int16")},
        geometry=shapes,
        crs=4326,
    )
    return frame[~frame.is_empty].reset_index(drop=True)


def _off_shore(shapes: Any, west: Any, south: Any) -> Any:
    """Return the water of each tile that is not beside the shore; tile edges are no shore."""
    land = shapely.difference(shapely.box(west, south, west + TILE, south + TILE), shapes)
    wet = shapely.difference(shapes, shapely.buffer(land, SHORE, quad_segs=2))
    return np.array([polygonal(shape, 1e-9) for shape in wet])


def _without_islands(shapes: Any, area: float) -> Any:
    """Drop islands too small to tell apart at this detail."""
    kept = []
    for shape in shapes:
        polygons = [
            shapely.Polygon(part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area > area])
            for part in shapely.get_parts(shape)
        ]
        kept.append(shapely.MultiPolygon(polygons))
    return np.array(kept)


def _land(display: Any, sea: Any) -> Any:
    """Return the drawing layer less the sea, at the drawing layer's detail."""
    import geopandas

    from geodata.countries import get_country

    ocean = sea.geometry.to_numpy()
    tree = shapely.STRtree(ocean)
    shapes = []
    for code, shape in zip(display["code"], display.geometry, strict=True):
        near = tree.query(shape, predicate="intersects")
        dry = shapely.difference(shape, shapely.union_all(ocean[near])) if len(near) else shape
        wide = get_country(code).detail == "coarse" or code == "RU"
        shapes.append(_drawn(dry, *(LAND_COARSE if wide else LAND_FINE)))
    frame = geopandas.GeoDataFrame(
        {"code": list(display["code"]), "sovereign": list(display["sovereign"])}, geometry=shapes, crs=4326
    )
    return frame[~frame.is_empty].reset_index(drop=True)


def _drawn(land: Any, tolerance: float, island: float) -> Any:
    """Return land fit for drawing; the largest part always stays."""
    parts = shapely.get_parts(land)
    if not len(parts):
        return shapely.MultiPolygon()
    kept = [
        shapely.Polygon(part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area > LAKE])
        for part in parts
        if part.area > island or part.area == shapely.area(parts).max()
    ]
    simple = shapely.simplify(shapely.MultiPolygon(kept), tolerance)
    return polygonal(shapely.make_valid(shapely.set_precision(shapely.make_valid(simple), 1e-3)), 0.0)
