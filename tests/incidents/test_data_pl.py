"""Golden records of Poland, the southern Baltics and Germany, checked by hand against the researched facts."""

from __future__ import annotations

from datetime import date
from functools import cache

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
    Stance,
    Status,
    TimePrecision,
)

DRONE_NIGHT, KH_55, KYBARTAI = "PL-2025-009", "PL-2022-003", "LT-2025-010"


@cache
def records() -> dict[str, Incident]:
    return {record.id: record for record in load_bundled()}


def response(record: Incident, wanted: ResponseType) -> str:
    return next(r.detail for r in record.responses if r.type is wanted)


def test_the_drone_night_of_september_2025_keeps_every_count() -> None:
    record = records()[DRONE_NIGHT]
    (group,) = record.objects
    assert group.object_class is ObjectClass.DRONE
    assert (group.count.low, group.count.best, group.count.high) == (8, 19, 23)
    claims = [(claim.by, claim.best or claim.low) for claim in group.counts]
    assert claims[0] == ("Polish Prime Minister Tusk", 19)
    for who, number in (("Zelensky", 8), ("Przydacz", 21), ("Kukuła", 21), ("Interfax-Ukraine", 23)):
        assert any(who in by and number == count for by, count in claims)
    assert all(claim.sources for claim in group.counts)


def test_the_drone_night_lasts_from_one_day_to_the_next() -> None:
    occurred = records()[DRONE_NIGHT].occurred
    assert (occurred.first_day, occurred.last_day) == (date(2025, 9, 9), date(2025, 9, 10))
    assert occurred.latest.isoformat() == "2025-09-10T06:45:00+02:00"
    assert occurred.precision is TimePrecision.NIGHT


def test_three_or_four_drones_were_shot_down() -> None:
    record = records()[DRONE_NIGHT]
    assert record.outcome is Outcome.SHOT_DOWN
    detail = response(record, ResponseType.SHOT_DOWN)
    assert "at least three (Tusk)" in detail
    assert "four (Zelensky)" in detail


def test_article_4_and_the_security_council_follow_the_drone_night() -> None:
    types = {r.type for r in records()[DRONE_NIGHT].responses}
    assert {ResponseType.ARTICLE_4, ResponseType.UNSC, ResponseType.BORDER_CLOSED, ResponseType.SCRAMBLE} <= types


def test_the_roof_at_wyryki_is_not_laid_at_the_intruder() -> None:
    record = records()[DRONE_NIGHT]
    (damage,) = [c for c in record.consequences if c.type is ConsequenceType.PROPERTY_DAMAGE]
    assert damage.caused_by in (CausedBy.OWN_DEFENCE, CausedBy.UNKNOWN)
    assert "Wyryki" in damage.detail
    for who in ("Rzeczpospolita", "Radio ESKA", "prosecutors"):
        assert who in damage.detail
    (site,) = [s for s in record.sites if "Wyryki" in s.name]
    assert site.lon == pytest.approx(23.364, abs=0.01)


def test_every_find_of_the_drone_night_is_a_site() -> None:
    names = " ".join(site.name for site in records()[DRONE_NIGHT].sites)
    for place in ("Czosnówka", "Cześniki", "Wohyń", "Mniszków", "Oleśno", "Korsze", "Wielki Łęck", "Żelizna"):
        assert place in names
    assert len(records()[DRONE_NIGHT].sites) == 30


def test_attribution_of_the_drone_night_keeps_both_denials() -> None:
    stances = {(a.actor, a.stance) for a in records()[DRONE_NIGHT].attributions}
    assert {("RU", Stance.ASSERTS), ("RU", Stance.DISPUTES), ("BY", Stance.DENIES)} <= stances


def test_the_kh_55_entered_in_december_and_was_found_in_april() -> None:
    record = records()[KH_55]
    assert record.day == date(2022, 12, 16)
    assert record.discovered_on == "2023-04-27"
    assert (record.objects[0].object_class, record.objects[0].model) == (ObjectClass.CRUISE_MISSILE, "Kh-55")
    assert record.outcome is Outcome.RECOVERED
    assert as_of(record, date(2023, 4, 26)) is None
    assert as_of(record, date(2023, 4, 27)) is not None


def test_the_missile_of_przewodow_is_a_ukrainian_air_defence_missile() -> None:
    record = records()["PL-2022-002"]
    assert record.object_classes == (ObjectClass.AIR_DEFENCE_MISSILE,)
    (death,) = [c for c in record.consequences if c.type is ConsequenceType.DEATH]
    assert (death.low, death.high) == (2, 2)
    assert {(a.actor, a.stance) for a in record.attributions} == {("UA", Stance.ASSERTS), ("UA", Stance.DENIES)}
    assert record.behaviour is not None
    assert record.behaviour.penetration_km is not None
    assert (record.behaviour.penetration_km.low, record.behaviour.penetration_km.high) == (6, 10)


def test_the_object_of_tyszowce_is_refuted_only_from_october_2024() -> None:
    record = records()["PL-2024-005"]
    assert record.status is Status.REFUTED
    assert record.assessment.note
    then = as_of(record, date(2024, 9, 15))
    assert then is not None
    assert then.status is not Status.REFUTED


def test_the_missile_over_oserdow_stayed_39_seconds() -> None:
    behaviour = records()["PL-2024-003"].behaviour
    assert behaviour is not None
    assert behaviour.duration_s is not None
    assert (behaviour.duration_s.low, behaviour.duration_s.high) == (39, 39)


def test_lithuania_says_inside_and_russia_outside() -> None:
    record = records()[KYBARTAI]
    assert record.day == date(2025, 10, 23)
    assert {(c.by, c.says) for c in record.territory_claims} == {
        ("Lithuanian armed forces", Says.INSIDE),
        ("President of Lithuania", Says.INSIDE),
        ("Russian Ministry of Defence", Says.OUTSIDE),
    }
    assert {(a.by, a.stance) for a in record.attributions} == {
        ("Lithuanian armed forces", Stance.ASSERTS),
        ("Russian Ministry of Defence", Stance.DENIES),
    }
    behaviour = record.behaviour
    assert behaviour is not None
    assert behaviour.penetration_km is not None
    assert behaviour.duration_s is not None
    assert (behaviour.penetration_km.high, behaviour.duration_s.high) == (0.7, 18)
    assert {(group.object_class, group.model) for group in record.objects} == {
        (ObjectClass.FIGHTER, "Su-30"),
        (ObjectClass.TRANSPORT_AIRCRAFT, "Il-78 tanker"),
    }


def test_the_place_near_kybartai_is_known_no_better_than_the_penetration_is_deep() -> None:
    (site,) = records()[KYBARTAI].sites
    assert site.radius_m is not None
    assert site.radius_m >= 5_000


def test_balloons_are_laid_at_belarus_only_where_somebody_does_so() -> None:
    wave = records()["LT-2025-008"]
    assert (wave.count and (wave.count.low, wave.count.high)) == (13, 25)
    assert {a.actor for a in wave.attributions} == {"smugglers"}
    assert {(a.actor, a.by) for a in records()["LT-2025-020"].attributions if a.actor == "BY"} == {
        ("BY", "Lithuanian government")
    }


def test_the_balloon_wave_of_4_october_is_linked_across_the_border() -> None:
    pair = ("PL-2025-014", "LT-2025-008")
    for here, there in (pair, pair[::-1]):
        assert [r.to for r in records()[here].relations if r.type is RelationType.SAME_WAVE] == [there]


def test_drones_washed_ashore_in_latvia_are_not_entries() -> None:
    for key in ("LV-2025-002", "LV-2025-004"):
        record = records()[key]
        assert (record.legal_class, record.status) == (LegalClass.DEBRIS_FOUND, Status.UNRESOLVED)
        assert record.occurred.precision is TimePrecision.OPEN


def test_the_shahed_of_gaigalava_came_down_ninety_kilometres_inside() -> None:
    record = records()["LV-2024-001"]
    assert record.status is Status.CONFIRMED
    assert record.behaviour is not None
    assert record.behaviour.penetration_km is not None
    assert record.behaviour.penetration_km.high == 90


def test_the_alarm_of_geilenkirchen_was_false() -> None:
    record = records()["DE-2025-011"]
    assert [a.status for a in record.assessments] == [Status.UNRESOLVED, Status.REFUTED]
    assert record.assessment.by == "NATO"


def test_no_german_sighting_without_evidence_is_confirmed() -> None:
    confirmed = {r.id for r in records().values() if r.id.startswith("DE") and r.status is Status.CONFIRMED}
    assert confirmed == {"DE-2025-009", "DE-2025-014"}


@pytest.mark.parametrize(("country", "number"), [("PL", 43), ("LT", 25), ("LV", 12), ("DE", 24)])
def test_no_researched_incident_is_lost(country: str, number: int) -> None:
    assert sum(key.startswith(country) for key in records()) == number


def test_events_shared_with_a_neighbour_are_one_record() -> None:
    shot_down, swarm = records()["EE-2026-002"], records()["BE-2025-001"]
    assert set(shot_down.countries) == {"EE", "LV"}
    assert swarm.countries == ("BE", "DE")
    assert not [r for r in records().values() if r.id.startswith("LV") and r.day == date(2026, 5, 19)]
    assert not [r for r in records().values() if r.id.startswith("DE") and "Düren" in r.title]
