"""Tell land from sea: ocean tiles of one degree."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata.boundaries import read_table, shapes_of

COLUMNS, ROWS = 360, 180


def is_sea(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Tell which points lie in the ocean; known only within and near the shipped airspace, elsewhere False."""
    x, y = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
    tile = _tile(x, y)
    result = np.zeros(len(x), dtype=bool)
    order = np.argsort(tile, kind="stable")
    edges = np.flatnonzero(np.diff(tile[order])) + 1
    for rows in np.split(order, edges):
        if len(rows):
            shape = _shape(int(tile[rows[0]]))
            if shape is not None:
                result[rows] = shapely.contains_xy(shape, x[rows], y[rows])
    return result


def _tile(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    lon, lat = np.nan_to_num(lon), np.nan_to_num(lat)
    column = np.clip(np.floor(lon + 180.0), 0, COLUMNS - 1).astype(np.int64)
    row = np.clip(np.floor(lat + 90.0), 0, ROWS - 1).astype(np.int64)
    return row * COLUMNS + column


@cache
def _table() -> tuple[Any, dict[int, int]]:
    table = read_table("sea.parquet")
    tiles = zip(table["row"].to_pylist(), table["column"].to_pylist(), strict=True)
    return table, {row * COLUMNS + column: number for number, (row, column) in enumerate(tiles)}


@cache
def _shape(tile: int) -> Any:
    table, index = _table()
    row = index.get(tile)
    if row is None:
        return None
    shape = shapes_of("sea.parquet", table.slice(row, 1))[0]
    shapely.prepare(shape)
    return shape
