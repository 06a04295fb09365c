"""The gazetteer's files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata import gazetteer
from geodata.territory import locate_many

DATA = gazetteer.DATA


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    def forget() -> None:
        for kept in (gazetteer._found, gazetteer._table, gazetteer._by_hand):
            kept.cache_clear()

    for name in (*gazetteer.TABLES, "places.csv"):
        shutil.copy(DATA / name, tmp_path / name)
    monkeypatch.setattr(gazetteer, "DATA", tmp_path)
    forget()
    yield tmp_path
    forget()


@pytest.mark.parametrize("name", gazetteer.TABLES)
def test_missing_table_names_file_and_rebuild(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(gazetteer.GazetteerError, match=rf"{name} is missing\. Rebuild it: python -m geodata\.build"):
        gazetteer.find("Tallinn")


@pytest.mark.parametrize("name", gazetteer.TABLES)
def test_corrupt_table_names_file_and_rebuild(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:5_000])
    with pytest.raises(gazetteer.GazetteerError, match=rf"{name} is corrupt\. Rebuild it: python -m geodata\.build"):
        gazetteer.find("Tallinn")


def test_missing_hand_list_is_named(folder: Path) -> None:
    (folder / "places.csv").unlink()
    with pytest.raises(gazetteer.GazetteerError, match=r"places\.csv is missing"):
        gazetteer.find("Tallinn")


def test_hand_list_lies_in_the_states_it_names() -> None:
    rows = [
        entry
        for entries in gazetteer._by_hand().values()
        for entry in entries
        if entry.country and entry.kind != "platform"
    ]
    where = locate_many([row.lon for row in rows], [row.lat for row in rows])

    assert [row.name for row, found in zip(rows, where, strict=True) if found.country != row.country] == []


def test_spellings_of_one_name_are_found() -> None:
    for name in ("Sønderborg", "sonderborg", "SONDERBORG"):
        assert any(entry.country == "DK" for entry in gazetteer.find(name)), name
    assert gazetteer.find("Київ")[0].name == "Kyiv"


def test_a_query_imports_no_table_library_and_leaves_cleanly() -> None:
    code = (
        "import sys; from geodata.geocode import geocode; assert geocode('Tulcea'); "
        "print([name for name in ('pandas', 'geopandas', 'shapely', 'pyarrow.dataset') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)

    assert done.stdout.strip() == "[]"
