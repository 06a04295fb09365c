"""What ships in ``geodata/data``: origin, licence, attribution, hash."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geodata.errors import DataFileError

MANIFEST = "manifest.toml"
ODBL = "ODbL-1.0"
"""Licence of the boundaries; files under it hold nothing else."""


@dataclass(frozen=True)
class DataFile:
    """One shipped data file."""

    name: str
    what: str
    licence: str
    attribution: str
    sources: tuple[str, ...]
    step: str
    """Build step that makes it."""
    rows: int
    bytes: int
    sha256: str


@cache
def files() -> tuple[DataFile, ...]:
    """Return every shipped data file, by name.

    Raises
    ------
    DataFileError
        If the manifest is missing or corrupt.
    """
    rows = _manifest().get("file", [])
    try:
        return tuple(DataFile(**{**row, "sources": tuple(row["sources"])}) for row in rows)
    except (TypeError, KeyError) as error:
        raise DataFileError(f"Data file {_path()} is corrupt: {error}. Run python -m geodata.build.") from error


def boundary_version() -> str:
    """Return the version of the shipped boundaries, named in every answer."""
    return str(_manifest().get("boundary_version", "unbuilt"))


def attribution(*, places: bool = False) -> str:
    """Return the credit line that every map and report must carry.

    Parameters
    ----------
    places : bool
        Credit the place names too: needed where positions may come from the gazetteer.
    """
    first = sorted(files(), key=lambda item: item.licence != ODBL)
    wanted = [item.attribution for item in first if item.attribution and (places or item.licence == ODBL)]
    return "; ".join(dict.fromkeys(wanted)) or "© OpenStreetMap contributors (ODbL 1.0)"


@cache
def _manifest() -> dict[str, Any]:
    try:
        text = _path().read_text(encoding="utf-8")
    except OSError as error:
        raise DataFileError(f"Data file {_path()} is missing. Run python -m geodata.build.") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"Data file {_path()} is corrupt: {error}. Run python -m geodata.build.") from error


def _path() -> Path:
    return Path(__file__).parent / "data" / MANIFEST
