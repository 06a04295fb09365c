"""Place names to coordinates."""

from __future__ import annotations

import pytest

from geodata.geocode import geocode
from geodata.geodesy import distance_km


@pytest.mark.parametrize(
    ("text", "country", "lon", "lat"),
    [
        ("Copenhagen", None, 12.57, 55.68),
        ("København", "DK", 12.57, 55.68),
        ("EPRZ", None, 22.02, 50.11),
        ("Skrydstrup air base", None, 9.26, 55.22),
        ("Vaindloo island area, Gulf of Finland", None, 26.36, 59.82),
        ("Osiny, Łuków county", "PL", 22.09, 51.87),
        ("Kleine-Brogel Air Base", None, 5.47, 51.17),
    ],
)
def test_first_answer_is_near(text: str, country: str | None, lon: float, lat: float) -> None:
    best = geocode(text, country=country)[0]

    assert best.is_exact
    assert distance_km(lon1=best.lon, lat1=best.lat, lon2=lon, lat2=lat) < 5


def test_offset_moves_the_place_and_widens_it() -> None:
    plain, moved = geocode("Tulcea", country="RO")[0], geocode("10 km south of Tulcea", country="RO")[0]

    assert 9.9 < distance_km(lon1=plain.lon, lat1=plain.lat, lon2=moved.lon, lat2=moved.lat) < 10.1
    assert moved.lat < plain.lat


def test_near_widens_the_radius() -> None:
    assert geocode("near Osiny", country="PL")[0].radius_m > geocode("Osiny", country="PL")[0].radius_m


def test_near_spelling_is_only_a_suggestion() -> None:
    found = geocode("Przewodow Maly Xq", country="PL") + geocode("Copenhagn", country="DK")

    assert not any(place.is_exact for place in found if place.name == "Copenhagen")


@pytest.mark.parametrize("text", ["", "   ", "()", ",", "qqqqzzzzxxxx"])
def test_nothing_for_nothing(text: str) -> None:
    assert geocode(text) == []
