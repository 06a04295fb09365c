"""Analysts as processes: one that writes until it is killed, and many that write at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from incidents.model import Incident
from incidents.store import open_store
from tests.worlds import make_incident


def titled(title: str) -> Callable[[Incident], Incident]:
    """Return a change of the title."""
    return lambda record: record.model_copy(update={"title": title})


def noted(note: str) -> Callable[[Incident], Incident]:
    """Return a change that adds one more unknown."""
    return lambda record: record.model_copy(update={"unknowns": (*record.unknowns, note)})


def write_until_killed(target: str, pipe: int, round_: int) -> None:
    """Edit, add and merge for ever; name each revision on the pipe once the store has acknowledged it."""
    with open_store(target, bundled=False) as store:
        step = 0
        while True:
            step += 1
            note = f"{round_}/{step}"
            if step % 5 == 0:
                data = make_incident().model_dump(mode="json", exclude={"id", "territories"})
                new = store.add_new([{**data, "unknowns": [note]}], author="desk", reason=note)[0]
                os.write(pipe, f"{new.id} 1 {note}\n".encode())
                gone, kept = store.merge(new.id, "PL-2025-001", author="desk", reason=note)
                acknowledged = f"{gone.incident_id} 2 {note}\n{kept.incident_id} {kept.number} {note}\n"
                os.write(pipe, acknowledged.encode())
                continue
            made = store.edit("PL-2025-002", titled(note), author="desk", reason=note)
            assert made is not None
            os.write(pipe, f"{made.incident_id} {made.number} {note}\n".encode())


def write_many(target: str, name: str, edits: int) -> None:
    """Append `edits` notes to two records that everybody edits, and to none twice."""
    with open_store(target, bundled=False) as store:
        for number in range(edits):
            id_ = ("PL-2025-001", "PL-2025-002")[number % 2]
            note = f"{name}:{number}"
            store.edit(id_, noted(note), author=name, reason=note)


if __name__ == "__main__":
    started = time.monotonic()
    write_many(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    print(f"{time.monotonic() - started:.1f}")
