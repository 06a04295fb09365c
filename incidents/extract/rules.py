"""The rule extractor: an article's text to candidates, offline, each field with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from incidents.extract.actors import find_actor, find_denial, find_origin
from incidents.extract.candidate import (
    CandidateCount,
    CandidateDate,
    CandidateIncident,
    CandidateResponse,
    CandidateSite,
    Evidence,
    Role,
)
from incidents.extract.dates import find_dateline
from incidents.extract.events import Days, Event, coarse, gather, is_old
from incidents.extract.mentions import Mention, Reading, read_sentence
from incidents.extract.objects import CREWED
from incidents.extract.outcomes import find_outcomes, find_responses
from incidents.extract.placing import place_site
from incidents.extract.sentences import Sentence, split_sentences
from incidents.model.vocabulary import Confidence, Outcome, ResponseType, SiteRole, Stance

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


class RuleExtractor:
    """Lexicons and rules; no model, no network."""

    name = "rules"

    def extract(self, text: str, *, published: date) -> list[CandidateIncident]:
        """Return the candidates of one article in order of first mention.

        Parameters
        ----------
        text
            The article, title first. Offsets count in this very string.
        published
            Publication day; relative dates count from it, and no event is later.
        """
        sentences = split_sentences(text)
        anchor = find_dateline(text, published) or published
        if not timedelta(0) <= published - anchor <= timedelta(3):
            anchor = published
        readings = [read_sentence(s, anchor) for s in sentences]
        events = gather(readings, anchor)
        _follow(readings, events)
        found = [_candidate(text, event, published) for event in events]
        for candidate in found:
            candidate.check(text)
        return found


def explain(text: str, *, published: date) -> list[tuple[str, str, str]]:
    """Return ``(sentence, trigger, reason)`` for every trigger that was set aside."""
    readings = [read_sentence(s, published) for s in split_sentences(text)]
    return [(r.sentence.text, t.word, reason) for r in readings for t, reason in r.dropped]


def _follow(readings: list[Reading], events: list[Event]) -> None:
    """Give each sentence after an event, until the next one, to it: denials, outcomes, dates of "the incident"."""
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
        if not current or sentence.number - since > 4:
            continue
        if not here:
            for event in current:
                event.followers.append(sentence)
            undated = [e for e in current if e.days is None or e.days.basis in ("statement",)]
            hits = [
                d for d in reading.dates if not d.is_long and d.shift is None and d.basis not in ("statement", "find")
            ]
            if (
                undated
                and hits
                and len(current) == 1
                and re.search(
                    r"\b(?:incident|violation|event|breach|incursion|sighting|it|intrusion)\b[^.;]*\b(?:happen|occur|took\s+place|was|began|lasted|came|started)",
                    sentence.text,
                    re.I,
                )
            ):
                hit = hits[0]
                if hit.earliest is not None and hit.latest is not None:
                    undated[0].days = Days(hit.earliest, hit.latest, hit.basis, sentence, hit.start, hit.end)


def _deny(sentence: Sentence, denial: object, near: list[Event], events: list[Event]) -> None:
    from incidents.extract.actors import ActorHit

    assert isinstance(denial, ActorHit)
    pool = near or [e for e in events if e.first.sentence.number <= sentence.number][-1:]
    for event in pool:
        if denial.code != event.country and event.denial is None:
            named = {m.thing.adjective for m in event.mentions if m.thing and m.thing.adjective}
            if not named or denial.code in named or denial.code == "RU":
                event.denial = (sentence, denial)


def _quote(text: str, sentence: Sentence, start: int, end: int, rule: str) -> Evidence:
    a, b = sentence.start + start, sentence.start + end
    return Evidence(start=a, end=b, quote=text[a:b], rule=rule)


def _candidate(text: str, event: Event, published: date) -> CandidateIncident:
    evidence: dict[str, list[Evidence]] = {}

    def note(field: str, sentence: Sentence, start: int, end: int, rule: str) -> None:
        found = _quote(text, sentence, start, end, rule)
        listed = evidence.setdefault(field, [])
        if found.quote and all((e.start, e.end) != (found.start, found.end) for e in listed):
            listed.append(found)

    for mention in event.mentions:
        start, end = _trim(mention.sentence.text, *mention.clause)
        note("event", mention.sentence, start, end, mention.rule)
        if mention.country_hit is not None:
            note(
                "country",
                mention.sentence,
                mention.country_hit.start,
                mention.country_hit.end,
                mention.country_hit.rule,
            )
    object_class, model = _object(event, note)
    count = _count(event, note)
    when = _date(event, published, note)
    actor, stance = _actor(event, note)
    origin = next(
        ((m.sentence, hit) for m in event.mentions if (hit := find_origin(m.sentence.text, victim=event.country))), None
    )
    if origin is not None:
        note("origin", origin[0], origin[1].start, origin[1].end, "from")
    if event.denial is not None:
        note("denied", event.denial[0], event.denial[1].start, event.denial[1].end, "denial")
    outcome = _outcome(event, note)
    responses = _responses(event, note)
    sites = _sites(event, note)
    role = _role(event, published)
    flags = _flags(event, when, role, published)
    return CandidateIncident(
        country=event.country,
        date=when,
        object_class=object_class,
        model=model,
        count=count,
        actor=actor,
        actor_stance=stance,
        origin=origin[1].code if origin else None,
        denied=event.denial is not None,
        sites=sites,
        outcome=outcome,
        responses=responses,
        role=role,
        confidence=_confidence(event, when, flags),
        review_flags=flags,
        evidence={field: tuple(listed) for field, listed in evidence.items()},
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(" ,;:-")), start + len(piece.rstrip(" ,;:-"))


class _Note:
    """Type of the evidence recorder."""

    def __call__(self, field: str, sentence: Sentence, start: int, end: int, rule: str) -> None: ...


def _object(event: Event, note: object) -> tuple[str, str]:
    assert callable(note)
    family = event.family
    things = [
        (m, m.thing) for m in event.mentions if m.thing is not None and coarse(m.thing.object_class) in (family, None)
    ]
    if not things:
        text = " ".join(m.sentence.text for m in event.mentions)
        return ("drone" if re.search(r"\bdrones?\b", text) and family is None else "unknown"), ""
    vague = ("unknown", "aircraft", "missile")
    best = next(((m, t) for m, t in things if t.object_class not in vague), things[0])
    same = [t for _, t in things if t.object_class == best[1].object_class]
    model = next((t.model for t in same if t.model), "") or next((t.model for _, t in things if t.model), "")
    note("object_class", best[0].sentence, best[1].start, best[1].end, "object")
    return best[1].object_class, model


def _count(event: Event, note: object) -> CandidateCount:
    assert callable(note)
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
        plural = [(m, t) for m, t in indefinite if t.count and t.count[0] == 2]
        mention, thing = (plural or indefinite or things)[0]
    assert thing.count is not None
    note("count", mention.sentence, thing.start, thing.end, "number" if thing.is_number else "grammar")
    low_, high = thing.count
    return CandidateCount(low=low_, high=high)


def _date(event: Event, published: date, note: object) -> CandidateDate:
    assert callable(note)
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


def _actor(event: Event, note: object) -> tuple[str | None, Stance | None]:
    assert callable(note)
    for mention in event.mentions:
        thing = mention.thing
        if thing is not None and thing.adjective and thing.adjective != event.country:
            note("actor", mention.sentence, thing.start, thing.end, "adjective")
            return thing.adjective, Stance.SUSPECTS if thing.is_suspected else Stance.ASSERTS
    for sentence in _sentences(event):
        hit = find_actor(sentence.text, victim=event.country)
        if hit is not None:
            note("actor", sentence, hit.start, hit.end, hit.rule)
            return hit.code, Stance.ASSERTS if hit.is_asserted else Stance.SUSPECTS
    if event.denial is not None:
        sentence, denied = event.denial
        note("actor", sentence, denied.start, denied.end, "denial")
        return denied.code, Stance.SUSPECTS
    return None, None


def _sentences(event: Event) -> list[Sentence]:
    listed = {m.sentence.number: m.sentence for m in event.mentions} | {s.number: s for s in event.followers}
    return [listed[number] for number in sorted(listed)]


def _outcome(event: Event, note: object) -> Outcome:
    assert callable(note)
    found = []
    for mention in event.mentions:
        if mention.trigger.kind == "down" and not re.search(r"intercept|fir|engag|jam|disabl", mention.trigger.word):
            note("outcome", mention.sentence, mention.trigger.start, mention.trigger.end, "down")
            return Outcome.SHOT_DOWN
    for sentence in _sentences(event):
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


def _responses(event: Event, note: object) -> tuple[CandidateResponse, ...]:
    assert callable(note)
    found: dict[ResponseType, CandidateResponse] = {}
    for sentence in _sentences(event):
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


def _sites(event: Event, note: object) -> tuple[CandidateSite, ...]:
    assert callable(note)
    found: dict[str, CandidateSite] = {}
    areas = tuple(s.name for m in event.mentions for s in m.sites if s.kind not in _SMALL)
    for mention in event.mentions:
        for site in mention.sites:
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
                else _SITE_ROLES[mention.trigger.kind]
            )
            placed = place_site(
                site.name,
                country=event.country,
                kind=site.kind,
                role=role,
                parents=tuple(a for a in areas if a != site.name),
            )
            if not site.kind and placed.lon is None and not _is_known(site.name):
                continue
            note("sites", mention.sentence, site.start, site.end, "site")
            found[key] = placed
    return tuple(found.values())


def _is_known(name: str) -> bool:
    from incidents.extract.landmarks import WATERS, country_of
    from incidents.extract.nations import CAPITALS

    return (
        country_of(name) is not None
        or country_of(name.split()[0]) is not None
        or name in CAPITALS
        or bool(WATERS.search(name))
    )


def _role(event: Event, published: date) -> Role:
    first = event.first
    if is_old(event.days, published):
        return Role.BACKGROUND
    if first.sentence.number < 3 and not (first.is_distinct and first.is_recap):
        return Role.MAIN
    if event.days is not None and event.days.earliest >= published - timedelta(7) and not first.is_recap:
        return Role.MAIN
    return Role.BACKGROUND


def _flags(event: Event, when: CandidateDate, role: Role, published: date) -> tuple[str, ...]:
    flags = []
    if when.earliest is None:
        flags.append("no date in the article")
    elif when.basis == "statement":
        flags.append("only the date of a statement is given")
    elif when.basis == "find":
        flags.append("the date is that of the find")
    elif when.basis == "event":
        flags.append("date counted from another event")
    if when.earliest is not None and role is Role.MAIN and (published - when.earliest).days > 60:
        flags.append("date more than 60 days before publication")
    if all(m.country_hit is None or m.country_hit.rule in ("institution", "subject") for m in event.mentions):
        flags.append("country inferred")
    if event.family is None:
        flags.append("object not identified")
    if re.search(
        r"\b(?:turned\s+out\s+to\s+be|false\s+alarm|no\s+evidence|was\s+in\s+fact|hoax|later\s+said\s+it\s+was)\b",
        " ".join(s.text for s in _sentences(event)),
        re.I,
    ):
        flags.append("may have been refuted")
    return tuple(flags)


def _confidence(event: Event, when: CandidateDate, flags: Iterable[str]) -> Confidence:
    strong = any(
        m.country_hit is not None and m.country_hit.rule in ("airspace", "in", "place") and m.trigger.kind != "noun"
        for m in event.mentions
    )
    if not strong or when.earliest is None or event.family is None:
        return Confidence.LOW
    return Confidence.HIGH if not tuple(flags) and len(event.mentions) > 1 else Confidence.MODERATE


def only_members(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that name a state."""
    return [m for m in mentions if m.country is not None]


__all__ = ["CREWED", "RuleExtractor", "explain", "only_members"]
