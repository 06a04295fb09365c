"""The figures of a report on one state or on the alliance; computed here, worded and drawn elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from incidents.membership import nato_countries
from incidents.model import Attribution, Incident, Stance, Status, TimePrecision
from incidents.query import Query, select
from incidents.report.changes import Change, changes
from incidents.report.figure import Figure, figure
from incidents.report.serious import Serious, serious
from incidents.report.sources import Footnotes, number_sources
from incidents.report.trend import Trend, trend
from incidents.stats import DIMENSIONS, Tallier, Tally, total

NATO = "NATO"


@dataclass(frozen=True)
class Place:
    """Whose airspace, and how that was settled."""

    by_zone: tuple[Figure, ...]
    by_determination: tuple[Figure, ...]
    by_basis: tuple[Figure, ...]
    by_border: tuple[Figure, ...]
    """Nearest border of the placed sites, by neighbour."""


@dataclass(frozen=True)
class Unknowns:
    """What we do not know."""

    unresolved: Figure
    undated: Figure
    """Known to a month, a year or an open interval only."""
    unplaced: Figure
    conflicting_counts: Figure
    unattributed: Figure
    questions: tuple[tuple[str, str], ...]
    """``(incident id, open question)``."""


@dataclass(frozen=True)
class Summary:
    """Everything a report says."""

    subject: str
    """ISO alpha-2 code, or ``NATO``."""
    name: str
    joined: date | None
    since: date | None
    until: date | None
    as_of: date | None
    counted: Tally
    """Incidents that count: the state was a member on the day."""
    apart: Tally
    """Incidents over a state that was no member on the day; never in the totals."""
    refuted: Figure
    breakdowns: dict[str, tuple[Tally, ...]]
    trend: Trend | None
    serious: tuple[Serious, ...]
    place: Place
    responses: tuple[Figure, ...]
    responders: tuple[Figure, ...]
    claims: tuple[Figure, ...]
    """Who says who did it: ``"Poland asserts RU"``, by incidents."""
    denials: tuple[Figure, ...]
    changes: tuple[Change, ...]
    compare_to: date | None
    unknowns: Unknowns
    incidents: tuple[Incident, ...]
    """Counted and apart, the latest first, refuted ones only where asked for."""
    footnotes: Footnotes


def summarise(records: Sequence[Incident], subject: str, query: Query, *, compare_to: date | None = None) -> Summary:
    """Return the summary of one state, or of ``NATO``.

    Parameters
    ----------
    records
        Every record with everything known, refuted ones included: the cut to `query` is made here, so that the
        period before it and the state of knowledge on `compare_to` can be told.
    """
    from geodata.countries import get_country

    country = None if subject == NATO else get_country(subject)
    mine = [r for r in records if country is None or country.code in r.countries]
    wanted = _without_period(query)
    known = select(mine, wanted)
    chosen = [r for r in known if r.occurred.overlaps(query.since, query.until)]
    standing = [r for r in chosen if r.status is not Status.REFUTED]
    counted_records = [r for r in standing if _counts(r, subject)]
    apart = [r for r in standing if not _counts(r, subject)]
    refuted = [r for r in chosen if r.status is Status.REFUTED]
    shown = counted_records + apart + (refuted if query.include_refuted else [])
    history = [r for r in known if _counts(r, subject) and r.status is not Status.REFUTED]
    body = counted_records or apart
    rows = Tallier(body)
    return Summary(
        subject=subject,
        name=NATO if country is None else country.name,
        joined=None if country is None else country.joined,
        since=query.since,
        until=query.until,
        as_of=query.as_of,
        counted=rows.total() if body is counted_records else total(counted_records),
        apart=total(apart),
        refuted=figure("refuted", refuted),
        breakdowns={by: tuple(rows.tally(by)) for by in DIMENSIONS},
        trend=trend(history, since=query.since, until=query.until),
        serious=serious(body),
        place=_place(body),
        responses=_grouped(body, lambda r: [p.type.value for p in r.responses]),
        responders=_grouped(body, lambda r: [p.by for p in r.responses if p.by]),
        claims=_grouped(
            body, lambda r: [f"{a.by} {a.stance.value} {a.actor}" for a in r.attributions if _is_towards(a)]
        ),
        denials=_grouped(
            body, lambda r: [f"{a.by} {a.stance.value} {a.actor}" for a in r.attributions if not _is_towards(a)]
        ),
        changes=()
        if compare_to is None
        else changes([r for r in mine if wanted.matches(r)], since=compare_to, until=query.as_of),
        compare_to=compare_to,
        unknowns=_unknowns(body),
        incidents=tuple(sorted(shown, key=lambda r: (r.occurred.last_day, r.id), reverse=True)),
        footnotes=number_sources(sorted(shown, key=lambda r: (r.occurred.last_day, r.id), reverse=True)),
    )


def _without_period(query: Query) -> Query:
    return dataclasses.replace(query, since=None, until=None, countries=frozenset(), include_refuted=True)


def _counts(record: Incident, subject: str) -> bool:
    members = nato_countries(record)
    return bool(members) if subject == NATO else subject in members


def _is_towards(attribution: Attribution) -> bool:
    return attribution.stance in (Stance.ASSERTS, Stance.SUSPECTS)


def _grouped(records: Sequence[Incident], keys: Callable[[Incident], Sequence[str]]) -> tuple[Figure, ...]:
    groups: dict[str, list[Incident]] = {}
    for record in records:
        for key in dict.fromkeys(keys(record)):
            groups.setdefault(key, []).append(record)
    return tuple(figure(key, group) for key, group in sorted(groups.items(), key=lambda kv: (-len(kv[1]), kv[0])))


def _place(records: Sequence[Incident]) -> Place:
    return Place(
        by_zone=_grouped(records, lambda r: [t.zone for t in r.territories]),
        by_determination=_grouped(records, lambda r: [t.determination for t in r.territories]),
        by_basis=_grouped(records, lambda r: [t.basis.value for t in r.territories]),
        by_border=_grouped(records, lambda r: [t.nearest_border for t in r.territories if t.nearest_border]),
    )


_VAGUE = (TimePrecision.OPEN, TimePrecision.MONTH, TimePrecision.YEAR)


def _unknowns(records: Sequence[Incident]) -> Unknowns:
    return Unknowns(
        unresolved=figure("unresolved", [r for r in records if r.status is Status.UNRESOLVED]),
        undated=figure("not dated to the day", [r for r in records if r.occurred.precision in _VAGUE]),
        unplaced=figure("without any placed site", [r for r in records if not r.territories]),
        conflicting_counts=figure("with conflicting counts", [r for r in records if _has_conflicting_counts(r)]),
        unattributed=figure(
            "without anybody naming an actor", [r for r in records if not any(map(_is_towards, r.attributions))]
        ),
        questions=tuple((r.id, question) for r in records for question in r.unknowns),
    )


def _has_conflicting_counts(record: Incident) -> bool:
    return any(len({(c.low, c.best, c.high) for c in group.counts}) > 1 for group in record.objects)


def every_month(first: str, last: str) -> list[str]:
    """Return the months from `first` to `last`, both included.

    >>> every_month("2024-11", "2025-01")
    ['2024-11', '2024-12', '2025-01']
    """
    year, month = map(int, first.split("-"))
    months = []
    while f"{year:04}-{month:02}" <= last:
        months.append(f"{year:04}-{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months
