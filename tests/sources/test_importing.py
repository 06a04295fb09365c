"""Imports break nothing: all or none, never twice, never confirmed on their own word, every fault named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from incidents.cli.main import group
from incidents.export import write_export, write_package
from incidents.model import Status
from incidents.sources.importing import import_entries
from incidents.sources.options import Options
from incidents.sources.readers import open_file
from incidents.store import Store
from tests.sources.desk import Load, held, write
from tests.worlds import make_incident

TABLE = """Date;Country;Place;Object;Latitude;Longitude;Count;Source;Link
04 / 05 Nov 2025, 23:00 / 02:00;Poland;Wyryki;drone;51,54;23,3;2;Gazeta;https://example.org/a
Q3 2024;Romania;somewhere without a name;Shahed;;;several;;
2025-05-12;EE;Tartu;balloon;58.38;26.72;1-2;ERR;https://example.org/b
"""


def test_a_foreign_table_comes_in_and_claims_nothing_new(tmp_path: Path, store: Store, load: Load) -> None:
    report = load(write(tmp_path, TABLE))
    assert (report.added, report.rejected, report.is_written) == (3, 0, True)
    records = held(store)
    assert [record.id for record in records] == ["RO-2024-001", "EE-2025-001", "PL-2025-001"]
    assert {record.status for record in records} == {Status.UNRESOLVED}
    assert {record.assessment.by for record in records} == {"import"}
    vague, _, night = records
    assert vague.sites[0].lon is None
    assert "how many: the source says 'several'" in vague.unknowns
    assert night.occurred.text == "04 / 05 Nov 2025, 23:00 / 02:00"
    assert (night.sites[0].lon, night.sites[0].lat) == (23.3, 51.54)
    assert night.sources[0].url == "https://example.org/a"


def test_the_same_file_twice_adds_nothing(tmp_path: Path, store: Store, load: Load) -> None:
    path = write(tmp_path, TABLE)
    load(path)
    before = len(list(store.revisions()))
    again = load(path)
    assert (again.added, again.changed, again.skipped) == (0, 0, 3)
    assert len(list(store.revisions())) == before


def test_rows_in_another_order_and_encoding_are_known_again(tmp_path: Path, load: Load) -> None:
    load(write(tmp_path, TABLE.replace("Gazeta", "Żółw")))
    head, *rows = TABLE.replace("Gazeta", "Żółw").splitlines()
    other = "\n".join([head, *reversed(rows)]) + "\n"
    for encoding, given in (("utf-8-sig", None), ("utf-16", None), ("cp1250", "cp1250")):
        report = load(write(tmp_path, other, "other.csv", encoding), encoding=given)
        assert (report.added, report.skipped, report.rejected) == (0, 3, 0), encoding


def test_a_row_twice_in_one_file_is_one_incident(tmp_path: Path, load: Load) -> None:
    row = TABLE.splitlines()[1]
    report = load(write(tmp_path, TABLE + row + "\n"))
    assert (report.added, report.skipped) == (3, 1)
    assert ("skipped", 5, "same as row 2") in report.lines


BAD = """Date;Country;Place;Object;Latitude;Longitude;Status;Count
04 Nov 2025;Poland;Wyryki;drone;51.5;23.3;confirmd;2
31.02.2025;Polnd;Lublin;droone;123;22.5;;x
2025-09-10;Romania;Tulcea;Shahed;nan;28;;several
2025-09-11;Romania;Tulcea;Shahed;45;28;;1
"""


def test_every_fault_is_named_at_once_and_nothing_is_written(tmp_path: Path, store: Store, load: Load) -> None:
    report = load(write(tmp_path, BAD))
    said = [str(fault) for fault in report.faults]
    assert said[0] == "row 2, column 'Status', value 'confirmd': is no status we know; nearest allowed: confirmed"
    assert [(f.row, f.column) for f in report.faults[1:6]] == [
        (3, "Date"),
        (3, "Country"),
        (3, "Object"),
        (3, "Latitude"),
        (3, "Count"),
    ]
    assert "nearest allowed: Poland (PL)" in said[2]
    assert "look swapped" in said[4]
    assert not report.is_written
    assert held(store) == []


def test_skip_bad_takes_the_rest(tmp_path: Path, store: Store, load: Load) -> None:
    report = load(write(tmp_path, BAD), skip_bad=True)
    assert (report.added, report.rejected, report.is_written) == (1, 3, True)
    assert [record.id for record in held(store)] == ["RO-2025-001"]


def test_a_dry_run_writes_nothing(tmp_path: Path, store: Store, load: Load) -> None:
    report = load(write(tmp_path, TABLE), dry_run=True)
    assert (report.added, report.is_written) == (3, False)
    assert held(store) == []
    assert load(write(tmp_path, TABLE)).added == 3


def test_an_interrupted_import_leaves_the_store(tmp_path: Path, store: Store) -> None:
    def interrupted() -> Iterator[object]:
        yield from open_file(write(tmp_path, TABLE), Options()).entries
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_entries(store, interrupted(), author="a", reason="r")  # type: ignore[arg-type]
    assert held(store) == []
    assert store.verify().faults == ()


def test_mapping_names_columns_and_refuses_unknown_ones(tmp_path: Path, store: Store, load: Load) -> None:
    from incidents.sources.guards import ImportFileError

    path = write(tmp_path, "Kiedy,Gdzie\n2025-05-01,Lublin\n")
    with pytest.raises(ImportFileError, match=r"No column says when. Columns: 'Kiedy', 'Gdzie'"):
        load(path, country="PL")
    with pytest.raises(ImportFileError, match=r"no field 'plcae'. Did you mean 'place'"):
        load(path, maps=("Kiedy=date", "Gdzie=plcae"))
    with pytest.raises(ImportFileError, match=r"no column 'Gdze'. Did you mean 'Gdzie'"):
        load(path, maps=("Gdze=place",))
    assert load(path, maps=("Kiedy=date", "Gdzie=place"), country="PL").added == 1
    (record,) = held(store)
    assert record.sites[0].method is not None
    assert abs((record.sites[0].lat or 0) - 51.25) < 0.5


def test_our_own_records_are_added_skipped_and_changed_by_id(tmp_path: Path, store: Store, load: Load) -> None:
    records = [make_incident("PL-2025-001"), make_incident("PL-2025-002")]
    write_package(records, tmp_path / "package")
    assert load(tmp_path / "package").added == 2
    assert load(tmp_path / "package").skipped == 2
    changed = [records[0], make_incident("PL-2025-002", title="Two drones")]
    write_export(changed, tmp_path / "x.ndjson")
    report = load(tmp_path / "x.ndjson")
    assert (report.changed, report.skipped) == (1, 1)
    assert store.get("PL-2025-002").title == "Two drones"
    old = load(tmp_path / "package")
    assert (old.changed, old.skipped) == (0, 2)
    assert store.get("PL-2025-002").title == "Two drones"


def test_a_foreign_table_with_our_ids_adds_but_never_replaces(tmp_path: Path, store: Store, load: Load) -> None:
    write_export([make_incident("PL-2025-001")], tmp_path / "x.kml")
    store.add(make_incident("PL-2025-001"), author="a", reason="r")
    before = store.get("PL-2025-001")
    report = load(tmp_path / "x.kml", country="PL")
    assert (report.changed, report.skipped) == (0, 1)
    assert store.get("PL-2025-001") == before


def test_a_retracted_incident_does_not_come_back(tmp_path: Path, store: Store, load: Load) -> None:
    write_export([make_incident("PL-2025-001")], tmp_path / "x.ndjson")
    load(tmp_path / "x.ndjson")
    store.retract("PL-2025-001", author="a", reason="never happened")
    report = load(tmp_path / "x.ndjson")
    assert report.rejected == 1
    assert "was retracted" in str(report.faults[0])
    assert "never happened" in str(report.faults[0])


def test_an_edited_briefing_table_changes_only_what_was_edited(tmp_path: Path, store: Store, load: Load) -> None:
    store.add(make_incident("PL-2025-001", summary="old", unknowns=("who",)), author="a", reason="r")
    path = tmp_path / "x.csv"
    write_export(held(store), path)
    path.write_text(path.read_text(encoding="utf-8").replace("old", "new"), encoding="utf-8")
    report = load(path)
    assert (report.changed, report.faults) == (1, [])
    after = store.get("PL-2025-001")
    assert (after.summary, after.unknowns, after.objects[0].counts[0].by) == ("new", ("who",), "Army")
    table = path.read_text(encoding="utf-8").replace("possibly true", "x").splitlines()
    row = table[1]
    assert ",1,1,1,objects" in row
    path.write_text(table[0] + "\n" + row.replace(",1,1,1,objects", ",1,7,9,objects") + "\n", encoding="utf-8")
    refused = load(path)
    assert {f.column for f in refused.faults} == {"count_best", "count_high"}
    assert "sums up claims or is computed" in str(refused.faults[0])


def test_a_new_status_in_the_table_is_a_new_assessment(tmp_path: Path, store: Store, load: Load) -> None:
    store.add(make_incident("PL-2025-001"), author="a", reason="r")
    path = tmp_path / "x.csv"
    write_export(held(store), path)
    text = path.read_text(encoding="utf-8").replace(",probable,editors,2025-03-02,", ",refuted,Army,2025-04-01,")
    path.write_text(text, encoding="utf-8")
    load(path)
    assert [a.status.value for a in store.get("PL-2025-001").assessments] == ["probable", "refuted"]


def test_a_row_that_changed_at_its_source_after_a_local_edit_is_not_laid_over_it(
    tmp_path: Path, store: Store, load: Load
) -> None:
    text = "event id,date,country,place\nX1,2025-05-01,PL,Lublin\n"
    load(write(tmp_path, text))
    updated = load(write(tmp_path, text.replace("05-01", "05-02")))
    assert updated.changed == 1
    store.edit("PL-2025-001", lambda r: r.model_copy(update={"summary": "mine"}), author="me", reason="r")
    report = load(write(tmp_path, text.replace("05-01", "05-03")))
    assert "was edited by me" in str(report.faults[0])
    assert store.get("PL-2025-001").summary == "mine"
    assert load(write(tmp_path, text)).skipped == 1


def test_a_workbook_and_a_kml_of_somebody_else(tmp_path: Path, store: Store, load: Load) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Incident list 2025"])
    book.active.append(["Date", "Country", "Location", "Lat", "Long", "Number of drones"])
    from datetime import datetime

    book.active.append([datetime(2025, 5, 12), "Norway", "Oslo", 59.9, 10.75, 3])
    book.save(tmp_path / "x.xlsx")
    assert load(tmp_path / "x.xlsx").added == 1
    kml = (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Drone at Kastrup</name>'
        "<TimeSpan><begin>2025-09-22</begin><end>2025-09-23</end></TimeSpan>"
        "<Point><coordinates>12.65,55.62,0</coordinates></Point></Placemark></Document></kml>"
    )
    assert load(write(tmp_path, kml, "x.kml"), country="DK").added == 1
    oslo, kastrup = held(store)
    assert (str(oslo.occurred.latest), oslo.objects[0].counts[0].best) == ("2025-05-12", 3)
    assert (kastrup.title, kastrup.sites[0].lon) == ("Drone at Kastrup", 12.65)
    assert (str(kastrup.occurred.earliest), str(kastrup.occurred.latest)) == ("2025-09-22", "2025-09-23")


def test_somebody_elses_geojson(tmp_path: Path, store: Store, load: Load) -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [-22.6, 63.98]},
        "properties": {"date": "March 2025", "country": "Iceland", "name": "Drone near Keflavik"},
    }
    path = write(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "x.geojson")
    assert load(path).added == 1
    assert held(store)[0].sites[0].lon == -22.6


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    run = CliRunner()
    db = ["--db", str(tmp_path / "t.sqlite")]
    dry = run.invoke(group, [*db, "import", str(write(tmp_path, TABLE)), "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "added    row 2: PL-2025-" in dry.stdout
    assert "3 rows: 3 would be added" in dry.stdout
    bad = run.invoke(group, [*db, "import", str(write(tmp_path, BAD, "bad.csv"))])
    assert bad.exit_code == 1
    assert "Nothing was written" in bad.stderr
    rejected = tmp_path / "rejected.csv"
    good = run.invoke(
        group, [*db, "import", str(tmp_path / "bad.csv"), "--skip-bad", str(rejected), "--author", "a", "--reason", "r"]
    )
    assert good.exit_code == 0, good.output
    lines = rejected.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "row,reasons,Date,Country,Place,Object,Latitude,Longitude,Status,Count"
    assert len(lines) == 4


def test_five_hundred_faults_are_fifty_and_a_count(tmp_path: Path) -> None:
    rows = "\n".join("x,PL" for _ in range(500))
    path = write(tmp_path, f"date,country\n{rows}\n")
    result = CliRunner().invoke(group, ["--db", ":memory:", "import", str(path)])
    assert result.exit_code == 1
    assert "and 450 more faults" in result.stderr
