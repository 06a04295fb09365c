"""Credibility counts origins, not links."""

from __future__ import annotations

from incidents.grading import credibility
from incidents.model import Assessment, Says, Status, TerritoryClaim
from tests.worlds import make_incident, make_source


def test_ten_reprints_of_one_wire_are_one_origin() -> None:
    reprints = tuple(make_source(f"paper{n}", origin="PAP") for n in range(10))
    record = make_incident(
        sources=reprints, assessments=(Assessment(status=Status.PROBABLE, by="editors", on="2025-03-02"),)
    )
    grade = credibility(record)
    assert (grade.grade, grade.origins) == (3, ("pap",))
    assert "1 independent origin" in grade.reason


def test_a_second_independent_origin_raises_the_grade() -> None:
    record = make_incident(sources=(make_source("agency"), make_source("rival")))
    assert credibility(record).grade == 2


def test_two_origins_one_official_is_the_best_grade() -> None:
    record = make_incident(sources=(make_source("agency"), make_source("ministry", is_official=True)))
    grade = credibility(record)
    assert grade.grade == 1
    assert "official" in grade.reason


def test_a_denial_that_it_was_inside_lowers_the_grade_and_says_so() -> None:
    sources = (make_source("agency"), make_source("ministry", is_official=True))
    denial = TerritoryClaim(country="PL", says=Says.OUTSIDE, by="Russian MoD", sources=("agency",))
    grade = credibility(make_incident(sources=sources, territory_claims=(denial,)))
    assert grade.grade == 2
    assert "Russian MoD" in grade.reason


def test_an_encyclopedia_is_no_origin() -> None:
    assert credibility(make_incident(sources=(make_source("agency", publisher="Wikipedia"),))).grade == 6


def test_refuted_is_improbable_and_names_who_refuted_it() -> None:
    refuted = (Assessment(status=Status.REFUTED, by="Police", on="2025-04-01", note="a helicopter"),)
    grade = credibility(make_incident(assessments=refuted))
    assert grade.grade == 5
    assert "Police" in grade.reason
