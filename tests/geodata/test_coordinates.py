"""Coordinates in and out."""

from __future__ import annotations

import pytest

from geodata.coordinates import CoordinateError, format_dms, from_mgrs, parse_coordinates, to_mgrs


@pytest.mark.parametrize("text", ["26.36 59.82", "26.36, 59.82", "59°49'12\"N 26°21'36\"E", "59°49.2'N 26°21.6'E"])
def test_every_way_to_write_it_means_the_same_point(text: str) -> None:
    assert parse_coordinates(text) == pytest.approx((26.36, 59.82))


def test_dms_carries_sixty_seconds() -> None:
    assert format_dms(-0.99999, 10.0) == "10°00'00\"N 1°00'00\"W"


@pytest.mark.parametrize(("radius_m", "digits"), [(1, 10), (50, 8), (500, 6), (5_000, 4), (50_000, 2)])
def test_mgrs_shows_no_more_digits_than_the_radius_warrants(radius_m: float, digits: int) -> None:
    assert len(to_mgrs(26.36, 59.82, radius_m)) == 5 + digits


def test_mgrs_round_trip() -> None:
    assert from_mgrs(to_mgrs(26.36, 59.82)) == pytest.approx((26.36, 59.82), abs=3e-5)


@pytest.mark.parametrize("text", ["", "here", "59°61'N 26°E", "99ZZZ", "26.36"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(CoordinateError):
        parse_coordinates(text)
