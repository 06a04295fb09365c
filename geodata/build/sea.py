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
FINE_BOX = (-32.0, 27.0, 62.0, 82.0)
FINE, COARSE = 0.0015, 0.04
FINE_ISLAND, COARSE_ISLAND = 1e-5, 1e-4
FINE_GRID, COARSE_GRID = 1e-4, 1e-3
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
    write_parquet(frame, out / "sea.parquet")
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
    simple = array.copy()
    simple[fine] = shapely.coverage_simplify(_without_islands(array[fine], FINE_ISLAND), FINE)
    simple[~fine] = shapely.coverage_simplify(_without_islands(array[~fine], COARSE_ISLAND), COARSE)
    simple[fine] = shapely.set_precision(shapely.make_valid(simple[fine]), FINE_GRID)
    simple[~fine] = shapely.set_precision(shapely.make_valid(simple[~fine]), COARSE_GRID)
    shapes = [polygonal(shape, 0.0) for shape in simple]
    frame = geopandas.GeoDataFrame(
        {"column": np.array([key[0] for key in keys], "int16"), "row": np.array([key[1] for key in keys], "int16")},
        geometry=shapes,
        crs=4326,
    )
    return frame[~frame.is_empty].reset_index(drop=True)


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
