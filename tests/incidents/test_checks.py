"""The publish gate: the shipped data pass it, and every rule has an example that fails it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from incidents.attribute import attribute
from incidents.checks import RULES, Finding, run_checks
from incidents.checks.redirects import followed
from incidents.model import (
    Assessment,
    Attribution,
    Incident,
    PositionMethod,
    Relation,
    RelationType,
    Site,
    SiteRole,
    Stance,
    Status,
    TimeSpan,
)
from tests.worlds import make_incident, make_source

TODAY = date(2026, 11, 28)


def _site(name: str, lon: float, lat: float, radius_m: float = 1000.0) -> Site:
    return Site(name=name, role=SiteRole.OVER, lon=lon, lat=lat, radius_m=radius_m, method=PositionMethod.GAZETTEER)


def _unsourced() -> list[Incident]:
    return [make_incident(sources=(make_source(supports=("occurred", "sites")),))]


def _confirmed_by_one() -> list[Incident]:
    return [make_incident(assessments=(Assessment(status=Status.CONFIRMED, by="editors", on="2025-03-02"),))]


def _quoted_without_source() -> list[Incident]:
    return [make_incident(attributions=(Attribution(actor="RU", stance=Stance.ASSERTS, by="Army"),))]


def _unknown_code() -> list[Incident]:
    return [make_incident("XX-2025-001", countries=("XX",))]


def _tomorrow() -> list[Incident]:
    return [make_incident(occurred=TimeSpan(earliest="2026-11-29", latest="2026-11-29"))]


def _wrong_year() -> list[Incident]:
    return [make_incident("PL-2024-001")]


def _assessed_too_early() -> list[Incident]:
    return [make_incident(assessments=(Assessment(status=Status.PROBABLE, by="editors", on="2025-02-27"),))]


def _refuted_without_grounds() -> list[Incident]:
    return [make_incident(assessments=(Assessment(status=Status.REFUTED, by="Police", on="2025-03-02"),))]


def _pile() -> list[Incident]:
    names = ("Lublin", "Wyryki", "Mniszków", "Oleśno")
    return [make_incident(f"PL-2025-{n:03}", sites=(_site(name, 22.5, 51.2),)) for n, name in enumerate(names, 1)]


def _elsewhere() -> list[Incident]:
    return attribute([make_incident(sites=(_site("Kyiv", 30.52, 50.45),))])


def _twice() -> list[Incident]:
    return [make_incident(), make_incident()]


def _near_duplicate() -> list[Incident]:
    return [make_incident(f"PL-2025-00{n}", sites=(_site("Wyryki", 23.40, 51.52),)) for n in (1, 2)]


def _dangling() -> list[Incident]:
    return [make_incident(relations=(Relation(type=RelationType.FOLLOW_UP, to="PL-2025-099"),))]


FAILING: dict[str, Callable[[], list[Incident]]] = {
    "unsourced": _unsourced,
    "confirmed-by-whom": _confirmed_by_one,
    "assertion-without-source": _quoted_without_source,
    "unknown-code": _unknown_code,
    "future-date": _tomorrow,
    "id-year": _wrong_year,
    "assessed-before-event": _assessed_too_early,
    "explained-refutation": _refuted_without_grounds,
    "default-point": _pile,
    "site-outside": _elsewhere,
    "duplicate-id": _twice,
    "near-duplicate": _near_duplicate,
    "dangling-relation": _dangling,
}


def _rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


def test_every_rule_has_an_example_that_fails_it() -> None:
    assert set(FAILING) == set(RULES)


@pytest.mark.parametrize("rule", sorted(FAILING))
def test_a_breach_is_found_and_names_the_way_out(rule: str) -> None:
    findings = [f for f in run_checks(FAILING[rule](), today=TODAY) if f.rule == rule]
    assert findings
    assert all(f.remedy and f.message and f.field for f in findings)


def test_a_sound_record_passes() -> None:
    assert run_checks(attribute([make_incident(sites=(_site("Lublin", 22.57, 51.25),))]), today=TODAY) == []


def test_names_that_share_a_word_are_one_place() -> None:
    names = ("Periprava", "near Periprava", "marsh at Periprava", "Periprava harbour", "Letea forest")
    records = [make_incident(f"RO-2025-{n:03}", sites=(_site(name, 29.5, 45.4),)) for n, name in enumerate(names, 1)]
    assert "default-point" not in _rules(run_checks(records, today=TODAY))


def test_related_records_are_no_near_duplicates() -> None:
    first, second = _near_duplicate()
    first = first.model_copy(update={"relations": (Relation(type=RelationType.SAME_WAVE, to=second.id),)})
    second = second.model_copy(update={"relations": (Relation(type=RelationType.SAME_WAVE, to=first.id),)})
    assert run_checks([first, second], today=TODAY) == []


def test_a_one_way_link_is_found() -> None:
    first, second = _near_duplicate()
    first = first.model_copy(update={"relations": (Relation(type=RelationType.SAME_WAVE, to=second.id),)})
    assert _rules(run_checks([first, second], today=TODAY)) == {"dangling-relation"}


def test_the_shipped_records_pass(bundled: list[Incident]) -> None:
    assert [str(finding) for finding in run_checks(bundled, today=TODAY)] == []


def test_a_night_and_its_second_day_can_be_one_event() -> None:
    first, second = _near_duplicate()
    first = first.model_copy(update={"occurred": TimeSpan(earliest="2025-02-28", latest="2025-03-01")})
    assert second.occurred.first_day == first.occurred.last_day
    assert _rules(run_checks([first, second], today=TODAY)) == {"near-duplicate"}


@pytest.mark.parametrize("field", ["occurred", "attributions"])
def test_no_part_of_a_record_lies_in_the_future(field: str) -> None:
    parts = {
        "occurred": TimeSpan(earliest="2025-03-01", latest="2026-12-24"),
        "attributions": (
            Attribution(actor="RU", stance=Stance.DENIES, by="Embassy", on="2026-12-24", sources=("agency",)),
        ),
    }
    found = run_checks([make_incident().model_copy(update={field: parts[field]})], today=TODAY)
    assert [(f.rule, f.field.partition("[")[0]) for f in found] == [("future-date", field)]


def test_a_relation_follows_what_was_merged_and_split() -> None:
    first, second = (
        record.model_copy(update={"relations": (Relation(type=RelationType.SAME_WAVE, to=to),)})
        for record, to in zip(_near_duplicate(), ("PL-2025-002", "PL-2025-009"), strict=True)
    )
    assert _rules(run_checks([first, second], today=TODAY)) == {"dangling-relation"}
    merged = followed([first, second], {"PL-2025-009": ("PL-2025-001",)}.__getitem__)
    assert run_checks(merged, today=TODAY) == []
    split = followed([first, second], {"PL-2025-009": ("PL-2025-001", "PL-2025-002")}.__getitem__)
    assert [r.to for r in split[1].relations] == ["PL-2025-001"]
    gone = followed([first, second], lambda _: ())
    assert [r.to for r in gone[1].relations] == ["PL-2025-009"]
