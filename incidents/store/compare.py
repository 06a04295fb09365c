"""Two stores or snapshots side by side: what was added, changed, retracted, and for which reasons."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidents.store.changes import Change, changes
from incidents.store.revision import LIVE, MERGED, RETRACTED, SPLIT

if TYPE_CHECKING:
    from incidents.store.reading import Reading
    from incidents.store.revision import Revision


@dataclass(frozen=True)
class Step:
    """A revision without its record."""

    number: int
    at: str
    author: str
    operation: str
    reason: str


@dataclass(frozen=True)
class Known:
    """What a store or a snapshot holds of one id."""

    state: str
    redirect: tuple[str, ...]
    record: Mapping[str, Any]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Difference:
    """How one id differs."""

    id: str
    kind: str
    """``added``, ``changed``, ``retracted``, ``merged``, ``split``, ``restored`` or ``removed``."""
    title: str
    redirect: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    steps: tuple[Step, ...] = ()
    """The revisions that only the second one has: who, when and why."""


def known_in(store: Reading) -> dict[str, Known]:
    """Return what a store holds, by id."""
    last: dict[str, Revision] = {}
    steps: dict[str, list[Step]] = {}
    for one in store.revisions():
        last[one.incident_id] = one
        steps.setdefault(one.incident_id, []).append(step(one))
    return {
        id_: Known(one.state, one.redirect, json.loads(one.record), tuple(steps[id_]))
        for id_, one in sorted(last.items())
    }


def step(one: Revision) -> Step:
    """Return a revision without its record."""
    return Step(one.number, one.at, one.author, one.operation, one.reason)


def compare(before: Mapping[str, Known], after: Mapping[str, Known]) -> list[Difference]:
    """Return the differences by id."""
    return [d for id_ in sorted({*before, *after}) if (d := _difference(id_, before.get(id_), after.get(id_)))]


def _difference(id_: str, old: Known | None, new: Known | None) -> Difference | None:
    if new is None:
        assert old is not None
        return Difference(id_, "removed", str(old.record["title"]), old.redirect)
    title = str(new.record["title"])
    if old is None:
        kind = "added" if new.state == LIVE else new.state
        return Difference(id_, kind, title, new.redirect, steps=new.steps)
    found = tuple(changes(dict(old.record), dict(new.record)))
    if not found and (old.state, old.redirect) == (new.state, new.redirect):
        return None
    kind = "changed"
    if old.state != new.state:
        kind = "restored" if new.state == LIVE else new.state
    return Difference(id_, kind, title, new.redirect, found, _only_in(new.steps, old.steps))


def _only_in(new: Iterable[Step], old: Iterable[Step]) -> tuple[Step, ...]:
    seen = set(old)
    return tuple(one for one in new if one not in seen)


ORDER = ("added", "changed", "restored", RETRACTED, MERGED, SPLIT, "removed")


def to_plain(difference: Difference) -> dict[str, Any]:
    """Return a difference as plain JSON values."""
    return {
        "id": difference.id,
        "kind": difference.kind,
        "title": difference.title,
        "redirect": list(difference.redirect),
        "changes": [vars(change) for change in difference.changes],
        "revisions": [vars(one) for one in difference.steps],
    }
