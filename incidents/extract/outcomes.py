# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""What became of it and what was done about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from incidents.model.vocabulary import Outcome, ResponseType

_OUTCOMES: list[tuple[Outcome, str]] = [
    (Outcome.SHOT_DOWN, r"\bsh(?:ot|oot|oots|ooting)\s+(?:\w+\s+){0,4}?down\b|(?<!come )(?<!came )\bdowned\b|\bbrought\s+down\b|\btook\s+down\b|\bneutrali[sz]ed\b|\bdestroyed\s+(?:it|them|the\s+(?:drone|object|missile))"),
    (Outcome.CRASHED, r"\bcrash(?:ed|es)\b|\bfell\b|\bcame\s+down\b|\bwent\s+down\b|\bfalls\b|\bexploded\b|\bwreckage\b|\bdebris\b|\bfragments\b|\bhit\s+(?:a|the)\s+(?:\w+\s+)?(?:house|home|building|field|ground|tree|chimney|roof)|\bplunged\b"),
    (Outcome.LANDED, r"\blanded\b(?!\s+(?:safely\s+at\s+the\s+airport))"),
    (Outcome.RECOVERED, r"\brecovered\b|\bretrieved\b|\bwas\s+found\b|\bwere\s+found\b"),
    (Outcome.LEFT, r"\b(?:left|departed|flew\s+(?:back|away|off|out)|returned\s+to\s+(?:Ukrain|Russia|Belarus|Molodov)\w*|exited|turned\s+(?:back|around)|withdrew|disappeared\s+(?:on|into)|moved\s+away|headed\s+back|left\s+on\s+their\s+own)\b"),
    (Outcome.LOST_TRACK, r"\b(?:disappeared|vanished|lost\s+(?:from|on|contact|track)|lost\s+it|dropped\s+off\s+(?:the\s+)?radar)\b"),
]  # fmt: skip
_RESPONSES: list[tuple[ResponseType, str]] = [
    (ResponseType.SCRAMBLE, r"\bscrambl\w+|\b(?:jets|fighters?|F-\d+s?|Eurofighters?|aircraft|Gripens?|Typhoons?)\b[^.;]{0,40}\b(?:took\s+off|were\s+(?:dispatched|launched|deployed|sent|raised)|lifted\s+off)|\b(?:dispatched|sent\s+up|launched)\b[^.;]{0,30}\b(?:jets|fighters|F-\d+s?)"),
    (ResponseType.INTERCEPT, r"\bintercepted\b|\bidentified\s+and\s+escorted"),
    (ResponseType.ESCORT, r"\bescorted\b"),
    (ResponseType.SHOT_DOWN, r"\bshot\s+(?:\w+\s+){0,4}?down\b|\bdowned\b|\bshooting\s+down\b"),
    (ResponseType.ENGAGED, r"\b(?:opened\s+fire|fired\s+(?:at|on))\b"),
    (ResponseType.ELECTRONIC, r"\bjamm(?:ed|ing)\b|\belectronic\s+warfare\b"),
    (ResponseType.ALERT, r"\b(?:RO-?ALERT|Ro-Alert|air\s+raid\s+(?:alert|siren|warning)|(?:emergency|alert)\s+(?:text\s+)?(?:message|warning)s?|told\s+to\s+(?:take\s+)?(?:shelter|stay)|take\s+shelter|take\s+cover|sirens)\b"),
    (ResponseType.AIRPORT_CLOSED, r"\bairports?\b[^.;]{0,80}\b(?:closed|shut|suspended|halted|paused|stopped)\b|\b(?:closed|shut|closure\s+of|closing|suspend\w*|halt\w*|paus\w+)\b[^.;]{0,60}\bairports?\b|\b(?:flights|air\s+traffic|take-?offs?|landings|departures|operations)\b[^.;]{0,50}\b(?:suspended|halted|paused|stopped|diverted|grounded|cancelled|canceled)\b"),
    (ResponseType.AIRSPACE_CLOSED, r"\b(?:clos\w+|shut\w*)\s+(?:\w+\s+){0,3}airspace\b|\bairspace\s+(?:\w+\s+){0,3}(?:was|were|is|has\s+been)\s+(?:\w+\s+)?(?:closed|shut)\b"),
    (ResponseType.GROUND_SEARCH, r"\b(?:search(?:ed|es|ing)?\s+(?:\w+\s+){0,3}(?:for|area|teams?)|search\s+(?:operation|teams|is|was)|combing|cordoned\s+off)\b"),
    (ResponseType.INVESTIGATION, r"\b(?:investigat\w+|probe|inquiry|prosecutors?)\b"),
    (ResponseType.DETENTION, r"\b(?:arrested|detained)\b"),
    (ResponseType.PROTEST, r"\b(?:protest\s+note|note\s+of\s+protest|diplomatic\s+(?:note|protest)|summon(?:ed|s|ing)?|lodg\w+\s+(?:a|an)\s+(?:\w+\s+)?protest|protested)\b"),
    (ResponseType.CONSULTATION, r"\b(?:North\s+Atlantic\s+Council|emergency\s+(?:meeting|session)|consultations?)\b"),
    (ResponseType.ARTICLE_4, r"\b[Aa]rticle\s+(?:4|four|IV)\b"),
    (ResponseType.UNSC, r"\b(?:UN|United\s+Nations|U\.N\.)\s+Security\s+Council\b"),
    (ResponseType.BORDER_CLOSED, r"\b(?:closed|closes|shut|sealed)\s+(?:\w+\s+){0,3}border(?:\s+crossings?)?\b"),
    (ResponseType.TRACKED, r"\b(?:tracked|monitored|followed)\b[^.;]{0,40}\b(?:radar|jets|drone|it|them)\b"),
]  # fmt: skip
_OUTCOME = [(value, re.compile(pattern, re.I)) for value, pattern in _OUTCOMES]
_RESPONSE = [(value, re.compile(pattern)) for value, pattern in _RESPONSES]
_TAKEN_BACK = re.compile(
    r"\b(?:not|n't|never|no|without|unable\s+to|would|could|if|considering|mulling|may|might|consider\w*|to)\s+(?:\w+\s+){0,2}?$",
    re.I,
)


@dataclass(frozen=True)
class Reading:
    """An outcome or response and its words."""

    start: int
    end: int
    value: Outcome | ResponseType


def find_outcomes(text: str) -> list[Reading]:
    """Return what became of the object, strongest first; what did not happen is left out."""
    return _find(text, _OUTCOME)


def find_responses(text: str) -> list[Reading]:
    """Return what was done about the event."""
    return _find(text, _RESPONSE)


def _find(
    text: str, rules: list[tuple[Outcome, re.Pattern[str]]] | list[tuple[ResponseType, re.Pattern[str]]]
) -> list[Reading]:
    found = []
    for value, pattern in rules:
        for match in pattern.finditer(text):
            if not _TAKEN_BACK.search(text[: match.start()]):
                found.append(Reading(match.start(), match.end(), value))
                break
    return found
