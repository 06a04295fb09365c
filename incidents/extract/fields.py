"""The fields of a candidate from its event, each noted with its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from incidents.extract.actors import find_actor
from incidents.extract.candidate import CandidateCount, CandidateDate, CandidateResponse, CandidateSite
from incidents.extract.events import Event, coarse
from incidents.extract.landmarks import landmarks
from incidents.extract.mentions import Mention
from incidents.extract.objects import CREWED, ObjectHit, find_objects
from incidents.extract.outcomes import find_outcomes, find_responses
from incidents.extract.placing import place_site
from incidents.extract.sentences import Sentence
from incidents.extract.sites import SiteHit, home_of
from incidents.model.vocabulary import Outcome, ResponseType, SiteRole, Stance

Note = Callable[[str, Sentence, int, int, str], None]
"""Records evidence: field, sentence, start and end in it, rule."""
_KIND_ORDER = {"entry": 0, "sighting": 1, "noun": 2, "closure": 3, "down": 4, "fall": 5}


_SMALL = (
    "village",
    "town",
    "city",
    "airport",
    "air base",
    "base",
    "airfield",
    "port",
    "island",
    "barracks",
    "plant",
    "",
)


def object_of(event: Event, note: Note) -> tuple[str, str]:
    family = event.family
    things = [
        (m, m.thing) for m in event.mentions if m.thing is not None and coarse(m.thing.object_class) in (family, None)
    ]
    if not things:
        text = " ".join(m.sentence.text[slice(*m.clause)] for m in event.mentions)
        return ("drone" if re.search(r"\bdrones?\b", text) and family is None else "unknown"), ""
    vague = ("unknown", "aircraft", "missile")
    best = next(((m, t) for m, t in things if t.object_class not in vague), things[0])
    if best[1].object_class == "unknown":
        for sentence in sentences_of(event):
            named = next(
                (
                    o
                    for o in find_objects(sentence.text)
                    if not o.is_responder and o.object_class not in (*vague, *CREWED)
                ),
                None,
            )
            if named is not None:
                note("object_class", sentence, named.start, named.end, "named later")
                return named.object_class, named.model
    same = [t for _, t in things if t.object_class == best[1].object_class]
    model = next((t.model for t in same if t.model), "") or next((t.model for _, t in things if t.model), "")
    note("object_class", best[0].thing_sentence, best[1].start, best[1].end, "object")
    return best[1].object_class, model


def count_of(event: Event, note: Note) -> CandidateCount:
    things = [(m, m.thing) for m in event.mentions if m.thing is not None and m.thing.count is not None]
    if not things:
        return CandidateCount()
    numbered = [(m, t) for m, t in things if t.is_number and not t.is_definite]
    ordered = sorted(numbered, key=lambda item: (_KIND_ORDER[item[0].trigger.kind] > 3, item[0].sentence.number))
    if ordered:
        mention, thing = ordered[0]
        if mention.things:
            low = sum((t.count[0] or 0) for t in mention.things if t.count)
            note("count", mention.sentence, mention.things[0].start, mention.things[-1].end, "sum")
            return CandidateCount(low=low, high=low)
    else:
        indefinite = [(m, t) for m, t in things if not t.is_definite]
        plural = [(m, t) for m, t in indefinite if t.count and t.count[0] == 2 and m.trigger.kind != "noun"]
        mention, thing = (plural or indefinite or things)[0]
    assert thing.count is not None
    note("count", mention.thing_sentence, thing.start, thing.end, "number" if thing.is_number else "grammar")
    low_, high = thing.count
    return CandidateCount(low=low_, high=high)


def date_of(event: Event, published: date, note: Note) -> CandidateDate:
    days = event.days
    if days is None:
        return CandidateDate(not_after=published)
    note("date", days.sentence, days.start, days.end, days.basis)
    words = days.sentence.text[days.start : days.end]
    width = (days.latest - days.earliest).days
    precision = (
        "day"
        if width == 0
        else "night"
        if width == 1 and "night" in words.lower()
        else "month"
        if 27 <= width <= 30
        else "range"
    )
    return CandidateDate(earliest=days.earliest, latest=days.latest, precision=precision, basis=days.basis, text=words)


def actor_of(event: Event, note: Note) -> tuple[str | None, Stance | None]:
    for mention in event.mentions:
        thing = mention.thing
        if thing is not None and thing.adjective and thing.adjective != event.country:
            note("actor", mention.thing_sentence, thing.start, thing.end, "adjective")
            return thing.adjective, Stance.SUSPECTS if thing.is_suspected else Stance.ASSERTS
    for mention in event.mentions:
        for other in find_objects(mention.sentence.text):
            is_same = not other.is_responder and coarse(other.object_class) in (event.family, None)
            if is_same and other.adjective and other.adjective != event.country and _is_apposed(mention, other):
                note("actor", mention.sentence, other.start, other.end, "apposition")
                return other.adjective, Stance.SUSPECTS if other.is_suspected else Stance.ASSERTS
    for sentence in sentences_of(event):
        hit = find_actor(sentence.text, victim=event.country)
        if hit is not None:
            note("actor", sentence, hit.start, hit.end, hit.rule)
            return hit.code, Stance.ASSERTS if hit.is_asserted else Stance.SUSPECTS
    if event.denial is not None:
        sentence, denied = event.denial
        note("actor", sentence, denied.start, denied.end, "denial")
        return denied.code, Stance.SUSPECTS
    return None, None


def sentences_of(event: Event) -> list[Sentence]:
    listed = {m.sentence.number: m.sentence for m in event.mentions} | {s.number: s for s in event.followers}
    return [listed[number] for number in sorted(listed)]


def outcome_of(event: Event, note: Note) -> Outcome:
    found = []
    for mention in event.mentions:
        if mention.trigger.kind == "down" and not re.search(r"intercept|fir|engag|jam|disabl", mention.trigger.word):
            note("outcome", mention.sentence, mention.trigger.start, mention.trigger.end, "down")
            return Outcome.SHOT_DOWN
    for sentence in sentences_of(event):
        for hit in find_outcomes(sentence.text):
            found.append((sentence, hit))
    order = [Outcome.SHOT_DOWN, Outcome.CRASHED, Outcome.LANDED, Outcome.LEFT, Outcome.LOST_TRACK, Outcome.RECOVERED]
    family = event.family
    for value in order:
        for sentence, hit in found:
            if hit.value is value and not (value is Outcome.LANDED and family == "drone" and "flight" in sentence.text):
                note("outcome", sentence, hit.start, hit.end, "outcome")
                return value
    return Outcome.UNKNOWN


def responses_of(event: Event, note: Note) -> tuple[CandidateResponse, ...]:
    found: dict[ResponseType, CandidateResponse] = {}
    for sentence in sentences_of(event):
        for hit in find_responses(sentence.text):
            if isinstance(hit.value, ResponseType) and hit.value not in found:
                note("responses", sentence, hit.start, hit.end, hit.value.value)
                found[hit.value] = CandidateResponse(type=hit.value, detail=sentence.text[hit.start : hit.end])
    return tuple(found.values())


_SITE_ROLES = {
    "fall": SiteRole.CRASH,
    "down": SiteRole.SHOOTDOWN,
    "entry": SiteRole.OVER,
    "sighting": SiteRole.OVER,
    "closure": SiteRole.AIRPORT,
    "noun": SiteRole.OVER,
}


def _is_apposed(mention: Mention, other: ObjectHit) -> bool:
    """Whether another name for the objects stands beside the one the trigger took ("four jets, two Su-27 and ...")."""
    thing = mention.thing
    if thing is None or mention.borrowed is not None:
        return False
    between = mention.sentence.text[min(thing.end, other.end) : max(thing.start, other.start)]
    return len(between) < 60 and not re.search(r"[.;]|\b(?:while|after|by|with|from|over)\b", between)


def sites_for(event: Event, note: Note) -> tuple[CandidateSite, ...]:
    found: dict[str, CandidateSite] = {}
    areas = tuple(s.name for m in event.mentions for s in m.sites if s.kind not in _SMALL)
    told = [(m.sentence, s, m.trigger.kind) for m in event.mentions for s in m.sites]
    told += [(sentence, site, event.first.trigger.kind) for sentence, site in event.places]
    if not told:
        told = [
            (m.sentence, SiteHit(start, end, m.sentence.text[start:end], "", ""), m.trigger.kind)
            for m in event.mentions
            if m.country_hit is not None and m.country_hit.rule == "place"
            for start, end, code in landmarks(m.sentence.text)
            if code == event.country
        ]
    for sentence, site, trigger in told:
        key = re.sub(
            r"\W|(?:international)?(?:airport|airbase|air base|county|region|district|island|village|area)$",
            "",
            site.name.lower(),
        )
        if key in found or any(key in other or other in key for other in found):
            continue
        role = (
            SiteRole.AIRPORT
            if site.kind == "airport"
            else SiteRole.MILITARY_SITE
            if site.kind in ("air base", "base", "barracks")
            else _SITE_ROLES[trigger]
        )
        placed = place_site(
            site.name,
            country=event.country,
            kind=site.kind,
            role=role,
            preposition=site.preposition,
            parents=tuple(a for a in areas if a != site.name),
        )
        if not site.kind and placed.lon is None and not _is_known(site.name):
            continue
        note("sites", sentence, site.start, site.end, "site")
        found[key] = placed
    return tuple(found.values())


def _is_known(name: str) -> bool:
    from incidents.extract.landmarks import WATERS

    return home_of(name) is not None or bool(WATERS.search(name))
