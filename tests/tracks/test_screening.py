"""The screen on tracks whose answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from incidents.tracks.positions import Positions, Tally
from incidents.tracks.rules import Rules
from incidents.tracks.sample import reconstruction, sample
from incidents.tracks.screening import screen

NOON = datetime(2025, 9, 19, 12, tzinfo=UTC).timestamp()


def track(
    points: Sequence[tuple[float, float]],
    *,
    step: float = 60.0,
    name: str = "100001",
    start: float = NOON,
    times: Sequence[float] | None = None,
) -> Positions:
    x, y = np.array(points, dtype=float).T
    clock = np.array(start + np.arange(len(x)) * step if times is None else times, dtype=np.float64)
    return Positions(np.zeros(len(x), dtype=np.int32), (name,), clock, x, y)


def test_the_flight_of_19_september_2025_is_one_certain_incursion() -> None:
    found = screen(reconstruction())
    assert [(item.state, item.kind, item.certainty) for item in found] == [("EE", "incursion", "certain")]
    assert 11.5 * 60 <= found[0].duration_s <= 12.5 * 60
    assert 4.5 <= found[0].depth_nmi <= 5.2
    assert found[0].surface == "sea"
    assert found[0].entry_kind == found[0].exit_kind == "crossing"
    assert abs(found[0].entry[0] - 26.36) < 0.3


def test_the_sample_enters_estonia_and_poland_only() -> None:
    assert [item.state for item in screen(sample())] == ["PL", "EE"]


def test_a_jet_that_crosses_a_corner_between_two_reports_is_found() -> None:
    # both positions outside Estonia, north of the limit off Vaindloo, the line between cuts across
    found = screen(track([(26.0, 59.83), (26.6, 59.905)], step=120.0))
    assert [(item.state, item.positions) for item in found] == [("EE", 0)]
    assert not found[0].is_certain
    assert NOON < found[0].entry_s < found[0].exit_s < NOON + 120


def test_membership_counts_from_accession() -> None:
    over_finland = [(24.0, 62.0), (24.2, 62.0), (24.4, 62.0)]
    before, after = (datetime(2023, 4, day, 12, tzinfo=UTC).timestamp() for day in (3, 4))
    assert screen(track(over_finland, start=before)) == []
    assert [item.state for item in screen(track(over_finland, start=after))] == ["FI"]


def test_a_passage_just_outside_is_a_near_miss_and_no_incursion() -> None:
    entry = screen(reconstruction())[0].entry
    outside = (entry[0], entry[1] + 0.0008)
    wide = Rules(accuracy_m=500.0)
    found = screen(track([(outside[0], outside[1] + 0.03), outside, (outside[0], outside[1] + 0.03)]), wide)
    assert [(item.kind, item.state, item.is_certain) for item in found] == [("near_miss", "EE", False)]
    assert -0.6 < found[0].depth_km < 0
    assert screen(track([(outside[0], outside[1] + 0.03), outside]), Rules(accuracy_m=0.0)) == []


def test_a_gap_splits_and_says_so() -> None:
    over_poland = [(20.0, 52.0), (20.1, 52.0), (20.5, 52.0), (20.6, 52.0)]
    found = screen(track(over_poland, times=[NOON, NOON + 60, NOON + 3000, NOON + 3060]))
    assert [(item.entry_kind, item.exit_kind) for item in found] == [("track_end", "gap"), ("gap", "track_end")]


def test_bad_rows_are_counted_by_reason() -> None:
    nan = float("nan")
    points = [
        (20.0, 52.0),
        (20.01, 52.0),
        (20.01, 52.0),
        (95.0, 10.0),
        (20.02, 52.0),
        (nan, 52.0),
        (500.0, 1.0),
        (0, 0),
    ]
    times = [NOON, NOON + 10, NOON + 10, NOON + 15, NOON + 20, NOON + 30, NOON + 40, NOON + 50]
    tally = Tally()
    found = screen(track(points, times=times), tally=tally)
    assert len(found) == 1
    assert tally.dropped == {
        "no position": 1,
        "coordinates out of range": 1,
        "position 0, 0": 1,
        "duplicate aircraft and time": 1,
        "spike, implausible speed to both neighbours": 1,
    }
    assert tally.used == 3


def test_order_of_rows_does_not_matter() -> None:
    rows = sample()
    mixed = rows.take(np.random.default_rng(7).permutation(len(rows)))
    assert screen(mixed) == screen(rows)


@pytest.mark.parametrize(
    ("rules", "count"),
    [
        (Rules(nations=frozenset({"RU"})), 1),
        (Rules(nations=frozenset({"PL"})), 0),
        (Rules(members=frozenset({"EE"})), 0),
        (Rules(exclude_allied=True), 1),
        (Rules(min_duration_s=1e4), 0),
        (Rules(operators=frozenset({"100001"})), 1),
        (Rules(callsigns=("RFF",)), 0),
    ],
)
def test_filters(rules: Rules, count: int) -> None:
    assert len(screen(track([(20.0, 52.0), (20.1, 52.0)]), rules)) == count


def test_own_and_allied_aircraft_can_be_left_out() -> None:
    polish = track([(20.0, 52.0), (20.1, 52.0)], name="488001")
    german = track([(20.0, 52.0), (20.1, 52.0)], name="3c0001")
    assert screen(polish, Rules(exclude_own=True)) == []
    assert len(screen(german, Rules(exclude_own=True))) == 1
    assert screen(german, Rules(exclude_allied=True)) == []
