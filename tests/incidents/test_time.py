"""Dates stay as exact as their source, and no more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from incidents.model import TimePrecision, TimeSpan, first_day, last_day
from tests.worlds import spans


@pytest.mark.parametrize(
    ("earliest", "latest", "text", "precision"),
    [
        ("2025-09-19T09:58+03:00", "2025-09-19T09:58+03:00", "", TimePrecision.EXACT),
        ("2025-09-19T09:58+03:00", "2025-09-19T10:10+03:00", "", TimePrecision.HOUR),
        ("2025-09-09T23:30+02:00", "2025-09-10T06:30+02:00", "", TimePrecision.NIGHT),
        ("2025-09-09", "2025-09-10", "night of 9-10 September", TimePrecision.NIGHT),
        ("2025-09-09", "2025-09-10", "on two days", TimePrecision.RANGE),
        ("2025-09-10", "2025-09-10", "", TimePrecision.DAY),
        ("2025-09-10T08:00+02:00", "2025-09-10T20:00+02:00", "", TimePrecision.DAY),
        ("2024-02-01", "2024-02-29", "", TimePrecision.MONTH),
        ("2024-02-01", "2024-02-28", "", TimePrecision.RANGE),
        ("2023-01-01", "2023-12-31", "", TimePrecision.YEAR),
        (None, "2023-04-27", "found", TimePrecision.OPEN),
    ],
)
def test_precision_follows_from_the_span(
    earliest: str | None, latest: str, text: str, precision: TimePrecision
) -> None:
    assert TimeSpan(earliest=earliest, latest=latest, text=text).precision is precision


def test_a_time_needs_its_offset() -> None:
    with pytest.raises(ValidationError, match=r"no UTC offset; write it, as in 2025-09-10T06:30:00\+02:00"):
        TimeSpan(earliest="2025-09-10T06:30", latest="2025-09-10")


def test_reversed_span_is_rejected_across_offsets() -> None:
    with pytest.raises(ValidationError, match="is after"):
        TimeSpan(earliest="2025-09-10T12:00+00:00", latest="2025-09-10T12:30+03:00")


def test_the_day_is_the_local_one() -> None:
    span = TimeSpan(earliest="2025-09-10T00:30+03:00", latest="2025-09-10T00:40+03:00")
    assert span.first_day == date(2025, 9, 10)  # 21:30 UTC on the ninth


def test_dump_keeps_the_offset_and_reads_back() -> None:
    span = TimeSpan(earliest="2025-09-19T09:58+03:00", latest="2025-09-19")
    assert span.model_dump(mode="json")["earliest"] == "2025-09-19T09:58+03:00"
    assert TimeSpan.model_validate_json(span.model_dump_json()) == span


@given(spans(), spans())
def test_merging_holds_both_and_is_order_free(a: TimeSpan, b: TimeSpan) -> None:
    merged, other = a.merge(b), b.merge(a)
    assert (merged.earliest, merged.latest) == (other.earliest, other.latest)
    assert merged.latest == max(a.latest, b.latest)
    assert merged.earliest is None or (merged.earliest <= a.first_day and merged.earliest <= b.first_day)


@given(spans(), st.integers(0, 40), st.integers(0, 40))
def test_overlap_is_what_counting_days_says(span: TimeSpan, before: int, length: int) -> None:
    since = span.first_day - timedelta(days=before)
    until = since + timedelta(days=length)
    days = {span.first_day + timedelta(days=n) for n in range((span.last_day - span.first_day).days + 1)}
    assert span.overlaps(since, until) is any(since <= day <= until for day in days)


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_partial_dates_span_what_they_can_mean(partial: str, first: date, last: date) -> None:
    assert (first_day(partial), last_day(partial)) == (first, last)
