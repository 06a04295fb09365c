"""Counts stay ranges with claimants; different things are never added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from incidents.model import CountClaim, CountRange, CountUnit, UnitMismatchError, combine
from tests.worlds import counts


def test_the_september_count_holds_every_claim() -> None:
    claims = [
        CountClaim(best=19, by="Prime minister"),
        CountClaim(low=8, by="Ukrainian Air Force"),
        CountClaim(best=23, by="Rzeczpospolita"),
    ]
    total = combine(claims)
    assert (total.low, total.best, total.high) == (8, 19, 23)


def test_adding_wrecks_to_objects_raises() -> None:
    with pytest.raises(UnitMismatchError, match="wrecks"):
        CountRange(low=1) + CountRange(low=1, unit=CountUnit.WRECKS)
    with pytest.raises(UnitMismatchError):
        combine([CountClaim(low=1, by="a"), CountClaim(low=1, by="b", unit=CountUnit.GROUPS)])


def test_an_unknown_bound_stays_unknown_in_a_sum() -> None:
    total = CountRange(low=2, best=3, high=4) + CountRange(low=1)
    assert (total.low, total.best, total.high) == (3, None, None)


def test_bounds_out_of_order_are_rejected() -> None:
    with pytest.raises(ValidationError, match="rising order"):
        CountRange(low=5, best=3)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (CountRange(low=3, best=3, high=3), "3"),
        (CountRange(low=8, best=19, high=23), "19 (8-23)"),
        (CountRange(low=8), "at least 8"),
        (CountRange(high=4), "at most 4"),
        (CountRange(best=19), "about 19"),
        (CountRange(), "number not known"),
    ],
)
def test_reads_as_a_range(count: CountRange, words: str) -> None:
    assert str(count) == words


@given(st.lists(counts(), min_size=1, max_size=5))
def test_combining_keeps_order_and_holds_every_figure(claims: list[CountClaim]) -> None:
    total = combine(claims)
    known = [v for v in (total.low, total.best, total.high) if v is not None]
    assert known == sorted(known)
    for claim in claims:
        for value in (claim.low, claim.best):
            if value is not None:
                assert total.low is not None
                assert total.low <= value
                assert total.high is None or value <= total.high


@given(counts(), counts(), counts())
def test_addition_is_associative_and_order_free(a: CountClaim, b: CountClaim, c: CountClaim) -> None:
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
