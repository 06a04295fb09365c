"""Who did it, where it came from, who denies it: three different things."""

from __future__ import annotations

import re
from dataclasses import dataclass

from incidents.extract.nations import ADJECTIVAL, ANY_STATE, CAPITAL_CITY, NAMED, masked, state_at

_STATE = ANY_STATE
_RIVALS = frozenset({"RU", "BY", "UA", "TR", "GR", "CN", "IR", "SY", "KP", "IL", "RS", "US", "LY"})
_ORIGIN = re.compile(
    rf"\b(?:from|out\s+of|launched\s+(?:from|in)|direction\s+of|crossing\s+from|side\s+of)\s+(?:the\s+)?(?:(?:direction|territory|airspace|side|neighbou?ring|nearby|mainland)\s+(?:of\s+)?)*(?P<c>{NAMED}|{ADJECTIVAL})(?:'s)?(?:\s+(?:territory|airspace|exclave|enclave|soil|side))?\b"
)
_DOES = re.compile(
    rf"\b(?P<c>{NAMED}|{CAPITAL_CITY})\s+(?:has\s+|had\s+|again\s+|repeatedly\s+|deliberately\s+|once\s+again\s+)*(?:violat\w+|breach\w+|sent|sends|launched|flew|infring\w+|fired|provok\w+|intrud\w+|invad\w+|penetrat\w+)\b"
)
_BLAME = re.compile(
    rf"\b(?:blam\w+|accus\w+|attribut\w+(?:\s+\w+){{0,3}}\s+to|point\w*\s+(?:the\s+)?fingers?\s+(?:\w+\s+)?at|suspect\w*|condemn\w*|protest\w*\s+to|responsib\w+\s+(?:\w+\s+){{0,3}}(?:on|lies\s+with)|carried\s+out\s+by|work\s+of|linked\s+to|violation\s+by|incursion\s+by|intrusion\s+by|belong\w*\s+to|operated\s+by|violated\s+by|sent\s+by|launched\s+by|flown\s+by)\s+(?:the\s+|a\s+|an\s+|two\s+|three\s+)?(?P<c>{_STATE})\b",
    re.I,
)
_AWAY = re.compile(r"\b(?:from|in|of|near|over|via|into|with|by)\s+(?:\w+\s+)?$", re.I)
_SUMMONED = re.compile(rf"\b(?P<c>{ADJECTIVAL}|{NAMED}(?:'s)?)\s+(?:ambassador|charg[eé]|envoy|embassy|diplomat)", re.I)
_DENIAL = re.compile(
    rf"\b(?P<c>{_STATE})\b(?P<mid>(?:'s)?[^.;]{{0,70}}?)\b(?P<verb>denied|denies|deny|denying|rejected|rejects|dismissed|dismisses|refuted|disputed|disputes)\b(?!\s+(?:entry|access|a\s+request|permission|clearance|visas?))",
)
_DENIAL_IT = re.compile(
    rf"\b(?P<c>{NAMED}|{CAPITAL_CITY})\b[^.;]{{0,80}}\b(?:said\s+(?:that\s+)?(?:its|the)\s+(?:aircraft|jets|planes|drones?|flight)[^.;]{{0,80}}(?:did\s+not|had\s+not|without\s+(?:deviat|violat)|never)|called\s+the\s+(?:claims?|accusations?|allegations?)|no\s+(?:evidence|plans\s+to))"
)
_NO_DENIAL = re.compile(
    r"\b(?:not|neither|nor|never)\s+(?:confirm\w*\s+(?:n?or)\s+)?(?:\w+\s+)?$|\bconfirmed\s+(?:n?or)\s+$", re.I
)


@dataclass(frozen=True)
class ActorHit:
    """A state tied to the event."""

    start: int
    end: int
    code: str
    rule: str
    is_asserted: bool


def find_actor(text: str, *, victim: str) -> ActorHit | None:
    """Return the state that the words of a mention hold responsible, other than the state whose airspace it was."""
    view = masked(text)
    for pattern, rule, asserted in ((_DOES, "does", True), (_BLAME, "blamed", False), (_SUMMONED, "summoned", True)):
        for match in pattern.finditer(view):
            code = state_at(text, *match.span("c"))
            if rule == "does" and _AWAY.search(view[: match.start()]):
                continue
            if code is not None and code != victim and code in _RIVALS - {"UA", "US", "IL"}:
                return ActorHit(match.start("c"), match.end("c"), code, rule, asserted)
    return None


def find_origin(text: str, *, victim: str) -> ActorHit | None:
    """Return the state from whose territory it came, where the words say so."""
    for match in _ORIGIN.finditer(masked(text)):
        code = state_at(text, *match.span("c"))
        if code is not None and code != victim and code in _RIVALS:
            return ActorHit(match.start("c"), match.end("c"), code, "from", True)
    return None


def find_denial(text: str) -> ActorHit | None:
    """Return who denies something in this sentence, if anybody does."""
    view = masked(text)
    for pattern in (_DENIAL, _DENIAL_IT):
        for match in pattern.finditer(view):
            if pattern is _DENIAL and _NO_DENIAL.search(view[: match.start("verb")]):
                continue
            code = state_at(text, *match.span("c"))
            if code in _RIVALS:
                return ActorHit(match.start(), match.end(), str(code), "denial", True)
    return None
