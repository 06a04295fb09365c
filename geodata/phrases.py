"""Take a place phrase apart: what is named, where around it, and what constrains it."""

from __future__ import annotations

import re
from dataclasses import dataclass

KINDS: dict[str, tuple[str, ...]] = {
    "airport": ("airport", "air base", "airfield"),
    "airfield": ("airport", "air base", "airfield"),
    "air base": ("airport", "air base", "airfield"),
    "air station": ("airport", "air base", "airfield"),
    "county": ("region", "county"),
    "voivodeship": ("region",),
    "region": ("region", "county"),
    "district": ("region", "county"),
    "municipality": ("county", "region"),
    "commune": ("county",),
    "parish": ("county", "village"),
    "island": ("island",),
    "islands": ("island",),
}
"""Word in the text and the kinds of entry it asks for."""
COMPASS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
_SIDE = "(?:north|south)?[- ]?(?:east|west)|north|south"
_OFFSET = re.compile(
    rf"(?:(?:about|some|around|roughly|approximately)\s+)?(?P<size>\d+(?:\.\d+)?)\s*(?P<unit>km|nm|nmi|m|miles)\b\s*"
    rf"(?:to the\s+)?(?:(?P<side>{_SIDE})\s+of|from|off|(?:upstream|downstream)\s+of)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_SIDE_OF = re.compile(
    rf"(?:sea\s+|area\s+)?(?:to the\s+)?(?P<side>{_SIDE})\s+of\s+(?:the\s+)?(?P<rest>.+)", re.IGNORECASE
)
_BETWEEN = re.compile(r".*?\bbetween\s+(?P<first>.+?)\s+and\s+(?P<second>[^,]+)(?P<tail>.*)", re.IGNORECASE)
_LINE = re.compile(
    r"(?:the\s+)?(?P<first>[^,]+?)(?:\s+[-–]\s+|[-–])(?P<second>[^,–-]+?)\s+(?:line|axis|route)(?P<tail>,.*)?",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?:the\s+)?(?:(?P<side>{_SIDE})(?:ern)?\s+(?:part\s+of\s+)?)(?:the\s+)?(?P<rest>(?-i:[^\W\d_a-z]).+)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"(?P<first>(?-i:[^\W\d_a-z])[^,]*?)\s+(?:near|outside|opposite)\s+(?P<rest>.+)", re.IGNORECASE)
_OFF = re.compile(r"(?:.*?\s)?off\s+(?:the\s+coast\s+of\s+)?(?P<rest>.+)", re.IGNORECASE)
_NEAR = re.compile(
    r"(?:.*?\s)?(?:near|outside|outskirts of|approaches to|opposite|around)\s+(?P<rest>.+)", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:(?:in|at|over|from|towards|the|edge of|village of|town of|city of)\s+)+", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:area|areas|village|town|city|border area|direction|harbour|port)$", re.IGNORECASE)
_NO_NAMES = frozenset({"airport", "air", "county", "lake", "the", "port", "base", "north", "south", "east", "west"})
_METRES = {"km": 1_000.0, "nm": 1_852.0, "nmi": 1_852.0, "m": 1.0, "miles": 1_609.344}


@dataclass(frozen=True)
class Phrase:
    """A phrase taken apart."""

    names: tuple[str, ...]
    """What is named, the likeliest first."""
    context: tuple[str, ...] = ()
    """Words after commas and in parentheses: region, country."""
    second: str | None = None
    """The other end of "between X and Y"."""
    distance_m: float | None = None
    azimuth: float | None = None
    is_near: bool = False
    is_off: bool = False
    before: str = ""
    """What is named in front of "near Y"."""
    part: float | None = None
    """Azimuth of the part of an area, as in "eastern Latvia"."""


def parse(text: str) -> Phrase:
    """Take `text` apart."""
    text = " ".join(text.split())
    context = tuple(part.strip() for part in re.findall(r"\(([^)]*)\)", text))
    text = " ".join(re.sub(r"\([^)]*\)", " ", text).split())
    if match := _BETWEEN.fullmatch(text):
        rest = tuple(part.strip() for part in match["tail"].split(",") if part.strip())
        return Phrase(names_of(match["first"]), rest + context, second=_LEAD.sub("", match["second"].strip()))
    if match := _LINE.fullmatch(text):
        rest = tuple(part.strip() for part in (match["tail"] or "").split(",") if part.strip())
        return Phrase(names_of(match["first"]), rest + context, second=match["second"].strip())
    head, *rest_ = (part.strip() for part in text.split(","))
    context = (*(part for part in rest_ if part), *context)
    if match := _OFFSET.fullmatch(head):
        metres = float(match["size"]) * _METRES[match["unit"].lower()]
        return Phrase(names_of(match["rest"]), context, distance_m=metres, azimuth=_azimuth(match["side"]))
    if match := _SIDE_OF.fullmatch(head):
        return Phrase(names_of(match["rest"]), context, azimuth=_azimuth(match["side"]), is_near=True)
    if match := _OFF.fullmatch(head):
        return Phrase(names_of(match["rest"]), context, is_off=True)
    if match := _NEAR.fullmatch(head):
        beside = _BESIDE.fullmatch(head)
        before = beside["first"] if beside and without_kind(beside["first"]) else ""
        return Phrase((*names_of(match["rest"]), *names_of(head)), context, is_near=True, before=before)
    if match := _PART.fullmatch(head):
        return Phrase(names_of(match["rest"]), context, part=_azimuth(match["side"]), before=head)
    return Phrase(names_of(head), context)


def is_kind_word(word: str) -> bool:
    """Return whether `word` only says what kind of place is meant."""
    return word.casefold() in _NO_NAMES or not without_kind(word)


def fragments(text: str) -> list[str]:
    """Return the runs of up to four words of `text` that begin with a capital, the longest and earliest first."""
    words = re.findall(r"[^\s/(),]+", text)
    runs = [
        " ".join(words[start : start + size])
        for size in (4, 3, 2, 1)
        for start in range(len(words) - size + 1)
        if words[start][:1].isupper() and words[start].casefold() not in _NO_NAMES
    ]
    return [run for run in dict.fromkeys(runs) if len(run) > 2]


def wanted_kinds(text: str) -> tuple[str, ...]:
    """Return the kinds of place that `text` asks for."""
    return tuple(
        kind for word, kinds in KINDS.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE) for kind in kinds
    )


def without_kind(name: str) -> str:
    """Return `name` without its kind word."""
    words = "|".join(sorted(KINDS, key=len, reverse=True))
    return " ".join(re.sub(rf"\b(?:{words})\b", " ", name, flags=re.IGNORECASE).split())


def _azimuth(side: str | None) -> float | None:
    return None if side is None else COMPASS[side.lower().replace("-", "").replace(" ", "")]


def names_of(text: str) -> tuple[str, ...]:
    """Return what `text` may name, whole and without lead, tail and kind words."""
    text = text.strip()
    short = _TAIL.sub("", _LEAD.sub("", text))
    names = [text, short, without_kind(short)]
    for part in re.split(r"\s+/\s+|\s+-\s+|\s+and\s+", short):
        names += [part, without_kind(part)]
    return tuple(dict.fromkeys(name for name in names if name))
