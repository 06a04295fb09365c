"""Writing: every change appends revisions in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from incidents.curation import NO_ID
from incidents.model import Incident, RelationType
from incidents.store.append import Draft, Signature, append, last_revisions, timestamp
from incidents.store.errors import StaleRevisionError, StoreError, listing
from incidents.store.ids import next_id, refuse_issued
from incidents.store.reading import Entry, Reading, parsed, storable_id, tombstone
from incidents.store.revision import LIVE, MERGED, RETRACTED, SPLIT, Revision, canonical_json
from incidents.store.territory import placed, replaced

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_BOTH_WAYS = (RelationType.SAME_WAVE, RelationType.SAME_OBJECT, RelationType.NOT_DUPLICATE_OF)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Writing(Reading):
    """The writing half of a store."""

    clock: Callable[[], datetime] = staticmethod(_utc_now)

    def sign(self, author: str, reason: str) -> Signature:
        """Return author and reason with the time.

        Raises
        ------
        StoreError
            If either is blank.
        """
        return Signature(author, reason, timestamp(self.clock()))

    def add(self, record: Incident, *, author: str, reason: str) -> Incident:
        """Append a new incident under its own id and return it with territory.

        Raises
        ------
        StoreError
            If the id was ever issued before.
        """
        return self.add_many([record], author=author, reason=reason)[0]

    def add_many(
        self, records: Sequence[Incident], *, author: str, reason: str, operation: str = "add", origin: str = "local"
    ) -> list[Incident]:
        """Append new incidents, all or none."""
        signature = self.sign(author, reason)
        known = placed(records)
        with self.database.writing() as connection:
            refuse_issued(connection, [r.id for r in known])
            append(connection, [Draft(r, operation, origin) for r in known], signature)
        return known

    def add_new(self, listed: Sequence[dict[str, Any]], *, author: str, reason: str) -> list[Incident]:
        """Append incidents of plain values, all or none; one without an ``id`` gets the next free one.

        Raises
        ------
        CurationError
            If the data break a rule.
        """
        from incidents.curation import validated

        signature = self.sign(author, reason)
        new = placed([validated({**data, "id": data.get("id") or NO_ID}) for data in listed])
        with self.database.writing() as connection:
            used: dict[str, int] = {}
            refuse_issued(connection, [r.id for r in new if r.id != NO_ID])
            minted = [r if r.id != NO_ID else r.model_copy(update={"id": _mint(connection, r, used)}) for r in new]
            append(connection, [Draft(r, "add") for r in minted], signature)
        return minted

    def edit(
        self,
        id_: str,
        change: Callable[[Incident], Incident],
        *,
        author: str,
        reason: str,
        revision: int | None = None,
        operation: str = "edit",
    ) -> Revision | None:
        """Replace a record by ``change(record)``; None where that changes nothing.

        `change` sees the record as it stands once no other writer can interfere. With `revision`, the change is refused
        unless that is still the last one.

        Raises
        ------
        StaleRevisionError
            If the record changed meanwhile; lists by whom, why and in which fields.
        CurationError
            If the changed record breaks a rule.
        TombstoneError, UnknownIncidentError
        """
        from incidents.curation import validated

        signature = self.sign(author, reason)
        with self.database.writing() as connection:
            entry = self.live(connection, id_)
            if revision is not None and revision != entry.number:
                raise StaleRevisionError(self._meanwhile(entry, revision))
            after = validated(dict(change(entry.record)))
            if after.id != entry.id:
                raise StoreError(f"The id {entry.id} is permanent; it cannot become {after.id}.")
            if canonical_json(after) == canonical_json(entry.record):
                return None
            draft = Draft(replaced(after, entry.record), operation, entry.origin)
            return append(connection, [draft], signature)[0]

    def _meanwhile(self, entry: Entry, revision: int) -> str:
        if revision > entry.number:
            return f"{entry.id} has only {entry.number} revisions, no {revision}."
        lines = [
            f"  {r.number}: {r.author}, {r.at[:19]}Z, {r.reason}: {listing(r.changed) or r.operation}"
            for r in self.history(entry.id)[revision:]
        ]
        head = f"{entry.id} changed since revision {revision}; now it is at {entry.number}:"
        return "\n".join([head, *lines, "Nothing was saved. Look at it again and repeat the edit."])

    def retract(self, id_: str, *, author: str, reason: str) -> Revision:
        """Withdraw an incident. Its id keeps resolving to its last state and the reason."""
        signature = self.sign(author, reason)
        with self.database.writing() as connection:
            entry = self.live(connection, id_)
            draft = Draft(entry.record, "retract", entry.origin, state=RETRACTED)
            return append(connection, [draft], signature)[0]

    def merge(self, duplicate: str, into: str, *, author: str, reason: str) -> list[Revision]:
        """Merge a duplicate into another incident, which keeps what both say; the duplicate's id redirects there."""
        from incidents.merging import merged

        signature = self.sign(author, reason)
        with self.database.writing() as connection:
            gone, kept = self.live(connection, duplicate), self.live(connection, into)
            if gone.id == kept.id:
                raise StoreError(f"{gone.id} cannot be merged into itself.")
            union = replaced(merged(kept.record, gone.record), kept.record)
            drafts = [
                Draft(gone.record, "merge", gone.origin, state=MERGED, redirect=(kept.id,)),
                Draft(union, "merge", kept.origin),
            ]
            return append(connection, drafts, signature)

    def split(
        self, id_: str, parts: Callable[[Incident], Sequence[dict[str, Any]]], *, author: str, reason: str
    ) -> list[Revision]:
        """Replace an incident by several new ones; its id redirects to all of them.

        `parts` returns the fields that differ from the record, for each new incident.
        """
        from incidents.curation import validated

        signature = self.sign(author, reason)
        with self.database.writing() as connection:
            entry = self.live(connection, id_)
            drafts: list[Draft] = []
            used: dict[str, int] = {}
            for fields in parts(entry.record):
                data = {**entry.record.model_dump(exclude={"territories"}), **fields}
                new = validated({**data, "id": NO_ID})
                id_new = _mint(connection, new, used)
                drafts.append(Draft(placed([new.model_copy(update={"id": id_new})])[0], "split"))
            redirect = tuple(draft.record.id for draft in drafts)
            gone = Draft(entry.record, "split", entry.origin, state=SPLIT, redirect=redirect)
            return append(connection, [gone, *drafts], signature)

    def link(
        self, one: str, other: str, relation: RelationType, *, note: str = "", author: str, reason: str
    ) -> list[Revision]:
        """Relate two incidents: both ways where the relation has no direction."""
        from incidents.curation import related

        signature = self.sign(author, reason)
        with self.database.writing() as connection:
            a, b = self.live(connection, one), self.live(connection, other)
            if a.id == b.id:
                raise StoreError(f"{a.id} cannot be related to itself.")
            pairs = [(a, b), (b, a)] if relation in _BOTH_WAYS else [(a, b)]
            drafts = []
            for entry, target in pairs:
                after = related(entry.record, relation, target.id, note)
                if after != entry.record:
                    drafts.append(Draft(after, "link", entry.origin))
            return append(connection, drafts, signature) if drafts else []

    def live(self, connection: Connection, id_: str) -> Entry:
        """Return the entry of a live incident as the open transaction sees it.

        Raises
        ------
        UnknownIncidentError
        TombstoneError
            If it was retracted, split or merged; a change is never redirected silently.
        """
        from incidents.store.errors import TombstoneError

        entry = self.entry_in(connection, id_)
        if entry.state == MERGED:
            raise TombstoneError(
                f"{entry.id} was merged into {entry.redirect[0]}. Change that one, or unmerge {entry.id}."
            )
        if entry.state != LIVE:
            raise TombstoneError(tombstone(entry))
        return entry

    def entry_in(self, connection: Connection, id_: str) -> Entry:
        """Return an entry as the open transaction sees it."""
        from sqlalchemy import select

        from incidents.store.schema import incident

        wanted = storable_id(id_)
        last = last_revisions(connection, [wanted]).get(wanted)
        if last is None:
            return self.entry(id_)
        origin, territories = connection.execute(
            select(incident.c.origin, incident.c.territories).where(incident.c.id == wanted)
        ).one()
        record = parsed(wanted, last.record, territories)
        return Entry(wanted, last.state, last.redirect, last.number, origin, record, last.at, last.author, last.reason)


def _mint(connection: Connection, record: Incident, used: dict[str, int]) -> str:
    """Return the next free id; `used` counts what this change took already."""
    series, _, number = next_id(connection, country=record.countries[0], year=record.day.year).rpartition("-")
    offset = used.get(series, 0)
    used[series] = offset + 1
    return f"{series}-{int(number) + offset:03d}"
