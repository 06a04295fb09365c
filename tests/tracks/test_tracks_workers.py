"""Worker processes, a cluster, the review queue and GeoPackage: the same answer by every way."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from pyarrow import parquet

from incidents.store import open_store
from incidents.tracks import Incursion, Positions, Rules, Tally, running, screening
from incidents.tracks.errors import TrackError
from incidents.tracks.output import render
from incidents.tracks.sample import write_sample


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the sample in small row groups that make several parts."""
    from incidents.tracks import partitions

    whole, small = tmp_path / "whole.parquet", tmp_path / "small.parquet"
    write_sample(whole)
    parquet.write_table(parquet.read_table(whole), small, row_group_size=40)
    monkeypatch.setattr(partitions, "ROWS", 100)
    return small


def _dying(monkeypatch: pytest.MonkeyPatch, dies: Callable[[], bool]) -> None:
    def screen(raw: Positions, rules: Rules, tally: Tally) -> list[Incursion]:
        if dies():
            os.kill(os.getpid(), signal.SIGKILL)
        return screening.screen(raw, rules, tally)

    monkeypatch.setattr(running, "screen", screen)
    monkeypatch.setattr(running, "_context", lambda: multiprocessing.get_context("fork"))


def test_parts_of_a_killed_worker_run_again(parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = running.screen_files([parts])
    mark = tmp_path / "killed"

    def once() -> bool:
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    _dying(monkeypatch, once)
    done = running.screen_files([parts], workers=2)
    assert mark.exists()
    assert done == expected


def test_workers_that_always_die_end_in_an_error(parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _dying(monkeypatch, lambda: True)
    with pytest.raises(TrackError, match="Worker processes died 4 times"):
        running.screen_files([parts], workers=2)


def test_processes_from_scratch_answer_the_same(parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = running.screen_files([parts])
    monkeypatch.setattr(running, "_context", lambda: multiprocessing.get_context("spawn"))
    assert running.screen_files([parts], workers=2) == expected


def test_a_dask_cluster_answers_the_same(parts: Path) -> None:
    distributed = pytest.importorskip("dask.distributed")
    expected = running.screen_files([parts])
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        assert running.screen_files([parts], scheduler=cluster.scheduler_address) == expected


def test_a_scheduler_that_is_not_there(parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed: Any = pytest.importorskip("dask.distributed")

    def refuse(*args: object, **options: object) -> None:
        raise OSError("timed out")

    monkeypatch.setattr(distributed, "Client", refuse)
    with pytest.raises(TrackError, match="No Dask scheduler at tcp://nowhere:8786"):
        running.screen_files([parts], scheduler="tcp://nowhere:8786")


def test_incursions_reach_the_review_queue(cli: Callable[..., Result], db: Path, tmp_path: Path) -> None:
    source = tmp_path / "sample.parquet"
    write_sample(source)
    result = cli("tracks", "screen", str(source), "--candidates", "--member", "EE")
    assert result.exit_code == 0, result.output
    assert "Queued 1 candidates" in result.stderr
    again = cli("tracks", "screen", str(source), "--candidates", "--member", "EE")
    assert "Queued 0 candidates" in again.stderr
    with open_store(str(db)) as store:
        (queued,) = [c for c in list(store.candidates()) if c.data["candidate"]["extractor"] == "tracks"]
    assert queued.data["candidate"]["country"] == "EE"
    listed = cli("candidates", "--country", "EE")
    assert "2025-09-19" in listed.stdout
    assert "inside EE from 2025-09-19T06:58:" in listed.stdout
    accepted = cli("accept", queued.id, "--author", "tester")
    assert accepted.exit_code == 0, accepted.output


def test_geopackage_holds_the_lines_of_csv_and_stays_the_same(tmp_path: Path) -> None:
    import geopandas

    from incidents.tracks.sample import sample

    found = screening.screen(sample())
    path = tmp_path / "tracks.gpkg"
    path.write_bytes(render(found, ".gpkg"))
    frame = geopandas.read_file(path, layer="incursions")
    assert frame.crs == "EPSG:4326"
    assert list(frame["state"]) == [item.state for item in found]
    assert list(frame["depth_km"]) == [item.depth_km for item in found]
    assert [tuple(line.coords[0]) for line in frame.geometry] == [item.entry for item in found]
    assert render(found, ".gpkg") == path.read_bytes()
