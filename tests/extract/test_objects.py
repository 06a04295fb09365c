"""Counts, objects and who is a defender."""

from __future__ import annotations

import pytest

from incidents.extract.counts import quantity
from incidents.extract.objects import find_objects


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("at least 19", (19, None)),
        ("between two and four", (2, 4)),
        ("two or three", (2, 3)),
        ("up to three", (None, 3)),
        ("more than sixty", (61, None)),
        ("several", (2, None)),
        ("a pair of", (2, 2)),
        ("twenty-three", (23, 23)),
        ("dozens of", (24, None)),
        ("an", (1, 1)),
    ],
)
def test_quantity(phrase: str, expected: tuple[int | None, int | None]) -> None:
    assert quantity(phrase) == expected


def test_defenders_are_marked_and_intruders_are_not() -> None:
    found = {
        o.model or o.object_class: o.is_responder
        for o in find_objects("Two Italian F-35s were scrambled after three Russian MiG-31 fighters flew in.")
    }
    assert found == {"F-35s": True, "MiG-31": False}


@pytest.mark.parametrize(
    ("text", "adjective", "suspected"),
    [
        ("a Russian drone fell", "RU", False),
        ("a suspected Russian drone fell", "RU", True),
        ("a drone believed to be Ukrainian fell", "UA", True),
        ("a drone of Russian origin fell", "RU", True),
        ("a Russian-made drone fell", None, False),
        ("an Iranian-designed Shahed drone fell", None, False),
    ],
)
def test_whose_it_was(text: str, adjective: str | None, suspected: bool) -> None:
    (thing,) = find_objects(text)
    assert (thing.adjective, thing.is_suspected) == (adjective, suspected)


def test_a_pilotless_aircraft_is_a_drone_and_a_sighting_counts_nothing() -> None:
    (aircraft,) = find_objects("A pilotless military aircraft crashed.")
    assert aircraft.object_class == "drone"
    (sighting,) = find_objects("Drone sightings closed the airport.")
    assert sighting.count is None
