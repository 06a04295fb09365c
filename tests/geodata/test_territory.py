"""Determination, distances and bad input."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.countries import get_country
from geodata.errors import CoordinateError
from geodata.territory import locate, locate_many

ANYWHERE = (st.floats(-180, 180), st.floats(-90, 90))
EUROPE = (st.floats(-12, 45), st.floats(35, 71))


def test_radius_over_a_border_is_indeterminate_with_shares() -> None:
    found = locate(lon=28.20, lat=59.375, radius_m=3000)
    assert found.determination == "indeterminate"
    assert {code for code, _ in found.candidates} == {"EE", "RU"}
    assert sum(share for _, share in found.candidates) == pytest.approx(1)
    assert found.nearest_border == "RU"


def test_ground_claimed_twice_is_disputed() -> None:
    found = locate(lon=6.701, lat=53.5274)
    assert (found.determination, found.country) == ("disputed", None)
    assert {code for code, _ in found.candidates} == {"DE", "NL"}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(*EUROPE, st.lists(st.floats(0, 80_000), min_size=2, max_size=4))
def test_growing_radius_never_turns_inside_into_outside(lon: float, lat: float, radii: list[float]) -> None:
    answers = [locate(lon=lon, lat=lat, radius_m=radius).determination for radius in sorted(radii)]
    settled = [answer for answer in answers if answer in {"inside", "outside"}]
    assert len(set(settled)) <= 1
    if "indeterminate" in answers:
        assert not set(answers[answers.index("indeterminate") :]) & {"inside", "outside"}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(*ANYWHERE)
def test_sign_of_distance_agrees_with_determination(lon: float, lat: float) -> None:
    found = locate(lon=lon, lat=lat)
    assert found.border_distance_km is not None
    if found.determination == "inside":
        assert found.border_distance_km >= 0
        assert found.nearest_member_km == 0
    if found.determination == "outside":
        assert found.border_distance_km <= 0
        assert found.nearest_member_km == -found.border_distance_km


def test_many_points_get_the_answers_of_one() -> None:
    chance = np.random.default_rng(5)
    lon, lat, radius = chance.uniform(-10, 40, 80), chance.uniform(36, 70, 80), chance.uniform(0, 9000, 80)
    many = locate_many(lon, lat, radius, date(2023, 4, 3))
    for row in range(80):
        one = locate(lon=lon[row], lat=lat[row], radius_m=radius[row], on=date(2023, 4, 3))
        assert (one.country, one.zone, one.determination) == (
            many[row].country,
            many[row].zone,
            many[row].determination,
        )
        assert one.border_distance_km == pytest.approx(many[row].border_distance_km, abs=0.01)


@pytest.mark.parametrize(("lon", "lat"), [(math.nan, 50), (10, math.inf), (200, 10), (10, 91)])
def test_impossible_coordinates(lon: float, lat: float) -> None:
    with pytest.raises(CoordinateError):
        locate(lon=lon, lat=lat)


def test_swapped_coordinates_are_named() -> None:
    with pytest.raises(CoordinateError, match="swapped"):
        locate(lon=59.8, lat=126.0)


@pytest.mark.parametrize("radius", [-1.0, math.nan, 1e9])
def test_impossible_radius(radius: float) -> None:
    with pytest.raises(CoordinateError, match="Radius"):
        locate(lon=10, lat=50, radius_m=radius)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 179.9999, -179.9999, 0.0])),
    st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 89.9999, 0.0])),
)
def test_every_place_on_earth_gets_a_known_state_or_none(lon: float, lat: float) -> None:
    found = locate(lon=lon, lat=lat)
    assert found.country is None or found.country == get_country(found.country).sovereign
    assert found.zone in {"land", "territorial_sea", "outside"}
    assert found.border_distance_km is not None
    assert math.isfinite(found.border_distance_km)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.floats(), st.floats())
def test_anything_that_is_no_place_raises(lon: float, lat: float) -> None:
    if abs(lon) <= 180 and abs(lat) <= 90:
        return
    with pytest.raises(CoordinateError):
        locate(lon=lon, lat=lat)


@pytest.mark.parametrize("lat", [60.0, 71.2, 90.0, -90.0])
def test_both_names_of_the_antimeridian_are_one_place(lat: float) -> None:
    west, east = locate(lon=-180.0, lat=lat), locate(lon=180.0, lat=lat)
    assert west.country == east.country
    assert west.border_distance_km == pytest.approx(east.border_distance_km, abs=0.01)
