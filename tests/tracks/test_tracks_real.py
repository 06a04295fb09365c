"""Real flights against an independent computation: every line cut by shapely with the raw polygons."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata.boundaries import units
from geodata.countries import is_member
from incidents.tracks.cleaning import clean, linked
from incidents.tracks.merging import merge
from incidents.tracks.positions import Tally
from incidents.tracks.readers import Reading, read
from incidents.tracks.rules import Rules
from incidents.tracks.screening import screen

FLIGHTS = Path(__file__).parents[1] / "fixtures" / "tracks"
RULES = Rules(near_misses=False)


@pytest.mark.parametrize("name", sorted(path.name for path in FLIGHTS.glob("*.json.gz")))
def test_seconds_inside_equal_those_of_shapely(name: str) -> None:
    raw = merge(list(read(FLIGHTS / name, Reading())))
    tally = Tally()
    found = screen(raw, RULES, tally)
    assert tally.rows == len(raw) == tally.used + sum((tally.dropped or {}).values())
    kept = clean(raw, RULES, Tally())
    line = np.flatnonzero(linked(kept, RULES, Tally()))
    ends = [np.stack([kept.lon[line + at], kept.lat[line + at]], -1) for at in (0, 1)]
    segments = shapely.linestrings(np.stack(ends, 1))
    span = kept.time[line + 1] - kept.time[line]
    every = units()
    expected: dict[str, float] = defaultdict(float)
    for code, shape in zip(every.sovereigns, every.shapes, strict=True):
        if not is_member(code) or not shapely.box(*shapely.total_bounds(segments)).intersects(shape):
            continue
        shapely.prepare(shape)
        whole = shapely.contains_properly(shape, segments)
        some = ~whole & shapely.intersects(shape, segments)
        part = shapely.length(shapely.intersection(segments[some], shape)) / np.maximum(
            shapely.length(segments[some]), 1e-15
        )
        expected[code] += float(span[whole].sum() + (part * span[some]).sum())
    computed: dict[str, float] = defaultdict(float)
    for item in found:
        computed[item.state] += item.duration_s
    for state in {*expected, *computed}:
        if any(is_member(state, item.day) for item in found) or state in computed:
            assert computed[state] == pytest.approx(expected[state], abs=0.01 * (1 + len(found))), state


def test_the_flights_cross_borders() -> None:
    flights = [merge(list(read(path, Reading()))) for path in sorted(FLIGHTS.glob("*.json.gz"))]
    found = [item for raw in flights for item in screen(raw, RULES)]
    assert {"CA", "DK", "FR", "GB"} <= {item.state for item in found}
    assert sum(item.entry_kind == "crossing" for item in found) >= 3
