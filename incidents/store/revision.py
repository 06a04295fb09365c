"""A revision: who changed what, when and why; and the chain of hashes that ties all of them together."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidents.model import Incident

LIVE, RETRACTED, MERGED, SPLIT = "live", "retracted", "merged", "split"
COLUMNS = (
    "seq",
    "batch",
    "incident_id",
    "number",
    "at",
    "author",
    "reason",
    "operation",
    "state",
    "redirect",
    "restores",
    "changed",
    "record",
    "hash",
)


@dataclass(frozen=True)
class Revision:
    """One state of an incident. Revisions are only ever added."""

    seq: int
    """Position in the whole store, from 1, without gaps."""
    batch: int
    """`seq` of the first revision of the same change; a merge changes two incidents at once."""
    incident_id: str
    number: int
    """Position in the incident, from 1, without gaps."""
    at: str
    """UTC, ISO 8601."""
    author: str
    reason: str
    operation: str
    state: str
    """``live``, ``retracted``, ``merged`` or ``split``."""
    redirect: tuple[str, ...]
    """Where a merged or split id leads."""
    restores: int | None
    """Number of the revision whose state an undo brought back."""
    changed: tuple[str, ...]
    """Paths of the fields that differ from the revision before."""
    record: str
    """The full record as canonical JSON."""
    hash: str

    def incident(self) -> Incident:
        """Return the record, without territory."""
        from incidents.model import Incident

        return Incident.model_validate_json(self.record)

    def expected_hash(self, previous: str) -> str:
        """Return the hash that the content and the hash of the revision before call for."""
        content = [self.seq, self.batch, self.incident_id, self.number, self.at, self.author, self.reason]
        content += [self.operation, self.state, list(self.redirect), self.restores, list(self.changed)]
        text = json.dumps([previous, *content], ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(f"{text}\n{self.record}".encode()).hexdigest()

    def to_row(self) -> dict[str, Any]:
        """Return the columns of the table."""
        row = {name: getattr(self, name) for name in COLUMNS}
        row["redirect"] = " ".join(self.redirect)
        row["changed"] = json.dumps(self.changed, ensure_ascii=False)
        return row


def from_row(row: Any) -> Revision:
    """Return the revision of a row in the order of `COLUMNS`."""
    values = dict(zip(COLUMNS, row, strict=True))
    values["redirect"] = tuple(values["redirect"].split())
    values["changed"] = tuple(json.loads(values["changed"]))
    return Revision(**values)


def canonical_json(incident: Incident) -> str:
    """Return the text that is stored and hashed: keys in field order, without what is computed."""
    return incident.model_dump_json(exclude={"territories"})
