"""Check that the store says what it always said: the chain of hashes, and the present against the last revisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidents.store.present import present_row
from incidents.store.revision import Revision

if TYPE_CHECKING:
    from incidents.store.reading import Reading

_COMPARED = ("seq", "number", "state", "redirect", "day_first", "day_last", "status", "legal_class")


@dataclass(frozen=True)
class Verification:
    """What a check of the whole store found."""

    revisions: int
    incidents: int
    head: str
    """Hash of the last revision. Noted elsewhere, it proves that nothing before it was changed later."""
    faults: tuple[str, ...]


def verify(store: Reading) -> Verification:
    """Recompute every hash from the first revision on and compare the present with the last revisions."""
    faults: list[str] = []
    head, count = "", 0
    last: dict[str, Revision] = {}
    for one in store.revisions():
        count += 1
        name = f"revision {one.number} of {one.incident_id} (seq {one.seq})"
        if one.seq != count:
            faults.append(f"{name}: {one.seq - count} revisions before it are missing")
            count = one.seq
        if one.hash != one.expected_hash(head):
            faults.append(f"{name}: its content or its order was changed after it was written")
        before = last.get(one.incident_id)
        if one.number != (before.number + 1 if before else 1):
            faults.append(f"{name}: expected revision {before.number + 1 if before else 1}")
        head = one.hash
        last[one.incident_id] = one
    row = store.database.first("SELECT seq, hash FROM chain WHERE id = 1")
    if row is None or row != (count, head):
        faults.append(f"the last revision should be {row[0] if row else 'known'}, but is {count}: the end was changed")
    faults += _present_faults(store, last)
    faults += _file_faults(store)
    return Verification(count, len(last), head, tuple(faults))


def _present_faults(store: Reading, last: dict[str, Revision]) -> list[str]:
    faults = []
    columns = ", ".join(f"{name}" for name in _COMPARED)
    present = {row[0]: row[1:] for row in store.database.rows(f"SELECT id, {columns} FROM incident")}
    for id_, revision in last.items():
        try:
            expected = present_row(revision.incident(), revision, origin="")
        except ValueError as error:
            faults.append(f"{id_}: the record breaks a rule: {str(error).splitlines()[0]}")
            continue
        if id_ not in present:
            faults.append(f"{id_}: is missing from the present")
        elif wrong := [n for n, v in zip(_COMPARED, present[id_], strict=True) if v != expected[n]]:
            faults.append(f"{id_}: the present differs from its last revision in {', '.join(wrong)}")
    faults += [f"{id_}: has no revision" for id_ in sorted(set(present) - set(last))]
    issued = {row[0] for row in store.database.rows("SELECT id FROM issued")}
    faults += [f"{id_}: issued, but has no revision" for id_ in sorted(issued - set(last))]
    faults += [f"{id_}: not on the list of issued ids" for id_ in sorted(set(last) - issued)]
    return faults


def _file_faults(store: Reading) -> list[str]:
    if store.database.is_postgres:
        return []
    found = [str(row[0]) for row in store.database.rows("PRAGMA integrity_check(10)")]
    found += [
        f"{row[0]} row {row[1]} refers to nothing in {row[2]}"
        for row in store.database.rows("PRAGMA foreign_key_check")
    ]
    return [f"the file: {text}" for text in found if text != "ok"]
