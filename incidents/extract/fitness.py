"""Does a trigger with its object make an event at all?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from incidents.extract.nations import MEMBERS
from incidents.extract.objects import CREWED, ObjectHit
from incidents.extract.places import LOCATED, CountryHit
from incidents.extract.triggers import TriggerHit

WAR = re.compile(
    r"\b(?:attack(?:s|ed|ing)?|strikes?|bombard\w*|barrage|assault|raid|shelling|air\s+raids?)\b[^.;]{0,50}\b(?:Ukrain\w+|Kyiv|Odes+a|Lviv|Izmail|Kharkiv|Russian\s+(?:territory|region|city|refiner\w+)|Moscow|Belgorod)\b|\b(?:attack(?:s|ed|ing)?|struck|bombard\w*|shelled)\s+(?:\w+\s+){0,2}Ukrain",
    re.I,
)


_HITS = re.compile(r"hit|str[ui]|slam|impact|damag|collid|smash|explod|detonat")


FINDS = re.compile(r"discover|f(?:ou|i)nd|recover|locat|retriev|unearth|lay|lies|lying|stumbl|came across|turned up")


_DEBRIS = re.compile(r"\b(?:debris|wreckage|fragments?|remains|remnants|parts?|pieces|wreck|crater|elements)\b", re.I)


_AIRPORT = re.compile(
    r"\bairports?\b|\brunways?\b|\bflights\b|\bair\s+traffic\b|\btake-?offs?\b|\blandings?\b|\bairspace\b|\bair\s+base\b|\bHeathrow\b|\bGatwick\b|\bSchiphol\b|\bdepartures\b|\bterminal\b",
    re.I,
)


_PRONOUN = re.compile(r"\b(?:it|they|one of them|which)\b", re.I)


_MORE = re.compile(r"\b(?:two|three|four|five|several|another|others|many|one)\s+(?:more|others?)\b|\bothers\b", re.I)


def unfit(
    text: str, clause: tuple[int, int], trigger: TriggerHit, thing: ObjectHit | None, countries: Sequence[CountryHit]
) -> str | None:
    """Return why the trigger and its object make no event of this kind, or None."""
    body = text[clause[0] : clause[1]]
    word, kind = trigger.word, trigger.kind
    airspace = any(c.rule == "airspace" for c in countries) or bool(
        re.search(r"\bair\s?space\b|\bterritor|\bskies\b|\bair\s+border", text, re.I)
    )
    crewed = thing is not None and thing.object_class in CREWED
    if thing is None and re.search(r"\baccus\w+", text):
        return "accusation"
    if thing is None:
        if (
            kind == "entry"
            and re.search(r"air\s?space|air\s+space|air\s+border", body, re.I)
            and re.search(r"violat|breach|enter|penetrat|infring|intrud", word)
        ):
            return None
        if (
            kind == "noun"
            and re.search(r"air\s?space|air\s+border|air\s+space", body, re.I)
            and re.search(r"violation|incursion|intrusion|breach", word)
        ):
            return None
        if kind == "fall" and _DEBRIS.search(body) and re.search(r"drone|missile|UAV|rocket", text):
            return None
        if (
            (_PRONOUN.search(body) or _MORE.search(body))
            and kind in ("entry", "fall", "down", "sighting")
            and (kind != "sighting" or re.search(r"\b(?:it|they)\s+(?:was|were|had|have)\b", body, re.I))
            and (kind != "fall" or re.search(r"crash|fell|came down|explod|landed", word))
        ):
            return None
        return "no object"
    if kind == "entry":
        if crewed and not airspace:
            return "crewed aircraft without airspace"
        if re.fullmatch(r"enter\w*|cross\w*", word) and not (
            airspace or any(c.start > trigger.start for c in countries if c.rule in LOCATED) or "country" in body
        ):
            return "entered no state"
        if (
            re.search(r"came", word)
            and re.match(r"came\s+(?:from|in)", word)
            and not any(c.rule in ("airspace",) for c in countries)
        ):
            return "came from"
        return None
    if kind == "sighting":
        if crewed and not (airspace and re.search(r"air\s?space|air\s+border|over|inside|within", body)):
            return "crewed aircraft without airspace"
        if re.search(r"confirm|report|record|identif", word) and text[thing.end : thing.end + 2] == "'s":
            return "speech"
        if (
            re.search(r"confirm|report|record|identif", word)
            and thing.head < trigger.start
            and not re.search(r"\b(?:was|were|been|being)\s+(?:\w+\s+)?$", text[: trigger.start])
        ):
            return "speech"
        return None
    if kind == "fall":
        if crewed and not (FINDS.search(word) is None and thing.adjective in ("RU", "BY", "SY") and airspace):
            return "crewed aircraft"
        if (
            _HITS.search(word)
            and thing.head > trigger.start
            and not _DEBRIS.search(body)
            and not re.search(r"by\s+(?:\w+\s+){0,4}$", text[trigger.end : thing.start] + " ")
        ):
            return "hit what"
        if (
            re.search(r"fell|fall|land|go|went|crash", word)
            and thing.head > trigger.end + 60
            and not _DEBRIS.search(body)
        ):
            return "fell what"
        if (
            thing.object_class in ("missile", "cruise_missile", "ballistic_missile")
            and _HITS.search(word)
            and not airspace
            and not any(c.rule in LOCATED and c.code in MEMBERS for c in countries)
        ):
            return "strike"
        if re.search(r"land", word) and thing.object_class not in ("drone", "balloon", "unknown", "missile"):
            return "landed"
        return None
    if kind == "down":
        if re.search(r"intercept|engag|jam|disabl", word) and crewed:
            return "intercepted only"
        return None
    if kind == "closure":
        if not _AIRPORT.search(text) or thing.object_class not in ("drone", "balloon", "unknown"):
            return "no airport"
        if WAR.search(text) and not re.search(
            r"\b(?:sighting|spotted|sighted|seen|detected|entered|violat|debris|overflight|incursion)", text
        ):
            return "war elsewhere"
        if re.search(r"\b(?:attack|assault|barrage|military\s+activity)\b", text, re.I) and not re.search(
            r"sighting|spotted|seen|sighted|detected", text
        ):
            return "war elsewhere"
        return None
    if (
        kind == "noun"
        and word.startswith(("incident", "occurrence"))
        and thing.is_attributive is False
        and not re.search(r"drone|UAV|balloon|air\s?space|aircraft|jet", text)
    ):
        return "no object"
    if kind == "noun" and crewed and not airspace:
        return "crewed aircraft without airspace"
    return None
