"""Duplicate, review or new: rules, uncertainty, order, and what people decided."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.dataset import load_bundled
from incidents.linkage import Event, Verdict, cluster, compare, event_of_candidate, event_of_incident, find_link

BASE = Event(
    key="RO-2025-001",
    countries=frozenset({"RO"}),
    earliest=date(2025, 9, 13),
    latest=date(2025, 9, 13),
    families=frozenset({"drone"}),
    classes=frozenset({"drone"}),
    actors=frozenset({"RU"}),
    points=((28.8, 45.2, 5.0),),
)
NEWS = replace(BASE, key="C-1", points=((29.0, 45.3, 10.0),))


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, Verdict.DUPLICATE),
        ({"points": ()}, Verdict.DUPLICATE),
        ({"earliest": date(2025, 9, 12)}, Verdict.DUPLICATE),
        ({"earliest": date(2025, 9, 14), "latest": date(2025, 9, 14)}, Verdict.REVIEW),
        ({"earliest": date(2025, 9, 15), "latest": date(2025, 9, 15)}, Verdict.NEW),
        ({"earliest": date(2025, 9, 8)}, Verdict.REVIEW),
        ({"earliest": None, "latest": None, "not_after": date(2025, 9, 20)}, Verdict.REVIEW),
        ({"earliest": None, "latest": None, "not_after": date(2025, 11, 20)}, Verdict.NEW),
        ({"earliest": None, "latest": None, "not_after": date(2025, 9, 1)}, Verdict.NEW),
        ({"countries": frozenset({"BG"})}, Verdict.NEW),
        ({"families": frozenset({"crewed"})}, Verdict.NEW),
        ({"families": frozenset()}, Verdict.REVIEW),
        ({"actors": frozenset({"UA"})}, Verdict.REVIEW),
        ({"points": ((26.1, 44.4, 5.0),)}, Verdict.NEW),
        ({"points": ((26.1, 44.4, 200.0),)}, Verdict.DUPLICATE),
    ],
)
def test_thresholds(change: dict[str, object], verdict: Verdict) -> None:
    event = replace(NEWS, **change)  # type: ignore[arg-type]
    assert compare(event, BASE).verdict is verdict
    assert compare(BASE, event).verdict is verdict


def test_not_the_same_is_remembered() -> None:
    assert find_link(NEWS, [BASE]).to == "RO-2025-001"
    assert find_link(NEWS, [BASE], not_same=[("RO-2025-001", "C-1")]).verdict is Verdict.NEW


def test_a_recalled_event_with_a_wide_range_is_the_only_one_that_fits() -> None:
    recalled = replace(NEWS, earliest=date(2025, 9, 9), latest=date(2025, 9, 20), points=(), is_recalled=True)
    assert find_link(recalled, [BASE]).verdict is Verdict.DUPLICATE
    twin = replace(BASE, key="RO-2025-002", earliest=date(2025, 9, 10), latest=date(2025, 9, 10))
    assert find_link(recalled, [BASE, twin]).verdict is Verdict.REVIEW
    assert find_link(replace(recalled, is_recalled=False), [BASE]).verdict is Verdict.REVIEW


def test_one_report_can_tell_of_several_recorded_incidents() -> None:
    twin = replace(BASE, key="RO-2025-002")
    link = find_link(NEWS, [twin, BASE])
    assert (link.to, link.also) == ("RO-2025-001", ("RO-2025-002",))


def test_the_order_of_arrival_does_not_matter() -> None:
    events = [
        replace(NEWS, key=f"C-{n}", earliest=day, latest=day)
        for n, day in enumerate([date(2025, 9, 13), date(2025, 9, 13), date(2025, 9, 20)], 1)
    ]
    groups = {tuple(cluster(order)) for order in itertools.permutations([*events, BASE])}
    assert groups == {(("C-1", "C-2", "RO-2025-001"), ("C-3",))}


def test_a_pair_found_different_keeps_its_groups_apart() -> None:
    twin = replace(NEWS, key="C-2")
    assert cluster([NEWS, twin, BASE], not_same=[("C-1", "RO-2025-001")]) != [("C-1", "C-2", "RO-2025-001")]
    assert sorted(key for group in cluster([NEWS, twin], not_same=[("C-2", "C-1")]) for key in group) == ["C-1", "C-2"]


@given(st.integers(0, 40), st.integers(0, 20), st.integers(0, 40), st.integers(0, 20))
def test_comparison_is_symmetric(a: int, wide_a: int, b: int, wide_b: int) -> None:
    start = date(2025, 1, 1)
    one = replace(NEWS, earliest=start + timedelta(a), latest=start + timedelta(a + wide_a))
    other = replace(BASE, earliest=start + timedelta(b), latest=start + timedelta(b + wide_b))
    assert compare(one, other).verdict is compare(other, one).verdict
    assert compare(one, other).score == compare(other, one).score


def test_bundled_records_are_found_again_from_a_few_words_about_them() -> None:
    known = [event_of_incident(record) for record in load_bundled()]
    told = {
        "country": "EE",
        "date": {"earliest": "2025-09-19", "latest": "2025-09-19"},
        "object_class": "fighter",
        "actor": "RU",
    }
    link = find_link(event_of_candidate(told, "C-1"), known)
    assert link.verdict is Verdict.DUPLICATE
    assert link.to == "EE-2025-005"
