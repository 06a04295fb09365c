"""A briefing appears whole or not at all, and touches nothing that is not its own."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from incidents.brief.folder import MANIFEST, FolderError, building, write_zip


def _write(target: Path, *names: str, overwrite: bool = False) -> None:
    with building(target, overwrite=overwrite) as folder:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name, encoding="utf-8")


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with building(tmp_path / "b", overwrite=False) as folder:
            (folder / "half").write_text("x", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderError, match="not empty"):
        _write(tmp_path, "index.html")
    with pytest.raises(FolderError, match=MANIFEST):
        _write(tmp_path, "index.html", overwrite=True)
    assert _files(tmp_path) == {"mine.txt"}


def test_overwriting_replaces_only_what_an_earlier_run_made(tmp_path: Path) -> None:
    target = tmp_path / "b"
    _write(target, "index.html", "old/page.html")
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    _write(target, "index.html", "new.html", overwrite=True)
    assert _files(target) == {"index.html", "new.html", "notes.txt", MANIFEST}
    assert set(json.loads((target / MANIFEST).read_text(encoding="utf-8"))["files"]) == {"index.html", "new.html"}


def test_a_manifest_cannot_point_outside_its_folder(tmp_path: Path) -> None:
    target, outside = tmp_path / "b", tmp_path / "precious.txt"
    outside.write_text("keep", encoding="utf-8")
    _write(target, "index.html")
    manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"]["../precious.txt"] = ""
    (target / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    _write(target, "index.html", overwrite=True)
    assert outside.exists()


def test_equal_folders_give_equal_zips(tmp_path: Path) -> None:
    for name in ("one", "two"):
        _write(tmp_path / name / "b", "index.html", "incidents/a.html")
        write_zip(tmp_path / name / "b", tmp_path / f"{name}.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert "b/incidents/a.html" in archive.namelist()
