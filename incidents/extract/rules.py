"""The rule extractor: an article's text to candidates, offline, each field with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from incidents.extract.actors import find_origin
from incidents.extract.candidate import (
    CandidateDate,
    CandidateIncident,
    Evidence,
    Role,
)
from incidents.extract.dates import find_dateline
from incidents.extract.events import Event, gather, is_old
from incidents.extract.fields import (
    actor_of,
    count_of,
    date_of,
    object_of,
    outcome_of,
    responses_of,
    sentences_of,
    sites_for,
)
from incidents.extract.followers import follow
from incidents.extract.mentions import read_sentence
from incidents.extract.sentences import Sentence, split_sentences
from incidents.model.vocabulary import Confidence


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
        follow(readings, events, anchor)
        found = [_candidate(text, event, published) for event in events]
        for candidate in found:
            candidate.check(text)
        return found


def explain(text: str, *, published: date) -> list[tuple[str, str, str]]:
    """Return ``(sentence, trigger, reason)`` for every trigger that was set aside."""
    readings = [read_sentence(s, published) for s in split_sentences(text)]
    return [(r.sentence.text, t.word, reason) for r in readings for t, reason in r.dropped]


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
    object_class, model = object_of(event, note)
    count = count_of(event, note)
    when = date_of(event, published, note)
    actor, stance = actor_of(event, note)
    origin = next(
        ((m.sentence, hit) for m in event.mentions if (hit := find_origin(m.sentence.text, victim=event.country))), None
    )
    if origin is not None:
        note("origin", origin[0], origin[1].start, origin[1].end, "from")
    if event.denial is not None:
        note("denied", event.denial[0], event.denial[1].start, event.denial[1].end, "denial")
    outcome = outcome_of(event, note)
    responses = responses_of(event, note)
    sites = sites_for(event, note)
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
        " ".join(s.text for s in sentences_of(event)),
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
