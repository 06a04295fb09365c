"""A hundred thousand incidents in SQLite: loading, listing, searching; and what a start costs.

``pytest -m benchmark tests/benchmarks/test_store.py -s`` prints the figures.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from incidents.query import Query, select
from incidents.store import Store, open_store
from tests.worlds import make_incident

pytestmark = pytest.mark.benchmark
COUNT = 100_000
WORDS = ("drone", "balloon", "fighter", "radar", "village", "runway", "harbour", "border")
ROOT = Path(__file__).parents[2]


def _batch(start: int, size: int) -> list[object]:
    base = make_incident()
    first = date(2014, 1, 1)
    made: list[object] = []
    for k in range(start, start + size):
        day = first + timedelta(k % 4300)
        title = f"{WORDS[k % 8]} near {WORDS[k % 7]} w{k % 2000:04d}"
        occurred = base.occurred.model_copy(update={"earliest": day, "latest": day})
        made.append(base.model_copy(update={"id": f"PL-{day.year}-{k + 1000}", "title": title, "occurred": occurred}))
    return made


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, float]]:
    """A store with all records, and how many a second of processor time it took in."""
    path = tmp_path_factory.mktemp("full") / "store.sqlite"
    with open_store(path, bundled=False) as store:
        spent = 0.0
        for start in range(0, COUNT, 5000):
            batch = _batch(start, 5000)
            began = time.process_time()
            store.add_many(batch, author="bench", reason="load")  # type: ignore[arg-type]
            spent += time.process_time() - began
        yield store, COUNT / spent


def test_bulk_load_takes_in_thousands_a_second_in_little_memory(full: tuple[Store, float]) -> None:
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nload: {full[1]:,.0f} records/s of processor time; peak memory {peak_mb:.0f} MB")
    assert full[1] > 5000
    assert peak_mb < 500


def _best_s(store: Store, query: Query, limit: int | None = None) -> tuple[float, int]:
    best, rows = 9.0, 0
    for _ in range(5):
        began = time.process_time()
        rows = len(list(store.select(query, limit=limit)))
        best = min(best, time.process_time() - began)
    return best, rows


def test_a_filtered_list_of_fifty_is_quick(full: tuple[Store, float]) -> None:
    query = Query(countries=frozenset({"PL"}), since=date(2020, 5, 1), until=date(2020, 5, 2))
    spent, rows = _best_s(full[0], query)
    print(f"\nlist: {rows} of {COUNT:,} in {spent * 1000:.0f} ms")
    assert 40 <= rows <= 60
    assert spent < 0.3


def test_full_text_beats_a_scan_and_stays_below_fifty_ms(full: tuple[Store, float]) -> None:
    query = Query(text="w0077")
    spent, rows = _best_s(full[0], query)
    sample = list(full[0].select(Query(), limit=2000))
    began = time.process_time()
    select(sample, query)
    scan = (time.process_time() - began) * COUNT / len(sample)
    print(f"\ntext: {rows} rows in {spent * 1000:.0f} ms; select over records in memory: {scan * 1000:.0f} ms")
    assert rows == COUNT / 2000
    assert spent < 0.05
    assert spent < scan / 10


def test_listing_the_bundled_records_costs_less_than_importing_geopandas(tmp_path: Path) -> None:
    db = str(tmp_path / "s.sqlite")
    open_store(db).close()

    def spent(*args: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *args], cwd=ROOT, check=True, capture_output=True, env=dict(os.environ))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)

    ours = min(spent("-m", "incidents", "--db", db, "list") for _ in range(3))
    peer = min(spent("-c", "import geopandas") for _ in range(3))
    print(f"\nincidents list: {ours:.2f} s of processor time; import geopandas: {peer:.2f} s")
    assert ours < peer
