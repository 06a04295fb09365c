"""Sentences that go on about an event: its date, its places, who denies it."""

from __future__ import annotations

import re
from datetime import date

from incidents.extract.actors import ActorHit, find_denial
from incidents.extract.events import Days, Event, is_old
from incidents.extract.mentions import Reading
from incidents.extract.nations import MEMBERS, mentions
from incidents.extract.places import find_countries
from incidents.extract.sentences import Sentence
from incidents.extract.sites import placed_names

_REACH = 4
"""Sentences after its last mention that may still speak of an event."""
_ABOUT = re.compile(
    r"\b(?:incident|violation|event|breach|incursion|sighting|intrusion|airspace|drones?|UAVs?|objects?|aircraft|planes?|jets?|missiles?|balloons?|helicopters?|explosion|crash|blast|"
    r"flights|landings|take-?offs|runway|airport|closure|it)\b",
    re.I,
)
_WHERE = re.compile(
    r"\b(?:incident|explosion|blast|crash(?:ed)?|occurred|happened|took\s+place|landed|fell|disappeared|vanished|approached|detected|spotted|tracked|wreckage|debris|it\s+was|came\s+down|"
    r"drones?|object|aircraft|plane|helicopter)\b",
    re.I,
)
_AFTERMATH = re.compile(
    r"\b(?:ministers?|meeting|talks|summit|session|council|will|would|parliament|press\s+conference|ambassador|embassy|visit\w*)\b",
    re.I,
)


def follow(readings: list[Reading], events: list[Event], published: date) -> None:
    """Give each sentence after an event to it, until the next event or until it is too far."""
    by_sentence: dict[int, list[Event]] = {}
    for event in events:
        for mention in event.mentions:
            by_sentence.setdefault(mention.sentence.number, []).append(event)
    current: list[Event] = []
    since = 0
    for reading in readings:
        sentence = reading.sentence
        here = by_sentence.get(sentence.number, [])
        if here:
            current, since = here, sentence.number
        denial = find_denial(sentence.text)
        if denial is not None:
            _deny(sentence, denial, here or current, events)
        if not current or here or sentence.is_heading or sentence.number - since > _REACH:
            continue
        codes = {h.code for h in find_countries(sentence.text) if h.rule in ("airspace", "in", "place")}
        codes |= {code for _, _, code, _ in mentions(sentence.text) if code in MEMBERS}
        fitting = [e for e in current if not codes or e.country in codes]
        if not fitting:
            continue
        for event in fitting:
            if sentence not in event.followers:
                event.followers.append(sentence)
        if len({id(e) for e in fitting}) == 1:
            _date(fitting[0], reading, published)
            if _WHERE.search(sentence.text) and not _AFTERMATH.search(sentence.text):
                event = fitting[0]
                event.places += [(sentence, site) for site in placed_names(sentence.text, event.country)]
        if codes & MEMBERS and not any(e.country in codes for e in current):
            current = []


def _date(event: Event, reading: Reading, published: date) -> None:
    if event.days is not None and event.days.basis != "statement":
        return
    if not _ABOUT.search(reading.sentence.text) or _AFTERMATH.search(reading.sentence.text):
        return
    for hit in reading.dates:
        if (
            hit.is_long
            or hit.shift is not None
            or hit.basis in ("statement", "find")
            or hit.earliest is None
            or hit.latest is None
            or hit.width > 3
        ):
            continue
        days = Days(hit.earliest, min(hit.latest, published), hit.basis, reading.sentence, hit.start, hit.end)
        if days.earliest > published or is_old(days, published) or days.latest < days.earliest:
            continue
        if event.days is not None and not event.days.earliest <= days.latest <= event.days.latest:
            continue
        event.days = days
        return


def _deny(sentence: Sentence, denial: ActorHit, near: list[Event], events: list[Event]) -> None:
    named_here = {code for _, _, code, _ in mentions(sentence.text) if code in MEMBERS}
    near = [e for e in near if not named_here or e.country in named_here]
    if named_here and not near:
        near = [e for e in events if e.country in named_here and e.first.sentence.number <= sentence.number][-1:]
        if not near:
            return
    pool = near or [e for e in events if e.first.sentence.number <= sentence.number][-1:]
    for event in pool:
        if denial.code != event.country and event.denial is None:
            named = {m.thing.adjective for m in event.mentions if m.thing and m.thing.adjective}
            if not named or denial.code in named or denial.code == "RU":
                event.denial = (sentence, denial)
