"""Every export format keeps the same promises; the registry is the list."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import pytest

from incidents.export import EXPORTERS, UnknownFormatError, write_export, write_package
from incidents.export.columns import COLUMNS
from incidents.export.package import PackageExistsError
from incidents.files import OutputError
from incidents.model import Attribution, Incident, PositionMethod, Site, SiteRole, SiteTerritory, Stance
from tests.worlds import make_incident, make_source

HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> ]]> & \"quoted\", \r lone\nline \x07 ünï"
ALL = sorted(EXPORTERS)


def _site(lon: float, lat: float, **changes: object) -> Site:
    fields: dict[str, object] = {
        "name": "Somewhere",
        "role": SiteRole.OVER,
        "lon": lon,
        "lat": lat,
        "radius_m": 1500.0,
        "method": PositionMethod.GAZETTEER,
    }
    return Site.model_validate({**fields, **changes})


def world() -> list[Incident]:
    """Return a placed, a western, an unplaced, a placeless and a hostile incident."""
    territory = SiteTerritory(
        site=0,
        country="PL",
        zone="land",
        determination="inside",
        candidates=({"country": "PL", "share": 0.75}, {"country": "BY", "share": 0.25}),
        border_distance_km=-3.5,
        boundary_version="test",
    )
    return [
        make_incident("PL-2025-001", sites=(_site(23.5, 51.2),), territories=(territory,)),
        make_incident("IS-2025-002", sites=(_site(-22.6, 63.98), _site(-179.99, 66.0))),
        make_incident("PL-2025-003", sites=(Site(name="somewhere in the east", role=SiteRole.OVER),)),
        make_incident("PL-2025-004"),
        make_incident(
            "RO-2025-005",
            title=HOSTILE,
            summary=HOSTILE,
            sites=(_site(28.0, 45.2, name=HOSTILE),),
            attributions=(Attribution(actor=HOSTILE, stance=Stance.ASSERTS, by=HOSTILE),),
            sources=(make_source(publisher=HOSTILE, url="https://example.org/?a=1&b=<i>"),),
        ),
    ]


@pytest.mark.parametrize("ending", ALL)
def test_same_records_same_bytes(ending: str, tmp_path: Path) -> None:
    one, two = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"
    write_export(world(), one)
    write_export(world(), two)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(tmp_path.iterdir()) == [one, two]


@pytest.mark.parametrize("ending", ALL)
def test_no_records_still_make_a_file_of_the_kind(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"empty.{ending}"
    write_export([], path)
    assert (path.stat().st_size > 0) is (ending != "ndjson")


@pytest.mark.parametrize("ending", ALL)
def test_a_failure_leaves_the_earlier_file(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{ending}"
    path.write_bytes(b"earlier")
    broken = [*world(), None]
    with pytest.raises(AttributeError):
        write_export(broken, path)  # type: ignore[arg-type]
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match=r"'x\.doc'. Known endings: .csv,"):
        write_export(world(), tmp_path / "x.doc")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="existing, writable folder"):
        write_export(world(), tmp_path / "none" / "x.csv")


def test_a_package_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="Cannot write"):
        write_package(world(), tmp_path / "file" / "package")


def test_machine_csv_keeps_text_as_it_is_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write_export(world(), path)
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert header == [column.name for column in COLUMNS]
    assert len(rows) == 5
    table = [dict(zip(header, row, strict=True)) for row in rows]
    assert table[4]["title"] == HOSTILE
    assert (table[1]["lon"], table[1]["lat"]) == ("-22.6", "63.98")
    assert (table[2]["place"], table[2]["lon"]) == ("somewhere in the east", "")
    assert (table[0]["territory_country"], table[0]["border_distance_km"]) == ("PL", "-3.5")


def test_pandas_reads_numbers_as_numbers(tmp_path: Path) -> None:
    import pandas as pd

    write_export(world(), tmp_path / "x.csv")
    frame = pd.read_csv(tmp_path / "x.csv", dtype_backend="numpy_nullable")
    assert frame["lon"].tolist()[1] == -22.6
    assert frame["count_best"].dtype == "Int64"


def test_spreadsheets_get_no_formula(tmp_path: Path) -> None:
    import openpyxl

    write_export(world(), tmp_path / "x.excel.csv")
    raw = (tmp_path / "x.excel.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    assert not [cell for row in rows for cell in row if re.match(r"[=+@]|-\D", cell)]
    write_export(world(), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    briefing = book["briefing"]
    assert briefing.freeze_panes == "A2"
    assert briefing.auto_filter.ref.startswith("A1:")
    lon = [c.value for c in briefing[1]].index("lon") + 1
    assert briefing.cell(3, lon).value == -22.6
    book.close()


def test_hxl_tags_lie_under_the_header(tmp_path: Path) -> None:
    write_export(world(), tmp_path / "x.hxl.csv")
    with (tmp_path / "x.hxl.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[1][0] == "#event+id"
    assert all(re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag) for tag in rows[1])


def test_geojson_keeps_the_rfc(tmp_path: Path) -> None:
    write_export(world(), tmp_path / "x.geojson")
    data = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))
    assert data["type"] == "FeatureCollection"
    assert "crs" not in data
    geometries = [feature["geometry"] for feature in data["features"]]
    assert geometries[1] == {"type": "Point", "coordinates": [-22.6, 63.98]}
    assert geometries[2] is geometries[3] is None
    assert all({"type", "geometry", "properties"} <= set(feature) for feature in data["features"])


def test_gdal_reads_every_layer(tmp_path: Path) -> None:
    import geopandas as gpd
    import pyogrio

    path = tmp_path / "x.gpkg"
    write_export(world(), path)
    layers = dict(pyogrio.list_layers(path))
    assert layers == {"incidents": "Point", "sites": "Point", "territories": "Polygon", "layer_styles": None}
    incidents = gpd.read_file(path, layer="incidents")
    assert incidents["title"].tolist()[4] == HOSTILE
    assert incidents.geometry.isna().tolist() == [False, False, True, True, False]
    discs = gpd.read_file(path, layer="territories")
    area_km2 = discs.to_crs("EPSG:3035").area.iloc[0] / 1e6
    assert area_km2 == pytest.approx(3.14159 * 1.5**2, rel=0.01)
    write_export(world(), tmp_path / "x.parquet")
    parquet = gpd.read_parquet(tmp_path / "x.parquet")
    assert parquet.crs.to_epsg() == 4326
    assert parquet["id"].tolist() == incidents["id"].tolist()


def test_kml_keeps_the_order_of_the_schema_and_its_text_is_inert(tmp_path: Path) -> None:
    from defusedxml.ElementTree import parse

    write_export(world(), tmp_path / "x.kml")
    root = parse(tmp_path / "x.kml").getroot()
    assert root is not None
    space = "{http://www.opengis.net/kml/2.2}"
    order = ["name", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point"]
    marks = list(root.iter(f"{space}Placemark"))
    assert len(marks) == 6
    for mark in marks:
        names = [child.tag.removeprefix(space) for child in mark]
        assert names in (order, order[:-1])
    assert [f.findtext(f"{space}name") for f in root.findall(f"{space}Document/{space}Folder")] == [
        "Iceland",
        "Poland",
        "Romania",
    ]
    said = "".join(str(mark.findtext(f"{space}description")) for mark in marks)
    assert "<script" not in said
    assert "&lt;script&gt;" in said
    assert "-179.990000,66.000000" in [p.text for p in root.iter(f"{space}coordinates")]


def test_kmz_holds_the_kml(tmp_path: Path) -> None:
    write_export(world(), tmp_path / "x.kmz")
    write_export(world(), tmp_path / "x.kml")
    with zipfile.ZipFile(tmp_path / "x.kmz") as archive:
        assert archive.read("doc.kml") == (tmp_path / "x.kml").read_bytes()


def test_stix_references_resolve_and_ids_are_of_their_type(tmp_path: Path) -> None:
    write_export(world(), tmp_path / "x.stix.json")
    objects = json.loads((tmp_path / "x.stix.json").read_text(encoding="utf-8"))["objects"]
    ids = {item["id"] for item in objects}
    assert len(ids) == len(objects)
    for item in objects:
        assert item["id"].startswith(f"{item['type']}--")
        cited = [item[key] for key in ("created_by_ref", "source_ref", "target_ref") if key in item]
        assert {*cited, *item.get("object_refs", ())} <= ids
    assert {item["type"] for item in objects} >= {"incident", "location", "relationship", "opinion", "identity"}


@pytest.mark.parametrize("records", [world(), []], ids=["world", "nothing"])
def test_the_package_is_valid(records: list[Incident], tmp_path: Path) -> None:
    from frictionless import validate

    write_package(records, tmp_path / "package")
    report = validate(str(tmp_path / "package" / "datapackage.json"))
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.stats["tasks"] == 14


def test_a_package_replaces_a_package_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    write_package(world(), folder)
    write_package(world()[:1], folder)
    assert len((folder / "incidents.csv").read_text(encoding="utf-8").splitlines()) == 2
    other = tmp_path / "mine"
    other.mkdir()
    (other / "thesis.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(PackageExistsError, match="holds no data package"):
        write_package(world(), other)
    assert [p.name for p in other.iterdir()] == ["thesis.txt"]


def test_a_failing_package_leaves_the_earlier_one(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    write_package(world(), folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(AttributeError):
        write_package([*world(), None], folder)  # type: ignore[list-item]
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert list(tmp_path.iterdir()) == [folder]
