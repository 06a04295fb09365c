"""Mentions of one article to its events: what belongs together, what is recalled, what refers back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from incidents.extract.actors import ActorHit
from incidents.extract.mentions import Mention, Reading
from incidents.extract.nations import MEMBERS, mentions
from incidents.extract.objects import CREWED, ObjectHit
from incidents.extract.outcomes import Reading as Outcome
from incidents.extract.places import CountryHit, has_possessive
from incidents.extract.placing import only_state
from incidents.extract.sentences import Sentence
from incidents.extract.sites import SiteHit

_RECENT = timedelta(10)
_AIRBORNE = {"cruise_missile": "missile", "ballistic_missile": "missile", "air_defence_missile": "missile"}


def coarse(object_class: str | None) -> str | None:
    """Return the family of a class; None where it says nothing."""
    if object_class in (None, "unknown"):
        return None
    if object_class in CREWED:
        return "crewed"
    return _AIRBORNE.get(str(object_class), object_class)


_SURE = re.compile(r"air\s?space|territor|border|violat|incursion|intru|sighting|airport|air\s?base", re.I)


@dataclass
class Days:
    """A resolved range with how it was read."""

    earliest: date
    latest: date
    basis: str
    sentence: Sentence
    start: int
    end: int


@dataclass
class Event:
    """An event under construction."""

    country: str
    mentions: list[Mention]
    days: Days | None = None
    supports: list[tuple[Sentence, str, int, int, str]] = field(default_factory=list)
    """``(sentence, field, start, end, rule)`` beyond the mentions."""
    denial: tuple[Sentence, ActorHit] | None = None
    outcomes: list[tuple[Sentence, Outcome]] = field(default_factory=list)
    followers: list[Sentence] = field(default_factory=list)
    """Sentences that go on about it."""
    places: list[tuple[Sentence, SiteHit]] = field(default_factory=list)
    """Places named in them."""

    @property
    def family(self) -> str | None:
        """Coarse class of the first mention that has one."""
        return next((c for c in (coarse(m.thing.object_class if m.thing else None) for m in self.mentions) if c), None)

    @property
    def first(self) -> Mention:
        """The first mention."""
        return self.mentions[0]


def resolve(mention: Mention, published: date, before: Days | None) -> Days | None:
    """Return the days of a mention; an expression counted from another event needs that event's days."""
    hit = mention.date
    if hit is None:
        return None
    sentence = mention.sentence
    if hit.shift is None:
        assert hit.earliest is not None
        assert hit.latest is not None
        low, high = hit.earliest, hit.latest
        if hit.basis == "statement":
            low = low - timedelta(1)
        if low > published:
            return None
        return Days(low, min(high, published), hit.basis, sentence, hit.start, hit.end)
    base = (
        (mention.base.earliest, mention.base.latest)
        if mention.base
        else (before.earliest, before.latest)
        if before
        else None
    )
    if base is None or base[0] is None or base[1] is None:
        if hit.shift == (1, 1):
            # "a day after the talks", the talks undated: the news is that of the day or of the day before
            return Days(published - timedelta(1), published, "event", sentence, hit.start, hit.end)
        return None
    low, high = base[0] + timedelta(hit.shift[0]), base[1] + timedelta(hit.shift[1])
    return Days(low, min(high, published), "event", sentence, hit.start, hit.end) if low <= published else None


def is_old(days: Days | None, published: date) -> bool:
    """Whether the days lie well before the publication."""
    return days is not None and days.latest < published - _RECENT


def gather(readings: list[Reading], published: date) -> list[Event]:
    """Return the events of an article in order of first mention."""
    events: list[Event] = []
    weak: list[tuple[Mention, Days | None]] = []
    last: Days | None = None
    spoken: Days | None = None
    focus: Event | None = None
    named: str | None = None
    thing: ObjectHit | None = None
    thing_from: Sentence | None = None
    for reading in readings:
        if reading.sentence.is_heading:
            continue
        before = last or spoken
        for told in reading.mentions:
            mention = (
                told
                if told.thing is not None or thing is None
                else replace(told, thing=replace(thing, is_definite=True), borrowed=thing_from)
            )
            days = resolve(mention, published, before)
            if mention.country is None and focus is None and named is not None:
                owner = CountryHit(mention.clause[0], mention.clause[1], named, "carried")
                if has_possessive(mention.sentence.text[slice(*mention.clause)]):
                    mention = replace(mention, country=named, country_hit=owner, is_weak=False)
            if mention.country is None and mention.sites and mention.thing is not None:
                states = {
                    only_state(site.name)
                    for site in mention.sites
                    if site.kind or site.preposition in ("in", "near", "over", "at")
                }
                known = [code for code in states if code in MEMBERS - {"US", "CA"}]
                if len(known) == 1 and (focus is None or focus.country == known[0]):
                    site = mention.sites[0]
                    mention = replace(
                        mention,
                        country=known[0],
                        country_hit=CountryHit(site.start, site.end, known[0], "place"),
                        is_weak=False,
                    )
            if mention.country is None or mention.is_weak:
                home = _attach_weak(mention, days, focus, events, published)
                if home is None:
                    weak.append((mention, days))
                else:
                    _add(home, mention, days)
                    last = home.days or last
                continue
            home = _find_home(mention, days, events, published)
            if home is None:
                if (
                    mention.is_distinct
                    and days is None
                    and any(e.country == mention.country and e.family == _family(mention) for e in events)
                ):
                    continue
                home = Event(mention.country, [mention], days)
                events.append(home)
            else:
                _add(home, mention, days)
            focus = home
            last = home.days or last
        named_here = [code for _, _, code, _ in mentions(reading.sentence.text) if code in MEMBERS]
        named = named_here[-1] if named_here else named
        seen = next((o for o in reversed(reading.objects) if not (o.is_responder or o.is_generic)), None)
        if seen is not None or reading.objects:
            thing, thing_from = seen, reading.sentence
        for hit in reading.dates:
            if hit.earliest is not None and hit.latest is not None and not hit.is_long and hit.width <= 1:
                spoken = Days(hit.earliest, hit.latest, hit.basis, reading.sentence, hit.start, hit.end)
    _adopt(weak, readings, events, published)
    _absorb(events)
    return sorted(events, key=lambda e: (e.first.sentence.number, e.first.trigger.start))


def _family(mention: Mention) -> str | None:
    return coarse(mention.thing.object_class if mention.thing else None)


def _compatible(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def _near(a: Days | None, b: Days | None) -> bool:
    if a is None or b is None:
        return True
    for said, told in ((a, b), (b, a)):
        if said.basis == "statement" and told.basis != "statement":
            return told.earliest <= said.latest and told.latest >= said.latest - timedelta(14)
    for found, told in ((a, b), (b, a)):
        if found.basis == "find" and told.basis != "find":
            return told.earliest <= found.latest and found.latest - told.earliest <= timedelta(45)
    slack = timedelta(1 if "statement" in (a.basis, b.basis) or "find" in (a.basis, b.basis) else 0)
    return a.earliest <= b.latest + slack and b.earliest <= a.latest + slack


def _find_home(mention: Mention, days: Days | None, events: list[Event], published: date) -> Event | None:
    for event in reversed(events):
        if (
            event.country != mention.country
            or not _compatible(event.family, _family(mention))
            or not _near(event.days, days)
        ):
            continue
        if (
            event.days is None
            and is_old(days, published)
            and not is_old(event.days, published)
            and event.first.sentence.number < 3
        ):
            continue
        if (
            mention.is_distinct
            and mention.is_recap
            and days is not None
            and event.days is None
            and event.first.sentence.number < 3
            and mention.sentence.number > 3
        ):
            continue
        return event
    return None


def _attach_weak(
    mention: Mention, days: Days | None, focus: Event | None, events: list[Event], published: date
) -> Event | None:
    if focus is None or mention.is_distinct:
        return None
    for event in [focus, *reversed(events)]:
        if _compatible(event.family, _family(mention)) and _near(event.days, days):
            if event.days is None and is_old(days, published):
                continue
            if mention.sentence.paragraph - event.mentions[-1].sentence.paragraph > 6:
                continue
            return event
        if mention.thing is not None and mention.thing.is_definite:
            continue
        break
    return None


def _add(event: Event, mention: Mention, days: Days | None) -> None:
    event.mentions.append(mention)
    if days is None:
        return
    if event.days is None or (event.days.basis in ("statement", "find") and days.basis not in ("statement", "find")):
        event.days = days
        return
    low, high = max(event.days.earliest, days.earliest), min(event.days.latest, days.latest)
    if days.basis == "statement" and event.days.basis != "statement":
        return
    if low <= high and (high - low) < (event.days.latest - event.days.earliest):
        if (days.latest - days.earliest) <= (event.days.latest - event.days.earliest):
            event.days = days
        event.days = Days(low, high, event.days.basis, event.days.sentence, event.days.start, event.days.end)


def _absorb(events: list[Event]) -> None:
    """A lead without a date announces the dated events that follow; it is none of its own."""
    for lead in [e for e in events if e.days is None and all(m.sentence.number < 3 for m in e.mentions)]:
        told = [
            e
            for e in events
            if e is not lead and e.days is not None and e.country == lead.country and _compatible(e.family, lead.family)
        ]
        if len(told) > 1 or (len(told) == 1 and not told[0].first.is_recap and not told[0].first.is_distinct):
            told[0].mentions[:0] = lead.mentions
            events.remove(lead)


def _adopt(
    weak: list[tuple[Mention, Days | None]], readings: list[Reading], events: list[Event], published: date
) -> None:
    """Give mentions without a state in title or lead to the event they announce, or to the article's own state."""
    from incidents.extract.places import find_countries, members_among

    for mention, days in weak:
        if mention.sentence.number > 2 or mention.is_distinct:
            continue
        fitting = [
            e
            for e in events
            if _compatible(e.family, _family(mention))
            and _near(e.days, days)
            and e.first.sentence.number <= 5
            and not is_old(e.days, published)
        ]
        if fitting:
            fitting[0].mentions.insert(0, mention)
            if fitting[0].days is None:
                fitting[0].days = days
            continue
        if (events and any(e.first.sentence.number <= 3 for e in events)) or mention.thing is None:
            continue
        if mention.trigger.kind in ("noun", "entry") and not _SURE.search(mention.sentence.text):
            continue
        lead = [h for r in readings[:4] for h in find_countries(r.sentence.text)]
        codes = members_among([h.code for h in lead])
        foreign = [h for h in lead if h.code not in codes and h.rule in ("airspace", "in", "place")]
        if len(codes) == 1 and not foreign:
            events.append(Event(codes[0], [mention], days))
