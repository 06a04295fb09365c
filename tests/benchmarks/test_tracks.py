"""Speed and memory of the screen, against a geopandas implementation and against itself."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from incidents.tracks import Rules, screen_files
from incidents.tracks.positions import Positions
from incidents.tracks.screening import screen

pytestmark = pytest.mark.benchmark
POINTS = 2000


def tracks(aircraft: int, *, seed: int = 1, share: float = 0.05) -> Positions:
    """Return flights of 5 s positions: `share` of them start around the Baltic, the others far from any member."""
    rng = np.random.default_rng(seed)
    near = rng.random(aircraft) < share
    lon = np.where(near, rng.uniform(18, 32, aircraft), rng.uniform(80, 110, aircraft))
    lat = np.where(near, rng.uniform(54, 60, aircraft), rng.uniform(50, 62, aircraft))
    turn = rng.normal(0, 2e-4, (aircraft, POINTS)).cumsum(1) + rng.uniform(0, 2 * np.pi, aircraft)[:, None]
    step = 230 * 5 / 111_195
    north = lat[:, None] + np.cumsum(np.cos(turn) * step, 1)
    east = lon[:, None] + np.cumsum(np.sin(turn) * step / 0.55, 1)
    clock = 1_758_200_000 + np.arange(POINTS) * 5.0
    return Positions(
        aircraft=np.repeat(np.arange(aircraft, dtype=np.int32), POINTS),
        names=tuple(f"{0x100000 + number:06x}" for number in range(aircraft)),
        time=np.tile(clock, aircraft),
        lon=east.ravel().round(5),
        lat=np.clip(north.ravel(), -85, 85).round(5),
    )


def write(path: Path, millions: float) -> Path:
    writer = None
    for number in range(round(millions * 2)):
        rows = tracks(250, seed=number + 1)
        names = pa.array([f"{number:03x}{code:03x}" for code in range(250)])
        table = pa.table(
            {
                "icao24": pa.DictionaryArray.from_arrays(rows.aircraft, names).cast(pa.string()),
                "time": rows.time.astype(np.int64),
                "lon": rows.lon,
                "lat": rows.lat,
            }
        )
        writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd", compression_level=1)
        writer.write_table(table, row_group_size=500_000)
    assert writer is not None
    writer.close()
    return path


def test_two_million_positions_a_second_and_core_from_parquet(tmp_path: Path) -> None:
    path = write(tmp_path / "four.parquet", 4)
    screen_files([write(tmp_path / "warm.parquet", 0.5)])
    begin = time.process_time()
    done = screen_files([path])
    spent = time.process_time() - begin
    print(f"{done.tally.rows / spent:,.0f} positions a second of one core, {len(done.incursions)} passages")
    assert done.tally.rows / spent >= 2_000_000


def test_twenty_times_geopandas() -> None:
    import geopandas
    import shapely

    from geodata.boundaries import airspace
    from geodata.countries import is_member

    rows = tracks(10, share=0.1)
    screen(rows, Rules(near_misses=False))
    begin = time.process_time()
    found = screen(rows, Rules(near_misses=False))
    ours = time.process_time() - begin
    members = airspace()
    members = members[[is_member(code) for code in members["sovereign"]]]
    begin = time.process_time()
    same = np.flatnonzero(np.diff(rows.aircraft) == 0)
    points = np.stack([rows.lon, rows.lat], -1)
    lines = geopandas.GeoDataFrame(
        {"span": rows.time[same + 1] - rows.time[same]},
        geometry=shapely.linestrings(np.stack([points[same], points[same + 1]], 1)),
        crs=4326,
    )
    joined = geopandas.sjoin(lines, members, predicate="intersects")
    shapes = members.geometry.loc[joined["index_right"]].values
    inside = shapely.length(shapely.intersection(joined.geometry.values, shapes))
    seconds = float((inside / shapely.length(joined.geometry.values) * joined["span"]).sum())
    theirs = time.process_time() - begin
    print(f"geopandas {theirs:.2f} s, ours {ours:.3f} s: {theirs / ours:.0f} times")
    assert sum(item.duration_s for item in found) == pytest.approx(seconds, rel=1e-4)
    assert theirs / ours >= 20


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return 100 million positions; 1.4 GB, removed at the end."""
    path = write(tmp_path_factory.mktemp("hundred") / "tracks.parquet", 100)
    yield path
    path.unlink()


def test_two_workers_against_one(hundred: Path, tmp_path: Path) -> None:
    spent, answers = [], []
    for workers in (1, 2):
        out = tmp_path / f"{workers}.csv"
        begin = time.perf_counter()
        command = [sys.executable, "-m", "incidents", "-q", "tracks", "screen", str(hundred)]
        subprocess.run([*command, "--workers", str(workers), "--out", str(out)], check=True)
        spent.append(time.perf_counter() - begin)
        answers.append(out.read_bytes())
    print(f"one worker {spent[0]:.1f} s, two {spent[1]:.1f} s: {spent[0] / spent[1]:.2f} times")
    assert answers[0] == answers[1]
    assert spent[0] / spent[1] >= 1.7


def test_memory_stays_below_a_gigabyte(hundred: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "o.csv")
    command = [sys.executable, "-m", "incidents", "-q", "tracks", "screen", str(hundred), "--out", out]
    subprocess.run(command, check=True)
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"peak {peak_kb / 1e6:.2f} GB")
    assert peak_kb < 1_000_000
