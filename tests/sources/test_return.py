"""What was exported comes back as it was."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.export import write_export, write_package
from incidents.export.columns import COLUMNS, cells
from incidents.model import Incident, Measure, SiteTerritory
from incidents.model.parts import Behaviour
from incidents.sources.entry import Entry
from incidents.sources.options import Options
from incidents.sources.readers import open_file
from tests.worlds import incidents, make_incident, make_source

_COMPUTED = {
    "territory_country",
    "territory_zone",
    "determination",
    "border_distance_km",
    "nearest_border",
    "territory_basis",
    "boundary_version",
    "credibility",
    "credibility_reason",
}


def _read(path: Path, *, fmt: str) -> list[Entry]:
    reading = open_file(path, Options())
    assert reading.fmt == fmt
    return list(reading.entries)


def _records(entries: Iterable[Entry]) -> list[Incident | None]:
    return [entry.record if not entry.faults else None for entry in entries]


@settings(max_examples=60, deadline=None)
@given(st.lists(incidents(), min_size=1, max_size=3, unique_by=lambda record: record.id))
def test_package_ndjson_and_geojson_return_every_record(records: list[Incident]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_package(records, folder / "package")
        write_export(records, folder / "x.ndjson")
        write_export(records, folder / "x.geojson")
        assert _records(_read(folder / "package", fmt="data package")) == records
        assert _records(_read(folder / "x.ndjson", fmt="records, one a line")) == records
        assert _records(_read(folder / "x.geojson", fmt="GeoJSON of ours")) == records


def _full() -> Incident:
    """Return a record with everything the strategy does not invent."""
    return make_incident(
        "PL-2025-009",
        summary="two\nlines, a lone \r return and \"quotes\"; 'more'",
        behaviour=Behaviour(
            duration_s=Measure(low=60, high=720.5, by="Army"),
            altitude_m=Measure(high=300, sources=("agency",)),
            transponder="no",
            sources=("agency",),
        ),
        territories=(
            SiteTerritory(
                site=0,
                country=None,
                zone="outside",
                determination="disputed",
                candidates=({"country": "PL", "share": 0.1}, {"country": "BY", "share": 0.9}),
                border_distance_km=-0.125,
                boundary_version="v",
            ),
        ),
        sites=({"name": "here", "role": "over", "lon": -0.1, "lat": 51.5, "radius_m": 10, "method": "gazetteer"},),
        sources=(make_source(supports=("occurred.text", "sites.place name")),),
        consequences=({"type": "fire", "caused_by": "own_defence", "low": 1, "unit": "houses"},),
        relations=({"type": "same_wave", "to": "PL-2025-001"},),
        territory_claims=({"country": "PL", "says": "inside", "by": "Army", "on": "2025-03"},),
    )


def test_a_record_with_every_part_returns(tmp_path: Path) -> None:
    write_package([_full()], tmp_path / "package")
    write_export([_full()], tmp_path / "x.geojson")
    write_export([_full()], tmp_path / "x.ndjson")
    for path in ("package", "x.geojson", "x.ndjson"):
        entries = list(open_file(tmp_path / path, Options()).entries)
        assert _records(entries) == [_full()]


def test_our_workbook_returns_the_records_and_formulas_are_text_again(tmp_path: Path) -> None:
    record = make_incident(title="=1+1", summary="-not a number", unknowns=("@who",))
    write_export([record], tmp_path / "x.xlsx")
    assert _records(_read(tmp_path / "x.xlsx", fmt="workbook of ours")) == [record]


@settings(max_examples=40, deadline=None)
@given(incidents())
def test_a_flat_row_laid_over_its_record_changes_nothing(record: Incident) -> None:
    with tempfile.TemporaryDirectory() as name:
        for ending in ("csv", "excel.csv", "hxl.csv"):
            path = Path(name) / f"x.{ending}"
            write_export([record], path)
            (entry,) = _read(path, fmt="our flat table")
            assert entry.known == record.id
            assert entry.change is not None
            assert entry.change(record) == record


def test_a_flat_row_alone_gives_the_row_again(tmp_path: Path) -> None:
    from incidents.dataset import load_bundled

    records = load_bundled()
    write_export(records, tmp_path / "x.csv")
    entries = _read(tmp_path / "x.csv", fmt="our flat table")
    assert [fault for entry in entries for fault in entry.faults] == []
    names = [column.name for column in COLUMNS]
    differing: dict[str, int] = {}
    for record, entry in zip(records, entries, strict=True):
        assert entry.record is not None
        for name, before, after in zip(names, cells(record), cells(entry.record), strict=True):
            if before != after and name not in _COMPUTED:
                differing[name] = differing.get(name, 0) + 1
    # publishers that share a name, and counts over several object groups, are joined in the table
    assert set(differing) <= {"source_publishers", "count_best", "count_high"}
    assert max(differing.values(), default=0) < len(records) / 10
