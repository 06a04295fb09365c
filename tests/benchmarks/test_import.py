"""A table of a hundred thousand rows into a store, in bounded memory.

``pytest -m benchmark tests/benchmarks/test_import.py -s`` prints the figures.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.benchmark
COUNT = 100_000
ROOT = Path(__file__).parents[2]
_PROGRAM = """
import resource, sys, time
from pathlib import Path
from incidents.sources.importing import import_entries
from incidents.sources.options import Options
from incidents.sources.readers import open_file
from incidents.store import open_store
began = time.process_time()
with open_store(Path(sys.argv[2]), bundled=False) as store:
    report = import_entries(store, open_file(Path(sys.argv[1]), Options()).entries, author="bench", reason="load")
print(report.added, report.rejected, time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_a_hundred_thousand_rows_stay_under_a_gigabyte(tmp_path: Path) -> None:
    with (tmp_path / "big.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["event id", "date", "country", "place", "lat", "lon", "object", "count", "source", "link"])
        for k in range(COUNT):
            day = f"20{15 + k % 10}-{1 + k % 12:02}-{1 + k % 28:02}"
            place = [f"Place {k}", 52 + k % 1000 / 1000, 20 + k % 777 / 777]
            writer.writerow([f"E{k}", day, "PL", *place, "drone", 1 + k % 9, "Agency", f"https://example.org/{k}"])
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path / "big.csv"), str(tmp_path / "store.sqlite")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    added, rejected, seconds, peak_kb = (float(word) for word in re.split(r"\s+", said.strip()))
    print(
        f"\nimport: {added:,.0f} rows, {added / seconds:,.0f} a second of processor time, peak {peak_kb / 1024:.0f} MB"
    )
    assert (added, rejected) == (COUNT, 0)
    assert peak_kb / 1024 < 1000
