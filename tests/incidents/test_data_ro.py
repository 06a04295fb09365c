"""Records of Romania and the south-east, checked by hand against what their sources say."""

from __future__ import annotations

from datetime import date

import pytest

from incidents.asof import as_of
from incidents.dataset import load_bundled
from incidents.model import (
    CausedBy,
    ConsequenceType,
    Incident,
    LegalClass,
    ObjectClass,
    Outcome,
    RelationType,
    ResponseType,
    Says,
    SiteRole,
    Stance,
    Status,
    YesNo,
)


@pytest.fixture(scope="module")
def records() -> dict[str, Incident]:
    return {record.id: record for record in load_bundled()}


def _starting_on(records: dict[str, Incident], country: str, day: date) -> list[Incident]:
    return [r for r in records.values() if country in r.countries and r.day == day]


def test_drone_of_13_september_2025_circled_50_minutes_and_left(records: dict[str, Incident]) -> None:
    (record,) = _starting_on(records, "RO", date(2025, 9, 13))
    assert record.id == "RO-2025-004"
    assert record.status is Status.CONFIRMED
    assert record.outcome is Outcome.LEFT
    (group,) = record.objects
    assert group.object_class is ObjectClass.DRONE
    assert (group.count.low, group.count.best, group.count.high) == (1, 1, 1)
    assert record.behaviour is not None
    assert record.behaviour.duration_s is not None
    assert (record.behaviour.duration_s.low, record.behaviour.duration_s.high) == (50 * 60, 50 * 60)
    (entry,) = [s for s in record.sites if s.role is SiteRole.ENTRY]
    (left,) = [s for s in record.sites if s.role is SiteRole.EXIT]
    assert "Chilia Veche" in entry.name
    assert "Pardina" in left.name
    (tracked,) = [r for r in record.responses if r.type is ResponseType.TRACKED]
    assert "F-16" in tracked.detail
    assert not [r for r in record.responses if r.type is ResponseType.SHOT_DOWN]
    assert {(a.actor, a.stance) for a in record.attributions} == {("RU", Stance.ASSERTS), ("RU", Stance.DENIES)}


def test_tu_141_of_march_2022_is_one_record_of_three_states(records: dict[str, Incident]) -> None:
    tu_141 = [r for r in records.values() if any("Tu-141" in g.model for g in r.objects)]
    (record,) = tu_141
    assert record.id.startswith("RO-2022-")
    assert record.countries == ("RO", "HU", "HR")
    occurred = record.occurred.model_dump(mode="json")
    assert (occurred["earliest"], occurred["latest"]) == ("2022-03-10T23:23+02:00", "2022-03-10T23:01+01:00")
    (crash,) = [s for s in record.sites if s.role is SiteRole.CRASH]
    assert crash.country == "HR"
    assert (crash.lat, crash.lon) == (45.78444, 15.95)
    (damage,) = [c for c in record.consequences if c.type is ConsequenceType.PROPERTY_DAMAGE]
    assert (damage.best, damage.unit) == (40, "cars")
    assert {(a.actor, a.stance) for a in record.attributions} == {("UA", Stance.DENIES), ("RU", Stance.DENIES)}


def test_galati_block_of_29_may_2026_injured_two(records: dict[str, Incident]) -> None:
    (record,) = _starting_on(records, "RO", date(2026, 5, 29))
    assert record.legal_class is LegalClass.SOVEREIGN_VIOLATION
    assert record.outcome is Outcome.CRASHED
    assert "Geran-2" in record.objects[0].model
    harm = {c.type: c for c in record.consequences}
    assert harm[ConsequenceType.INJURY].best == 2
    assert harm[ConsequenceType.INJURY].caused_by is CausedBy.INTRUDER
    assert harm[ConsequenceType.EVACUATION].caused_by is CausedBy.PRECAUTION
    assert ConsequenceType.DEATH not in harm
    assert [a.by for a in record.attributions if a.stance is Stance.DENIES] == ["Russian embassy in Romania"]


def test_kalibrs_of_10_february_2023_crossed_moldova_and_not_romania(records: dict[str, Incident]) -> None:
    (romania,) = _starting_on(records, "RO", date(2023, 2, 10))
    (moldova,) = _starting_on(records, "MD", date(2023, 2, 10))
    assert romania.status is Status.REFUTED
    assert moldova.status is Status.CONFIRMED
    said = {claim.by: claim.says for claim in romania.territory_claims}
    assert said["Romanian Ministry of National Defence"] is Says.OUTSIDE
    assert [says for by, says in said.items() if "Zaluzhny" in by] == [Says.INSIDE]
    assert [(c.low, c.best) for c in moldova.objects[0].counts] == [(1, 1), (2, 2), (1, 1)]
    for one, other in ((romania, moldova), (moldova, romania)):
        assert (RelationType.SAME_OBJECT, other.id) in {(r.type, r.to) for r in one.relations}


def test_light_aircraft_of_8_june_2022_is_one_record(records: dict[str, Incident]) -> None:
    flown = {r.id: r for country in ("SK", "HU", "RO", "BG") for r in _starting_on(records, country, date(2022, 6, 8))}
    (record,) = flown.values()
    assert record.countries == ("SK", "HU", "RO", "RS", "BG")
    assert record.object_classes == (ObjectClass.LIGHT_AIRCRAFT,)
    assert record.outcome is Outcome.LANDED
    assert record.behaviour is not None
    assert (record.behaviour.flight_plan, record.behaviour.transponder, record.behaviour.radio) == (YesNo.NO,) * 3
    assert len([r for r in record.responses if r.type is ResponseType.INTERCEPT]) == 3


def test_tiraspol_helicopter_was_refuted_a_week_after_the_claim(records: dict[str, Incident]) -> None:
    (record,) = _starting_on(records, "MD", date(2024, 3, 17))
    assert record.status is Status.REFUTED
    then = as_of(record, date(2024, 3, 20))
    assert then is not None
    assert then.status is Status.PROBABLE


def test_debris_with_unknown_day_of_fall_says_when_it_was_found(records: dict[str, Incident]) -> None:
    ours = ("BG", "HR", "HU", "MD", "RO", "SK", "TR")
    undated = [r for r in records.values() if r.id[:2] in ours and r.occurred.earliest is None]
    found = [r for r in undated if r.legal_class is LegalClass.DEBRIS_FOUND]
    assert len(found) >= 20
    assert [r.id for r in found if r.discovered_on is None] == []
