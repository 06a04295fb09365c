"""Reading: incidents by id and by query, revisions and the facts about the store. Needs no SQLAlchemy on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from incidents.asof import as_of
from incidents.model import Incident
from incidents.store.errors import CorruptStoreError, TombstoneError, UnknownIncidentError, listing
from incidents.store.present import with_territories
from incidents.store.revision import COLUMNS, LIVE, MERGED, RETRACTED, Revision, from_row
from incidents.store.where import where

if TYPE_CHECKING:
    from incidents.query import Query
    from incidents.store.database import Database

_ENTRY = (
    "SELECT i.id, i.state, i.redirect, i.number, i.origin, r.record, i.territories, r.at, r.author, r.reason "
    "FROM incident i JOIN revision r ON r.seq = i.seq"
)
_REVISION = ", ".join(f"r.{name}" for name in COLUMNS)


@dataclass(frozen=True)
class Entry:
    """An id as it stands: the record, how often it changed, and whether it still lives."""

    id: str
    state: str
    redirect: tuple[str, ...]
    number: int
    origin: str
    record: Incident
    """With territory; of a tombstone, the last state."""
    at: str
    author: str
    reason: str


class Reading:
    """The reading half of a store."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def entry(self, id_: str) -> Entry:
        """Return an id as it stands, without following where it leads.

        Raises
        ------
        UnknownIncidentError
        """
        wanted = storable_id(id_)
        row = self.database.first(
            f"{_ENTRY} WHERE i.id = :id",
            {"id": wanted},
        )
        if row is None:
            raise UnknownIncidentError(f"No incident {id_!r}.{self._hint(wanted)}")
        return _entry(row)

    def _hint(self, wanted: str) -> str:
        import difflib

        series = wanted.rpartition("-")[0]
        ids = [
            row[0]
            for row in self.database.rows(
                "SELECT id FROM issued WHERE series = :series ORDER BY id", {"series": series}
            )
        ]
        close = difflib.get_close_matches(wanted, ids, n=3)
        return f" Did you mean {' or '.join(close)}?" if close else " Ids look like PL-2025-007: see incidents list."

    def resolve(self, id_: str) -> Entry:
        """Return the entry an id leads to, through merges; a retracted or split one is returned as it is."""
        entry = self.entry(id_)
        while entry.state == MERGED:
            entry = self.entry(entry.redirect[0])
        return entry

    def leads_to(self, id_: str) -> tuple[str, ...]:
        """Return the live incidents an id leads to, through merges and splits; none if unknown or retracted."""
        try:
            entry = self.entry(id_)
        except UnknownIncidentError:
            return ()
        if entry.state == LIVE:
            return (entry.id,)
        return tuple(dict.fromkeys(live for target in entry.redirect for live in self.leads_to(target)))

    def get(self, id_: str) -> Incident:
        """Return the present record of an id, through merges, with territory.

        Raises
        ------
        UnknownIncidentError
        TombstoneError
            If the incident was retracted or split; says when, by whom and why, and where it went.
        """
        entry = self.resolve(id_)
        if entry.state != LIVE:
            raise TombstoneError(tombstone(entry))
        return entry.record

    def select(self, query: Query, *, limit: int | None = None) -> Iterator[Incident]:
        """Yield what matches, first by day, then by id, exactly as `incidents.query.select` would."""
        return islice(self._matching(query), limit)

    def _matching(self, query: Query) -> Iterator[Incident]:
        w = where(query, is_postgres=self.database.is_postgres)
        rows = self.database.rows(
            "SELECT r.record, i.territories, i.id FROM incident i JOIN revision r ON r.seq = i.seq "
            f"WHERE {w.sql} ORDER BY i.day_first, i.id",
            w.values,
        )
        for record, territories, id_ in rows:
            known: Incident | None = parsed(id_, record, territories)
            if query.as_of is not None and known is not None:
                known = as_of(known, query.as_of)
            if known is not None and query.matches(known):
                yield known

    def entries(self) -> Iterator[Entry]:
        """Yield every id ever issued as it stands, by id."""
        rows = self.database.rows(f"{_ENTRY} ORDER BY i.id")
        for row in rows:
            yield _entry(row)

    def history(self, id_: str) -> list[Revision]:
        """Return the revisions of one id, the first first."""
        wanted = self.entry(id_).id
        rows = self.database.rows(
            f"SELECT {_REVISION} FROM revision r WHERE r.incident_id = :id ORDER BY r.number", {"id": wanted}
        )
        return [from_row(row) for row in rows]

    def revision(self, id_: str, number: int) -> Revision:
        """Return one revision.

        Raises
        ------
        UnknownIncidentError
            If there is no such id or no such revision.
        """
        listed = self.history(id_)
        if not 1 <= number <= len(listed):
            raise UnknownIncidentError(f"{id_} has revisions 1 to {len(listed)}, no {number}.")
        return listed[number - 1]

    def revisions(self) -> Iterator[Revision]:
        """Yield every revision of the store in order."""
        return (from_row(row) for row in self.database.rows(f"SELECT {_REVISION} FROM revision r ORDER BY r.seq"))

    def meta(self, name: str) -> str | None:
        """Return a fact about the store itself."""
        row = self.database.first("SELECT value FROM meta WHERE name = :name", {"name": name})
        return None if row is None else str(row[0])


def parsed(id_: str, record: str, territories: str) -> Incident:
    """Return the record of stored JSON.

    Raises
    ------
    CorruptStoreError
        If it breaks a rule of the model, which nothing that was saved does.
    """
    try:
        return Incident.model_validate_json(with_territories(record, territories))
    except ValueError as error:
        raise CorruptStoreError(
            f"The stored record of {id_} is damaged. See incidents db verify, then restore a backup."
        ) from error


def _entry(row: tuple[Any, ...]) -> Entry:
    id_, state, redirect, number, origin, record, territories, at, author, reason = row
    known = parsed(id_, record, territories)
    return Entry(id_, state, tuple(redirect.split()), number, origin, known, at, author, reason)


def storable_id(text: str) -> str:
    """Return an id as it is stored; one that databases do not take becomes one that nothing has."""
    return text.strip().upper().replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def tombstone(entry: Entry) -> str:
    """Return what to tell somebody who asks for a record that is gone."""
    what = "retracted" if entry.state == RETRACTED else f"split into {listing(entry.redirect)}"
    return (
        f"{entry.id} was {what} on {entry.at[:10]} by {entry.author}: {entry.reason} (see incidents history {entry.id})"
    )
