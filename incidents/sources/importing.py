"""Entries into the store: all or none, each at most once, and a report of what became of every row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

from incidents.curation import NO_ID
from incidents.model import Incident
from incidents.sources.entry import IMPORT_KEY, Entry, Fault
from incidents.sources.flat import RowError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from incidents.store import Store
    from incidents.store.append import Draft, Signature
    from incidents.store.revision import Revision

OPERATION = "import"
_CHUNK = 500
_KEPT = 10_000
"""How many lines of each kind a report keeps."""
_KEY = re.compile(rf'"key":"({IMPORT_KEY}[0-9a-f]{{16}})"')


@dataclass
class ImportReport:
    """What an import did, or would do."""

    added: int = 0
    changed: int = 0
    skipped: int = 0
    rejected: int = 0
    is_written: bool = False
    lines: list[tuple[str, int, str]] = field(default_factory=list)
    """What became of each row: added, changed or skipped, its number, and id with title or reason."""
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    bad: list[tuple[Entry, tuple[Fault, ...]]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.added + self.changed + self.skipped + self.rejected

    def note(self, kind: str, row: int, text: str) -> None:
        """Count a row as added, changed or skipped."""
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.lines) < _KEPT:
            self.lines.append((kind, row, text))

    def reject(self, entry: Entry, faults: tuple[Fault, ...]) -> None:
        """Count a row as rejected, with every reason."""
        self.rejected += 1
        self.fault_count += len(faults)
        self.faults += faults[: max(0, _KEPT - len(self.faults))]
        if len(self.bad) < _KEPT:
            self.bad.append((entry, faults))


class _RollbackError(Exception):
    """Ends a transaction without a trace."""


def import_entries(
    store: Store,
    entries: Iterable[Entry],
    *,
    author: str,
    reason: str,
    dry_run: bool = False,
    skip_bad: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Write entries in one transaction and report on every one.

    With a rejected entry nothing is written, unless `skip_bad`. A dry run does everything and keeps nothing. Whatever
    interrupts, the store stays as it was.

    Raises
    ------
    StoreError
        If the store cannot be written.
    """
    report = ImportReport()
    signature = store.sign(author, reason)
    try:
        with store.database.writing() as connection:
            run = _Run(store, connection, report)
            for chunk in _chunks(entries):
                run.take(chunk, signature)
                if progress is not None:
                    progress(len(chunk))
            if dry_run or (report.rejected and not skip_bad):
                raise _RollbackError
        report.is_written = bool(report.added or report.changed)
    except _RollbackError:
        pass
    return report


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    iterator = iter(entries)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


class _Run:
    """One import under way."""

    def __init__(self, store: Store, connection: Connection, report: ImportReport) -> None:
        self.store = store
        self.connection = connection
        self.report = report
        self.keys: dict[str, str] | None = None
        self.rows: dict[str, tuple[int, bytes]] = {}
        """Row and content of every id and key met in this file."""
        self.next: dict[str, int] = {}
        """Next free number of each series of ids."""

    def take(self, chunk: list[Entry], signature: Signature) -> None:
        """Decide on some entries and append what is new."""
        from incidents.store.append import append, last_revisions
        from incidents.store.territory import placed

        wanted = [self._id(entry) for entry in chunk]
        last = last_revisions(self.connection, sorted({id_ for id_ in wanted if id_}))
        drafts: list[Draft] = []
        for entry, id_ in zip(chunk, wanted, strict=True):
            draft = self._decide(entry, id_, last)
            if draft is not None:
                drafts.append(draft)
        if drafts:
            records = placed([draft.record for draft in drafts])
            whole = [replace(draft, record=record) for draft, record in zip(drafts, records, strict=True)]
            append(self.connection, whole, signature)

    def _id(self, entry: Entry) -> str:
        if entry.known:
            return entry.known
        if entry.record is not None and entry.record.id != NO_ID:
            return entry.record.id
        return self._known_keys().get(entry.key, "") if entry.key else ""

    def _known_keys(self) -> dict[str, str]:
        """Return the id of every row imported before, by its key; the newest state of each incident counts."""
        if self.keys is None:
            from sqlalchemy import text

            statement = text(
                "SELECT i.id, r.record FROM incident i JOIN revision r ON r.seq = i.seq WHERE r.record LIKE :mark"
            )
            rows = self.connection.execute(statement, {"mark": f'%"key":"{IMPORT_KEY}%'})
            self.keys = {key: id_ for id_, record in rows for key in _KEY.findall(record)}
        return self.keys

    def _decide(self, entry: Entry, id_: str, last: dict[str, Revision]) -> Draft | None:
        from incidents.store.append import Draft
        from incidents.store.revision import LIVE, canonical_json

        before = last.get(id_)
        if entry.faults and not (before is not None and entry.change is not None and not _is_structural(entry)):
            return self._reject(entry, *entry.faults)
        if before is not None and before.state != LIVE:
            rule = f"was {before.state} on {before.at[:10]} by {before.author}: {before.reason}"
            return self._reject(entry, Fault(entry.row, "id", id_, rule))
        record = entry.record
        if before is not None and entry.change is not None:
            try:
                record = entry.change(self._present(id_, before))
            except RowError as error:
                return self._reject(entry, *error.faults)
        if record is None:
            return self._reject(entry, Fault(entry.row, "", "", "is no record"))
        mark = id_ or entry.key
        content = blake2b(canonical_json(record).encode(), digest_size=16).digest()
        if mark and mark in self.rows:
            row, seen = self.rows[mark]
            if seen == content:
                return self._note("skipped", entry, f"same as row {row}")
            return self._reject(entry, Fault(entry.row, "id", id_, f"stands twice in the file, first in row {row}"))
        if mark:
            self.rows[mark] = (entry.row, content)
        if before is None:
            if record.id == NO_ID:
                record = record.model_copy(update={"id": self._mint(record)})
                self.rows[record.id] = (entry.row, content)
            self._note("added", entry, f"{record.id} {record.title}")
            return Draft(record, OPERATION)
        if entry.is_partial and not entry.key:
            return self._note("skipped", entry, f"{id_} is known; a table mapped by headings does not change it")
        record = record.model_copy(update={"id": id_})
        return self._update(entry, record, before)

    def _update(self, entry: Entry, record: Incident, before: Revision) -> Draft | None:
        from incidents.store.append import Draft, revisions_of
        from incidents.store.revision import canonical_json

        content = canonical_json(record)
        if content == before.record:
            return self._note("skipped", entry, f"{record.id} identical")
        earlier = revisions_of(self.connection, incident_id=record.id)
        if entry.change is None and any(revision.record == content for revision in earlier):
            return self._note("skipped", entry, f"{record.id} was changed here since; the later state is kept")
        if entry.key and before.operation != OPERATION:
            rule = f"was edited by {before.author} on {before.at[:10]} after it was imported, and the row differs now"
            return self._reject(entry, Fault(entry.row, "", record.id, rule))
        self._note("changed", entry, f"{record.id} {record.title}")
        return Draft(record, OPERATION)

    def _mint(self, record: Incident) -> str:
        """Return the next free id; nobody else issues any while we write."""
        from incidents.store.ids import next_id

        country, year = record.countries[0], record.day.year
        series = f"{country}-{year:04d}"
        if series not in self.next:
            self.next[series] = int(next_id(self.connection, country=country, year=year).rpartition("-")[2])
        number = self.next[series]
        while f"{series}-{number:03d}" in self.rows:
            number += 1
        self.next[series] = number + 1
        return f"{series}-{number:03d}"

    def _present(self, id_: str, before: Revision) -> Incident:
        """Return the record with the territory the store holds for it."""
        return self.store.entry_in(self.connection, id_).record

    def _note(self, kind: str, entry: Entry, text: str) -> Draft | None:
        self.report.note(kind, entry.row, text)
        return None

    def _reject(self, entry: Entry, *faults: Fault) -> Draft | None:
        self.report.reject(entry, faults)
        return None


def _is_structural(entry: Entry) -> bool:
    """Return whether the row as such is broken, so that nothing in it can be trusted."""
    return any(not fault.column for fault in entry.faults)


def rejected_rows(report: ImportReport) -> tuple[list[str], list[list[Any]]]:
    """Return header and rows of the table of rejected rows: number and reasons, then the row as it was read."""
    headings = list(dict.fromkeys(str(name) for entry, _ in report.bad for name in entry.cells))
    rows = [
        [entry.row, "; ".join(map(str, faults)), *(entry.cells.get(name) for name in headings)]
        for entry, faults in report.bad
    ]
    return ["row", "reasons", *headings], rows
