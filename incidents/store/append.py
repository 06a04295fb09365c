"""Append revisions: the only way anything in the store changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from incidents.store.changes import changed_paths
from incidents.store.database import insert_rows
from incidents.store.errors import StoreError
from incidents.store.ids import issue
from incidents.store.present import write_present
from incidents.store.revision import COLUMNS, LIVE, Revision, canonical_json, from_row

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from incidents.model import Incident


@dataclass(frozen=True)
class Draft:
    """A state to append: the record with its territory, and what becomes of its id."""

    record: Incident
    operation: str
    origin: str = "local"
    state: str = LIVE
    redirect: tuple[str, ...] = ()
    restores: int | None = None


@dataclass(frozen=True)
class Signature:
    """Who makes a change, why and when."""

    author: str
    reason: str
    at: str = ""

    def __post_init__(self) -> None:
        for name in ("author", "reason"):
            if not getattr(self, name).strip():
                raise StoreError(
                    f"Every change needs {'an author' if name == 'author' else 'a reason'}; give --{name}."
                )


def timestamp(moment: datetime) -> str:
    """Return UTC with microseconds, so that texts sort like times."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def append(connection: Connection, drafts: Sequence[Draft], signature: Signature) -> list[Revision]:
    """Append one revision for each draft, all or none, and bring the present up to date.

    An id seen for the first time is issued. The caller holds the write lock.
    """
    from sqlalchemy import select

    from incidents.store.schema import chain, revision

    ids = [draft.record.id for draft in drafts]
    if len(set(ids)) != len(ids):
        raise StoreError("One change cannot hold two states of the same incident.")
    last = last_revisions(connection, ids)
    issue(connection, [id_ for id_ in ids if id_ not in last])
    seq, head = connection.execute(select(chain.c.seq, chain.c.hash)).one()
    at = signature.at or timestamp(datetime.now(UTC))
    batch = seq + 1
    made = []
    for draft in drafts:
        before = last.get(draft.record.id)
        text = canonical_json(draft.record)
        seq += 1
        fresh = Revision(
            seq=seq,
            batch=batch,
            incident_id=draft.record.id,
            number=before.number + 1 if before else 1,
            at=at,
            author=signature.author.strip(),
            reason=signature.reason.strip(),
            operation=draft.operation,
            state=draft.state,
            redirect=draft.redirect,
            restores=draft.restores,
            changed=changed_paths(before.record, text) if before else (),
            record=text,
            hash="",
        )
        head = fresh.expected_hash(head)
        object.__setattr__(fresh, "hash", head)  # nobody has seen it yet; a copy would cost as much as all the rest
        made.append(fresh)
    insert_rows(connection, revision, [one.to_row() for one in made])
    connection.execute(chain.update().values(seq=seq, hash=head))
    write_present(connection, [(d.record, r, d.origin) for d, r in zip(drafts, made, strict=True)])
    return made


def last_revisions(connection: Connection, ids: Sequence[str]) -> dict[str, Revision]:
    """Return the last revision of each id that has one."""
    from sqlalchemy import select

    from incidents.store.schema import incident, revision

    columns = [revision.c[name] for name in COLUMNS]
    found: dict[str, Revision] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        joined = select(*columns).join(incident, incident.c.seq == revision.c.seq).where(incident.c.id.in_(part))
        found |= {one.incident_id: one for one in (from_row(row) for row in connection.execute(joined))}
    return found


def revisions_of(connection: Connection, **where: Any) -> list[Revision]:
    """Return the revisions whose columns equal the given values, in order."""
    from sqlalchemy import select

    from incidents.store.schema import revision

    statement = select(*[revision.c[name] for name in COLUMNS]).order_by(revision.c.seq)
    for name, value in where.items():
        statement = statement.where(revision.c[name] == value)
    return [from_row(row) for row in connection.execute(statement)]


def set_meta(connection: Connection, name: str, value: str) -> None:
    """Store a fact about the store itself."""
    from incidents.store.schema import meta

    connection.execute(meta.delete().where(meta.c.name == name))
    connection.execute(meta.insert(), {"name": name, "value": value})


def dump(value: Any) -> str:
    """Return compact JSON in the order given."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
