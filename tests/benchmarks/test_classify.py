"""The cell index against GeoPandas and SedonaDB on the same points and polygons."""

from __future__ import annotations

import time

import numpy as np
import pytest

from geodata.boundaries import airspace
from geodata.cells import CellIndex

POINTS = 1_000_000


@pytest.mark.benchmark
def test_classify_against_sjoin() -> None:
    import geopandas

    chance = np.random.default_rng(1)
    lon, lat = chance.uniform(-25, 60, POINTS), chance.uniform(34, 72, POINTS)
    index = CellIndex.load()
    index.classify(lon, lat)
    start = time.perf_counter()
    mine = index.classify(lon, lat)
    ours = time.perf_counter() - start
    frame, points = airspace(), geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs=4326)
    start = time.perf_counter()
    joined = geopandas.sjoin(points, frame, predicate="within", how="left")
    theirs = time.perf_counter() - start
    peer = joined["index_right"].fillna(-1).to_numpy().astype(np.int16)
    print(f"classify {POINTS / ours / 1e6:.1f} M/s, sjoin {POINTS / theirs / 1e6:.2f} M/s, {theirs / ours:.0f}x")
    np.testing.assert_array_equal(mine, peer)
    assert theirs / ours >= 50


@pytest.mark.benchmark
def test_classify_against_sedona() -> None:
    sedona = pytest.importorskip("sedona.db")
    import geopandas

    chance = np.random.default_rng(1)
    lon, lat = chance.uniform(-25, 60, POINTS), chance.uniform(34, 72, POINTS)
    index = CellIndex.load()
    index.classify(lon, lat)
    start = time.perf_counter()
    mine = index.classify(lon, lat)
    ours = time.perf_counter() - start
    session = sedona.connect()
    points = geopandas.GeoDataFrame({"id": np.arange(POINTS)}, geometry=geopandas.points_from_xy(lon, lat), crs=4326)
    units = airspace()[["geometry"]].assign(unit=np.arange(len(index.codes)))
    session.create_data_frame(points).to_view("points")
    session.create_data_frame(units).to_view("units")
    start = time.perf_counter()
    joined = session.sql(
        "SELECT p.id, u.unit FROM points p JOIN units u ON ST_Contains(u.geometry, p.geometry)"
    ).to_pandas()
    theirs = time.perf_counter() - start
    peer = np.full(POINTS, -1, dtype=np.int16)
    peer[joined["id"].to_numpy()] = joined["unit"].to_numpy()
    print(f"SedonaDB {POINTS / theirs / 1e6:.2f} M/s, {theirs / ours:.0f}x")
    assert len(joined) == np.count_nonzero(mine >= 0)
    np.testing.assert_array_equal(mine, peer)
    assert theirs / ours >= 20
