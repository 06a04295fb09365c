"""The index answers what the polygons answer."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from geodata.boundaries import units
from geodata.cells import CellIndex


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> CellIndex:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INCIDENTS_CACHE", str(tmp_path_factory.mktemp("cache")))
        return CellIndex.load()


def by_polygons(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int16]:
    answer = np.full(len(lon), -1, dtype=np.int16)
    for row, shape in enumerate(units().shapes):
        shapely.prepare(shape)
        answer[shapely.contains_xy(shape, lon, lat)] = row
    return answer


def test_whole_globe(index: CellIndex) -> None:
    chance = np.random.default_rng(7)
    lon, lat = chance.uniform(-180, 180, 20_000), chance.uniform(-90, 90, 20_000)
    np.testing.assert_array_equal(index.classify(lon, lat), by_polygons(lon, lat))


def test_beside_borders(index: CellIndex) -> None:
    chance = np.random.default_rng(8)
    corners = shapely.get_coordinates(units().shapes)
    chosen = corners[chance.choice(len(corners), 10_000)]
    lon = np.clip(chosen[:, 0] + chance.normal(0, 1e-4, 10_000), -179.999, 179.999)
    lat = chosen[:, 1] + chance.normal(0, 1e-4, 10_000)
    np.testing.assert_array_equal(index.classify(lon, lat), by_polygons(lon, lat))


def test_poles_antimeridian_and_no_place(index: CellIndex) -> None:
    found = index.classify([0, 0, 180, -180, np.nan, 500, 26.36], [90, -90, 71.2, 71.2, 10, 10, 59.817])
    assert [index.codes[row] if row >= 0 else None for row in found] == [None, None, "RU", "RU", None, None, "EE"]


def test_damaged_cache_is_built_anew(tmp_path: object, index: CellIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    from geodata import cells

    broken = Path(str(tmp_path)) / "cells.npz"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert cells._read(broken) is None
