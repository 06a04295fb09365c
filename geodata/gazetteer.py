"""Look names up in the shipped gazetteer: sorted parquet columns searched by bisection."""

from __future__ import annotations

import csv
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from geodata.countries import fold
from geodata.errors import GeodataError

DATA = Path(__file__).parent / "data"
TABLES = ("gazetteer.parquet", "airports.parquet")


class GazetteerError(GeodataError):
    """The gazetteer is missing or cannot be read."""


@dataclass(frozen=True)
class Entry:
    """One name of one place."""

    key: str
    name: str
    country: str | None
    kind: str
    lon: float
    lat: float
    radius_m: float
    population: int
    admin: str
    source: str


class Keys:
    """The sorted keys of one table, as a sequence that reads one key at a time."""

    def __init__(self, column: Any) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, index: int) -> str:
        return str(self._column[index].as_py())


def find(name: str) -> list[Entry]:
    """Return every entry whose folded name is that of `name`; hand-checked ones first."""
    key = fold(name)
    if not key:
        return []
    found = list(_by_hand().get(key, ()))
    for table in TABLES:
        keys, columns = _table(table)
        index = bisect_left(keys, key)
        while index < len(keys) and keys[index] == key:
            found.append(_entry(columns, index))
            index += 1
    return found


def similar(name: str, limit: int = 200) -> list[str]:
    """Return folded names near `name` in the alphabet or in the hand list, for suggestions."""
    key = fold(name)
    near = [own for own in _by_hand() if own[:1] == key[:1]]
    for table in TABLES:
        keys, _ = _table(table)
        index = bisect_left(keys, key[:4])
        while index < len(keys) and keys[index].startswith(key[:4]) and len(near) < 4_000:
            near.append(keys[index])
            index += 1
    from difflib import get_close_matches

    return get_close_matches(key, sorted(set(near)), n=min(limit, 5), cutoff=0.78)


def _entry(columns: dict[str, Any], index: int) -> Entry:
    row = {name: column[index].as_py() for name, column in columns.items()}
    return Entry(**{**row, "lon": row["lon"] / 1000, "lat": row["lat"] / 1000, "radius_m": float(row["radius_m"])})


@lru_cache(maxsize=4)
def _table(name: str) -> tuple[Keys, dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = DATA / name
    try:
        table = pq.read_table(path, use_threads=False).combine_chunks()
        columns = {column: table[column].chunk(0) for column in table.column_names}
        return Keys(columns["key"]), columns
    except (OSError, pa.ArrowException, KeyError) as error:
        raise GazetteerError(f"{path} cannot be read. Rebuild it: python -m geodata.build") from error


@lru_cache(maxsize=1)
def _by_hand() -> dict[str, list[Entry]]:
    path = DATA / "places.csv"
    found: dict[str, list[Entry]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                for name in [row["name"], *filter(None, row["aliases"].split(";"))]:
                    entry = Entry(
                        key=fold(name),
                        name=row["name"],
                        country=row["country"] or None,
                        kind=row["kind"],
                        lon=float(row["lon"]),
                        lat=float(row["lat"]),
                        radius_m=float(row["radius_m"]),
                        population=0,
                        admin="",
                        source="hand list",
                    )
                    found.setdefault(entry.key, []).append(entry)
    except (OSError, KeyError, ValueError) as error:
        raise GazetteerError(f"{path} cannot be read: {error}. Restore it from the package.") from error
    return found
