"""Messy time wordings to intervals: never narrower than the words, the words kept."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from incidents.model import TimeSpan
from incidents.sources.calendar import DateOrder, TimeError, parse_days

_ABBREVIATED = {"z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "cest": 120, "eet": 120}
_ABBREVIATED |= {"eest": 180, "msk": 180, "trt": 180}
_OFFSET = re.compile(
    r"(?<=\d)\s*(?P<sign>[+-])(?P<h>[01]\d):?(?P<m>[0-5]\d)\b(?!\s*-?\d)"
    r"|(?<=\d)(?P<zulu>z)\b|\b(?P<name>utc|gmt|west|wet|bst|cest|cet|eest|eet|msk|trt)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?P<h>[01]?\d|2[0-4])[:h](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"|\b(?P<h2>0?[1-9]|1[0-2])\s*(?P<half2>[ap]\.?m\b\.?)"
    r"|\b(?P<h3>[01]\d|2[0-3])(?P<m3>[0-5]\d)(?=\s*(?:z|utc|gmt|hrs|h|local)\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|by|until|up to|not later than|no later than)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|since|from|not earlier than)\b(?!.*\b(?:to|until)\b)", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:around|about|approx\w*\.?|circa|ca?\.?|roughly|some time|sometime)\b|~", re.IGNORECASE)
_NIGHT = re.compile(r"\b(?:over)?night(?:time)?\b|\bnocy\b|\bnacht\b|\bnoapte\w*", re.IGNORECASE)
_PHRASES = re.compile(
    r"\b(?:(?:early|late|in the|the|mid|local|time|hrs?|lt|morning|afternoon|evening|midday|noon|midnight|dawn|dusk"
    r"|daytime|shortly|just|at|on|of|in|hours?|between|and|sunrise|sunset|unknown|unspecified|various|several|times"
    r"|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b[.,]?",
    re.IGNORECASE,
)


def parse_span(
    when: str | date | datetime,
    clock: str | time = "",
    *,
    order: DateOrder | None = None,
    year: int | None = None,
    zone: tzinfo | None = None,
    reported: date | None = None,
) -> TimeSpan:
    """Return the interval that the words leave open.

    A clock time counts only with an offset: in the words, or from `zone`. Without one, or where the words say
    "around", the whole day is kept.

    Parameters
    ----------
    clock
        Words about the hour, where they stand in a column of their own.
    order
        Whether ``3/4/2025`` puts the day or the month first.
    year
        Year of dates without one.
    reported
        Day of the report: the upper bound of "after" and "since".

    Raises
    ------
    TimeError
        If the words are no time, or leave open what day they mean.
    """
    if isinstance(when, datetime):
        return _from_moments([when], str(when), zone)
    if isinstance(when, date):
        when = when.isoformat()
    if isinstance(clock, time):
        clock = "" if clock == time() else clock.isoformat(timespec="minutes")
    wording = ", ".join(part for part in (" ".join(when.split()), " ".join(clock.split())) if part)
    if len(wording) > 300:
        raise TimeError("longer than 300 characters")
    moments = _iso(when) if not clock else None
    if moments:
        return _from_moments(moments, wording, zone)
    return _from_words(wording, order=order, year=year, zone=zone, reported=reported)


def _from_words(
    wording: str, *, order: DateOrder | None, year: int | None, zone: tzinfo | None, reported: date | None
) -> TimeSpan:
    text = re.sub(r"[‐-―−]", "-", wording)
    is_night = bool(_NIGHT.search(text))
    text, offset = _take_offset(text)
    clocks = [_clock(match) for match in _CLOCK.finditer(text)]
    before, after = _BEFORE.search(text), _AFTER.search(text)
    is_about = bool(_ABOUT.search(text))
    of_the_clock = bool(clocks) and _qualifies_clock(text, before or after)
    for pattern in (_CLOCK, _BEFORE, _AFTER, _ABOUT, _NIGHT, _PHRASES):
        text = pattern.sub(" ", text)
    first, last = parse_days(text, order=order, year=year)
    if is_night and first == last:
        last += timedelta(days=1)
    if before and not of_the_clock:
        return TimeSpan(earliest=None, latest=last, text=wording)
    if after and not of_the_clock:
        if reported is None or reported < first:
            raise TimeError("has no upper bound; give the day of the report in a reported column")
        return TimeSpan(earliest=first, latest=reported, text=wording)
    known = offset or zone
    if clocks and known and not is_about and not (before or after) and len(clocks) <= 2 and (last - first).days <= 1:
        start = datetime.combine(first, clocks[0], known)
        end_day = last
        if len(clocks) == 2 and first == last and clocks[1] < clocks[0]:
            end_day += timedelta(days=1)
        end = datetime.combine(end_day, clocks[-1], known)
        if len(clocks) == 2 or first == last:
            return TimeSpan(earliest=start, latest=end, text=wording)
    if clocks and known and before and of_the_clock and first == last and len(clocks) == 1:
        return TimeSpan(earliest=first, latest=datetime.combine(last, clocks[0], known), text=wording)
    if len(clocks) == 2 and first == last and clocks[1] < clocks[0]:
        last += timedelta(days=1)
    plain = {first.isoformat(), f"{first:%Y-%m}", f"{first:%Y}"}
    return TimeSpan(earliest=first, latest=last, text="" if wording in plain else wording)


def _qualifies_clock(text: str, qualifier: re.Match[str] | None) -> bool:
    """Return whether "before" or "after" stands right before an hour, not before a day."""
    return qualifier is not None and _CLOCK.match(text[qualifier.end() :].lstrip()) is not None


def _take_offset(text: str) -> tuple[str, tzinfo | None]:
    match = _OFFSET.search(text)
    if match is None or not _CLOCK.search(text):
        return text, None
    if match["sign"]:
        minutes = (int(match["h"]) * 60 + int(match["m"])) * (-1 if match["sign"] == "-" else 1)
        if abs(minutes) > 14 * 60:
            return text, None
    else:
        minutes = _ABBREVIATED[(match["zulu"] or match["name"]).lower()]
    rest = text[: match.start()] + (" " if match["sign"] else " hrs ") + text[match.end() :]
    return rest, timezone(timedelta(minutes=minutes)) if minutes else UTC


def _clock(match: re.Match[str]) -> time:
    hour = int(match["h"] or match["h2"] or match["h3"])
    minute = int(match["m"] or match["m3"] or 0)
    half = (match["half"] or match["half2"] or "").lower()
    if half:
        if hour > 12:
            raise TimeError(f"{match[0].strip()!r} is no time of day")
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour == 24:
        if minute:
            raise TimeError(f"{match[0].strip()!r} is no time of day")
        hour = 0
    return time(hour, minute, int(match["s"] or 0))


def _iso(text: str) -> list[date | datetime] | None:
    """Return the one or two moments of an ISO 8601 date, time or interval."""
    parts = text.strip().split("/")
    if len(parts) > 2 or any(not re.match(r"\d{4}-\d{2}-\d{2}", part.strip()) for part in parts):
        return None
    moments: list[date | datetime] = []
    for part in (p.strip() for p in parts):
        try:
            moments.append(date.fromisoformat(part) if len(part) == 10 else datetime.fromisoformat(part))
        except ValueError:
            return None
    return moments


def _from_moments(moments: list[date | datetime], wording: str, zone: tzinfo | None) -> TimeSpan:
    known: list[date | datetime] = []
    is_exact = True
    for moment in moments:
        if isinstance(moment, datetime) and moment.tzinfo is None:
            is_exact = is_exact and (zone is not None or moment.time() == time())
            known.append(moment.replace(tzinfo=zone) if zone and moment.time() != time() else moment.date())
        else:
            known.append(moment)
    try:
        return TimeSpan(earliest=known[0], latest=known[-1], text="" if is_exact else wording)
    except ValueError:
        raise TimeError("ends before it begins") from None
