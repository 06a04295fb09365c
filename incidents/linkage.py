"""Is this the same event? Duplicate, review or new, by country, place, time and class, each with its uncertainty.

Deterministic, with a zone for a person to decide in: the thresholds are set by hand and named below. A link is a
proposal with its grounds; taking one back leaves both sides as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidents.model import Incident

NARROW_DAYS = 3
"""A range at most this wide can make a duplicate by itself."""
RECAP_DAYS = 15
"""A recalled event with a range at most this wide is a duplicate where exactly one recorded event fits."""
GAP_DAYS = 1
"""Ranges further apart are different events."""
NEAR_KM = 50.0
"""Sites may lie this far apart beyond both radii."""
LOOK_BACK_DAYS = 31
"""An event without a date is compared with those of this many days before publication."""

_CREWED = (
    "fighter",
    "bomber",
    "reconnaissance_aircraft",
    "transport_aircraft",
    "helicopter",
    "light_aircraft",
    "aircraft",
)
_MISSILES = ("cruise_missile", "ballistic_missile", "air_defence_missile", "missile")
_FAMILIES = {
    **dict.fromkeys(_CREWED, "crewed"),
    **dict.fromkeys(_MISSILES, "missile"),
    "drone": "drone",
    "balloon": "balloon",
}


class Verdict(StrEnum):
    """What a comparison says."""

    DUPLICATE = "duplicate"
    REVIEW = "review"
    NEW = "new"


@dataclass(frozen=True)
class Event:
    """What linkage needs of an incident or a candidate."""

    key: str
    countries: frozenset[str]
    earliest: date | None
    latest: date | None
    not_after: date | None = None
    families: frozenset[str] = frozenset()
    """Empty where the object is not identified."""
    classes: frozenset[str] = frozenset()
    """The classes themselves; they rank, families decide."""
    actors: frozenset[str] = frozenset()
    outcome: str = "unknown"
    points: tuple[tuple[float, float, float], ...] = ()
    """lon, lat (degrees), radius (km)."""
    is_recalled: bool = False
    """Whether a report merely recalls it."""

    @property
    def width(self) -> int | None:
        """Days between first and last day, None without a date."""
        return None if self.earliest is None or self.latest is None else (self.latest - self.earliest).days


@dataclass(frozen=True)
class Link:
    """A proposed link and its grounds."""

    verdict: Verdict
    to: str | None
    score: float = 0.0
    """0 to 1, for ranking only; the verdict rests on the rules."""
    gap_days: int | None = None
    """0 where the ranges overlap; None where one has no date."""
    distance_km: float | None = None
    """Between the nearest sites; None where one has none."""
    reasons: tuple[str, ...] = field(default=())
    also: tuple[str, ...] = field(default=())
    """Further incidents that it is a duplicate of: one report can tell of several recorded ones."""

    def to_json_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "verdict": self.verdict.value, "reasons": list(self.reasons), "also": list(self.also)}


def event_of_incident(record: Incident) -> Event:
    """Return what linkage needs of a record."""
    from incidents.model import Stance

    return Event(
        key=record.id,
        countries=frozenset(record.countries),
        earliest=None if record.occurred.earliest is None else record.occurred.first_day,
        latest=record.occurred.last_day,
        families=frozenset(filter(None, (_FAMILIES.get(c.value) for c in record.object_classes))),
        classes=frozenset(c.value for c in record.object_classes),
        actors=frozenset(a.actor for a in record.attributions if a.stance in (Stance.ASSERTS, Stance.SUSPECTS)),
        outcome=record.outcome.value,
        points=tuple(
            (s.lon, s.lat, (s.radius_m or 0.0) / 1000) for s in record.sites if s.lon is not None and s.lat is not None
        ),
    )


def event_of_candidate(data: Mapping[str, Any], key: str) -> Event:
    """Return what linkage needs of a candidate's plain values."""
    when = data["date"]

    def day(name: str) -> date | None:
        value = when.get(name)
        return date.fromisoformat(value) if isinstance(value, str) else value

    family = _FAMILIES.get(data.get("object_class") or "")
    return Event(
        key=key,
        countries=frozenset([data["country"]]),
        earliest=day("earliest"),
        latest=day("latest"),
        not_after=day("not_after"),
        families=frozenset([family] if family else []),
        classes=frozenset([data.get("object_class") or "unknown"]),
        actors=frozenset([data["actor"]] if data.get("actor") else []),
        outcome=data.get("outcome") or "unknown",
        points=tuple(
            (s["lon"], s["lat"], (s.get("radius_m") or 0.0) / 1000)
            for s in data.get("sites", ())
            if s.get("lon") is not None and s.get("lat") is not None
        ),
        is_recalled=data.get("role") == "background",
    )


def compare(one: Event, other: Event) -> Link:
    """Return what two events are to each other; `one` is the newcomer, but the verdict is the same both ways."""
    if not one.countries & other.countries:
        return Link(Verdict.NEW, other.key, reasons=("other country",))
    if one.families and other.families and not one.families & other.families:
        return Link(Verdict.NEW, other.key, reasons=("other class of object",))
    gap = _gap(one, other)
    if gap is not None and gap > GAP_DAYS:
        return Link(Verdict.NEW, other.key, gap_days=gap, reasons=(f"{gap} days apart",))
    if gap is None and not _within_look_back(one, other):
        return Link(Verdict.NEW, other.key, reasons=("no date, and not in the weeks before",))
    distance, is_near = _distance(one, other)
    if not is_near:
        return Link(Verdict.NEW, other.key, 0.0, gap, distance, (f"{distance:.0f} km apart",))
    doubts = []
    if gap is None:
        doubts.append("one side has no date")
    elif gap > 0:
        doubts.append(f"{gap} day apart")
    elif max(one.width or 0, other.width or 0) > NARROW_DAYS:
        doubts.append("wide range of dates")
    if not one.families or not other.families:
        doubts.append("object not identified")
    if one.actors and other.actors and not one.actors & other.actors:
        doubts.append("another actor is named")
    score = _score(one, other, gap, distance)
    return Link(
        Verdict.REVIEW if doubts else Verdict.DUPLICATE,
        other.key,
        score,
        gap,
        distance,
        tuple(doubts) or ("country, place, time and class agree",),
    )


def find_link(event: Event, known: Iterable[Event], *, not_same: Collection[tuple[str, str]] = ()) -> Link:
    """Return the best link of `event` among `known`, `Verdict.NEW` without a target where nothing fits.

    Pairs that a person found to be different are left out. Ties go to the lower key, so order does not matter.
    """
    apart = {tuple(sorted(pair)) for pair in not_same}
    links = [
        compare(event, other)
        for other in known
        if other.key != event.key and tuple(sorted((event.key, other.key))) not in apart
    ]
    fitting = sorted(
        (k for k in links if k.verdict is not Verdict.NEW),
        key=lambda k: (k.verdict is not Verdict.DUPLICATE, -k.score, str(k.to)),
    )
    if not fitting:
        return Link(Verdict.NEW, None, reasons=("nothing recorded fits",))
    best = fitting[0]
    if best.verdict is Verdict.REVIEW and event.is_recalled and event.width is not None and event.width <= RECAP_DAYS:
        targets = {other.key: other for other in known}
        agreeing = [
            k
            for k in fitting
            if event.actors & targets[str(k.to)].actors
            and k.gap_days == 0
            and (targets[str(k.to)].width or 0) <= NARROW_DAYS
        ]
        exact = [k for k in agreeing if event.outcome != "unknown" and targets[str(k.to)].outcome == event.outcome]
        fits = exact if event.outcome != "unknown" else agreeing
        only = fits if len(fits) == 1 else []
        if only and not any("object" in r or "actor" in r for r in only[0].reasons):
            return Link(
                Verdict.DUPLICATE,
                only[0].to,
                only[0].score,
                0,
                only[0].distance_km,
                ("recalled, and the only recorded event that fits",),
            )
    also = tuple(sorted(str(k.to) for k in fitting[1:] if k.verdict is Verdict.DUPLICATE))
    return replace(best, also=also) if best.verdict is Verdict.DUPLICATE and also else best


def cluster(events: Iterable[Event], *, not_same: Collection[tuple[str, str]] = ()) -> list[tuple[str, ...]]:
    """Return the groups of keys that are one event, whatever the order of `events`.

    Only duplicates join. A pair found to be different keeps its whole groups apart.
    """
    listed = sorted(events, key=lambda e: e.key)
    apart = {tuple(sorted(pair)) for pair in not_same}
    links = []
    for index, one in enumerate(listed):
        for other in listed[index + 1 :]:
            link = compare(one, other)
            if link.verdict is Verdict.DUPLICATE:
                links.append((-link.score, one.key, other.key))
    group = {e.key: {e.key} for e in listed}
    for _, one_key, other_key in sorted(links):
        a, b = group[one_key], group[other_key]
        if a is b or any(tuple(sorted((x, y))) in apart for x in a for y in b):
            continue
        a |= b
        for key in b:
            group[key] = a
    return sorted({tuple(sorted(keys)) for keys in group.values()})


def _gap(one: Event, other: Event) -> int | None:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return None
    return max((one.earliest - other.latest).days, (other.earliest - one.latest).days, 0)


def _within_look_back(one: Event, other: Event) -> bool:
    """Whether the dated side lies in the weeks before the undated one was reported."""
    for undated, dated in ((one, other), (other, one)):
        if undated.earliest is not None:
            continue
        bound = undated.not_after or undated.latest
        last = dated.latest or dated.not_after
        if bound is None or last is None:
            return True
        first = dated.earliest or last
        if first > bound or last < bound - timedelta(LOOK_BACK_DAYS):
            return False
    return True


def _distance(one: Event, other: Event) -> tuple[float | None, bool]:
    if not one.points or not other.points:
        return None, True
    from geodata.geodesy import distance_km

    best: tuple[float, float] | None = None
    for lon1, lat1, r1 in one.points:
        for lon2, lat2, r2 in other.points:
            d = distance_km(lon1=lon1, lat1=lat1, lon2=lon2, lat2=lat2)
            if best is None or d - r1 - r2 < best[0]:
                best = (d - r1 - r2, d)
    assert best is not None
    return round(best[1], 1), best[0] <= NEAR_KM


def _score(one: Event, other: Event, gap: int | None, distance: float | None) -> float:
    when = 0.3 if gap is None else 1.0 - 0.4 * gap
    if gap == 0:
        when -= 0.02 * min(max(one.width or 0, other.width or 0), 20)
        if one.earliest != other.earliest:
            when -= 0.05
    where = 0.5 if distance is None else max(0.0, 1.0 - distance / 200)
    what = 1.0 if one.classes & other.classes else 0.7 if one.families & other.families else 0.5
    who = 1.0 if one.actors & other.actors else 0.5
    end = 1.0 if one.outcome == other.outcome != "unknown" else 0.5
    return round(0.4 * when + 0.3 * where + 0.1 * what + 0.1 * who + 0.1 * end, 4)
