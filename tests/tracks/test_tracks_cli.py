"""The commands, the readers and bad input, as a user meets them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from incidents.cli.main import group


def run(*args: object) -> Result:
    return CliRunner().invoke(group, ["tracks", *map(str, args)])


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    path = tmp_path / "sample.parquet"
    assert run("sample", "--out", path).exit_code == 0
    return path


def test_geojson_is_the_same_from_two_workers(parquet: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.geojson", tmp_path / "two.geojson"
    assert run("screen", parquet, "--out", one, "--member", "EE", "--member", "PL").exit_code == 0
    assert run("screen", parquet, "--workers", "2", "--out", two).exit_code == 0
    assert one.read_bytes() == two.read_bytes()
    features = json.loads(one.read_bytes())["features"]
    assert [feature["properties"]["state"] for feature in features] == ["PL", "EE"]
    assert all(len(f["properties"]["coordTimes"]) == len(f["geometry"]["coordinates"]) for f in features)


def test_parts_by_row_group_keep_aircraft_whole(parquet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet as files

    from incidents.tracks import partitions, running

    small = tmp_path / "small.parquet"
    files.write_table(files.read_table(parquet), small, row_group_size=40)
    whole = running.screen_files([parquet])
    monkeypatch.setattr(partitions, "ROWS", 100)
    cut = running.screen_files([small])
    assert cut.incursions == whole.incursions
    assert cut.tally.used == whole.tally.used
    monkeypatch.setattr(running, "IN_MEMORY", 100)
    monkeypatch.setattr(running, "by_row_groups", lambda files, reading: None)
    spilled = running.screen_files([small])
    assert spilled.incursions == whole.incursions


def test_csv_of_opensky_with_own_columns(tmp_path: Path) -> None:
    source = tmp_path / "states.csv"
    source.write_text(
        "time,icao24,lat,x,callsign,geoaltitude,lastposupdate\n"
        "1758283200,14abcd,52.0,20.0,RFF12 ,9000,1758283200\n"
        "1758283260,14abcd,52.0,20.1,RFF12 ,9100,1758283259\n"
        "1758283320,14abcd,52.0,20.1,RFF12 ,9100,1758283100\n"
        "soon,14abcd,52.0,20.2,RFF12 ,,\n"
    )
    result = run("screen", source, "--out", "-", "--column", "lon=x", "--aircraft-of", "Russia")
    assert result.exit_code == 0, result.output
    row = next(csv.DictReader(result.stdout.splitlines()))
    assert (row["state"], row["registered_in"], row["callsign"], row["altitude_high_m"]) == (
        "PL",
        "RU",
        "RFF12",
        "9100.0",
    )
    assert "dropped 1: stale position" in result.stderr
    assert "dropped 1: no or unreadable time" in result.stderr


_KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>map</name><LineString><coordinates>
20.0,52.0 20.5,52.0,100</coordinates></LineString></Placemark></kml>"""
_GPX = """<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>a</name><trkseg>
<trkpt lat="52" lon="20"><time>2025-09-19T12:00:00+02:00</time></trkpt>
<trkpt lat="52" lon="20.1"><time>2025-09-19T12:01:00+02:00</time></trkpt></trkseg></trk></gpx>"""


def test_drawn_lines_need_times(tmp_path: Path) -> None:
    source = tmp_path / "radar.kml"
    source.write_text(_KML)
    refused = run("screen", source)
    assert refused.exit_code == 1
    assert "--start and --end" in refused.stderr
    found = run("screen", source, "--start", "2025-09-19T12:00Z", "--end", "2025-09-19T12:05Z", "--out", "-")
    assert next(csv.DictReader(found.stdout.splitlines()))["duration_s"] == "300.0"


def test_gpx_times_keep_their_offset(tmp_path: Path) -> None:
    source = tmp_path / "a.gpx"
    source.write_text(_GPX)
    row = next(csv.DictReader(run("screen", source, "--out", "-").stdout.splitlines()))
    assert row["entry_time"] == "2025-09-19T10:00:00.000Z"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "", "empty"),
        ("a.csv", "icao24,time,lon\n", "no column for lat"),
        ("a.csv", "icao24,time,lon,latitud\n", "'latitud'"),
        ("a.csv", "icao24,time,lon,lat\n", "No rows"),
        ("a.csv", "icao24,time,lon,lat\na,x,1,2\n", "no or unreadable time"),
        ("a.csv", "icao24,time,lon,lat\na,1758283200,1,2\n", "one-point track"),
        ("a.parquet", "PAR", "as Parquet"),
        ("a.json", "{", "not JSON"),
        ("a.gpx", "<gpx>", "as XML"),
        ("a.txt", "x", "Known endings"),
        (
            "a.geojson",
            '{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:3857"}},"features":[]}',
            "EPSG:3857",
        ),
    ],
)
def test_bad_input_is_named_and_replaces_nothing(tmp_path: Path, name: str, text: str, words: str) -> None:
    source, out = tmp_path / name, tmp_path / "out.csv"
    source.write_text(text)
    out.write_text("before")
    result = run("screen", source, "--out", out)
    assert result.exit_code == 1
    assert words in result.stderr
    assert out.read_text() == "before"


def test_the_map_is_one_page_without_script(parquet: Path, tmp_path: Path) -> None:
    page = tmp_path / "tracks.html"
    assert run("map", parquet, "--out", page, "--title", "<b>").exit_code == 0
    text = page.read_text()
    assert "<script" not in text
    assert "&lt;b&gt;" in text
    assert text.count('class="inside"') == 4
    assert "entry 06:58:" in text


def test_incursions_become_candidates() -> None:
    from incidents.extract.candidate import CandidateIncident
    from incidents.tracks.candidates import to_candidates
    from incidents.tracks.sample import reconstruction
    from incidents.tracks.screening import screen

    (found,) = to_candidates(screen(reconstruction()), "sample.parquet")
    assert CandidateIncident.model_validate(found).country == "EE"
    assert "computed from positions" in found["review_flags"][0]
