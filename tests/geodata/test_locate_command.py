"""``incidents locate`` and ``incidents countries``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner, Result

from incidents.cli.main import group


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments))


def test_json_keeps_its_keys() -> None:
    plain = json.loads(run("locate", "28.20", "59.375", "--radius", "3000", "--format", "json").stdout)
    assert {"country", "zone", "determination", "member_on_date", "border_distance_km", "nearest_border", "candidates",
            "article6", "boundary_version"} <= set(plain)  # fmt: skip
    assert plain["determination"] == "indeterminate"


def test_negative_longitude_every_way() -> None:
    for arguments in (["-3.7", "40.4"], ["--", "-3.7", "40.4"], ["--lon", "-3.7", "--lat", "40.4"], ["-3.7,40.4"]):
        assert "Spain (ES)" in run("locate", *arguments).stdout


def test_nearest_member_of_an_outside_point() -> None:
    shown = run("locate", "30.4", "60.0").stdout
    assert "Russia (RU)" in shown
    assert "Estonia (EE), 141.1 km away" in shown


def test_bad_points_are_one_line() -> None:
    for arguments, word in ((["59.8", "126"], "swapped"), (["nan", "5"], "finite"), (["x", "5"], "not numbers")):
        result = run("locate", *arguments)
        assert result.exit_code == 1
        assert word in result.stderr
    assert run("locate").exit_code == 2


def test_table(tmp_path: Path) -> None:
    source, target = tmp_path / "points.csv", tmp_path / "located.csv"
    source.write_text(
        "name;longitude;latitude;date\nVaindloo;26.36;59.817;2025-09-19\nnowhere;x;1;\nGbg;11.97;57.71;2024-03-06\n"
    )
    result = run("locate", "--csv", str(source), "--out", str(target))
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert [row["country"] for row in rows] == ["EE", "", "SE"]
    assert rows[0]["zone"] == "territorial_sea"
    assert "not numbers" in rows[1]["error"]
    assert rows[2]["member_on_date"] == "false"


def test_table_without_coordinates_names_what_it_found(tmp_path: Path) -> None:
    source = tmp_path / "points.csv"
    source.write_text("place,when\nNarva,2025\n")
    result = run("locate", "--csv", str(source), "--out", str(tmp_path / "out.csv"))
    assert result.exit_code == 1
    assert "place, when" in result.stderr
    assert not (tmp_path / "out.csv").exists()


def test_countries_on_a_day() -> None:
    assert "Finland" not in run("countries", "--on", "2023-04-03").stdout
    assert "Greece claims 10" in " ".join(run("countries", "greece").stdout.split())


def test_disc_across_the_antimeridian_is_cut_in_two() -> None:
    shown = run("locate", "179.9", "71.2", "--radius", "20000", "--format", "geojson")
    geometry = json.loads(shown.stdout)["features"][0]["geometry"]
    assert geometry["type"] == "MultiPolygon"
    spans = sorted((min(x for x, _ in part[0]), max(x for x, _ in part[0])) for part in geometry["coordinates"])
    assert [spans[0][0], spans[1][1]] == [-180, 180]
    assert spans[0][1] < -179
    assert spans[1][0] > 179
    plain = json.loads(run("locate", "20", "54", "--radius", "2000", "--format", "geojson").stdout)
    assert plain["features"][0]["geometry"]["type"] == "Polygon"
