"""Reports and the briefing against the cost of importing geopandas."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from incidents.model import Incident
from incidents.query import Query
from incidents.report.headline import headline
from incidents.report.summary import NATO, summarise

pytestmark = pytest.mark.benchmark

REPORT_RATIO, LIST_RATIO = 1.5, 1.0
BRIEF_SECONDS = 20.0
SYNTHETIC, SYNTHETIC_SECONDS = 20_000, 3.0


def _cpu(*command: str) -> float:
    """Return the least processor time of three runs of ``python`` with `command`, children included, in seconds."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


@pytest.mark.parametrize(("command", "most"), [(["report", "PL"], REPORT_RATIO), (["list"], LIST_RATIO)])
def test_reading_costs_little_more_than_importing_geopandas(bundled_db: Path, command: list[str], most: float) -> None:
    ours = _cpu("-m", "incidents", "--db", str(bundled_db), *command)
    peer = _cpu("-c", "import geopandas")
    print(f"{' '.join(command)}: {ours:.2f} s of processor time, {ours / peer:.2f} x import geopandas ({peer:.2f} s)")
    assert ours <= most * peer


def test_the_whole_briefing(bundled_db: Path, tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    command = [sys.executable, "-m", "incidents", "--db", str(bundled_db), "-q", "brief", "--out", str(tmp_path / "b")]
    subprocess.run(command, check=True)
    elapsed = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"briefing: {elapsed:.1f} s, {cpu:.1f} s of processor time")
    assert cpu < BRIEF_SECONDS


def test_a_report_on_twenty_thousand_incidents(bundled: list[Incident]) -> None:
    records = [
        record.model_copy(update={"id": f"{record.id[:8]}{number:06}"})
        for number in range(SYNTHETIC)
        for record in [bundled[number % len(bundled)]]
    ]
    started = time.process_time()
    text = headline(summarise(records, NATO, Query()))
    cpu = time.process_time() - started
    print(f"report on {SYNTHETIC:,} incidents: {cpu:.2f} s ({text[:40]}...)")
    assert cpu < SYNTHETIC_SECONDS
