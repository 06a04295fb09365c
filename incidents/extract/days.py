# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Words for days to ranges of days: one pattern and one resolver each."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from incidents.extract.counts import NUMBER, number_value

Make = Callable[["re.Match[str]", date], "tuple[date, date] | None"]


_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}


_DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
_DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}


MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"


_D = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?)"


DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"


_Y = r"(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?"


_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}


def near_past(month: int, day: int, year: str | None, published: date) -> date | None:
    try:
        if year:
            return date(int(year), month, day)
        found = date(published.year, month, day)
    except ValueError:
        return None
    if found > published + timedelta(days=1):
        try:
            return found.replace(year=found.year - 1)
        except ValueError:
            return None
    return found


def day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def month_number(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def _one_day(match: re.Match[str], published: date) -> tuple[date, date] | None:
    day = near_past(month_number(match["m"]), day_number(match["d"]), match["year"], published)
    if day is None:
        return None
    if match["night"]:
        return _night(day, match, match["w"])
    return day, day


def _night(day: date, match: re.Match[str], weekday: str | None) -> tuple[date, date]:
    """The night of Sunday, 9 March ends on that day; the night of 9 March begins on it or ends on it."""
    if weekday and "of" in match["night"]:
        return day - timedelta(1), day
    return day, day + timedelta(1)


def _two_days(match: re.Match[str], published: date) -> tuple[date, date] | None:
    second_month = match["m2"] if "m2" in match.groupdict() and match["m2"] else match["m"]
    last = near_past(month_number(second_month), day_number(match["e"]), match["year"], published)
    if last is None:
        return None
    first = near_past(month_number(match["m"]), day_number(match["d"]), str(last.year), published)
    if first is not None and first > last:
        first = near_past(month_number(match["m"]), day_number(match["d"]), str(last.year - 1), published)
    return None if first is None else (first, last)


def _iso(match: re.Match[str], _: date) -> tuple[date, date] | None:
    try:
        day = date(int(match["y"]), int(match["mo"]), int(match["d"]))
    except ValueError:
        return None
    return day, day


def _weekday(match: re.Match[str], published: date) -> tuple[date, date] | None:
    wanted = _DAYS[match["w"].lower().rstrip(".")]
    back = (published.weekday() - wanted) % 7
    before = (match["before"] or "").lower()
    if "next" in before or "coming" in before:
        return None
    if "last" in before and back == 0:
        back = 7
    if before.startswith("a week"):
        back += 7
    day = published - timedelta(back)
    part = (match["part"] or "").lower()
    if match["night"] or "night" in part:
        if (match["night"] or "").lower().endswith(("to ", "into ")) or "early" in before:
            return day - timedelta(1), day
        # "overnight on Friday": the night that ends or the night that begins on that day
        if (match["night"] or "").lower().startswith("overnight"):
            return day - timedelta(1), day
        return (day, day + timedelta(1)) if day < published else (day - timedelta(1), day)
    return day, day


def _weekday_night(match: re.Match[str], published: date) -> tuple[date, date] | None:
    last = published - timedelta((published.weekday() - _DAYS[match["b"].lower()]) % 7)
    return last - timedelta(1), last


def _span(low: int, high: int) -> Make:
    return lambda _, published: (published + timedelta(low), published + timedelta(high))


def _ago(match: re.Match[str], published: date) -> tuple[date, date] | None:
    amount = number_value(match["n"])
    if amount is None:
        return None
    unit = _UNITS[match["u"].lower().rstrip("s")]
    low, high = amount[0], amount[1] if amount[1] is not None else amount[0] * 3
    if match["less"]:
        return published - timedelta(high * unit), published
    slack = {1: 0, 7: 2, 30: 10, 365: 90}[unit] * max(1, min(low, 3))
    try:
        return published - timedelta(high * unit + slack), published - timedelta(max(low * unit - slack, 0))
    except OverflowError:
        return None


def _week(match: re.Match[str], published: date) -> tuple[date, date] | None:
    monday = published - timedelta(published.weekday())
    word = match["which"].lower()
    if word in ("last", "previous"):
        return monday - timedelta(7), monday - timedelta(1)
    return monday, published


def _month_span(year: int, month: int, part: str) -> tuple[date, date]:
    last = calendar.monthrange(year, month)[1]
    low, high = {"early": (1, 10), "mid": (10, 20), "late": (20, last), "end": (20, last)}.get(part, (1, last))
    return date(year, month, low), date(year, month, high)


def _rel_month(match: re.Match[str], published: date) -> tuple[date, date] | None:
    word = match["which"].lower()
    if word in ("last", "previous"):
        year, month = (published.year - 1, 12) if published.month == 1 else (published.year, published.month - 1)
        return _month_span(year, month, "")
    return published.replace(day=1), published


def _in_month(match: re.Match[str], published: date) -> tuple[date, date] | None:
    month, part = month_number(match["m"]), (match["part"] or "").lower().strip("- ").removeprefix("the ")
    year = int(match["year"]) if match["year"] else published.year - (month > published.month)
    if not match["year"] and match["last"] and month == published.month:
        year -= 1
    low, high = _month_span(year, month, part.split()[0].removesuffix("-") if part else "")
    return (low, min(high, published)) if low <= published else None


def _year(match: re.Match[str], published: date) -> tuple[date, date] | None:
    word = match["y"].lower()
    year = int(word) if word.isdigit() else published.year - ("last" in word)
    if year > published.year:
        return None
    return date(year, 1, 1), min(date(year, 12, 31), published)


def _weekend(match: re.Match[str], published: date) -> tuple[date, date] | None:
    back = (published.weekday() - 5) % 7
    saturday = published - timedelta(back if back or (match["last"] is None) else 7)
    return saturday, min(saturday + timedelta(1), published)


_NIGHT = r"(?P<night>(?:(?:on|in|during)\s+)?(?:the\s+)?night\s+(?:of|from|between|to|into)\s+|overnight\s+(?:on|of|from|to|into|between)?\s*)?"


DAY_RULES: list[tuple[str, re.Pattern[str], Make]] = [
    ("stated", re.compile(r"\b(?P<y>20\d\d|19\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)\b"), _iso),
    ("stated", re.compile(r"\b(?P<d>\d{1,2})\.\s?(?P<mo>\d{1,2})\.\s?(?P<y>20\d\d)\b"), _iso),
    ("stated", re.compile(
        rf"\b(?P<d>{DAY})\s*(?:(?P<m2x>{MONTH})\s*)?(?:-|to|and|or|into|/|until|through)\s*(?:the\s+)?(?:night\s+of\s+)?(?P<e>{DAY})\s+(?:of\s+)?(?P<m>{MONTH}){_Y}", re.I), _two_days),
    ("stated", re.compile(rf"\b(?P<m>{MONTH})\s+(?P<d>{DAY})\s*(?:-|to|and|or|into|/|until|through)\s*(?:(?P<m2>{MONTH})\s+)?(?P<e>{DAY})\b(?!\s*(?:drones|UAV|percent|%|km)){_Y}", re.I), _two_days),
    ("stated", re.compile(rf"\b{_NIGHT}(?:(?:on\s+)?(?P<w>{_D}),?\s+)?(?:the\s+)?(?P<d>{DAY})\s+(?:of\s+)?(?P<m>{MONTH}){_Y}(?!\s*\d)", re.I), _one_day),
    ("stated", re.compile(rf"\b{_NIGHT}(?:(?:on\s+)?(?P<w>{_D}),?\s+)?(?P<m>{MONTH})\s+(?P<d>{DAY})\b(?!\s*(?:drones|UAVs|aircraft|jets)){_Y}", re.I), _one_day),
    ("weekday", re.compile(r"\b(?P<a>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?:\s+night)?\s*(?:-\s*|to\s+|into\s+|and\s+|-to-\s*)(?:early\s+)?(?P<b>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b", re.I), _weekday_night),
    ("weekday", re.compile(
        rf"\b{_NIGHT}(?:on\s+)?(?P<before>(?:a\s+week\s+ago\s+(?:on\s+)?|last\s+|this\s+(?:past\s+)?|the\s+previous\s+|next\s+|coming\s+|early\s+(?:on\s+)?|late\s+(?:on\s+)?|earlier\s+(?:on\s+)?)*)"
        rf"(?P<w>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b(?P<part>(?:'s)?(?:\s+(?:morning|afternoon|evening|night)|\s+overnight)?)", re.I), _weekday),
    ("relative", re.compile(r"\bthe\s+day\s+before\s+yesterday\b", re.I), _span(-2, -2)),
    ("relative", re.compile(r"\byesterday(?:'s)?(?:\s+(?:morning|afternoon|evening|night))?\b", re.I), _span(-1, -1)),
    ("relative", re.compile(r"\blast\s+night\b|\bovernight\b|\b(?:late|during)\s+(?:last|the)\s+night\b|\b(?:at|during\s+the|in\s+the)\s+night\b", re.I), _span(-1, 0)),
    ("relative", re.compile(r"\b(?:earlier\s+)?today\b|\bthis\s+(?:morning|afternoon|evening)\b|\btonight\b", re.I), _span(0, 0)),
    ("relative", re.compile(rf"\b(?P<less>(?:less|fewer)\s+than\s+|within\s+the\s+(?:last|past)\s+|in\s+the\s+(?:last|past)\s+)?(?:about\s+|around\s+|almost\s+|nearly\s+|some\s+|just\s+|more\s+than\s+|over\s+)?(?P<n>{NUMBER})\s+(?P<u>days?|weeks?|months?|years?)\s+(?:ago|prior(?!\s+to)|previously)\b", re.I), _ago),
    ("relative", re.compile(r"\b(?:earlier\s+)?(?P<which>last|this|previous)\s+week\b(?!end)", re.I), _week),
    ("relative", re.compile(r"\b(?:earlier\s+|later\s+|late\s+|early\s+)?(?P<which>last|this|previous)\s+month\b", re.I), _rel_month),
    ("relative", re.compile(r"\b(?:over|at|during|on|this|(?P<last>last))\s+(?:the\s+)?(?:past\s+|last\s+)?weekend\b", re.I), _weekend),
    ("stated", re.compile(rf"\b(?:in|at|during|since|by|of|from|back\s+in|(?P<last>last))\s+(?P<part>(?:early|mid|late|the\s+end\s+of|end\s+of)[-\s]+)?(?P<m>{MONTH}){_Y}(?!\s*\d)", re.I), _in_month),
    ("relative", re.compile(r"\b(?:earlier|later)?\s*(?P<y>this\s+year|last\s+year)\b", re.I), _year),
    ("stated", re.compile(r"\bin\s+(?:early\s+|late\s+|mid-?)?(?P<y>20\d\d)\b", re.I), _year),
]  # fmt: skip


def _counted(match: re.Match[str]) -> tuple[int, int] | None:
    unit = _UNITS[match["u"].lower().rstrip("s")]
    sign = 1 if match["dir"].lower() in ("later", "after", "afterwards") else -1
    if "n" not in match.groupdict():
        low, high = (1, 7) if unit == 1 else (7, 28)
    else:
        amount = number_value(match["n"])
        if amount is None:
            return None
        low, high = amount[0] * unit, (amount[1] or amount[0]) * unit
        if unit > 1:
            low, high = low - unit // 2, high + unit // 2
    return (low, high) if sign > 0 else (-high, -low)


EVENT_RULES: list[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int] | None]]] = [
    (re.compile(r"\b(?:the|that)\s+same\s+(?:day|night|evening|morning)\b|\bthat\s+(?:night|day|evening|morning)\b", re.I), lambda m: (0, 0)),
    (re.compile(r"\b(?:the\s+(?:following|next)\s+(?:day|morning|night))\b", re.I), lambda m: (1, 1)),
    (re.compile(r"\b(?:a|one)\s+day\s+(?:after|later)\b", re.I), lambda m: (1, 1)),
    (re.compile(r"\b(?:a|one|the)\s+(?:day|night)\s+(?:before|earlier|prior)\b", re.I), lambda m: (-1, -1)),
    (re.compile(rf"\b(?P<n>{NUMBER})\s+(?P<u>days|weeks|months)\s+(?P<dir>later|after|afterwards|before|earlier)\b", re.I), lambda m: _counted(m)),
    (re.compile(r"\b(?:just\s+)?(?P<u>days|weeks)\s+(?P<dir>later|after|before|earlier|prior|previously|ago)\b", re.I), lambda m: _counted(m)),
]  # fmt: skip
