"""Hostile files: a clear refusal or a whole import, never a traceback, never half of one."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.errors import IncidentsError
from incidents.export import write_export, write_package
from incidents.query import Query
from incidents.sources import guards
from incidents.sources.guards import ImportFileError
from incidents.sources.importing import import_entries
from incidents.sources.options import Options
from incidents.sources.readers import open_file
from incidents.store import open_store
from tests.worlds import make_incident

TABLE = (
    "Date;Country;Place;Object;Latitude;Longitude;Count;Source;Link\n"
    '04 / 05 Nov 2025, 23:00 / 02:00;Poland;"Wyryki ""north""";drone;51,54;23,3;2;Gazeta;https://example.org/a\n'
    "Q3 2024;Romania;Tulcea;Shahed;;;several;;\n"
    "2025-05-12;EE;Tartu;balloon;58.38;26.72;1-2;ERR;https://example.org/b\n"
)
CELLS = [
    "",
    "NaN",
    "inf",
    "-inf",
    "1e999",
    "-0",
    "9" * 400,
    "0x10",
    "١٢",
    "x" * 70_000,
    '"',
    '""',
    "\0",
    "\ufeff",
    "\r",
    "=1+1",
    "2025-13-45",
    "0000-00-00",
    "9999-12-31",
    "31.02.2025",
    "5/6/25",
    "Q9 2025",
    "week of",
    "night of",
    "before",
    "24:99",
    "90",
    "-181",
    "58.38",
    "1,2,3",
    "POINT(1 2)",
    "🛸",
    "a\nb",
    "javascript:alert(1)",
    "http://[::1",
    "PL",
    "XX",
    "confirmed",
    "Night of 3-4 March 2026",
    "12 May",
    "1;2;3",
    "\u202e",
    "\ud800".encode("utf-8", "replace").decode(),
]
HEADINGS = [
    "date",
    "Date",
    "country",
    "place",
    "lat",
    "lon",
    "id",
    "title",
    "time",
    "year",
    "count",
    "status",
    "source",
    "url",
    "",
    "coordinates",
    "event_id_cnty",
    "event_date",
    "time_precision",
    "notes",
    "GLOBALEVENTID",
    "SQLDATE",
    "SOURCEURL",
    "City",
    "State",
    "Summary",
    "earliest",
    "latest",
    "legal_class",
    "countries",
    "radius_m",
    "object",
    "deaths",
    "end",
    "reported",
]


class Attempt:
    """Imports one file into a store of its own and judges the outcome."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = open_store(":memory:", bundled=False)
        self.refused = 0
        self.imported = 0

    def __call__(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.write_bytes(content)
        before = self.store.database.first("SELECT count(*), max(seq) FROM revision")
        try:
            reading = open_file(path, Options(country="PL"))
            report = import_entries(self.store, reading.entries, author="a", reason="r")
        except IncidentsError:
            self.refused += 1
            after = self.store.database.first("SELECT count(*), max(seq) FROM revision")
            assert after == before, "half an import"
            return
        after = self.store.database.first("SELECT count(*), max(seq) FROM revision")
        assert after is not None
        assert before is not None
        if report.rejected:
            self.refused += 1
            assert after == before, "half an import"
            assert all(str(fault) for fault in report.faults)
        else:
            self.imported += 1
            assert after[0] - before[0] == report.added + report.changed


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Return the content damaged in one of many ways."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        kind = rng.randrange(7)
        at = rng.randrange(max(1, len(data)))
        if kind == 0:
            del data[at:]
        elif kind == 1:
            data[at : at + 1] = bytes([rng.randrange(256)])
        elif kind == 2:
            data[at:at] = rng.choice(
                [b'"', b"\0", b"\r", b"\xff\xfe", b"[", b"}", b"<!DOCTYPE x>", b"&x;", b",,,,", b"NaN"]
            )
        elif kind == 3:
            end = at + rng.randrange(200)
            data[at:end] = b""
        elif kind == 4:
            end = at + rng.randrange(200)
            data[at:at] = data[at:end]
        elif kind == 5:
            data[at:at] = rng.choice(CELLS).encode("utf-8", "replace")
        else:
            data[at:at] = rng.choice([b"1e309", b"-Infinity", b"null", b"true", b'"\\ud800"', b"2025-02-30"])
    return bytes(data)


def seeds(folder: Path) -> dict[str, bytes]:
    """Return one good file of every kind."""
    site = {"name": "here", "role": "over", "lon": 23.5, "lat": 51.2, "radius_m": 10, "method": "gazetteer"}
    records = [make_incident("PL-2025-901", sites=(site,)), make_incident("PL-2025-902", summary='a, "b"\nc')]
    found = {"t.csv": TABLE.encode(), "u.csv": TABLE.encode("utf-16")}
    for ending in ("csv", "excel.csv", "hxl.csv", "xlsx", "geojson", "ndjson", "kml", "kmz"):
        path = folder / f"seed.{ending}"
        write_export(records, path)
        found[path.name] = path.read_bytes()
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"date": "2025"}}
    found["f.geojson"] = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    return found


def table(rng: random.Random) -> bytes:
    """Return a table of odd headings and odd cells, in some encoding."""
    delimiter = rng.choice([",", ";", "\t", "|"])
    headings = [rng.choice(HEADINGS) for _ in range(rng.randint(1, 12))]
    rows = [
        [rng.choice(CELLS) for _ in range(rng.choice([len(headings)] * 6 + [1, 30]))] for _ in range(rng.randint(0, 5))
    ]
    text = "\n".join(delimiter.join(row) for row in [headings, *rows])
    return text.encode(rng.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-2"]), "replace")


def attack(count: int, folder: Path, seed: int) -> Attempt:
    """Import that many damaged files and odd tables."""
    rng = random.Random(seed)
    attempt = Attempt(folder)
    good = seeds(folder)
    for name, content in good.items():
        attempt(name, content)
    assert attempt.refused == 0
    light = [name for name in good if not name.endswith("xlsx")]
    for number in range(count):
        if number % 3 == 0:
            attempt("odd.csv", table(rng))
        else:
            name = rng.choice(light) if number % 10 else "seed.xlsx"
            attempt(name, mutated(good[name], rng))
    return attempt


def test_a_few_hundred_damaged_files(tmp_path: Path) -> None:
    attempt = attack(300, tmp_path, seed=7)
    assert attempt.refused > 100
    assert attempt.imported > 10


@pytest.mark.benchmark
def test_ten_thousand_damaged_files(tmp_path: Path) -> None:
    attempt = attack(10_000, tmp_path, seed=20261128)
    print(f"\n10,000 files: {attempt.refused} refused or rejected, {attempt.imported} imported whole, no traceback")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400), st.sampled_from(["x.csv", "x.xlsx", "x.geojson", "x.ndjson", "x.kml", "x.kmz", "x.json"])
)
def test_any_bytes(tmp_path: Path, content: bytes, name: str) -> None:
    Attempt(tmp_path)(name, content)


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(ImportFileError) as caught:
        list(open_file(path, Options(**options)).entries)  # type: ignore[arg-type]
    return str(caught.value)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as stream,
    ):
        for _ in range(120):
            stream.write(b"0" * 1_000_000)
    assert "unpacks from" in refusal(path)


def test_a_path_out_of_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.kml", "<kml/>")
    assert "leaves its folder" in refusal(path)


def test_a_descriptor_that_points_elsewhere_is_refused(tmp_path: Path) -> None:
    write_package([make_incident()], tmp_path / "package")
    descriptor = tmp_path / "package" / "datapackage.json"
    for path, said in (("../secret.csv", "leaves its folder"), ("https://example.org/x.csv", "refused")):
        data = json.loads(descriptor.read_text(encoding="utf-8"))
        data["resources"][0]["path"] = path
        descriptor.write_text(json.dumps(data), encoding="utf-8")
        assert said in refusal(tmp_path / "package")


def test_a_symlink_out_of_the_package_is_refused(tmp_path: Path) -> None:
    write_package([make_incident()], tmp_path / "package")
    table_ = tmp_path / "package" / "notes.csv"
    secret = tmp_path / "secret.csv"
    table_.replace(secret)
    table_.symlink_to(secret)
    assert "leaves its folder" in refusal(tmp_path / "package")


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "x.kml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        "<kml><Placemark><name>&a;</name></Placemark></kml>",
        encoding="utf-8",
    )
    assert "declares entities or a DTD" in refusal(path)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    (tmp_path / "x.xlsx").write_bytes(buffer.getvalue())
    assert "declares XML entities" in refusal(tmp_path / "x.xlsx")


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("date," + ",".join("x" for _ in range(1_000_000)) + "\n2025-01-01\n", encoding="utf-8")
    assert "1,000,001 columns; at most 4,000" in refusal(path)


def test_deep_json_and_huge_cells_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.geojson"
    path.write_text('{"features": ' + "[" * 200_000 + "]" * 200_000 + "}", encoding="utf-8")
    assert "nested too deeply" in refusal(path)
    cell = tmp_path / "cell.csv"
    cell.write_text("date,title\n2025-01-01," + "x" * (guards.MAX_CELL + 10) + "\n", encoding="utf-8")
    assert "field larger than field limit" in refusal(cell)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", b"", "is empty"),
        ("x.xls", b"\xd0\xcf\x11\xe0rest", "old Excel file or is encrypted"),
        ("x.pdf", b"%PDF-1.7", "incidents ingest"),
        ("x.html", b"<html><body>", "incidents ingest"),
        ("x.csv", b"a\0b\0c", "not text"),
        ("x.xlsx", b"PK\x03\x04broken", "damaged archive"),
        ("x.geojson", b'{"type": "FeatureCollection", "features": [NaN]}', "NaN is not a number"),
        ("x.geojson", b'{"type": "FeatureCollection", ', "not valid JSON"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refusal(path)


def test_an_address_that_is_none_is_a_fault_or_a_note(tmp_path: Path) -> None:
    record = make_incident()
    write_export([record], tmp_path / "x.csv")
    text = (tmp_path / "x.csv").read_text(encoding="utf-8").replace("https://example.org/agency", "http://[::1")
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    (entry,) = open_file(tmp_path / "x.csv", Options()).entries
    assert entry.record is not None
    assert entry.record.sources[0].publisher == "Agency"


def test_nothing_of_a_refused_file_is_kept(tmp_path: Path) -> None:
    lines = [make_incident(f"PL-2025-{n:03}").model_dump_json() for n in range(1, 1200)]
    path = tmp_path / "x.ndjson"
    path.write_text("\n".join([*lines, '{"id": "PL-2025-9999"']), encoding="utf-8")
    with open_store(":memory:", bundled=False) as store:
        report = import_entries(store, open_file(path, Options()).entries, author="a", reason="r")
        assert report.rejected == 1
        assert report.faults[0].row == 1200
        assert list(store.select(Query())) == []
