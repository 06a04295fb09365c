"""Permanent ids: country and year of first entry, and a number that is never given out twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidents.store.errors import StoreError, listing

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def series_of(id_: str) -> str:
    """Return the part of an id that its numbers count in.

    >>> series_of("PL-2025-007")
    'PL-2025'
    """
    return id_.rpartition("-")[0]


def next_id(connection: Connection, *, country: str, year: int) -> str:
    """Return the first id above every one issued in the series, three digits or more."""
    from sqlalchemy import func, select

    from incidents.store.schema import issued

    series = f"{country}-{year:04d}"
    top = connection.execute(select(func.max(issued.c.number)).where(issued.c.series == series)).scalar()
    return f"{series}-{(top or 0) + 1:03d}"


def refuse_issued(connection: Connection, ids: Sequence[str]) -> None:
    """Raise `StoreError` where one of the ids was given out before, also to an incident that is retracted by now."""
    from sqlalchemy import select

    from incidents.store.schema import issued

    taken: list[str] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        taken += connection.execute(select(issued.c.id).where(issued.c.id.in_(part))).scalars().all()
    if taken:
        raise StoreError(f"Already issued: {listing(sorted(taken))}. Leave the id out to get the next free one.")


def issue(connection: Connection, ids: Sequence[str]) -> None:
    """Mark ids as given out."""
    from incidents.store.database import insert_rows
    from incidents.store.schema import issued

    if ids:
        rows = [{"id": id_, "series": series_of(id_), "number": int(id_.rpartition("-")[2])} for id_ in ids]
        insert_rows(connection, issued, rows)
