"""What ships is what was built, and says whose it is."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from geodata.boundaries import DATA
from geodata.build.__main__ import BUDGET_BYTES, main
from geodata.manifest import attribution, files


def test_shipped_files_have_the_hashes_of_the_manifest_and_fit_the_budget() -> None:
    for item in files():
        assert hashlib.sha256((DATA / item.name).read_bytes()).hexdigest() == item.sha256, item.name
    assert {path.name for path in DATA.glob("*.parquet")} <= {item.name for item in files()}
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < BUDGET_BYTES == 12_000_000


def test_every_file_names_a_licence_whose_text_ships() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in (DATA / "LICENSES").glob("*.txt"))
    table = (DATA / "LICENSES" / "README.md").read_text(encoding="utf-8")
    for item in files():
        assert f"`{item.name}`" in table
        assert item.name in texts or item.licence == "Apache-2.0"


def test_credit_names_geonames_only_where_places_are_used() -> None:
    assert attribution() == "© OpenStreetMap contributors (ODbL 1.0)"
    assert "GeoNames (CC BY 4.0)" in attribution(places=True)
    assert attribution(places=True).startswith(attribution())


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_check_names_altered_and_missing_files(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (copied / "claims.parquet").open("ab") as stream:
        stream.write(b"x")
    (copied / "airports.parquet").unlink()
    (copied / "stray.parquet").write_bytes(b"PAR1")
    assert main(["--check", "--out", str(copied)]) == 1
    shown = capsys.readouterr().out
    assert "claims.parquet: sha256 differs" in shown
    assert "airports.parquet: missing" in shown
    assert "stray.parquet: not in the manifest" in shown


def test_check_of_a_broken_manifest_is_one_line(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "manifest.toml").write_text("file = [", encoding="utf-8")
    assert main(["--check", "--out", str(copied)]) == 1
    assert "manifest.toml is corrupt" in capsys.readouterr().err


def test_data_over_the_budget_fails(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "ballast").write_bytes(b"0" * 12_000_000)
    assert main(["--check", "--out", str(copied), "--only", "handmade"]) == 1
    assert "budget 12 MB" in capsys.readouterr().out
