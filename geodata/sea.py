"""Tell land from sea: ocean tiles of one degree."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata.boundaries import group_size, read_table, shapes_of, wkb_of

COLUMNS, ROWS = 360, 180


def is_sea(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Tell which points lie in the ocean; known only within and near the shipped airspace, elsewhere False.

    The shoreline itself counts as sea, so that whole degrees, where tiles meet, are no land.
    """
    x, y = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
    tile = _tile(x, y)
    result = np.zeros(len(x), dtype=bool)
    order = np.argsort(tile, kind="stable")
    edges = np.flatnonzero(np.diff(tile[order])) + 1
    for rows in np.split(order, edges):
        if len(rows):
            shape = _shape(int(tile[rows[0]]))
            if shape is not None:
                result[rows] = shapely.intersects_xy(shape, x[rows], y[rows])
    return result


def _tile(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    lon, lat = np.nan_to_num(lon), np.nan_to_num(lat)
    column = np.clip(np.floor(lon + 180.0), 0, COLUMNS - 1).astype(np.int64)
    row = np.clip(np.floor(lat + 90.0), 0, ROWS - 1).astype(np.int64)
    return row * COLUMNS + column


@cache
def _index() -> dict[int, int]:
    table = read_table("sea.parquet", columns=["column", "row"])
    tiles = zip(table["row"].to_pylist(), table["column"].to_pylist(), strict=True)
    return {row * COLUMNS + column: number for number, (row, column) in enumerate(tiles)}


@cache
def _group(number: int) -> NDArray[Any]:
    """Return the tiles of one row group as WKB."""
    table = read_table("sea.parquet", columns=["geometry"], group=number)
    return wkb_of("sea.parquet", table)


@cache
def _shape(tile: int) -> Any:
    number = _index().get(tile)
    if number is None:
        return None
    size = group_size("sea.parquet")
    shape = shapes_of("sea.parquet", _group(number // size)[number % size : number % size + 1])[0]
    shapely.prepare(shape)
    return shape
