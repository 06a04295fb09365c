"""Take changes back. Taking back is a change like any other: it appends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.store.append import Draft, Signature, append, revisions_of
from incidents.store.errors import StoreError, TombstoneError, UnknownIncidentError, listing
from incidents.store.reading import Entry
from incidents.store.revision import LIVE, MERGED, Revision, canonical_json
from incidents.store.territory import replaced
from incidents.store.writing import Writing

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_JOINT = frozenset({"merge", "unmerge", "split", "link"})
"""Changes that touch several incidents and are taken back for all of them or none."""


class Undoing(Writing):
    """Undo and unmerge."""

    def undo(self, id_: str, *, author: str, reason: str, to: int | None = None) -> list[Revision]:
        """Bring back the state before the last change that is not undone yet, or the state of revision `to`.

        A merge, split or link is taken back for every incident it touched, or refused where one of them has changed
        since. New incidents that a split made then redirect to the one that is whole again.

        Raises
        ------
        StoreError
            If there is nothing to take back.
        """
        signature = self.sign(author, reason)
        with self.database.writing() as connection:
            entry = self.entry_in(connection, id_)
            listed = revisions_of(connection, incident_id=entry.id)
            if to is not None:
                return self._restore(connection, entry, listed, to, signature)
            last = _effective(listed, entry)
            if last.operation not in _JOINT:
                before = _before(listed, last)
                return append(connection, [self._back_to(entry, before)], signature)
            return self._undo_joint(connection, last, signature)

    def _undo_joint(self, connection: Connection, last: Revision, signature: Signature) -> list[Revision]:
        drafts, made, whole = [], [], []
        for one in revisions_of(connection, batch=last.batch):
            entry = self.entry_in(connection, one.incident_id)
            listed = revisions_of(connection, incident_id=entry.id)
            if _effective(listed, entry).seq != one.seq:
                since = [r.reason for r in listed[one.number :]]
                raise StoreError(
                    f"The {one.operation} also touched {entry.id}, which changed since ({listing(since)}). "
                    f"Undo that first{', or use unmerge' if one.operation == 'merge' else ''}."
                )
            if one.number == 1:
                made.append(entry)
            else:
                whole.append(entry.id)
                drafts.append(self._back_to(entry, _before(listed, one)))
        drafts += [Draft(e.record, "undo", e.origin, state=MERGED, redirect=(whole[0],)) for e in made]
        return append(connection, drafts, signature)

    def _restore(
        self, connection: Connection, entry: Entry, listed: list[Revision], to: int, signature: Signature
    ) -> list[Revision]:
        if not 1 <= to <= len(listed):
            raise UnknownIncidentError(f"{entry.id} has revisions 1 to {len(listed)}, no {to}.")
        if {entry.state, listed[to - 1].state} - {LIVE, "retracted"}:
            raise StoreError(f"{entry.id} was merged or split since or then; undo or unmerge that first.")
        if (entry.state, canonical_json(entry.record)) == (listed[to - 1].state, listed[to - 1].record):
            raise StoreError(f"{entry.id} already is as it was at revision {to}.")
        return append(connection, [self._back_to(entry, listed[to - 1])], signature)

    def _back_to(self, entry: Entry, state: Revision, operation: str = "undo") -> Draft:
        record = replaced(state.incident(), entry.record)
        return Draft(record, operation, entry.origin, state.state, state.redirect, state.number)

    def unmerge(self, id_: str, *, author: str, reason: str) -> list[Revision]:
        """Take a merge back: the duplicate lives again, and the other incident loses what it got from it.

        Raises
        ------
        StoreError
            If the id was not merged, or a later edit rests on what the merge brought.
        """
        from incidents.merging import unmerged

        signature = self.sign(author, reason)
        with self.database.writing() as connection:
            gone = self.entry_in(connection, id_)
            listed = revisions_of(connection, incident_id=gone.id)
            merge = listed[_effective_number(listed, len(listed)) - 1]
            if gone.state != MERGED or merge.operation != "merge":
                raise StoreError(f"{gone.id} was not merged into another incident.")
            kept = self.entry_in(connection, gone.redirect[0])
            if kept.state != LIVE:
                raise TombstoneError(f"{kept.id} is {kept.state} itself; take that back first.")
            kept_revisions = revisions_of(connection, incident_id=kept.id)
            after = next(r for r in kept_revisions if r.batch == merge.batch)
            before = _before(kept_revisions, after)
            drafts = [self._back_to(gone, _before(listed, merge), "unmerge")]
            if _effective_number(kept_revisions, kept.number) == after.number:
                drafts.append(self._back_to(kept, before, "unmerge"))
            else:
                rest = unmerged(kept.record, before=before.incident(), after=after.incident())
                if canonical_json(rest) != canonical_json(kept.record):
                    drafts.append(Draft(replaced(rest, kept.record), "unmerge", kept.origin))
            return append(connection, drafts, signature)


def _effective_number(listed: list[Revision], number: int) -> int:
    """Return the number of the revision whose state revision `number` shows, through undos."""
    while (restored := listed[number - 1].restores) is not None:
        number = restored
    return number


def _effective(listed: list[Revision], entry: Entry) -> Revision:
    last = listed[_effective_number(listed, len(listed)) - 1]
    if last.operation == "undo":
        raise StoreError(f"{entry.id} came from a split that was taken back; it leads to {listing(entry.redirect)}.")
    return last


def _before(listed: list[Revision], last: Revision) -> Revision:
    if last.number == 1:
        raise StoreError(
            f"{last.incident_id} has no earlier state. To withdraw it: incidents retract {last.incident_id}."
        )
    return listed[_effective_number(listed, last.number - 1) - 1]
