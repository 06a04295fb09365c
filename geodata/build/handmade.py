"""Files written by hand: nothing to build, but rows to count and to check."""

from __future__ import annotations

import csv
from pathlib import Path

FILES = ("places.csv",)
NEEDED = ("name", "country", "kind", "lon", "lat", "radius_m")


def build(_sources: Path, out: Path) -> dict[str, int]:
    """Return the rows of each file; nothing is written."""
    return {name: len(_rows(out / name)) for name in FILES}


def check(data: Path) -> list[str]:
    """Return rows that name no place on earth or an unknown country."""
    from geodata.countries import all_countries
    from geodata.errors import CoordinateError
    from geodata.geodesy import check_coordinates

    codes = {item.code for item in all_countries()}
    found = []
    for name in FILES:
        for number, row in enumerate(_rows(data / name), start=2):
            missing = [column for column in NEEDED if row.get(column) is None]
            if missing:
                found.append(f"{name} line {number}: no {', '.join(missing)}")
                continue
            try:
                check_coordinates(row["lon"], row["lat"])
            except CoordinateError as error:
                found.append(f"{name} line {number}: {error}")
            if row["country"] and row["country"] not in codes:
                found.append(f"{name} line {number}: unknown country {row['country']!r}")
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
