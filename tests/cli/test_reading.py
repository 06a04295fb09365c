"""Commands that read: what a user sees, and what bad input says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from incidents.cli.registry import COMMANDS
from tests.conftest import Cli


def test_list_as_json_is_an_array_of_whole_records(cli: Cli) -> None:
    result = cli("list", "--country", "denmark", "--since", "2025-09-01", "--format", "json")
    assert result.exit_code == 0
    records = json.loads(result.stdout)
    assert {"id", "countries", "title", "occurred", "status", "sites", "objects", "sources"} <= set(records[0])
    assert all("DK" in record["countries"] for record in records)
    assert [r["id"] for r in records if r["title"].find("Skrydstrup") >= 0]


def test_the_table_fits_80_columns(cli: Cli) -> None:
    lines = cli("list").stdout.splitlines()
    assert len(lines) > 100
    assert max(map(len, lines)) <= 80


def test_refuted_incidents_are_left_out_unless_asked_for(cli: Cli) -> None:
    without = {r["id"] for r in json.loads(cli("list", "--format", "json").stdout)}
    everything = json.loads(cli("list", "--format", "json", "--include-refuted").stdout)
    refuted = {r["id"] for r in everything if r["status"] == "refuted"}
    assert refuted
    assert {r["id"] for r in everything} - without == refuted


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (["list", "--country", "XX"], 1, "XX"),
        (["list", "--since", "2025-13-01"], 2, "YYYY-MM-DD"),
        (["list", "--since", "2025-09-02", "--until", "2025-09-01"], 2, "Swap"),
        (["list", "--near", "200,10,5"], 2, "out of range"),
        (["show", "PL-1999-999"], 1, "PL-1999-999"),
        (["report"], 2, "--all"),
        (["stats", "--by", "colour"], 2, "country"),
        (["lst"], 2, "Did you mean 'list'?"),
        (["export", "--out", "x.docx"], 1, ".geojson"),
        (["show", "\udcff"], 1, "No incident"),
    ],
)
def test_bad_input_is_one_clear_message(cli: Cli, args: list[str], status: int, words: str) -> None:
    result = cli(*args)
    assert result.exit_code == status
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_check_passes_on_the_shipped_records(cli: Cli) -> None:
    result = cli("check", "--today", "2026-11-28")
    assert result.exit_code == 0, result.stdout
    assert "all passed" in result.stdout


def test_check_of_a_broken_file_names_record_field_value_and_rule(cli: Cli, tmp_path: Path) -> None:
    broken = tmp_path / "xx.yaml"
    broken.write_text(
        "- id: PL-2025-001\n  title: x\n  countries: [PL]\n  occurred: {latest: 2025-02-30}\n", encoding="utf-8"
    )
    result = cli("check", str(broken))
    assert result.exit_code == 1
    assert "xx.yaml: PL-2025-001: occurred.latest = '2025-02-30'" in result.stderr
    assert "legal_class: Field required" in result.stderr


def test_the_schema_accepts_every_shipped_record(cli: Cli) -> None:
    schema = json.loads(cli("schema").stdout)
    records = json.loads(cli("list", "--format", "json", "--include-refuted").stdout)
    validator = jsonschema.Draft202012Validator(schema)
    for record in records:
        plain = {key: value for key, value in record.items() if key not in ("status", "precision")}
        assert next(validator.iter_errors(plain), None) is None, record["id"]


def test_report_without_incidents_says_so(cli: Cli) -> None:
    result = cli("report", "Portugal")
    assert result.exit_code == 0
    assert "No incident over Portugal is recorded" in result.stdout


def test_report_says_which_filter_left_nothing(cli: Cli) -> None:
    result = cli("report", "EE", "--object", "balloon")
    assert result.exit_code == 0
    assert "nothing is left after --object" in result.stderr


def test_report_on_several_states_compares_them(cli: Cli) -> None:
    result = cli("report", "PL", "RO", "--format", "md")
    assert result.exit_code == 0
    assert "## Comparison" in result.stdout
    assert "## Romania: who says who did it" in result.stdout


def test_every_command_has_an_example_in_its_help(cli: Cli) -> None:
    for name in COMMANDS:
        result = cli(name, "--help")
        assert result.exit_code == 0, name
        if name != "db":
            assert "Example:" in result.stdout, name


def test_help_and_version_stay_light() -> None:
    heavy = "pandas,geopandas,folium,sqlalchemy,matplotlib,rich,shapely"
    code = (
        "import sys\nfrom incidents.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit as e: assert not e.code, e.code\n"
        f"assert not (bad := [m for m in '{heavy}'.split(',') if m in sys.modules]), bad\n"
    )
    for option in ("--help", "--version"):
        run = subprocess.run([sys.executable, "-c", code, option], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr


def test_bytes_that_are_no_text_find_nothing(cli: Cli) -> None:
    for option in ("--text", "--source", "--actor"):
        assert cli("list", option, "\udcff").stdout == "No incident matches.\n"


def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "incidents", "schema"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert result.returncode == 1
    assert result.stderr == "Error: Cannot read or write the output: No space left on device.\n"


def test_check_of_a_file_that_is_no_text_names_it(cli: Cli, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"\xff\xfe")
    result = cli("check", str(bad))
    assert (result.exit_code, "bad.yaml: not UTF-8" in result.stderr) == (1, True)


def test_check_of_one_file_knows_what_it_relates_to(cli: Cli) -> None:
    latvia = Path(__file__).parents[2] / "incidents" / "data" / "lv.yaml"
    assert "to: EE-2026-001" in latvia.read_text(encoding="utf-8")
    result = cli("check", str(latvia), "--today", "2026-11-28")
    assert "all passed" in result.stdout, result.stdout
