"""The bundled records: loaded on first use, updated on request, never over a local edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidents.model import Incident
from incidents.store.append import Draft, append, last_revisions, revisions_of, set_meta
from incidents.store.changes import changed_paths
from incidents.store.precomputed import placed_bundled
from incidents.store.revision import LIVE, Revision, canonical_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from incidents.store.store import Store

AUTHOR = "bundled"
BUNDLED = "bundled"
"""Author and origin of what ships, and the operation that writes it."""


@dataclass(frozen=True)
class Conflict:
    """A bundled change that meets a local one; nothing was overwritten."""

    id: str
    local: tuple[str, ...]
    """What was changed here."""
    bundled: tuple[str, ...]
    """What the newer data set changes."""
    why: str


@dataclass(frozen=True)
class Update:
    """What a newer data set means for a store."""

    version: str
    previous: str
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: int = 0
    conflicts: tuple[Conflict, ...] = ()
    missing: tuple[str, ...] = ()
    """Bundled before, no longer so; kept."""


def edition() -> str:
    """Return the version of the bundled records with a checksum of their files."""
    import zlib

    from incidents.dataset import data_files
    from incidents.version import DATASET_VERSION

    checksum = 0
    for file in data_files():
        checksum = zlib.crc32(file.read_bytes(), zlib.crc32(file.name.encode(), checksum))
    return f"{DATASET_VERSION}+{checksum:08x}"


def load(store: Store) -> int:
    """Load the bundled records into a store that never had any; return how many. Safe when two do it at once.

    An id that a local incident has already is left to it; `update` reports it as a conflict.
    """
    from incidents.dataset import load_bundled
    from incidents.store.territory import boundaries
    from incidents.version import DATASET_VERSION

    records = placed_bundled(load_bundled())
    signature = store.sign(AUTHOR, f"data set {DATASET_VERSION}")
    with store.database.writing() as connection:
        if _dataset_version(connection) is not None:
            return 0
        taken = last_revisions(connection, [r.id for r in records])
        new = [r for r in records if r.id not in taken]
        if new:
            append(connection, [Draft(r, BUNDLED, BUNDLED) for r in new], signature)
        set_meta(connection, "dataset", edition())
        set_meta(connection, "boundary_version", boundaries())
    return len(new)


def update(store: Store, records: Sequence[Incident], *, version: str, dry_run: bool = False) -> Update:
    """Bring untouched bundled records to a newer data set; leave local edits and report where the two meet.

    A record counts as untouched if it still reads as the data set last wrote it and is live.
    """
    signature = store.sign(AUTHOR, f"data set {version}")
    known = placed_bundled(records)
    added, updated, unchanged, conflicts = [], [], 0, []
    drafts = []
    with store.database.writing() as connection:
        previous = _dataset_version(connection) or ""
        last = last_revisions(connection, [r.id for r in known])
        base = {r.incident_id: r for r in revisions_of(connection, operation=BUNDLED)}
        for record in known:
            fresh = canonical_json(record)
            here, shipped = last.get(record.id), base.get(record.id)
            if here is None:
                added.append(record.id)
                drafts.append(Draft(record, BUNDLED, BUNDLED))
            elif (fresh == here.record and here.state == LIVE) or (shipped is not None and fresh == shipped.record):
                unchanged += 1
            elif shipped is not None and here.record == shipped.record and here.state == LIVE:
                updated.append(record.id)
                drafts.append(Draft(record, BUNDLED, BUNDLED))
            else:
                conflicts.append(_conflict(here, shipped, fresh))
        if not dry_run:
            if drafts:
                append(connection, drafts, signature)
            set_meta(connection, "dataset", version)
    gone = tuple(sorted(set(base) - {r.id for r in known}))
    return Update(version, previous, tuple(added), tuple(updated), unchanged, tuple(conflicts), gone)


def _conflict(here: Revision, shipped: Revision | None, fresh: str) -> Conflict:
    if shipped is None:
        return Conflict(here.incident_id, (), changed_paths(here.record, fresh), "the id belongs to a local incident")
    why = "edited here" if here.state == LIVE else f"{here.state} here"
    return Conflict(
        here.incident_id, changed_paths(shipped.record, here.record), changed_paths(shipped.record, fresh), why
    )


def _dataset_version(connection: Connection) -> str | None:
    from sqlalchemy import select

    from incidents.store.schema import meta

    return connection.execute(select(meta.c.value).where(meta.c.name == "dataset")).scalar()
