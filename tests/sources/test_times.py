"""Messy time wordings become intervals: never narrower than the words, the words kept."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.model import TimePrecision, TimeSpan
from incidents.sources.calendar import DateOrder, TimeError
from incidents.sources.times import parse_span

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("04 / 05 Nov 2025, 23:00 / 02:00", "2025-11-04", "2025-11-05"),
        ("night of 3-4 March 2026", "2026-03-03", "2026-03-04"),
        ("night of 3 March 2026", "2026-03-03", "2026-03-04"),
        ("overnight 9/10 September 2025", "2025-09-09", "2025-09-10"),
        ("week of 12 May 2025", "2025-05-12", "2025-05-18"),
        ("week of 14 May 2025", "2025-05-12", "2025-05-18"),
        ("2024 W32", "2024-08-05", "2024-08-11"),
        ("Q3 2024", "2024-07-01", "2024-09-30"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("H2 2023", "2023-07-01", "2023-12-31"),
        ("summer 2024", "2024-06-01", "2024-08-31"),
        ("winter 2023/24", "2023-12-01", "2024-02-29"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("mid-May 2025", "2025-05-01", "2025-05-31"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("12 May 2025, around noon", "2025-05-12", "2025-05-12"),
        ("Wednesday 10 September 2025, early morning", "2025-09-10", "2025-09-10"),
        ("30 Sep - 1 Oct 2025", "2025-09-30", "2025-10-01"),
        ("29 Dec - 2 Jan 2025", "2024-12-29", "2025-01-02"),
        ("Sept 9-10, 2025", "2025-09-09", "2025-09-10"),
        ("9th to 10th of September 2025", "2025-09-09", "2025-09-10"),
        ("9.-10.09.2025", "2025-09-09", "2025-09-10"),
        ("10.09.25", "2025-09-10", "2025-09-10"),
        ("20250910", "2025-09-10", "2025-09-10"),
        ("13/4/2025", "2025-04-13", "2025-04-13"),
        ("4/13/2025", "2025-04-13", "2025-04-13"),
        ("2025-09-10T06:30", "2025-09-10", "2025-09-10"),
        ("10 Sep 2025 23:50 - 00:20", "2025-09-10", "2025-09-11"),
    ],
)
def test_days_of_a_wording(words: str, first: str, last: str) -> None:
    span = parse_span(words)
    assert (span.earliest, span.latest) == (date.fromisoformat(first), date.fromisoformat(last))
    assert words in (span.text, first, first[:4], first[:7])


def test_before_a_day_has_no_lower_bound() -> None:
    span = parse_span("before 5 November 2025")
    assert (span.earliest, span.latest, span.precision) == (None, date(2025, 11, 5), TimePrecision.OPEN)


def test_before_an_hour_stays_on_its_day() -> None:
    assert parse_span("5 Nov 2025", "before 01:45").model_dump(mode="json") == {
        "earliest": "2025-11-05",
        "latest": "2025-11-05",
        "text": "5 Nov 2025, before 01:45",
    }
    assert parse_span("5 Nov 2025", "before 01:45", zone=WARSAW).latest.isoformat() == "2025-11-05T01:45:00+01:00"


def test_after_needs_the_day_of_the_report() -> None:
    with pytest.raises(TimeError, match="no upper bound"):
        parse_span("after 3 May 2025")
    assert parse_span("after 3 May 2025", reported=date(2025, 5, 9)).latest == date(2025, 5, 9)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2025-09-10T06:30:00Z", "2025-09-10T06:30+00:00", "2025-09-10T06:30+00:00"),
        ("31.12.2024 23:50 CET", "2024-12-31T23:50+01:00", "2024-12-31T23:50+01:00"),
        ("10 Sept 2025 at 2330 UTC", "2025-09-10T23:30+00:00", "2025-09-10T23:30+00:00"),
        ("10 Sep 2025 11:30 pm - 1:15 am CEST", "2025-09-10T23:30+02:00", "2025-09-11T01:15+02:00"),
    ],
)
def test_an_hour_with_an_offset_is_an_instant(words: str, start: str, end: str) -> None:
    span = parse_span(words)
    assert (span.earliest, span.latest) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


def test_an_hour_without_an_offset_is_kept_in_words_only() -> None:
    span = parse_span("10 September 2025", "23:40")
    assert span == TimeSpan(earliest="2025-09-10", latest="2025-09-10", text="10 September 2025, 23:40")
    known = parse_span("10 September 2025", "23:40", zone=WARSAW)
    assert known.earliest == datetime.fromisoformat("2025-09-10T23:40+02:00")


def test_about_an_hour_is_no_instant_even_with_a_zone() -> None:
    assert parse_span("10 September 2025", "around 14:00", zone=WARSAW).precision is TimePrecision.DAY


def test_either_reading_of_a_numeric_date_is_asked_for() -> None:
    with pytest.raises(TimeError, match="--date-order dmy or mdy"):
        parse_span("3/4/2025")
    assert parse_span("3/4/2025", order=DateOrder.DMY).latest == date(2025, 4, 3)
    assert parse_span("3/4/2025", order=DateOrder.MDY).latest == date(2025, 3, 4)


@pytest.mark.parametrize(
    "words", ["", "yesterday", "unknown", "31 February 2025", "Q7 2024", "45000", "5 Nov", "01:45"]
)
def test_no_day_is_made_up(words: str) -> None:
    with pytest.raises(TimeError):
        parse_span(words)


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_is_an_interval_or_a_clear_no(words: str, clock: str) -> None:
    try:
        span = parse_span(words, clock)
    except TimeError:
        return
    assert span.earliest is None or span.first_day <= span.last_day


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_the_interval_holds_what_was_written(moment: datetime) -> None:
    for form in ("%d %B %Y %H:%M", "%B %d, %Y, %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%d %b %Y about %H:%M"):
        span = parse_span(moment.strftime(form))
        assert span.first_day == span.last_day == moment.date()
