"""Counts of incidents, and of objects as ranges, by one dimension. The two are never added together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from incidents.errors import IncidentsError
from incidents.membership import nato_countries
from incidents.model import CountRange, CountUnit, Incident, Stance, TimePrecision

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Objects:
    """Objects over several incidents: ``low <= best <= high``.

    `best` takes the lower bound where an incident gives only that; `high` is empty where any incident is open above.
    Incidents without any count, or counted in another unit, are in `uncounted` and never count as zero.
    """

    low: int
    best: int
    high: int | None
    uncounted: int


@dataclass(frozen=True)
class Tally:
    """One row: how many incidents fall under `key`, which ones, and how many objects they involve."""

    key: str
    ids: tuple[str, ...]
    nato_ids: tuple[str, ...]
    """Those over a state that was a member on the day."""
    objects: Objects

    @property
    def incidents(self) -> int:
        """Number of incidents."""
        return len(self.ids)

    @property
    def nato(self) -> int:
        """Number of incidents that count for NATO."""
        return len(self.nato_ids)


def count_objects(records: Iterable[Incident]) -> Objects:
    """Return the objects of `records` as one range."""
    return _sum([_bounds(record) for record in records])


_Bounds = tuple[int, int, int | None]


def _bounds(record: Incident) -> _Bounds | None:
    count = record.count
    return None if count is None or count.unit is not CountUnit.OBJECTS else _filled(count)


def _sum(bounds: Iterable[_Bounds | None]) -> Objects:
    low = best = uncounted = 0
    high: int | None = 0
    for known in bounds:
        if known is None:
            uncounted += 1
            continue
        low += known[0]
        best += known[1]
        high = None if high is None or known[2] is None else high + known[2]
    return Objects(low=low, best=best, high=high, uncounted=uncounted)


def _filled(count: CountRange) -> _Bounds:
    known = [value for value in (count.low, count.best, count.high) if value is not None]
    low = count.low if count.low is not None else 0 if count.best is None else count.best
    best = count.best if count.best is not None else low
    high = (
        count.high if count.high is not None else count.best if count.low is None or count.low == count.best else None
    )
    return min(low, *known), best, high


def _countries(record: Incident) -> Sequence[str]:
    return record.countries


def _month(record: Incident) -> Sequence[str]:
    precision = record.occurred.precision
    first, last = record.occurred.first_day, record.occurred.last_day
    if precision is TimePrecision.OPEN or (first.year, first.month) != (last.year, last.month):
        return [f"{last:%Y-%m}"] if precision is TimePrecision.NIGHT else [UNKNOWN]
    return [f"{first:%Y-%m}"]


def _year(record: Incident) -> Sequence[str]:
    first, last = record.occurred.first_day, record.occurred.last_day
    if first.year != last.year and record.occurred.precision is not TimePrecision.NIGHT:
        return [UNKNOWN]
    return [f"{last:%Y}"]


def _actors(record: Incident) -> Sequence[str]:
    named = [a.actor for a in record.attributions if a.stance in (Stance.ASSERTS, Stance.SUSPECTS)]
    return list(dict.fromkeys(named)) or [UNKNOWN]


DIMENSIONS: dict[str, Callable[[Incident], Sequence[str]]] = {
    "country": _countries,
    "year": _year,
    "month": _month,
    "object": lambda record: [value.value for value in record.object_classes],
    "status": lambda record: [record.status.value],
    "class": lambda record: [record.legal_class.value],
    "actor": _actors,
    "outcome": lambda record: [record.outcome.value],
}
"""Each way to count: the keys a record falls under. A record with several keys counts once under each."""


class UnknownDimensionError(IncidentsError, KeyError):
    """There is no such way to count."""

    def __str__(self) -> str:
        return str(self.args[0])


class Tallier:
    """Counts a set of records in several ways, looking at each record once."""

    def __init__(self, records: Iterable[Incident]) -> None:
        self.records = tuple(records)
        self._bounds = {record.id: _bounds(record) for record in self.records}
        self._members = {record.id: nato_countries(record) for record in self.records}

    def tally(self, by: str) -> list[Tally]:
        """Return one row for each key of dimension `by`, sorted by key.

        Raises
        ------
        UnknownDimensionError
            If `by` is not in `DIMENSIONS`.
        """
        try:
            keys = DIMENSIONS[by]
        except KeyError:
            raise UnknownDimensionError(f"Cannot count by {by!r}. Known: {', '.join(DIMENSIONS)}.") from None
        groups: dict[str, list[str]] = {}
        for record in self.records:
            for key in keys(record):
                groups.setdefault(key, []).append(record.id)
        return [self._row(key, groups[key], country=key if by == "country" else None) for key in sorted(groups)]

    def total(self) -> Tally:
        """Return the row over all records, each once."""
        return self._row("total", [record.id for record in self.records], country=None)

    def _row(self, key: str, ids: Sequence[str], *, country: str | None) -> Tally:
        members = self._members
        return Tally(
            key=key,
            ids=tuple(ids),
            nato_ids=tuple(i for i in ids if (members[i] if country is None else country in members[i])),
            objects=_sum(self._bounds[i] for i in ids),
        )


def tally(records: Iterable[Incident], by: str) -> list[Tally]:
    """Return one row for each key of dimension `by`; see `Tallier.tally`."""
    return Tallier(records).tally(by)


def total(records: Iterable[Incident]) -> Tally:
    """Return the row over all records, each once."""
    return Tallier(records).total()
