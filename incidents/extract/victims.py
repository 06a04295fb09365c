"""Whose airspace it was: the member state that one trigger speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from incidents.extract.fitness import WAR
from incidents.extract.nations import MEMBERS, mentions
from incidents.extract.objects import ObjectHit
from incidents.extract.places import LOCATED, CountryHit, has_possessive
from incidents.extract.triggers import TriggerHit

_WORLD_POWERS = frozenset({"US", "GB", "FR", "CA"})
"""States whose forces act abroad: their being the subject does not place an event."""


_ALLIANCE = re.compile(
    r"\b(?:NATO|alliance(?:'s)?|allied|allies'?|European|EU|Europe's|member\s+states?'?)\s+(?:\w+\s+)?(?:air\s?space|territory|skies|soil)",
    re.I,
)


def choose_countries(
    text: str, clause: tuple[int, int], trigger: TriggerHit, thing: ObjectHit | None, hits: Sequence[CountryHit]
) -> tuple[list[CountryHit] | None, bool]:
    """Return the states of one trigger and whether they are only inferred; None where it happened elsewhere."""
    located = [h for h in hits if h.rule in LOCATED]
    inside = [h for h in located if clause[0] <= h.start < clause[1]]
    picked = _pick(inside, trigger)
    if picked is not None:
        members = [h for h in picked if h.code in MEMBERS]
        if members:
            return members, False
        foreign = True
    else:
        foreign = False
    body = text[clause[0] : clause[1]]
    if has_possessive(body) and re.search(r"air\s?space|territor|skies|air\s+border|border|soil|waters", body, re.I):
        owner = _antecedent(text, trigger, hits)
        if owner is not None:
            return [owner], False
        return [], True
    if foreign:
        return None, False
    if _ALLIANCE.search(body) or trigger.kind == "closure":
        speakers = [
            h
            for h in hits
            if h.rule in ("institution", "subject") and clause[0] <= h.start < clause[1] and h.code in MEMBERS
        ]
        return (speakers, False) if speakers and trigger.kind == "closure" else ([], True)
    outside = [h for h in located if not clause[0] <= h.start < clause[1]]
    rest = _pick(outside, trigger)
    if rest is not None:
        members = [h for h in rest if h.code in MEMBERS]
        if members:
            return members, False
        return None, False
    speakers = [h for h in hits if h.rule in ("institution", "subject")]
    members = [
        h for h in speakers if h.code in MEMBERS and (h.code not in _WORLD_POWERS or (trigger.kind in ("closure",)))
    ]
    if members and not WAR.search(text):
        if trigger.kind == "noun" and not re.search(r"\b(?:air\s?space|border)\b", body):
            return [], True
        listed = [h for h in members if h.rule == "subject" and abs(h.start - members[0].start) < 40]
        return (listed if members[0].rule == "subject" else members[:1]), False
    if speakers and not members:
        return None, False
    if WAR.search(text):
        return None, False
    return [], True


def _pick(hits: Sequence[CountryHit], trigger: TriggerHit) -> list[CountryHit] | None:
    if not hits:
        return None
    strong = [h for h in hits if h.rule == "airspace" and h.code in MEMBERS]
    if not strong and trigger.kind in ("entry", "noun"):
        strong = [h for h in hits if h.rule == "airspace"]
    pool = strong or hits
    after = [h for h in pool if h.start >= trigger.start]
    if trigger.kind in ("down", "fall", "entry") and after and not strong:
        nearest = min(after, key=lambda h: h.start)
        return (
            [h for h in pool if h.rule == nearest.rule or h.code == nearest.code]
            if nearest.code in MEMBERS
            else [nearest]
        )
    codes = {h.code for h in pool}
    if codes - MEMBERS and codes & MEMBERS and not strong:
        nearest = min(pool, key=lambda h: abs(h.start - trigger.start))
        return [h for h in pool if (h.code in MEMBERS) == (nearest.code in MEMBERS)]
    seen: set[str] = set()
    return [h for h in pool if not (h.code in seen or seen.add(h.code))]  # type: ignore[func-returns-value]


def _antecedent(text: str, trigger: TriggerHit, hits: Sequence[CountryHit]) -> CountryHit | None:
    """Whose airspace ``its airspace`` is: the last member named before, first as a subject, then at all."""
    match = re.search(
        r"\b(?:its|their|our|the\s+country's|the\s+country|the\s+nation's|national|the\s+\w+\s+(?:state|country|nation|member)\S*)\b",
        text[trigger.start :],
        re.I,
    )
    limit = trigger.start + (match.start() if match else 0)
    subjects = [h for h in hits if h.rule in ("institution", "subject") and h.code in MEMBERS]
    before = [h for h in subjects if h.start < limit]
    if before:
        return before[-1]
    named = [(s, e, c) for s, e, c, _ in mentions(text) if c in MEMBERS and c not in ("US",)]
    earlier = [item for item in named if item[0] < limit]
    if earlier:
        return CountryHit(*earlier[-1], "possessive")
    if subjects:
        return subjects[0]
    return CountryHit(*named[0], "possessive") if named else None
