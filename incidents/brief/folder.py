"""A folder that appears whole or not at all, and replaces only what an earlier run made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from incidents.errors import IncidentsError
from incidents.files import replacing, zip_entries

MANIFEST = "pack.json"


class FolderError(IncidentsError, OSError):
    """The folder cannot be written, or holds what is not ours."""


@contextmanager
def building(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """Yield an empty folder that becomes `target` on success and vanishes on any failure.

    Raises
    ------
    FolderError
        If `target` is a file, cannot be written, or is not empty and `overwrite` is off or it holds no pack.
    """
    _check_target(target, overwrite=overwrite)
    parent = target.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=parent))
    except OSError as error:
        raise FolderError(f"Cannot write {target}: {error.strerror}. Choose a writable folder.") from error
    try:
        yield temporary
        _write_manifest(temporary)
        temporary.chmod(0o755)
        _move_in(temporary, target)
    except OSError as error:
        raise FolderError(f"Cannot write {target}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _check_target(target: Path, *, overwrite: bool) -> None:
    if target.exists() and not target.is_dir():
        raise FolderError(f"{target} is a file; --out needs a folder.")
    if not target.is_dir() or not any(target.iterdir()):
        return
    if not overwrite:
        raise FolderError(f"{target} is not empty. Use --overwrite to replace an earlier briefing, or another folder.")
    if not (target / MANIFEST).is_file():
        raise FolderError(f"{target} holds no {MANIFEST}, so it is no briefing; nothing in it was touched.")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what an earlier run wrote about its folder.

    Raises
    ------
    FolderError
        If there is none or it is damaged.
    """
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FolderError(f"{folder} holds no readable {MANIFEST}; name the folder of an earlier briefing.") from error
    if not isinstance(content, dict) or "files" not in content:
        raise FolderError(f"{folder / MANIFEST} is not the manifest of a briefing.")
    return content


def _write_manifest(folder: Path) -> None:
    path = folder / MANIFEST
    content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p != path)
    content["files"] = {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _move_in(source: Path, target: Path) -> None:
    if not target.exists() or not any(target.iterdir()):
        if target.exists():
            target.rmdir()
        os.replace(source, target)
        return
    old = {name for name in read_manifest(target)["files"] if _is_inside(name)}
    new = [p.relative_to(source) for p in sorted(source.rglob("*")) if p.is_file()]
    for path in new:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(source / path, target / path)
    for name in old - {path.as_posix() for path in new}:
        (target / name).unlink(missing_ok=True)
    for folder in sorted((p for p in target.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _is_inside(name: str) -> bool:
    return not Path(name).is_absolute() and ".." not in Path(name).parts


def write_zip(folder: Path, target: Path) -> None:
    """Write `folder` as a zip file, with the same bytes for the same content."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    with replacing(target) as temporary:
        zip_entries(((f"{folder.name}/{p.relative_to(folder).as_posix()}", p.read_bytes()) for p in paths), temporary)
