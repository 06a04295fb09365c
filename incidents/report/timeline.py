"""What was claimed by whom, when: the dated statements of a record in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from incidents.model import Incident, last_day
from incidents.wording import country_name, label, stance_words


@dataclass(frozen=True)
class Entry:
    """One statement or step; `on` is empty where nobody dates it."""

    on: str | None
    who: str
    what: str
    sources: tuple[str, ...]


def timeline(record: Incident) -> tuple[Entry, ...]:
    """Return the entries, the earliest first, undated ones last.

    A statement without a date of its own takes that of the earliest source it cites.
    """
    published = {source.key: source.published_on for source in record.sources}

    def dated(on: str | None, keys: tuple[str, ...]) -> str | None:
        days = [day for key in keys if (day := published[key])]
        return on or min(days, key=last_day, default=None)

    entries = [
        Entry(a.on, a.by, f"assesses it as {a.status.value}{f': {a.note}' if a.note else ''}", a.sources)
        for a in record.assessments
    ]
    entries += [
        Entry(
            dated(a.on, a.sources),
            a.by,
            f"{stance_words(a.stance)} {country_name(a.actor)}{f' ({a.basis})' if a.basis else ''}",
            a.sources,
        )
        for a in record.attributions
    ]
    entries += [
        Entry(dated(c.on, c.sources), c.by, f"says {c.says.value} {country_name(c.country)}", c.sources)
        for c in record.territory_claims
    ]
    entries += [
        Entry(dated(None, c.sources), c.by, f"counts {c} {c.unit.value} ({label(g.object_class.value)})", c.sources)
        for g in record.objects
        for c in g.counts
        if c.sources
    ]
    entries += [
        Entry(r.on, r.by or "not said", f"{label(r.type.value)}{f': {r.detail}' if r.detail else ''}", r.sources)
        for r in record.responses
        if r.on
    ]
    if record.discovered_on:
        entries.append(Entry(record.discovered_on, "", "discovered", ()))
    return tuple(
        sorted(entries, key=lambda entry: (entry.on is None, last_day(entry.on) if entry.on else date.max, entry.who))
    )
