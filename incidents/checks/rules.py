"""The rules of the publish gate, each over one record or over all of them. Adding a rule adds one entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from incidents.checks import crosswise, sourcing
from incidents.checks.finding import Finding
from incidents.model import Incident, Status, first_day, last_day


def future_date(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """No date lies in the future."""
    for record in records:
        dates = [("occurred", record.occurred.last_day)]
        dates += [
            (f"{name}[{i}].on", first_day(part.on))
            for name in ("assessments", "territory_claims", "attributions", "responses", "consequences")
            for i, part in enumerate(getattr(record, name))
            if part.on
        ]
        dates += [
            (name, first_day(value))
            for name, value in (
                ("discovered_on", record.discovered_on),
                ("first_reported_on", record.first_reported_on),
                ("compiled_on", record.compiled_on),
            )
            if value
        ]
        dates += [
            (f"sources[{i}].published_on", first_day(s.published_on))
            for i, s in enumerate(record.sources)
            if s.published_on
        ]
        for field, day in dates:
            if day > today:
                yield Finding("future-date", record.id, field, f"{day} is after {today}.", "Correct the date.")


def id_year(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """The year in the id is one the event can have begun in."""
    for record in records:
        year = int(record.id.split("-")[1])
        occurred = record.occurred
        first = occurred.first_day.year if occurred.earliest is not None else None
        if year > occurred.last_day.year or (first is not None and year < first):
            span = f"{occurred.first_day} to {occurred.last_day}"
            yield Finding(
                "id-year",
                record.id,
                "occurred",
                f"{span} does not touch the year {year} of the id.",
                "Correct the dates; an id is never re-minted.",
            )


def assessed_before_event(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """Nobody assesses an event before it can have begun."""
    for record in records:
        if record.occurred.earliest is None:
            continue
        for index, assessment in enumerate(record.assessments):
            if last_day(assessment.on) < record.occurred.first_day:
                yield Finding(
                    "assessed-before-event",
                    record.id,
                    f"assessments[{index}].on",
                    f"{assessment.on} is before the event ({record.occurred.first_day}).",
                    "Correct the date of the assessment or of the event.",
                )


def explained_refutation(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """A refuted record says what the object turned out to be, or on what grounds."""
    for record in records:
        if record.status is Status.REFUTED and not record.assessment.note:
            yield Finding(
                "explained-refutation",
                record.id,
                "assessments.note",
                "Refuted without grounds.",
                "Write what it turned out to be and who says so.",
            )


Rule = Callable[[Sequence[Incident], date], Iterable[Finding]]

RULES: dict[str, Rule] = {
    "unsourced": sourcing.unsourced,
    "confirmed-by-whom": sourcing.confirmed_by_whom,
    "assertion-without-source": sourcing.assertion_without_source,
    "unknown-code": crosswise.unknown_code,
    "future-date": future_date,
    "id-year": id_year,
    "assessed-before-event": assessed_before_event,
    "explained-refutation": explained_refutation,
    "default-point": crosswise.default_point,
    "site-outside": crosswise.site_outside,
    "duplicate-id": crosswise.duplicate_id,
    "near-duplicate": crosswise.near_duplicate,
    "dangling-relation": crosswise.dangling_relation,
}
"""Every rule by the name its findings carry."""


def run_checks(records: Sequence[Incident], *, today: date) -> list[Finding]:
    """Return every finding over `records`, by rule, then by id. Territories must have been computed."""
    return [f for rule in RULES.values() for f in sorted(rule(records, today), key=lambda f: (f.id, f.field))]
