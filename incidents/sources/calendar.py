"""Words about days: one day, several, a week, month, season, quarter or year."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9, "march": 3, "june": 6, "july": 7}
_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


class TimeError(ValueError):
    """Words that are no time, or leave open what day they mean."""


class DateOrder(StrEnum):
    """What comes first in an all-numeric date."""

    DMY = "dmy"
    MDY = "mdy"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"<M(\d)>", lambda m: _MONTH.format(f"M{m[1]}"), text), re.IGNORECASE)


_JOIN = r"\s*(?:-|/|to|until|and|&)\s*"
_DAY = r"(?:st|nd|rd|th)?"
_RANGES = [
    _pattern(
        rf"(?P<d1>\d{{1,2}}){_DAY}\.?\s*<M1>\s*(?P<y1>\d{{4}}){_JOIN}"
        rf"(?P<d2>\d{{1,2}}){_DAY}\.?\s*<M2>\s*(?P<y2>\d{{4}})"
    ),
    _pattern(rf"(?P<d1>\d{{1,2}}){_DAY}\.?\s*<M1>{_JOIN}(?P<d2>\d{{1,2}}){_DAY}\.?\s*<M2>\s*(?P<y2>\d{{4}})?"),
    _pattern(rf"(?P<d1>\d{{1,2}}){_DAY}\.?{_JOIN}(?P<d2>\d{{1,2}}){_DAY}\.?\s*<M2>\s*(?P<y2>\d{{4}})?"),
    _pattern(rf"<M1>\s*(?P<d1>\d{{1,2}}){_DAY}{_JOIN}<M2>\s*(?P<d2>\d{{1,2}}){_DAY}\s*(?P<y2>\d{{4}})?"),
    _pattern(rf"<M2>\s*(?P<d1>\d{{1,2}}){_DAY}{_JOIN}(?P<d2>\d{{1,2}}){_DAY}\b\s*(?P<y2>\d{{4}})?"),
]
_ONE = [
    _pattern(rf"(?P<d>\d{{1,2}}){_DAY}\.?[\s-]*<M1>[\s-]*(?P<y>\d{{4}})?"),
    _pattern(rf"<M1>\s*(?P<d>\d{{1,2}}){_DAY}(?!\d)\s*(?P<y>\d{{4}})?"),
]
_ISO = re.compile(
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|(?P<y8>(?:19|20)\d{2})(?P<m8>\d{2})(?P<d8>\d{2})"
)
_NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})")
_DOTTED_RANGE = re.compile(
    r"(?P<d1>\d{1,2})\.?(?:(?P<m1>\d{1,2})\.?)?\s*-\s*(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y>\d{4})"
)
_MONTH_YEAR = _pattern(r"(?:<M1>[\s-]*(?P<y>\d{4}))|(?P<y2>\d{4})[-/](?P<m2>0?[1-9]|1[0-2])")
_QUARTER = re.compile(
    r"(?P<k>[qh])\s*(?P<n>[1-4])\s*[/,]?\s*(?P<y>\d{4})|(?P<y2>\d{4})\s*-?(?P<k2>[qh])\s*(?P<n2>[1-4])", re.I
)
_SEASON = re.compile(
    rf"(?P<s>{'|'.join(_SEASONS)})\s+(?P<y>\d{{4}})|winter\s+(?P<w>\d{{4}})\s*[/-]\s*(?P<w2>\d{{2,4}})", re.I
)
_WEEK = re.compile(
    r"\bweek\s*(?:of|beginning|commencing|starting)?\b(?!\s*\d{1,2}\s*,?\s*\d{4}\Z)(?P<rest>.+)", re.IGNORECASE
)
_WEEK_NUMBER = re.compile(r"(?:week\s*(?P<w>\d{1,2})\s*(?P<y>\d{4}))|(?P<y2>\d{4})[\s-]*w(?P<w2>\d{2})", re.IGNORECASE)


def parse_days(text: str, *, order: DateOrder | None = None, year: int | None = None) -> tuple[date, date]:
    """Return the first and last day the words can mean.

    >>> parse_days("Q3 2024")
    (datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))

    Raises
    ------
    TimeError
        If they are no days.
    """
    text = " ".join(re.sub(r"[,;()]", " ", text).split()).strip(" .-/")
    if not text:
        raise TimeError("names no day")
    try:
        found = _parse(text, order, year)
    except TimeError:
        raise
    except ValueError as error:
        raise TimeError(f"is no day of the calendar ({error})") from None
    if found is None:
        raise TimeError("is no time we can read; write YYYY-MM-DD, or words such as 4-5 November 2025 or Q3 2024")
    first, last = found
    if last < first:
        raise TimeError("ends before it begins")
    if not 1900 <= first.year <= 2100:
        raise TimeError(f"lies in the year {first.year}")
    return first, last


def _parse(text: str, order: DateOrder | None, year: int | None) -> tuple[date, date] | None:
    for reader in (_week, _whole, _ranges):
        if found := reader(text, order, year):
            return found
    parts = re.split(r"\s+(?:-|to|until)\s+|\s*/\s*(?=\d{4}-)", text)
    if len(parts) == 2 and all(parts):
        first, last = _single(parts[0], order, year), _single(parts[1], order, year)
        if first and last:
            return first, last
    one = _single(text, order, year)
    return (one, one) if one else None


def _week(text: str, order: DateOrder | None, year: int | None) -> tuple[date, date] | None:
    if match := _WEEK_NUMBER.fullmatch(text):
        monday = date.fromisocalendar(int(match["y"] or match["y2"]), int(match["w"] or match["w2"]), 1)
        return monday, monday + timedelta(days=6)
    if match := _WEEK.fullmatch(text):
        day = _single(match["rest"].strip(), order, year)
        if day:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
    return None


def _whole(text: str, _: DateOrder | None, year: int | None) -> tuple[date, date] | None:
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if match := _QUARTER.fullmatch(text):
        size = 3 if (match["k"] or match["k2"]).lower() == "q" else 6
        number = int(match["n"] or match["n2"])
        if size == 6 and number > 2:
            return None
        return _months(int(match["y"] or match["y2"]), (number - 1) * size + 1, number * size)
    if match := _SEASON.fullmatch(text):
        if match["w"]:
            return date(int(match["w"]), 12, 1), _months(int(match["w"]) + 1, 2, 2)[1]
        return _months(int(match["y"]), *_SEASONS[match["s"].lower()])
    if match := _MONTH_YEAR.fullmatch(text):
        month = int(match["m2"]) if match["m2"] else _month(match["M1"])
        return _months(int(match["y"] or match["y2"]), month, month)
    if year and text.lower().rstrip(".") in MONTHS:
        month = MONTHS[text.lower().rstrip(".")]
        return _months(year, month, month)
    return None


def _ranges(text: str, _: DateOrder | None, year: int | None) -> tuple[date, date] | None:
    if match := _DOTTED_RANGE.fullmatch(text):
        own, month = int(match["y"]), int(match["m2"])
        return date(own, int(match["m1"] or month), int(match["d1"])), date(own, month, int(match["d2"]))
    for pattern in _RANGES:
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            second = _month(found["M2"])
            last = date(_year(found.get("y2"), year), second, int(found["d2"]))
            month = _month(found["M1"]) if found.get("M1") else second
            own = int(found["y1"]) if found.get("y1") else last.year - (month > second)
            return date(own, month, int(found["d1"])), last
    return None


def _single(text: str, order: DateOrder | None, year: int | None) -> date | None:
    if match := _ISO.fullmatch(text):
        return date(*(int(match[name] or match[f"{name}8"]) for name in "ymd"))
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match, order)
    for pattern in _ONE:
        if match := pattern.fullmatch(text):
            return date(_year(match["y"], year), _month(match["M1"]), int(match["d"]))
    return None


def _numeric(match: re.Match[str], order: DateOrder | None) -> date:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 2000 if year < 100 else 0
    if match["sep"] == "." or a == b or a > 12 >= b:
        order = DateOrder.DMY
    elif b > 12 >= a:
        order = DateOrder.MDY
    if order is None:
        raise TimeError("can be read with the day or the month first; give --date-order dmy or mdy")
    return date(year, b, a) if order is DateOrder.DMY else date(year, a, b)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _month(word: str) -> int:
    return MONTHS[word.lower()[:3]]


def _year(given: str | None, fallback: int | None) -> int:
    if given:
        return int(given)
    if fallback is None:
        raise TimeError("has no year; add it, or a year column")
    return fallback
