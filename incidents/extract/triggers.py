# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Words that say something entered, was seen, fell, was shot down or closed an airport; and words that take it back."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AIR = r"(?:air\s?space|air\s+space|air\s+borders?|territor(?:y|ial)|borders?|skies|sky|sovereignty|frontier|soil|waters|state\s+border|air\s+boundary)"
_ENTRY = (
    rf"violat(?:e|es|ed|ing)\b(?=[^.;]{{0,70}}\b{_AIR})|(?:been|was|were|being)\s+violated|breach(?:es|ed|ing)?\b(?=[^.;]{{0,70}}\b{_AIR})|(?:been|was|were)\s+breached|"
    r"enter(?:s|ed|ing)?\b|re-?entered|penetrat(?:e|es|ed|ing)|intrud(?:e|es|ed|ing)|invad(?:e|es|ed|ing)\b(?=[^.;]{0,40}\bair)|"
    r"infring(?:e|es|ed|ing)\b|encroach\w*|stray(?:s|ed|ing)?\b(?=\s+(?:in|into|over|across|inside|deep|from|\d))|drift(?:s|ed|ing)?\b|veer(?:s|ed|ing)?\b|wander(?:s|ed|ing)?\s+into|"
    rf"cross(?:es|ed|ing)?\b(?=[^.;]{{0,60}}\b(?:{_AIR}|into|from|over|[A-Z]\w+))|(?:fly|flies|flew|flown|flying|overfl(?:ew|ies|y|own|ying))\b|transit(?:ed|ing)\b|"
    r"(?:travel|mov|head|proceed|pass|ventur|glid|descend|sail|stray)(?:s|ed|led|ing|ling)?\b(?=[^.;]{0,60}\b(?:into|inside|over|through)\b[^.;]{0,40}\b(?:air\s?space|territory|soil))|went\s+into\b|"
    r"(?:made|make|makes|making)\s+(?:its|their|a|an)?\s*(?:way|incursion\w*)\s+into|came\s+(?:in|from|into|across)|(?:was|were)\s+in(?:side)?\s+(?:the\s+)?(?:country's|its|our|\w+)\s+airspace|"
    r"(?:spent|remained|stayed|lingered|circled|loitered)\b(?=[^.;]{0,60}\b(?:airspace|territory|over|above))|buzz(?:es|ed|ing)\b|slipped\s+(?:in|into|across|over)|swarm(?:ed|ing)\b|sp(?:ied|ying)\s+on|snoop\w*|hover(?:s|ed|ing)\b|circl(?:ed|ing)\b|incurred"
)
_SIGHT = (
    r"spot(?:s|ted)?\b|sight(?:ed)?\b|detect(?:s|ed|ing)?\b|observ(?:e|es|ed|ing)\b|seen\b|report(?:s|ed|ing)?\b(?=[^.;]{0,60}\b(?:drone|UAV|balloon|object|unmanned|sighting))|(?:was|were|been)\s+reported|"
    r"record(?:s|ed)?\b|track(?:s|ed|ing)?\b|register(?:s|ed)?\b|identif(?:y|ies|ied)\b|picked\s+up|notice[ds]?\b|filmed\b|appear(?:s|ed)?\b(?=\s+(?:over|above|near|in|on|at))|"
    r"(?:was|were)\s+(?:over|above|near)\b|loom\w*\s+over|(?:photograph|captur)ed\b|confirm(?:s|ed)?\b(?=[^.;]{0,25}\b(?:drone|UAV|balloon|unmanned))|saw\b|witness(?:ed)?\b"
)
_FALL = (
    r"crash(?:es|ed|ing)?(?:-land(?:s|ed|ing)?)?\b|f[ae]ll(?:s|en|ing)?\b|land(?:s|ed|ing)\b|c[ao]me(?:s)?\s+down|go(?:es|ne)?\s+down|went\s+down|plung(?:e|es|ed|ing)\b|plummet(?:s|ed)?\b|"
    r"explod(?:e|es|ed|ing)\b|deton(?:ate|ates|ated|ating)\b|discover(?:s|ed|y)\b|f(?:ound|ind|inds|inding)\b|recover(?:s|ed|y|ing)\b|wash(?:es|ed)\s+(?:up|ashore)|locat(?:e|es|ed)\b|"
    r"hit(?:s|ting)?\b|str(?:uck|ikes?|iking)\b|slam(?:s|med)?\s+into|impact(?:s|ed)\b|collid(?:e|ed|es)\b|damag(?:e|es|ed|ing)\b|lay\b|lies\b|lying\b|unearthed\b|retriev(?:e|ed|es)\b|stumbled\b|smash\w*\b|came\s+across|turned\s+up"
)
_DOWN = (
    r"sh(?:ot|oot|oots|ooting)\s+(?:\w+\s+){0,4}?down\b|(?<!come )(?<!came )(?<!gone )down(?:s|ed|ing)\b|intercept(?:s|ed|ing)?\b|neutrali[sz](?:e|es|ed|ing)\b|destroy(?:s|ed|ing)?\b|"
    r"br(?:ought|ing|ings|inging)\s+down|t(?:ook|ake|akes|aking|aken)\s+(?:down|out)\b|(?:opened\s+)?fir(?:ed|e)\s+(?:at|on|upon)\b|disabl(?:e|ed)\b|jammed\b|engaged\b|eliminated\b|shoot-?down\b"
)
_CLOSE = (
    r"(?:clos(?:e|es|ed|ing|ure)|shut(?:s|ting)?(?:\s+down)?|shutdown|halt(?:s|ed|ing)?|suspend(?:s|ed|ing)?|suspension|paus(?:e|es|ed|ing)|ground(?:s|ed|ing)|divert(?:s|ed|ing)|"
    r"disrupt(?:s|ed|ing|ion|ions)?|stop(?:s|ped|ping)?|cancel(?:s|led|ed|ling|lations)?|delay(?:s|ed)?|restrict(?:s|ed)?|paralys(?:e|ed|es)|interrupt(?:s|ed|ion)?|curtail\w*|reopen(?:s|ed|ing)?|brings?\s+to\s+a\s+standstill|chaos|standstill)\b"
)
_NOUN = (
    r"(?:air\s?space\s+|air\s+|border\s+)?(?:violations?|incursions?|intrusions?|infringements?|breach(?:es)?|entry|overflights?|trespass\w*)\b|"
    r"(?:drones?|UAVs?|balloons?|object)\s+(?:sightings?|flights?|incidents?|activit(?:y|ies)|overflights?|observations?|alerts?|alarms?|crash(?:es)?|scares?|debris|wreckage|fragments?|strikes?|impacts?)\b|"
    r"(?:sightings?|reports?|presence|crash|wreckage|debris|fragments|remains|remnants|parts|pieces|discovery|downing|shooting\s+down|interception|flyovers?|appearance|swarms?|arrival)\s+of\s+|occurrences?\b|incidents?\b"
)
_CLASSES = {"entry": _ENTRY, "down": _DOWN, "fall": _FALL, "sighting": _SIGHT, "closure": _CLOSE, "noun": _NOUN}
_PATTERNS = {name: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for name, pattern in _CLASSES.items()}


@dataclass(frozen=True)
class TriggerHit:
    """A trigger word and its class."""

    start: int
    end: int
    kind: str
    """``entry``, ``sighting``, ``fall``, ``down``, ``closure`` or ``noun``."""
    word: str


def find_triggers(text: str) -> list[TriggerHit]:
    """Return the triggers in `text`, left to right; where two classes claim a word, the stronger has it."""
    hits: list[TriggerHit] = []
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            if not any(h.start < match.end() and match.start() < h.end for h in hits):
                hits.append(TriggerHit(match.start(), match.end(), kind, match.group().lower()))
    return sorted(hits, key=lambda hit: hit.start)


_DISCUSSES = (
    r"bill|laws?\b|legislation|legal|parliament\w*|lawmakers|amendment|cabinet|decree|draft|proposal|propos\w+|drone\s+wall|drone\s+shield|budget|procure\w*|purchas\w+|contract|"
    r"funding|rules?\s+of\s+engagement|strategy|policy|summit|debate\w*|talks|mandate|powers|authori[sz]e[sd]?|authori[sz]ing|authori[sz]ation\s+to|permission\s+to|permits?|empower\w*"
)
_FILTERS: list[tuple[str, re.Pattern[str]]] = [
    ("conditional", re.compile(r"\b(?:if|unless|in\s+case|in\s+the\s+event|should\s+(?:a|an|any|another|russia|it|they)|what\s+if|were\s+to|suppose)\b[^.;]*$", re.I)),
    ("modal", re.compile(r"\b(?:would|could|should|will|shall|might|may|must|can|cannot|can't|won't|wouldn't|couldn't|(?:has|have|had|having)\s+(?:the\s+right\s+)?to)\s+(?:\w+\s+){0,3}?(?:be\s+)?(?:\w+ly\s+)?$", re.I)),
    ("planned", re.compile(r"\b(?:plans?|planning|intends?|intention|ready|readiness|prepared|prepares?|vow(?:s|ed)?|pledge[sd]?|threat(?:s|en|ens|ened|ening)?|warn(?:s|ed|ing)?\s+(?:of|it|they|that\s+it|against)|able|ability|"
        r"capable|capability|allow(?:s|ed|ing)?|permit\w*|authori[sz]\w*|empower\w*|permission|propos\w+|want(?:s|ed)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)?\s+(?:on|for)|aim(?:s|ed)?|"
        r"seek(?:s|ing)?|help(?:s|ing)?|designed|used|right|powers?|order(?:s|ed)?|try|tries|trying|tried|attempt(?:s|ed|ing)?|fail(?:s|ed)|unable|refus\w+|decid\w+|decision|chose|how|whether|not|option|need(?:s|ed)?|"
        r"hesitat\w+|reluctan\w+|need|needed|difficult|easier|hard|necessary|order|enough|supposed|discuss\w*|consider\w*|risk(?:s|ed)?|bound|likely|expected|system|systems|training|trained|designed|built|equipment|troops|measures|efforts|weapons|technology|way|ways|failure|mechanism)"
        r"\s+(?:\w+\s+){0,3}?to\s+(?:\w+\s+){0,2}?$", re.I)),
    ("purpose", re.compile(r"\b(?:to|for|against|of|from|on|at|in|about|by|with)\s+(?:\w+ly\s+)?(?:prevent|preventing|deter|deterring|detect|detecting|counter|countering|combat|track|tracking|identify|identifying|neutrali[sz]e|"
        r"intercept|intercepting|stop|stopping|repel|respond\s+to|protect\w*\s+against|defend\w*\s+against|avoid|destroy|destroying|shoot|jam|down|monitor|monitoring|dealing\s+with|engage)\b[^.;,]*$", re.I)),
    ("negated", re.compile(r"\b(?:did\s*n[o']t|didn't|does\s*n[o']t|doesn't|not|never|no|without|neither|nor|had\s*n't|hasn't|haven't|hadn't|wasn't|weren't|isn't|nothing|no\s+evidence|no\s+sign|no\s+trace|no\s+indication|no\s+reports?|rule[sd]?\s+out|ruling\s+out|"
        r"(?:close|near|came|come)\s+to)\s+(?:\w+\s+){0,3}?$", re.I)),
    ("negated", re.compile(r"\b(?:no|without\s+any|never\s+any)\s+(?:\w+\s+){0,3}(?:drones?|aircraft|objects?|violations?|incursions?|planes?|jets?|UAVs?|debris|fragments|missiles?|breach(?:es)?)\b[^.;,]*$", re.I)),
    ("ban", re.compile(r"\b(?:ban(?:s|ned|ning)?|prohibit\w*|forbid\w*|outlaw\w*|licen[cs]\w+|restrict\w*)\s+(?:\w+\s+){0,4}$", re.I)),
    ("hypothetical", re.compile(r"\b(?:any|every|each|hypothetical|potential|possible\s+future|future|subsequent|further|fears?\s+(?:of|that)|possibility\s+(?:of|that)|risk\s+(?:of|that)|threat\s+of|danger\s+of|chance\s+(?:of|that)|likelihood|"
        r"scenario|imagine|whenever|wherever|prospect|simulat\w+|mock|rehears\w+|drill|wargame|potential)\b[^.;,]*$", re.I)),
]  # fmt: skip
_WHOLE = [
    ("law", re.compile(rf"\b(?:{_DISCUSSES})\b[^.;]*\b(?:to\s+(?:shoot|down|intercept|destroy|neutrali[sz]e|detect|use|buy|build|strengthen|allow|give|counter)|allow\w*|enabl\w+|giving|grant\w*|permit\w*)\b", re.I)),
    ("exercise", re.compile(r"\b(?:simulat\w+|mock\s+\w+|war\s?games?|live-fire|rehears\w+|drills?\b|training\s+(?:exercise|flight|mission|target)|test\s+(?:flight|launch|fire)|tabletop|air\s?show|(?:air|military|annual|joint|NATO|civil\s+defen[cs]e|large-scale|multinational)\s+exercises?)", re.I)),
    ("outside", re.compile(r"\b(?:international|neutral)\s+(?:air\s?space|waters)|\bADIZ\b|\bair\s+defen[cs]e\s+identification\s+zone|\b(?:did\s+not|didn't|without|never)\s+(?:actually\s+)?(?:enter\w*|violat\w*|breach\w*|cross\w*|leav\w*)|"
        r"\b(?:remained|stayed|remaining|staying|kept|were|was)\s+(?:well\s+)?(?:outside|within\s+international|in\s+international)|flight\s+information\s+region\b|\bno\s+(?:\w+\s+)?(?:violation|breach|incursion|threat)s?\s+of\s+(?:\w+\s+){0,3}airspace|"
        r"\bhad\s+not\s+(?:entered|violated|crossed|breached)|not\s+(?:been\s+)?violated", re.I)),
    ("bird", re.compile(r"\b(?:bird\s*strikes?|flock\s+of|struck\s+by\s+a\s+bird|hit\s+a\s+bird|geese)\b", re.I)),
    ("hobby", re.compile(r"\b(?:drone\s+(?:show|race|racing|delivery|photography|festival|league|light)|light\s+show|film(?:ing)?\s+crew|drone\s+(?:maker|manufacturer|startup|factory|operators?\s+course|school|industry|production))\b", re.I)),
    ("aggregate", re.compile(r"\b(?:since\s+(?:the\s+(?:start|beginning|outbreak|full)|Russia|Moscow|20\d\d|last\s+year|(?:January|February|March|April|May|June|July|August|September|October|November|December)|then)|so\s+far\s+(?:this|in)|(?:this|last)\s+year\s+alone|over\s+the\s+(?:past|last)\s+(?:\w+\s+)?(?:years?|months?)|"
        r"in\s+the\s+(?:whole|course)\s+of|in\s+all\s+of\s+20\d\d|on\s+\w+\s+occasions|(?:dozens|scores|hundreds)\s+of\s+times|repeatedly|regularly|frequently|routinely|often|every\s+(?:week|day|month|night)|times\s+(?:this|last)\s+year|per\s+(?:day|week|year))\b", re.I)),
]  # fmt: skip
_QUESTION = re.compile(r"\?\s*[\"']?$")
_IMPERATIVE = re.compile(r"(?:shoot|intercept|destroy|down|take|bring|neutrali[sz]e|fire)\b", re.I)
_INFINITIVE = re.compile(r"\bto\s+(?:\w+ly\s+)?$", re.I)
_REAL = re.compile(
    r"\b(?:managed|able|appear(?:s|ed)|seem(?:s|ed)|believed|thought|forced|had|continued|began|started|proceeded|known|said|reported|suspected|alleged|went\s+on|led|understood|presumed|was|were|causing|confirmed|assessed|"
    r"reportedly|first|second|third|only|latest|(?:first|second|third|fourth|latest|one)\s+(?:\w+\s+){1,3}?)\s+to\s+(?:have\s+)?(?:\w+ly\s+)?$", re.I)  # fmt: skip
_HAVE = re.compile(
    r"\b(?:may|might|could|would|should|must)\s+(?:\w+\s+)?(?:also\s+)?have\s+(?:\w+\s+)?$|\bto\s+have\s+(?:been\s+)?$|\b(?:may|might|could)\s+(?:\w+\s+)?have\s+been\s+(?:\w+\s+)?$",
    re.I,
)


def filter_reason(sentence: str, clause: tuple[int, int], trigger: TriggerHit) -> str | None:
    """Return why a trigger reports no event that happened, or None where it does.

    The words before the trigger decide within its clause; some readings (law, exercise, open sea) need the sentence.
    """
    start, end = clause
    before = sentence[start : trigger.start]
    body = sentence[start:end]
    reaches = sentence[: trigger.start] if re.match(r"\s*(?:that|which|who|where|and|or)\b", body) else before
    if _QUESTION.search(sentence):
        return "question"
    if (
        trigger.kind == "down"
        and _IMPERATIVE.match(trigger.word)
        and not re.search(r"\w", re.sub(r"^.*[\"'](?=\W*$)", "", before))
    ):
        return "imperative"
    if trigger.word.split()[0].endswith("ing") and re.match(
        r"[^.;]{0,90}?\b(?:would|could|should|will|might|may|must|is\s+(?:not\s+)?(?:an?\s+)?(?:option|escalat|risk|danger))",
        sentence[trigger.end : end],
    ):
        return "hypothetical"
    is_past_guess = bool(_HAVE.search(before))
    for reason, pattern in _FILTERS:
        scope = (
            sentence[: trigger.start] if reason == "conditional" else reaches if reason == "hypothetical" else before
        )
        if reason in ("modal", "planned") and is_past_guess:
            continue
        if reason in ("purpose", "planned") and trigger.kind == "noun":
            if re.search(r"\b(?:prevent|deter|counter|repel|avoid|combat)\w*\s+(?:\w+\s+){0,4}$", scope, re.I):
                return reason
            continue
        if reason == "negated" and re.search(
            r"\bnot\s+only\b|\bno\s+longer\b|\bno\s+fewer\b|\bno\s+less\b|\bnot\s+(?:yet\s+)?been\s+confirmed\b",
            scope,
            re.I,
        ):
            continue
        if pattern.search(scope):
            return reason
    if _INFINITIVE.search(before) and not _REAL.search(before):
        return "infinitive"
    for reason, pattern in _WHOLE:
        scope = body if reason in ("law",) else sentence
        if reason == "outside":
            # An entry stated in another clause stands.
            scope = body
        if reason == "exercise" and re.search(
            r"\b(?:violat|breach|stray|intru|unauthori[sz]ed|unidentified|Zapad)", sentence, re.I
        ):
            continue
        if pattern.search(scope):
            return reason
    return None
