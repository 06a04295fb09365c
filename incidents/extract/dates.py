# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Date expressions to ranges of days, anchored on the publication date or on the event before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from incidents.extract.days import DAY, DAY_RULES, EVENT_RULES, MONTH, day_number, month_number, near_past


@dataclass(frozen=True)
class DateHit:
    """A date expression, resolved to a range of days."""

    start: int
    end: int
    earliest: date | None
    latest: date | None
    basis: str
    """``stated``, ``weekday``, ``relative``, ``event`` (counted from another event), ``statement`` or ``find``."""
    shift: tuple[int, int] | None = None
    """Days to add to the event before, where the expression counts from it."""
    is_long: bool = False
    """Whether it names a stretch over which events are added up, not the time of one."""

    @property
    def width(self) -> int:
        """Days between the first and the last day."""
        return 0 if self.earliest is None or self.latest is None else (self.latest - self.earliest).days


_SPEECH = re.compile(
    r"\b(?:said|says|told|announced|confirmed|stated|reported|added|wrote|tweeted|posted|explained|clarified|informed|warned|"
    r"revealed|disclosed|acknowledged|admitted|declared|noted|claimed|insisted|denied|condemned|summoned|met|"
    r"convened|requested|invoked|protested|briefing|statement|conference|press release|interview|post|update|report|published|released|issued|handed|approved)"
    r"(?:\s+(?:a|local|station|broadcaster|newspaper|parliament|radio|late|early|later|earlier|in|a|an|the|statement|reporters|journalists|lawmakers|parliament|media|to|on|X|Facebook|Telegram|Twitter|that|its|his|her|"
    r"press|release|conference|post|briefing|social|news|agency|of|AFP|Reuters|radio|television|broadcaster|[A-Z]\w+)){0,7}\s*,?\s*$"
)
_MEETING = re.compile(
    r"^'s\s+(?:\w+\s+){0,4}(?:meeting|session|summit|talks|statement|briefing|speech|vote|debate|report)\b|^\s+(?:meeting|session|summit|talks|news conference|press conference|briefing|statement)\b"
)
_FIND = re.compile(
    r"\b(?:found|discovered|recovered|located|came across|washed ashore|stumbled)\b(?:\s+\S+){0,8}\s*,?\s*$"
)


_LONG = re.compile(r"\b(?:since|so far|from the (?:start|beginning)|over the (?:past|last)|in (?:the )?(?:recent|past|last)(?:\s+\w+)? (?:months|weeks|years|days)|to date)\s*$", re.I)  # fmt: skip


_DATED = re.compile(
    r"\d|day|night|week|month|year|ago|prior|later|earlier|summer|spring|autumn|winter|morning|evening|January|February|March|April|May|June|July|August|September|October|November|December",
    re.I,
)


def tag_dates(text: str, published: date) -> list[DateHit]:
    """Return the date expressions of a sentence in order, each resolved to a range.

    Statement dates ("said on Friday") and dates of a find are marked by their basis. An expression counted from another
    event carries its shift and no days.
    """
    if not _DATED.search(text):
        return []
    hits: list[DateHit] = []
    for basis, pattern, make in DAY_RULES:
        for match in pattern.finditer(text):
            if any(h.start < match.end() and match.start() < h.end for h in hits):
                continue
            word = match.group()
            if (
                word.lower() in ("may", "march", "sat", "sun")
                or _is_modal(word)
                or _FUTURE.search(text[: match.start()])
            ):
                continue
            days = make(match, published)
            if days is None:
                continue
            hits.append(_judged(text, match, basis, days, published))
    for pattern, shift_of in EVENT_RULES:
        for match in pattern.finditer(text):
            shift = shift_of(match)
            if shift is None or any(h.start < match.end() and match.start() < h.end for h in hits):
                continue
            if match.group().lower().endswith("ago") and "n" not in match.groupdict():
                days = (published - timedelta(7), published - timedelta(1))
                hits.append(DateHit(match.start(), match.end(), *days, "relative"))
            else:
                hits.append(DateHit(match.start(), match.end(), None, None, "event", shift))
    return [hit for hit in sorted(hits, key=lambda hit: hit.start) if not _is_refined(text, hit, hits)]


def _is_refined(text: str, hit: DateHit, hits: list[DateHit]) -> bool:
    """Whether ``in the night`` only opens a date that follows."""
    if "night" not in text[hit.start : hit.end].lower() or hit.basis != "relative":
        return False
    return any(
        re.fullmatch(r"\s*(?:of|from|between|to|on|into)?\s*(?:on\s+)?", text[hit.end : other.start])
        for other in hits
        if other.start >= hit.end and other.shift is None
    )


def _is_modal(word: str) -> bool:
    return bool(re.fullmatch(r"(?:in|by|of)\s+(?:may|march)", word) and not re.search(r"M", word))


_FINDS_NEXT = re.compile(r"^,?\s+(?:[\w'-]+\s+){0,6}?(?:found|discovered|came\s+across|stumbled|recovered)\b")
_FUTURE = re.compile(
    r"\b(?:until|till|scheduled\s+for|planned\s+for|set\s+for|expected|due|no\s+later\s+than|next|before|by)\s+(?:on\s+|at\s+least\s+|\w+\s+on\s+)?$",
    re.I,
)
_SAYS_NEXT = re.compile(
    r"^(?:,?\s+(?:\w+ly\s+)?(?:said|says|announced|confirmed|stated|reported|told|wrote|tweeted|claimed|warned|accused|condemned|summoned|denied|called|"
    r"blamed|posted|added|revealed|acknowledged|informed)\b)|^,?\s+(?:[^,.;]{0,90}\s)?(?:(?:said|announced|confirmed|stated|reported|informed\s+\w+|claimed|declared)\s+that|"
    r"summoned|handed|convened|lodged|protested\s+to|will\s+(?:meet|hold|convene)|met\s+(?:with)?|held\s+(?:talks|a\s+meeting))\b"
)


def _judged(text: str, match: re.Match[str], basis: str, days: tuple[date, date], published: date) -> DateHit:
    first, last = days
    before, after = text[: match.start()], text[match.end() :]
    is_long = (last - first).days > 45 or bool(_LONG.search(before)) or match.group().lower().startswith("since")
    if (
        (
            _SPEECH.search(before)
            or _MEETING.match(after)
            or (match.group().endswith("'s") and _MEETING.match("'s" + after))
        )
        or _SAYS_NEXT.match(after)
        or (
            match.start() == 0
            and re.match(r"^,?\s+(?:[A-Z]|-|/)", after)
            and not re.match(r"(?i)on|last|in|early|late|overnight|over|during|the", text)
        )
    ):
        basis = "statement"
    elif _FIND.search(before) or _FINDS_NEXT.match(after):
        basis = "find"
    return DateHit(match.start(), match.end(), first, last, basis, None, is_long)


_DATELINE = re.compile(
    rf"\b(?:(?P<m>{MONTH})\s+(?P<d>{DAY})|(?P<d2>{DAY})\s+(?P<m2>{MONTH}))\b(?:,?\s+(?P<year>20\d\d))?\)?\s*(?:[.:/(-]|$)",
    re.IGNORECASE,
)
_HEAD = 70
"""A dateline's date stands this near to the start of the line."""


def find_dateline(text: str, published: date) -> date | None:
    """Return the day in a dateline such as ``TALLINN, Sept 19 (Agency) -``, for `today` in its article."""
    for line in text.splitlines()[:6]:
        match = _DATELINE.search(line[:_HEAD])
        if match and match.start() > 3 and not re.search(r"\b[a-z]", line[: match.start()]):
            month, day = (match["m"], match["d"]) if match["m"] else (match["m2"], match["d2"])
            return near_past(month_number(month), day_number(day), match["year"], published)
    return None
