"""Rules about who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from incidents.checks.finding import Finding
from incidents.grading import independent_origins
from incidents.model import Incident, Status

_QUESTIONS = {
    "what": ("objects",),
    "where": ("sites", "countries", "territory_claims"),
    "when": ("occurred", "discovered_on"),
}


def unsourced(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """What, where and when each rest on a source; who does where somebody names an actor (see the third rule)."""
    for record in records:
        supported = {field.split(".")[0] for source in record.sources for field in source.supports}
        supported |= {path.partition("[")[0] for path, cited in record.citations() if cited}
        for question, fields in _QUESTIONS.items():
            if supported.isdisjoint(fields):
                yield Finding(
                    "unsourced",
                    record.id,
                    fields[0],
                    f"No source for {question}: none supports {' or '.join(fields)}.",
                    "Name the field in the `supports` of the source it rests on.",
                )


def confirmed_by_whom(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """Confirmed needs an official source or two independent origins."""
    for record in records:
        if record.status is not Status.CONFIRMED:
            continue
        origins = independent_origins(record)
        if len(origins) < 2 and not any(source.is_official for source in record.sources):
            yield Finding(
                "confirmed-by-whom",
                record.id,
                "assessments",
                f"Confirmed on {len(origins)} origin ({', '.join(origins) or 'none'}), none official.",
                "Add an official or a second independent source, or assess it as probable.",
            )


def assertion_without_source(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """Whoever is quoted on an actor or on territory is quoted from a source."""
    for record in records:
        claims = [(f"attributions[{i}]", a.by, a.sources) for i, a in enumerate(record.attributions)]
        claims += [(f"territory_claims[{i}]", c.by, c.sources) for i, c in enumerate(record.territory_claims)]
        for field, by, sources in claims:
            if not sources:
                yield Finding(
                    "assertion-without-source",
                    record.id,
                    f"{field}.sources",
                    f"{by} is quoted without a source.",
                    "Cite the key of the source that quotes them.",
                )
