"""The registry."""

from __future__ import annotations

from datetime import date

import pytest

from geodata.boundaries import units
from geodata.countries import all_countries, find_country, is_member, members
from geodata.errors import UnknownCountryError


@pytest.mark.parametrize(
    ("text", "code"),
    [("pl", "PL"), ("POL", "PL"), ("Turkey", "TR"), ("türkiye", "TR"), ("UK", "GB"), ("Czech Republic", "CZ"),
     ("the netherlands", "NL"), ("Polska", "PL"), ("KOSOVO", "XK"), ("svalbard", "SJ")],
)  # fmt: skip
def test_names_and_codes(text: str, code: str) -> None:
    assert find_country(text).code == code


def test_unknown_name_suggests() -> None:
    with pytest.raises(UnknownCountryError, match=r"Did you mean Estonia \(EE\)"):
        find_country("Estnia")


def test_empty_name() -> None:
    with pytest.raises(UnknownCountryError, match="Empty"):
        find_country("  ")


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(1949, 8, 24), 12), (date(1955, 5, 6), 15), (date(1982, 5, 30), 16), (date(1999, 3, 12), 19),
     (date(2004, 3, 29), 26), (date(2023, 4, 4), 31), (date(2024, 3, 6), 31), (date(2024, 3, 7), 32)],
)  # fmt: skip
def test_members_on_a_day(day: date, count: int) -> None:
    assert len(members(day)) == count


def test_territories_follow_their_sovereign() -> None:
    assert is_member("FO", date(2025, 1, 1))
    assert not is_member("RU")


def test_neighbours_are_mutual_and_known() -> None:
    registry = {item.code: item for item in all_countries()}
    for item in registry.values():
        for other in item.neighbours:
            assert item.code in registry[other].neighbours, f"{item.code} - {other}"


def test_every_unit_with_detail_has_a_polygon() -> None:
    assert set(units().codes) == {item.code for item in all_countries() if item.detail != "none"}
