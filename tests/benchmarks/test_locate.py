"""One point must cost less than importing GeoPandas; ten thousand full answers a few seconds."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

import numpy as np
import pytest

from geodata.territory import locate_many


def cpu(*arguments: str) -> float:
    """Return the least CPU time of three runs of the interpreter."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


@pytest.mark.benchmark
def test_one_point_against_importing_geopandas() -> None:
    ratio = cpu("-m", "incidents", "locate", "26.36", "59.817") / cpu("-c", "import geopandas")
    print(f"locate costs {ratio:.2f}x the CPU time of import geopandas")
    assert ratio < 1.0


@pytest.mark.benchmark
def test_ten_thousand_full_answers() -> None:
    chance = np.random.default_rng(2)
    lon, lat = chance.uniform(-10, 45, 10_000), chance.uniform(36, 70, 10_000)
    locate_many(lon[:100], lat[:100])
    spent = []
    for _ in range(2):
        start, begin = time.perf_counter(), time.process_time()
        locate_many(lon, lat)
        spent.append((time.process_time() - begin, time.perf_counter() - start))
    busy, clock = min(spent)
    print(f"10,000 territories in {busy:.1f} s of CPU time, {clock:.1f} s by the clock")
    assert busy < 5  # CPU time of all threads: the clock also counts what else the machine does
