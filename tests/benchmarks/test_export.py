"""Exports of twenty thousand incidents against what pandas and GeoPandas take for the same tables.

``pytest -m benchmark tests/benchmarks/test_export.py -s`` prints the figures.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from incidents.dataset import load_bundled
from incidents.export.flat import write_csv
from incidents.export.frames import incidents_frame, sites_frame, territories_frame
from incidents.export.geopackage import write_gpkg
from incidents.model import Incident

pytestmark = pytest.mark.benchmark
COUNT = 20_000


@pytest.fixture(scope="module")
def many() -> list[Incident]:
    """The bundled records, again and again under new ids."""
    records = load_bundled()
    return [
        records[k % len(records)].model_copy(
            update={"id": f"{records[k % len(records)].id[:8]}{1000 * (k // len(records) + 1) + k % len(records)}"}
        )
        for k in range(COUNT)
    ]


def spent(work: Callable[[], object]) -> float:
    """Return processor seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def test_csv_against_to_csv_on_the_same_columns(many: list[Incident], tmp_path: Path) -> None:
    frame = incidents_frame(many).drop(columns="geometry")
    peer = spent(lambda: frame.to_csv(tmp_path / "peer.csv", index=False))
    own = spent(lambda: write_csv(many, tmp_path / "own.csv"))
    print(f"\nCSV: records to file {own:.2f} s, DataFrame.to_csv {peer:.2f} s, ratio {own / peer:.2f}")
    assert own < 3 * peer


def test_gpkg_against_to_file_on_the_same_layers(many: list[Incident], tmp_path: Path) -> None:
    def layers() -> None:
        for name, make in (("incidents", incidents_frame), ("sites", sites_frame), ("territories", territories_frame)):
            frame = make(many)
            if len(frame):
                frame.to_file(tmp_path / "peer.gpkg", layer=name, driver="GPKG")

    peer = spent(layers)
    own = spent(lambda: write_gpkg(many, tmp_path / "own.gpkg"))
    print(f"\nGeoPackage: records to file {own:.2f} s, with GeoDataFrame.to_file {peer:.2f} s, ratio {own / peer:.2f}")
    assert own < 2 * peer
