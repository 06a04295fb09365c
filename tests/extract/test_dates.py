"""Date expressions become ranges, anchored on publication or on another event."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.extract.dates import find_dateline, tag_dates

PUBLISHED = date(2025, 9, 25)  # a Thursday


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("entered on Friday morning", "2025-09-19", "2025-09-19"),
        ("entered last Thursday", "2025-09-18", "2025-09-18"),
        ("entered on Thursday", "2025-09-25", "2025-09-25"),
        ("entered last week", "2025-09-15", "2025-09-21"),
        ("less than two weeks prior", "2025-09-11", "2025-09-25"),
        ("seen overnight over the base", "2025-09-24", "2025-09-25"),
        ("in the night of 18 to 19 March", "2025-03-18", "2025-03-19"),
        ("the night of 3-4 March", "2025-03-03", "2025-03-04"),
        ("in the night of Sunday, 9 March", "2025-03-08", "2025-03-09"),
        ("the night of 9 March", "2025-03-09", "2025-03-10"),
        ("on the night of Tuesday to Wednesday", "2025-09-23", "2025-09-24"),
        ("in late July", "2025-07-20", "2025-07-31"),
        ("at the end of August", "2025-08-20", "2025-08-31"),
        ("in November", "2024-11-01", "2024-11-30"),
        ("on 7 September", "2025-09-07", "2025-09-07"),
        ("on Sept. 7, 2024", "2024-09-07", "2024-09-07"),
        ("on December 31", "2024-12-31", "2024-12-31"),
        ("two days ago", "2025-09-23", "2025-09-23"),
        ("yesterday", "2025-09-24", "2025-09-24"),
        ("at the weekend", "2025-09-20", "2025-09-21"),
        ("earlier this month", "2025-09-01", "2025-09-25"),
        ("last month", "2025-08-01", "2025-08-31"),
        ("on 2025-09-10", "2025-09-10", "2025-09-10"),
        ("am 10.09.2025", "2025-09-10", "2025-09-10"),
    ],
)
def test_expression_resolves(text: str, earliest: str, latest: str) -> None:
    hits = tag_dates(text, PUBLISHED)
    assert [(str(h.earliest), str(h.latest)) for h in hits] == [(earliest, latest)]


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("days prior, a drone", (-7, -1)),
        ("four days later", (4, 4)),
        ("the same day", (0, 0)),
        ("a day earlier", (-1, -1)),
        ("the following night", (1, 1)),
    ],
)
def test_some_count_from_another_event(text: str, shift: tuple[int, int]) -> None:
    (hit,) = tag_dates(text, PUBLISHED)
    assert hit.shift == shift
    assert hit.earliest is None


@pytest.mark.parametrize(
    "text",
    [
        "the ministry said on Friday",
        "On Monday, the foreign ministry summoned the ambassador",
        "Tuesday's meeting of ministers",
        "told a local station on Wednesday",
    ],
)
def test_statement_dates_are_no_event_dates(text: str) -> None:
    (hit,) = tag_dates(text, PUBLISHED)
    assert hit.basis == "statement"


@pytest.mark.parametrize(
    "text",
    [
        "Russia may enter Poland",
        "they march on",
        "closed until Saturday",
        "a search is planned for Friday",
        "we sat down",
    ],
)
def test_words_that_look_like_dates_are_none(text: str) -> None:
    assert tag_dates(text, PUBLISHED) == []


def test_dateline_gives_the_day_of_today() -> None:
    assert find_dateline("TALLINN, Sept 19 (Wire) - Jets entered.", PUBLISHED) == date(2025, 9, 19)
    assert find_dateline("Jets entered Estonian airspace.", PUBLISHED) is None


@given(
    st.text(alphabet="0123456789 abMonday-JulySeptemberagoweklastin.,'", max_size=60),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_ranges_are_in_order_and_never_after_publication(text: str, published: date) -> None:
    for hit in tag_dates(text, published):
        assert text[hit.start : hit.end]
        if hit.earliest is not None and hit.latest is not None:
            assert hit.earliest <= hit.latest
