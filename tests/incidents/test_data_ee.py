"""Golden records of Estonia, Denmark and their neighbours, checked by hand against the researched facts."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from incidents.asof import as_of
from incidents.dataset import load_bundled
from incidents.model import Incident, ObjectClass, Outcome, RelationType, ResponseType, Says, SiteRole, Stance, Status

FILES = ("EE", "DK", "NO", "FI", "SE", "BE", "NL", "GB")
WAVE = {"Aalborg": "DK-2025-006", "Esbjerg": "DK-2025-007", "Sønderborg": "DK-2025-008", "Skrydstrup": "DK-2025-009"}


@cache
def records() -> dict[str, Incident]:
    return {record.id: record for record in load_bundled()}


def known(incident: str, on: str) -> Incident:
    then = as_of(records()[incident], date.fromisoformat(on))
    assert then is not None
    return then


def test_three_mig31_over_the_gulf_of_finland() -> None:
    record = records()["EE-2025-005"]
    assert record.day == date(2025, 9, 19)
    (group,) = record.objects
    assert (group.object_class, group.model, group.count.best) == (ObjectClass.FIGHTER, "MiG-31", 3)
    assert record.status is Status.CONFIRMED
    assert record.countries == ("EE",)
    assert record.outcome is Outcome.LEFT
    behaviour = record.behaviour
    assert behaviour is not None
    assert behaviour.duration_s is not None
    assert (behaviour.duration_s.low, behaviour.duration_s.high) == (720, 720)
    assert behaviour.penetration_km is not None
    assert (behaviour.penetration_km.low, behaviour.penetration_km.high) == (None, 10)
    assert (behaviour.flight_plan, behaviour.transponder, behaviour.radio) == ("no", "no", "no")


def test_the_mig31_entered_near_vaindloo_known_to_kilometres() -> None:
    entry = records()["EE-2025-005"].sites[0]
    assert entry.role is SiteRole.ENTRY
    assert "Vaindloo" in entry.name
    assert entry.lon == pytest.approx(26.36, abs=0.01)
    assert entry.lat == pytest.approx(59.817, abs=0.01)
    assert entry.radius_m == 10_000


def test_russia_denies_the_mig31_and_estonia_asserts() -> None:
    record = records()["EE-2025-005"]
    assert {(a.actor, a.stance, a.by) for a in record.attributions} == {
        ("RU", Stance.ASSERTS, "Estonian Defence Forces"),
        ("RU", Stance.DENIES, "Russian Defence Ministry"),
    }
    assert {(claim.says, claim.by) for claim in record.territory_claims} == {
        (Says.INSIDE, "Estonian Defence Forces"),
        (Says.OUTSIDE, "Russian Defence Ministry"),
    }


def test_the_answer_to_the_mig31() -> None:
    responses = {response.type: response for response in records()["EE-2025-005"].responses}
    assert "F-35" in responses[ResponseType.SCRAMBLE].detail
    assert responses[ResponseType.SCRAMBLE].by == "Italy"
    assert responses[ResponseType.ARTICLE_4].by == "Estonia"
    assert responses[ResponseType.CONSULTATION].on == "2025-09-23"


def test_the_russian_denial_is_not_known_before_it_was_made() -> None:
    assert {a.stance for a in known("EE-2025-005", "2025-09-19").attributions} == {Stance.ASSERTS}
    assert {a.stance for a in known("EE-2025-005", "2025-09-20").attributions} == {Stance.ASSERTS, Stance.DENIES}


@pytest.mark.parametrize(("place", "incident"), WAVE.items())
def test_the_danish_wave_is_linked_both_ways(place: str, incident: str) -> None:
    record = records()[incident]
    assert place in record.sites[0].name
    assert (record.occurred.first_day, record.occurred.last_day) == (date(2025, 9, 24), date(2025, 9, 25))
    linked = {r.to for r in record.relations if r.type is RelationType.SAME_WAVE}
    assert set(WAVE.values()) - {incident} <= linked


@pytest.mark.parametrize("incident", WAVE.values())
def test_nobody_is_known_to_have_flown_the_danish_drones_and_none_was_shot_down(incident: str) -> None:
    record = records()[incident]
    assert {a.actor for a in record.attributions if a.stance in (Stance.ASSERTS, Stance.SUSPECTS)} <= {"unknown"}
    assert ("RU", Stance.DENIES) in {(a.actor, a.stance) for a in record.attributions}
    assert record.outcome is not Outcome.SHOT_DOWN
    assert ResponseType.SHOT_DOWN not in {response.type for response in record.responses}


@pytest.mark.parametrize("incident", ["DK-2025-005", *WAVE.values()])
def test_sightings_police_confirmed_in_september_are_not_confirmed_today(incident: str) -> None:
    assert known(incident, "2025-09-26").status is Status.CONFIRMED
    assert records()[incident].status is Status.UNRESOLVED


@pytest.mark.parametrize("incident", ["DK-2025-005", *WAVE.values(), "DK-2025-010", "DK-2025-012"])
def test_danish_views_of_two_days_differ_by_later_assessments_only(incident: str) -> None:
    then, later = known(incident, "2025-09-26"), known(incident, "2026-06-01")
    added = [a for a in later.assessments if a not in then.assessments]
    assert later.assessments[: len(then.assessments)] == then.assessments
    assert all(a.on > "2025-09-26" or a.on == "2025" for a in added)
    assert (then.status is later.status) == (not added)


def test_the_ministry_of_defence_lowered_the_military_sites_in_october() -> None:
    assert known("DK-2025-009", "2025-10-07").status is Status.CONFIRMED
    assert known("DK-2025-009", "2025-10-08").status is Status.PROBABLE


def test_a_star_over_billund_is_refuted_and_says_what_it_was() -> None:
    record = records()["DK-2025-014"]
    assert [a.status for a in record.assessments] == [Status.UNRESOLVED, Status.REFUTED]
    assert "star" in record.assessment.note


def test_oslo_is_downgraded_on_the_day_police_dropped_the_case() -> None:
    oslo = next(r for r in records().values() if r.id.startswith("NO") and any("Gardermoen" in s.name for s in r.sites))
    assert known(oslo.id, "2025-11-05").status is Status.PROBABLE
    assert known(oslo.id, "2025-11-06").status is Status.UNRESOLVED


def test_an_event_of_two_states_is_one_record() -> None:
    assert records()["DK-2022-001"].countries == ("DK", "SE")
    assert not any(r.id.startswith("SE") and r.day == date(2022, 4, 29) for r in records().values())
    assert records()["BE-2025-001"].countries == ("BE", "DE")


def test_confirmed_rests_on_an_authority_or_two_independent_origins() -> None:
    weak = [
        record.id
        for record in records().values()
        if record.id[:2] in FILES
        and record.status is Status.CONFIRMED
        and not any(source.is_official for source in record.sources)
        and len({source.independent_origin for source in record.sources}) < 2
    ]
    assert weak == []


def test_waves_and_non_duplicates_are_linked_both_ways() -> None:
    both = (RelationType.SAME_WAVE, RelationType.NOT_DUPLICATE_OF)
    links = {(r.id, x.to, x.type) for r in records().values() for x in r.relations}
    assert [link for link in links if link[2] in both and (link[1], link[0], link[2]) not in links] == []
