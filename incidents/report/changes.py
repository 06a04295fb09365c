"""What changed between two days, by what was known on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from incidents.asof import as_of
from incidents.model import Incident
from incidents.wording import status_words


@dataclass(frozen=True)
class Change:
    """One record that reads differently on the later day."""

    id: str
    title: str
    kind: str
    """``new``, ``status``, ``attribution`` or ``more known``."""
    detail: str


def changes(records: Sequence[Incident], *, since: date, until: date | None) -> tuple[Change, ...]:
    """Return what `records` (with everything known) say on `until` that they did not on `since`."""
    found = []
    for record in records:
        then = as_of(record, since)
        now = record if until is None else as_of(record, until)
        if now is None or now == then:
            continue
        found.append(_change(then, now))
    return tuple(found)


def _change(then: Incident | None, now: Incident) -> Change:
    if then is None:
        return Change(now.id, now.title, "new", f"first reported since; {status_words(now)}")
    if then.status is not now.status:
        return Change(now.id, now.title, "status", f"{status_words(then)}, now {status_words(now)}")
    if then.attributions != now.attributions:
        names = dict.fromkeys(a.by for a in now.attributions if a not in then.attributions)
        return Change(now.id, now.title, "attribution", f"new word from {', '.join(names)}")
    added = len(now.sources) - len(then.sources)
    return Change(
        now.id, now.title, "more known", f"{added} more source{'' if added == 1 else 's'}" if added else "details added"
    )
