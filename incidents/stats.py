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
    low = best = uncounted = 0
    high: int | None = 0
    for record in records:
        count = record.count
        if count is None or count.unit is not CountUnit.OBJECTS:
            uncounted += 1
            continue
        least, likely, most = _filled(count)
        low += least
        best += likely
        high = None if high is None or most is None else high + most
    return Objects(low=low, best=best, high=high, uncounted=uncounted)


def _filled(count: CountRange) -> tuple[int, int, int | None]:
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


def tally(records: Iterable[Incident], by: str) -> list[Tally]:
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
    groups: dict[str, list[Incident]] = {}
    for record in records:
        for key in keys(record):
            groups.setdefault(key, []).append(record)
    return [_row(key, groups[key], by_country=by == "country") for key in sorted(groups)]


def total(records: Iterable[Incident]) -> Tally:
    """Return the row over all records, each once."""
    return _row("total", list(records), by_country=False)


def _row(key: str, group: list[Incident], *, by_country: bool) -> Tally:
    def counts_for_nato(record: Incident) -> bool:
        members = nato_countries(record)
        return key in members if by_country else bool(members)

    return Tally(
        key=key,
        ids=tuple(record.id for record in group),
        nato_ids=tuple(record.id for record in group if counts_for_nato(record)),
        objects=count_objects(group),
    )
