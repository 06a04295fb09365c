"""Look names up in the shipped gazetteer: sorted parquet columns searched by bisection."""

from __future__ import annotations

import csv
from bisect import bisect_left
from dataclasses import dataclass, fields
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


_REPEATED = ["country", "kind", "admin", "source"]
_COLUMNS = tuple(field.name for field in fields(Entry))


class Keys:
    """The sorted keys of one table, as a sequence that reads one key at a time."""

    def __init__(self, column: Any) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, index: int) -> str:
        return str(self._column[index].as_py())


def find(name: str) -> tuple[Entry, ...]:
    """Return every entry whose folded name is that of `name`; the hand list first."""
    key = fold(name)
    return _found(key) if key else ()


@lru_cache(maxsize=8192)
def _found(key: str) -> tuple[Entry, ...]:
    found = list(_by_hand().get(key, ()))
    for table in TABLES:
        keys, columns = _table(table)
        start = stop = bisect_left(keys, key)
        while stop < len(keys) and keys[stop] == key:
            stop += 1
        found += _entries(columns, start, stop)
    return tuple(found)


def extent(country: str) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of the towns of a state, a few outliers left out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    _, columns = _table(TABLES[0])
    is_own = pc.equal(columns["country"], pa.scalar(country))
    lons, lats = (sorted(columns[name].filter(is_own).to_pylist()) for name in ("lon", "lat"))
    if not lons:
        return None
    few = len(lons) // 50
    west, east, south, north = lons[few], lons[-1 - few], lats[few], lats[-1 - few]
    return west / 1000, south / 1000, east / 1000, north / 1000


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


def _entries(columns: dict[str, Any], start: int, stop: int) -> list[Entry]:
    if start == stop:
        return []
    values = {name: column.slice(start, stop - start).to_pylist() for name, column in columns.items()}
    values["lon"] = [value / 1000 for value in values["lon"]]
    values["lat"] = [value / 1000 for value in values["lat"]]
    values["radius_m"] = [float(value) for value in values["radius_m"]]
    return [Entry(**dict(zip(values, row, strict=True))) for row in zip(*values.values(), strict=True)]


@lru_cache(maxsize=4)
def _table(name: str) -> tuple[Keys, dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = DATA / name
    try:
        # One thread and no read-ahead: no thread outlives the query, and pandas is not imported.
        with pq.ParquetFile(path, pre_buffer=False, read_dictionary=_REPEATED) as file:
            table = file.read(use_threads=False).combine_chunks()
        columns = {field.name: table[field.name].chunk(0) for field in table.schema if field.name in _COLUMNS}
        return Keys(columns["key"]), {column: columns[column] for column in _COLUMNS}
    except FileNotFoundError as error:
        raise GazetteerError(f"{path} is missing. Rebuild it: python -m geodata.build") from error
    except (OSError, pa.ArrowException, KeyError, IndexError) as error:
        raise GazetteerError(f"{path} is corrupt. Rebuild it: python -m geodata.build") from error


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
    except FileNotFoundError as error:
        raise GazetteerError(f"{path} is missing. Restore it from the package.") from error
    except (OSError, KeyError, ValueError) as error:
        raise GazetteerError(f"{path} cannot be read: {error}. Restore it from the package.") from error
    return found
