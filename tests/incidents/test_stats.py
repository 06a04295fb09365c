"""Counting keeps incidents and objects apart, ranges in order, and membership by date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.model import CountClaim, CountUnit, Incident, ObjectClass, ObjectGroup, TimeSpan
from incidents.stats import DIMENSIONS, UnknownDimensionError, count_objects, tally, total
from tests.worlds import incidents, make_incident


def _on(incident_id: str, day: str) -> Incident:
    return make_incident(incident_id, occurred=TimeSpan(earliest=day, latest=day))


def test_finland_counts_for_nato_from_its_accession() -> None:
    rows = {
        row.key: row for row in tally([_on("FI-2023-001", "2023-04-03"), _on("FI-2023-002", "2023-04-04")], "country")
    }
    assert rows["FI"].incidents == 2
    assert rows["FI"].nato_ids == ("FI-2023-002",)


def test_moldova_is_kept_and_never_counted_for_nato() -> None:
    row = total([_on("MD-2025-001", "2025-03-01")])
    assert (row.incidents, row.nato) == (1, 0)


def test_unknown_numbers_are_not_zero() -> None:
    silent = make_incident("PL-2025-002", objects=(ObjectGroup(object_class=ObjectClass.DRONE),))
    wreck = (CountClaim(low=1, best=1, high=1, by="x", unit=CountUnit.WRECKS),)
    wrecks = make_incident("PL-2025-003", objects=(ObjectGroup(object_class=ObjectClass.DRONE, counts=wreck),))
    objects = count_objects([make_incident(), silent, wrecks])
    assert (objects.low, objects.best, objects.high, objects.uncounted) == (1, 1, 1, 2)


def test_at_least_opens_the_sum_above() -> None:
    some = make_incident(
        "PL-2025-002", objects=(ObjectGroup(object_class=ObjectClass.DRONE, counts=(CountClaim(low=2, by="x"),)),)
    )
    objects = count_objects([make_incident(), some])
    assert (objects.low, objects.best, objects.high) == (3, 3, None)


def test_a_vague_date_is_in_no_month() -> None:
    vague = make_incident(occurred=TimeSpan(earliest="2025-01-10", latest="2025-03-10"))
    assert [row.key for row in tally([vague], "month")] == ["unknown"]


def test_an_unknown_dimension_names_the_known_ones() -> None:
    with pytest.raises(UnknownDimensionError, match="country, year, month"):
        tally([], "colour")


@given(st.lists(incidents(), max_size=6, unique_by=lambda record: record.id), st.sampled_from(sorted(DIMENSIONS)))
def test_every_record_is_under_some_key_and_ranges_keep_their_order(records: list[Incident], by: str) -> None:
    rows = tally(records, by)
    assert {id_ for row in rows for id_ in row.ids} == {record.id for record in records}
    for row in [*rows, total(records)]:
        assert set(row.nato_ids) <= set(row.ids)
        assert row.objects.low <= row.objects.best
        assert row.objects.high is None or row.objects.best <= row.objects.high
