"""Dates as exactly as known, and no more."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from incidents.model.base import Part
from incidents.model.vocabulary import TimePrecision

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_NIGHT_WORDS = re.compile(r"night|nocy|noapte|öösel|\bnat\b|nacht", re.IGNORECASE)
_NIGHT = timedelta(hours=14)


def parse_partial(value: object) -> str:
    """Return `value` as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Raises
    ------
    ValueError
        If it is not a real calendar year, month or day in that form.
    """
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    match = _PARTIAL.match(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    date(year, month, day)
    return text


PartialDate = Annotated[
    str,
    BeforeValidator(parse_partial),
    WithJsonSchema({"type": "string", "pattern": _PARTIAL.pattern.replace("\\Z", "$")}),
]
"""A date that may stop at the year or the month."""


@lru_cache(maxsize=4096)
def first_day(partial: str) -> date:
    """Return the first day a partial date can mean.

    >>> first_day("2025-02")
    datetime.date(2025, 2, 1)
    """
    year, month, day = (int(part) if part else 1 for part in _PARTIAL.match(partial).groups())  # type: ignore[union-attr]
    return date(year, month, day)


def last_day(partial: str) -> date:
    """Return the last day a partial date can mean.

    >>> last_day("2025-02")
    datetime.date(2025, 2, 28)
    """
    start = first_day(partial)
    if len(partial) == 4:
        return date(start.year, 12, 31)
    if len(partial) == 7:
        return date(start.year, start.month, calendar.monthrange(start.year, start.month)[1])
    return start


def parse_moment(value: object) -> date | datetime:
    """Return a `date`, or an aware `datetime` that keeps the offset it was given with.

    Raises
    ------
    ValueError
        If the text is neither, or a time comes without an offset.
    """
    if isinstance(value, str):
        text = value.strip()
        try:
            value = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text!r} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm+hh:mm") from None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no UTC offset; write it, as in {value.isoformat()}+02:00")
        return value
    if isinstance(value, date):
        return value
    raise ValueError(f"{value!r} is not a date or a time")


def format_moment(value: date | datetime) -> str:
    """Return the ISO 8601 form, to the minute where the seconds are zero."""
    if isinstance(value, datetime) and value.second == 0 and value.microsecond == 0:
        return value.isoformat(timespec="minutes")
    return value.isoformat()


Moment = Annotated[
    Any,
    BeforeValidator(parse_moment),
    PlainSerializer(format_moment, return_type=str),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]
"""A day, or an instant with its UTC offset."""


def local_day(moment: date | datetime) -> date:
    """Return the calendar day of `moment` where it happened."""
    return moment.date() if isinstance(moment, datetime) else moment


def _start(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min, UTC)


def _end(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.max, UTC)


class TimeSpan(Part):
    """The interval that holds the whole event, with the wording it was read from."""

    earliest: Moment | None = Field(None)
    """Earliest possible start; empty where no lower bound is known."""
    latest: Moment
    """Latest possible end; at worst the day it was reported or found."""
    text: str = ""
    """The original wording, such as ``"night of 9-10 September"``."""

    @model_validator(mode="after")
    def _in_order(self) -> TimeSpan:
        if self.earliest is not None and _start(self.earliest) > _end(self.latest):
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        return self

    @property
    def first_day(self) -> date:
        """Local day the event may have begun; the last day where no lower bound is known."""
        return local_day(self.latest if self.earliest is None else self.earliest)

    @property
    def last_day(self) -> date:
        """Local day the event was over."""
        return local_day(self.latest)

    @property
    def precision(self) -> TimePrecision:
        """How exactly the time is known, from the width of the span."""
        if self.earliest is None:
            return TimePrecision.OPEN
        first, last = self.first_day, self.last_day
        if isinstance(self.earliest, datetime) and isinstance(self.latest, datetime):
            width = self.latest - self.earliest
            if width <= timedelta(minutes=1):
                return TimePrecision.EXACT
            if width <= timedelta(hours=1):
                return TimePrecision.HOUR
            if first < last and width <= _NIGHT:
                return TimePrecision.NIGHT
        if first == last:
            return TimePrecision.DAY
        if last - first == timedelta(days=1) and _NIGHT_WORDS.search(self.text):
            return TimePrecision.NIGHT
        if (
            first.day == 1
            and (first.year, first.month) == (last.year, last.month)
            and (last + timedelta(days=1)).day == 1
        ):
            return TimePrecision.MONTH
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return TimePrecision.YEAR
        return TimePrecision.RANGE

    def overlaps(self, since: date | None, until: date | None) -> bool:
        """Return whether any part of the span lies from `since` to `until`, both included."""
        return (since is None or self.last_day >= since) and (until is None or self.first_day <= until)

    def merge(self, other: TimeSpan) -> TimeSpan:
        """Return the smallest span that holds both."""
        starts = (self.earliest, other.earliest)
        earliest = None if None in starts else min(starts, key=_start)  # type: ignore[arg-type]
        texts = dict.fromkeys(text for text in (self.text, other.text) if text)
        return TimeSpan(earliest=earliest, latest=max(self.latest, other.latest, key=_end), text="; ".join(texts))
