# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""One sentence to the mentions of events in it: trigger, object, state, sites, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from incidents.extract.dates import DateHit, tag_dates
from incidents.extract.fitness import FINDS, unfit
from incidents.extract.objects import CREWED, ObjectHit, find_objects
from incidents.extract.places import CountryHit, find_countries
from incidents.extract.sentences import Sentence
from incidents.extract.sites import SiteHit, find_sites, sites_of
from incidents.extract.triggers import TriggerHit, filter_reason, find_triggers
from incidents.extract.victims import choose_countries

_DISTINCT = re.compile(
    r"\b(?:similar|another|previous(?:ly)?|earlier\s+(?:this|in|incident|case)|separate(?:ly)?|last\s+(?:month|year)|different|prior\s+incident|past|recent(?:ly)?|series\s+of|wave\s+of|spate\s+of|string\s+of|the\s+latest\s+in|recall\w*|follows?|followed|comes?\s+(?:\w+\s+)?after|also)\b",
    re.I,
)
_RECAP = re.compile(
    r"\b(?:earlier\s+(?:this|in)|last\s+(?:month|year|week)|previous(?:ly)?|similar|follows?|recall\w*|in\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)|(?:weeks?|months?|years?|days)\s+(?:ago|earlier|prior|before)|comes?\s+(?:\w+\s+)?after|recent)\b",
    re.I,
)
_MEETING = re.compile(
    r"\b(?:address|assembly|talks|visit|remarks|hearing|vote|headquarters|press\s+conference|news\s+conference|summit|meeting|session|speech|interview)\b",
    re.I,
)


@dataclass(frozen=True)
class Mention:
    """What one trigger in one sentence says about one state."""

    sentence: Sentence
    trigger: TriggerHit
    clause: tuple[int, int]
    country: str | None
    country_hit: CountryHit | None
    """None where the state is carried over from the event before."""
    thing: ObjectHit | None
    things: tuple[ObjectHit, ...] = ()
    """Objects that add up ("two MiG-29 and one Su-34")."""
    sites: tuple[SiteHit, ...] = ()
    date: DateHit | None = None
    base: DateHit | None = None
    """For a date counted from another event: that event's date, where the sentence gives it."""
    is_distinct: bool = False
    is_recap: bool = False
    borrowed: Sentence | None = None
    """Sentence of the object, where this one only refers to it."""
    is_weak: bool = False
    """Only adds to an event told elsewhere."""

    @property
    def thing_sentence(self) -> Sentence:
        """Sentence in which the object is named."""
        return self.borrowed or self.sentence

    @property
    def rule(self) -> str:
        """Name of the rule that found it."""
        return f"{self.trigger.kind}/{self.country_hit.rule if self.country_hit else 'focus'}"


@dataclass(frozen=True)
class Reading:
    """A sentence read: its mentions, and what was set aside and why."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    dates: tuple[DateHit, ...] = ()
    objects: tuple[ObjectHit, ...] = ()
    dropped: tuple[tuple[TriggerHit, str], ...] = field(default=())


def read_sentence(sentence: Sentence, published: date) -> Reading:
    """Return the mentions of events in one sentence."""
    text = sentence.text
    dates = tuple(tag_dates(text, published))
    if not _AERIAL.search(text):
        return Reading(sentence, (), dates)
    triggers = find_triggers(text)
    if not triggers:
        return Reading(sentence, (), dates, find_objects(text))
    objects = find_objects(text)
    countries = find_countries(text)
    clauses = sentence.clauses
    found: list[Mention] = []
    dropped: list[tuple[TriggerHit, str]] = []
    for trigger in triggers:
        if trigger.kind != "noun" and any(o.head <= trigger.start < o.end for o in objects):
            continue
        clause = next(c for c in clauses if c[0] <= trigger.start < c[1])
        thing = _choose_object(text, clause, trigger, objects)
        reason = filter_reason(text, clause, trigger) or unfit(text, clause, trigger, thing, countries)
        if reason is not None:
            dropped.append((trigger, reason))
            continue
        places, is_weak = choose_countries(text, clause, trigger, thing, countries)
        if places is None:
            dropped.append((trigger, "outside the alliance"))
            continue
        distinct = bool(_DISTINCT.search(text[max(clause[0] - 30, 0) : clause[1]]))
        recap = bool(_RECAP.search(text))
        for place in places or (None,):
            found.append(
                Mention(sentence, trigger, clause, place.code if place else None, place, thing, _sum(text, thing, objects),
                        is_distinct=distinct, is_recap=recap, is_weak=is_weak or place is None)
            )  # fmt: skip
    dated = [_with_date(mention, dates, found, text) for mention in found]
    sites = find_sites(text) if dated else []
    placed = [
        replace(
            mention,
            sites=sites_of(
                text,
                sites,
                country=mention.country,
                codes=frozenset(d.country for d in dated if d.country),
                is_title=sentence.is_title,
            ),
        )
        for mention in dated
    ]
    return Reading(sentence, tuple(placed), dates, tuple(objects), tuple(dropped))


_AERIAL = re.compile(
    r"drone|UA[VS]|unmanned|uncrewed|pilotless|quadcopter|aircraft|plane|\bjets?\b|fighter|bomber|helicopter|chopper|glider|missile|rocket|balloon|airship|object|projectile|"
    r"air\s?space|air border|incursion|intrusion|violat|overfl|flyover|Shahed|Geran|Gerbera|Orlan|\b(?:MiG|MIG|Su|SU|Tu|TU|Il|IL|An|AN|Mi|MI|Ka|Kh|F|L)-?\s?\d|Iskander|Kalibr|"
    r"Cessna|ultralight|UFO|\b(?:it|they|others|more|one of them|which)\b",
    re.I,
)
_SEEN = re.compile(
    r"\s+(?:sighting|incursion|activit|alert|alarm|flight|incident|observation|scare|presence|report|intrusion|overflight|violation|disruption)",
    re.I,
)


def _choose_object(
    text: str, clause: tuple[int, int], trigger: TriggerHit, objects: Sequence[ObjectHit]
) -> ObjectHit | None:
    intruders = [o for o in objects if not o.is_responder and not o.is_generic]
    if trigger.kind == "closure":
        intruders = [
            o
            for o in intruders
            if o.object_class in ("drone", "balloon", "unknown", "missile")
            and (not o.is_attributive or _SEEN.match(text[o.end :]))
        ]
        return intruders[0] if intruders else None
    inside = [o for o in intruders if clause[0] <= o.head < clause[1]]
    if trigger.kind in ("sighting", "fall"):
        light = [o for o in inside if o.object_class not in CREWED]
        inside = light or inside
    before = [o for o in inside if o.end <= trigger.start + 1]
    after = [o for o in inside if o.head >= trigger.start]
    is_passive = bool(
        re.search(r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+\s+){0,2}$", text[clause[0] : trigger.start])
    )
    if trigger.kind == "noun":
        overlapping = [o for o in inside if o.head < trigger.end and o.end > trigger.start]
        if overlapping:
            return overlapping[0]
        near_after = [o for o in after if o.start - trigger.end < 60]
        near_before = [o for o in before if trigger.start - o.end < 25]
        return (near_after or near_before[::-1] or before[::-1] or after or _elsewhere(trigger, intruders))[0:1][0] if (near_after or near_before or before or after or _elsewhere(trigger, intruders)) else None  # fmt: skip
    if not before and re.match(r"(?:that|which|who)\b", text[clause[0] :]):
        before = [o for o in intruders if o.end <= clause[0] and clause[0] - o.end < 15]
        if before:
            return before[-1]
    if trigger.kind in ("down", "sighting") and not is_passive and after:
        return after[0]
    if trigger.kind == "fall" and FINDS.search(trigger.word) and not is_passive and after:
        return after[0]
    if before:
        return before[-1]
    if after:
        return after[0]
    rest = [
        o for o in _elsewhere(trigger, intruders) if o.end <= trigger.start or trigger.kind not in ("entry", "fall")
    ]
    return rest[0] if rest else None


def _elsewhere(trigger: TriggerHit, objects: Sequence[ObjectHit]) -> list[ObjectHit]:
    """Objects of other clauses, the nearest before the trigger first."""
    return [o for o in objects if o.end <= trigger.start][::-1] + [o for o in objects if o.head > trigger.end]


def _sum(text: str, thing: ObjectHit | None, objects: Sequence[ObjectHit]) -> tuple[ObjectHit, ...]:
    if thing is None or not thing.is_number:
        return ()
    row = [thing]
    for other in objects:
        if (
            other is not thing
            and other.is_number
            and other.object_class in CREWED
            and thing.object_class in CREWED
            and not other.is_responder
        ):
            low, high = sorted((thing, other), key=lambda o: o.start)
            if re.fullmatch(r"\s*(?:,|and|as\s+well\s+as|, and)\s*", text[low.end : high.start]):
                row.append(other)
    return tuple(sorted(row, key=lambda o: o.start)) if len(row) > 1 else ()


def _with_date(mention: Mention, dates: tuple[DateHit, ...], others: list[Mention], text: str) -> Mention:
    short = [d for d in dates if not d.is_long]
    inside = [d for d in short if mention.clause[0] <= d.start < mention.clause[1]]
    inside = [
        replace(d, basis="statement")
        if d.start > mention.trigger.end and _MEETING.search(text[mention.trigger.end : d.start])
        else d
        for d in inside
    ]
    event = [d for d in inside if d.basis not in ("statement",)]
    if not event:
        taken = [o.clause for o in others if o.clause != mention.clause and o.country not in (None, mention.country)]
        free = [d for d in short if d not in inside and not any(c[0] <= d.start < c[1] for c in taken)]
        event = [d for d in free if d.basis != "statement"]
    counted = [d for d in event if d.shift is not None]
    if counted:
        first = counted[0]
        bases = [d for d in short if d.start > first.end and d.shift is None]
        is_after = re.search(r"after|before|prior", text[first.start : first.end + 8], re.I)
        if bases and is_after and bases[0].start - first.end < 120:
            return replace(mention, date=first, base=bases[0])
        plain = [d for d in event if d.shift is None]
        return replace(mention, date=plain[0] if plain else first)
    lead_in = re.search(r"(?:after)\s*$", text[: mention.clause[0] + 6])
    counted_back = [
        d
        for d in short
        if (d.shift is not None and lead_in and 0 <= mention.clause[0] - d.end < 8)
        or (
            d.shift is not None
            and text[d.start : d.end].lower().endswith("after")
            and 0 <= mention.trigger.start - d.end < 60
        )
    ]
    if counted_back and counted_back[0].shift is not None:
        low, high = counted_back[0].shift
        base = [d for d in short if d.shift is None and d.end <= counted_back[0].start]
        if base and low >= 0:
            return replace(mention, date=replace(counted_back[0], shift=(-high, -low)), base=base[-1])
    if event:
        nearest = min(event, key=lambda d: min(abs(d.start - mention.trigger.end), abs(mention.trigger.start - d.end)))
        return replace(mention, date=nearest)
    if mention.trigger.kind == "noun" and mention.thing is None:
        return mention  # "the violations, on which ministers spoke on Tuesday"
    said = [d for d in (*inside, *short) if d.basis == "statement"]
    return replace(mention, date=said[0]) if said else mention
