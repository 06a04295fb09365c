"""Check that the store says what it always said: the chain of hashes, and the present against the last revisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidents.store.present import present_row
from incidents.store.revision import COLUMNS, from_row

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
    numbers: dict[str, int] = {}
    for one in store.revisions():
        count += 1
        name = f"revision {one.number} of {one.incident_id} (seq {one.seq})"
        if one.seq != count:
            faults.append(f"{name}: {one.seq - count} revisions before it are missing")
            count = one.seq
        if one.hash != one.expected_hash(head):
            faults.append(f"{name}: its content or its order was changed after it was written")
        expected = numbers.get(one.incident_id, 0) + 1
        if one.number != expected:
            faults.append(f"{name}: expected revision {expected}")
        head = one.hash
        numbers[one.incident_id] = one.number
    row = store.database.first("SELECT seq, hash FROM chain WHERE id = 1")
    if row is None or row != (count, head):
        faults.append(f"the last revision should be {row[0] if row else 'known'}, but is {count}: the end was changed")
    faults += _present_faults(store, numbers)
    faults += _file_faults(store)
    return Verification(count, len(numbers), head, tuple(faults))


def _present_faults(store: Reading, numbers: dict[str, int]) -> list[str]:
    """Compare every present row with the last revision, which alone decides."""
    faults = []
    revision = ", ".join(f"r.{name}" for name in COLUMNS)
    present = ", ".join(f"i.{name}" for name in _COMPARED)
    rows = store.database.rows(
        f"SELECT {revision}, {present} FROM incident i JOIN revision r ON r.incident_id = i.id "
        "WHERE r.number = (SELECT max(number) FROM revision WHERE incident_id = i.id) ORDER BY i.id"
    )
    seen = set()
    for row in rows:
        one = from_row(row[: len(COLUMNS)])
        seen.add(one.incident_id)
        try:
            expected = present_row(one.incident(), one, origin="")
        except ValueError as error:
            faults.append(f"{one.incident_id}: the record breaks a rule: {str(error).splitlines()[0]}")
            continue
        values = zip(_COMPARED, row[len(COLUMNS) :], strict=True)
        if wrong := [name for name, value in values if value != expected[name]]:
            faults.append(f"{one.incident_id}: the present differs from its last revision in {', '.join(wrong)}")
    faults += [f"{id_}: is missing from the present" for id_ in sorted(set(numbers) - seen)]
    faults += [
        f"{row[0]}: has no revision" for row in store.database.rows("SELECT id FROM incident") if row[0] not in numbers
    ]
    issued = {row[0] for row in store.database.rows("SELECT id FROM issued")}
    faults += [f"{id_}: issued, but has no revision" for id_ in sorted(issued - set(numbers))]
    faults += [f"{id_}: not on the list of issued ids" for id_ in sorted(set(numbers) - issued)]
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
