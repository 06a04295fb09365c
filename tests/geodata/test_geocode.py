"""Place names to coordinates."""

from __future__ import annotations

import pytest

from geodata.errors import CoordinateError, UnknownCountryError
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
        ("Copenhagen Airport, Kastrup", "DK", 12.656, 55.618),
        ("Zamość near Bydgoszcz (forest)", "PL", 17.81, 53.07),
        ("Москва", None, 37.62, 55.75),
        ("Victoria, Romania", None, 24.7, 45.73),
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


def test_unsettled_homonyms_are_candidates_nearest_the_border_first() -> None:
    found = geocode("near Osiny", country="PL")

    assert not any(place.is_exact for place in found)
    assert "23 places of that name" in " ".join(found[0].reasons)
    assert "ranked" in " ".join(found[0].reasons)
    assert any(distance_km(lon1=place.lon, lat1=place.lat, lon2=22.09, lat2=51.87) < 5 for place in found)
    assert [place.score for place in found] == sorted((place.score for place in found), reverse=True)


@pytest.mark.parametrize("text", ["Boguszewo", "Nowa Wieś"])
def test_homonym_is_not_exact(text: str) -> None:
    assert not geocode(text, country="PL")[0].is_exact


def test_region_settles_a_homonym() -> None:
    assert "Podlasie" in geocode("Boguszewo", country="PL", region="Podlasie")[0].admin


def test_large_town_stands_out_among_its_namesakes() -> None:
    assert geocode("Lublin")[0].is_exact


@pytest.mark.parametrize(("text", "around"), [("Sofia, Drochia district", "MD"), ("Salur, Manyas", "TR")])
def test_name_not_known_in_its_district_is_not_taken_from_elsewhere(text: str, around: str) -> None:
    found = geocode(text)

    assert found[0].country == around
    assert not any(place.is_exact for place in found)


def test_half_known_name_is_no_answer() -> None:
    found = geocode("Chilia Vecha")

    assert found[0].name == "Chilia Veche"
    assert not any(place.is_exact or place.is_known for place in found)


def test_unknown_name_falls_back_on_its_region_openly() -> None:
    best = geocode("Nowhereville, Tulcea county", country="RO")[0]

    assert (best.name, best.is_exact) == ("Tulcea", False)
    assert "is not known" in " ".join(best.reasons)


def test_part_of_a_state_lies_on_that_side() -> None:
    whole, part = geocode("Latvia")[0], geocode("eastern Latvia")[0]

    assert part.lon > whole.lon + 1
    assert part.radius_m < whole.radius_m


def test_name_that_begins_with_a_side_is_a_name() -> None:
    assert geocode("North Macedonia")[0].country == "MK"


@pytest.mark.parametrize("text", ["between Tulcea and Izmail", "Tulcea - Izmail line", "Tulcea–Izmail line"])
def test_line_reaches_both_ends(text: str) -> None:
    best = geocode(text)[0]

    for lon, lat in ((28.8, 45.18), (28.84, 45.35)):
        assert distance_km(lon1=best.lon, lat1=best.lat, lon2=lon, lat2=lat) * 1000 < best.radius_m


@pytest.mark.parametrize("text", ["26.361 59.817", "59.817N 26.361E", "59°49'01\"N 26°21'40\"E", "35VMG 64146 31189"])
def test_pasted_coordinates_are_a_place(text: str) -> None:
    best = geocode(text)[0]

    assert (best.kind, best.is_exact) == ("coordinates", True)
    assert (best.lon, best.lat) == pytest.approx((26.361, 59.817), abs=0.002)


def test_coordinates_off_the_earth_are_refused() -> None:
    with pytest.raises(CoordinateError):
        geocode("26.361 159.817")


def test_unknown_country_is_refused() -> None:
    with pytest.raises(UnknownCountryError, match="Polnd"):
        geocode("Osiny", country="Polnd")


@pytest.mark.parametrize(
    "text", ["(" * 300, "near " * 80, "between and", "a, " * 100, "10 km of", "- - -", "\x00", "1 2"]
)
def test_hostile_text_does_no_harm(text: str) -> None:
    assert isinstance(geocode(text), list)
