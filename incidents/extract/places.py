# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Where: the state whose airspace it was, and the sites named. Country first, then the place inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from incidents.extract.landmarks import landmarks
from incidents.extract.nations import ADJECTIVAL, ANY_STATE, CAPITAL_CITY, MEMBERS, NAMED, masked, mentions

LOCATED = ("airspace", "in", "place")
"""Rules of hits that say where it was, rather than who spoke."""
_AIR = (
    r"(?:(?:national|sovereign|NATO|northern|southern|eastern|western|north-?eastern|south-?eastern|territorial|land|sea|air|maritime|civilian)\s+)?"
    r"(?:air\s?space|air\s+space|territor(?:y|ial\s+waters|ial\s+sea)|soil|skies|sky|air\s+borders?|sovereignty|borders?|state\s+border|waters|land|side\s+of\s+the\s+border|coast|airports?|air\s?bases?|bases?|military\s+(?:bases?|sites?|facilit\w+|installations?)|islands?|resorts?|beach(?:es)?|municipalit(?:y|ies)|districts?|ports?|villages?|towns?|cit(?:y|ies)|farms?|fields?|forests?|houses?|homes?|count(?:y|ies)|regions?|provinces?|capital)"
)
_STATE = ANY_STATE
_LIST = rf"{_STATE}(?:(?:\s*,\s*|\s*,?\s+(?:and|or|as\s+well\s+as)\s+){_STATE}){{0,14}}"
_OWN = re.compile(rf"\b(?P<list>{_LIST})(?:'s|')?\s+(?:\w+\s+)?(?P<air>{_AIR})\b")
_OF = re.compile(rf"\b(?:airspace|air\s+space|territory|skies|soil|sovereignty|borders?|violations?|breach(?:es)?|parts?|areas?|regions?|coasts?|border\s+areas?|(?:north|south|east|west)\w*)\s+(?:of|in)\s+(?:the\s+)?(?P<list>{_LIST})\b(?!\s+(?:ministry|army|president|minister|defen[cs]e))")  # fmt: skip
_PREP = re.compile(
    rf"\b(?P<prep>(?i:in|over|into|across|above|inside|on|within|throughout|through|enter(?:ed|s|ing)?|overflew|at|reach(?:ed|es|ing)?|cross(?:ed|es|ing)?(?:\s+into)?|penetrat(?:ed|es|ing)|invad(?:ed|es|ing)|near|to))\s+"
    rf"(?:(?:the\s+)?(?:(?:far\s+)?(?:north|south|east|west)(?:ern|east(?:ern)?|west(?:ern)?)?(?:-?(?:east|west)(?:ern)?)?|central|neighbou?ring|mainland|nearby|NATO\s+(?:member|ally)|fellow\s+NATO\s+member|the)\s+)*(?P<list>{_LIST})\b(?!\s+(?:government|ministry|ministers?|army|president|officials?|authorities|forces|police|media|news|jets?|drones?|aircraft|fighters?))"
)
_BAD_BEFORE = re.compile(
    r"\b(?:from|towards?|via|against|bordering|borders\s+(?:with|of)|border\s+(?:with|between)|(?:border|frontier)\s+(?:with\s+)?|attack(?:s|ed|ing)?(?:\s+\w+){0,2}\s+(?:on|in|against)|strikes?\s+(?:on|in|against|at)|targeting|struck|war\s+(?:in|on|against)|invasion\s+of|bound\s+for|direction\s+of|off|between|ambassador\s+to|to\s+help|aid\s+to|"
    r"(?:meeting|summit|talks|conference|session|ministers|speech|briefing|gathering)\b[^.;,]{0,40}\s(?:in|at)|meeting\s+in|talks\s+in|summit\s+in|conference\s+in|speaking\s+in|told\s+\w+\s+in|reporters\s+in|embassy\s+in|interview\s+in|headquarters\s+in|near\s+the\s+\w*\s*border\s+with|conflict\s+in|peace\s+in|operation\s+in|operations\s+in|bombardment\s+of|assault\s+on|barrage\s+(?:on|at|against)|visit\s+to|arrived\s+in|based\s+in|stationed\s+in|deployed\s+(?:in|to)|troops\s+in)\s+(?:the\s+)?(?:(?:neighbou?ring|western|southern|eastern|northern|nearby)\s+)?$",
    re.I,
)
_NEAR_BORDER = re.compile(
    r"\b(?:near|close\s+to|along|towards?|from|at|on|off|of|by|approach\w*)\s+(?:(?:the|its|their)\s+)?(?:\S+\s+)?$",
    re.I,
)
_POSSESSIVE = re.compile(
    r"\b(?:its|their|our|his|the\s+country's|the\s+nation's|the\s+Baltic\s+(?:state|country|nation)'s|the\s+alliance\s+member's|national|the\s+country|the\s+(?:Baltic|Balkan|Nordic|Scandinavian|EU|European\s+Union|NATO)[\w\s-]{0,20}(?:state|country|nation|member))\s+(?:\w+\s+)?(?:air\s?space|air\s+space|territory|skies|soil|borders?|air\s+borders?|waters|sovereignty)?",
    re.I,
)
_INSTITUTION = re.compile(
    rf"\b(?P<c>{ADJECTIVAL}|{NAMED}(?:'s)?)\s+(?:(?:[Aa]ir|[Nn]ational|[Ff]ederal|[Rr]oyal|[Dd]eputy|[Pp]rime|[Ss]tate|[Aa]rmed|[Mm]ilitary|[Bb]order|[Dd]efen[cs]e|[Ff]oreign|[Ii]nterior|[Cc]ivil|[Aa]viation|[Pp]olice|[Tt]ransport|[Oo]perational|[Tt]op|[Ll]ocal|[Gg]eneral|[Ss]enior|[Nn]ATO|[Aa]ir\s+[Tt]raffic)\s+)*"
    r"(?:[Mm]inistr(?:y|ies)|[Mm]inisters?|[Aa]rmy|[Mm]ilitary|[Ff]orces?|[Pp]olice|[Aa]uthorit(?:y|ies)|[Oo]fficials?|[Gg]overnment|[Pp]resident|[Pp]remier|PM|[Gg]uards?|[Cc]ommand|[Ss]taff|[Nn]avy|[Aa]ir\s+[Ff]orce|[Pp]rosecutors?|[Aa]gency|[Cc]hancellor|[Ii]ntelligence|[Rr]adars?|[Aa]ir\s+[Dd]efen[cs]es?|[Jj]ets|[Ff]-16s?|[Ss]oldiers|[Tt]roops|[Cc]risis|[Ee]mergency|[Bb]roadcaster|[Mm]edia|[Cc]entre|[Cc]enter|[Mm]ayor|[Ss]ecurity|[Ff]ishermen|[Ff]armers?|[Rr]escuers|[Ff]irefighters)\b"
)
_CAPITAL_AIRPORT = re.compile(
    rf"\b(?P<c>{CAPITAL_CITY})(?:'s)?\s+(?:(?:[A-Z]\w+|main|busiest|international|city)\s+){{0,2}}[Aa]irports?\b"
)
_SUBJECT = re.compile(rf"\b(?P<list>(?:{NAMED}|{CAPITAL_CITY})(?:(?:\s*,\s*|\s*,?\s+and\s+)(?:{NAMED}|{CAPITAL_CITY})){{0,4}})\b(?=\s+(?:has\s+|had\s+|have\s+|(?:was|were)\s+forced\s+to\s+|\w+ly\s+|on\s+\w+day\s+|also\s+)?(?:said|says|reports?|reported|confirm\w*|accus\w+|scrambl\w+|shot|shoots|downs|downed|detect\w*|track\w*|clos\w+|shut\w*|summon\w*|protest\w*|condemn\w*|launch\w*\s+(?:jets|probe|investigation|search)|prob\w+|investigat\w+|find\w*|found|halt\w*|suspend\w*|put|invok\w+|request\w+|deploy\w*|denounc\w+|announc\w+|record\w*|intercept\w*|complain\w*|spots?|spotted|lodg\w+|initiat\w+|recover\w*|discover\w*|sends?|sent|identif\w+|mobili[sz]\w*|raises|raised|claims?|activat\w+|slams|blames?|is|was|sees|saw)\b)")  # fmt: skip


_CROSSES = re.compile(r"\b(?:cross\w*|violat\w*|over|inside|breach\w*|penetrat\w*)\b(?:\W+\w+){0,3}\W*$", re.I)
_FROM = re.compile(r"\b(?:from|towards?|via)\s+(?:the\s+)?$", re.I)
_SOVEREIGN = re.compile(r"air\s?space|territor|soil|skies|sovereign|air\s+border|border")
_BAD_AFTER = re.compile(r"\s*(?:'s|')?\s*(?:border|frontier)|'s?\s+(?:war|invasion|attack|capital|ministry|government)")


@dataclass(frozen=True)
class CountryHit:
    """A state as the place of an event."""

    start: int
    end: int
    code: str
    rule: str
    """``airspace`` (its airspace), ``in`` (in Poland), ``place`` (a town), ``possessive``, ``institution`` or ``subject``."""


@lru_cache(maxsize=256)
def find_countries(text: str) -> tuple[CountryHit, ...]:
    """Return every state named as a location in `text`, member or not, strongest rule first by position."""
    hits: list[CountryHit] = []
    view = masked(text)

    def spread(start: int, end: int, rule: str) -> None:
        hits.extend(CountryHit(s, e, code, rule) for s, e, code, _ in mentions(text) if start <= s and e <= end)

    for match in _OWN.finditer(view):
        air = match["air"].lower()
        before = view[: match.start()]
        if "border" in air and "air" not in air and not _CROSSES.search(before):
            continue
        if re.search(r"^(?:lands?|coast|skies|sky)$", air) and _BAD_BEFORE.search(before):
            continue
        if _FROM.search(before):
            continue
        spread(*match.span("list"), "airspace" if _SOVEREIGN.search(air) else "in")
    for match in _OF.finditer(view):
        before = view[: match.start()]
        if ("border" in match.group().lower() and _NEAR_BORDER.search(before)) or _FROM.search(before):
            continue
        spread(
            *match.span("list"), "airspace" if re.match(r"air|terr|skies|soil|sover|viol|brea", match.group()) else "in"
        )
    for match in _PREP.finditer(view):
        head, after, listed = view[: match.start("list")], view[match.end("list") :], match["list"]
        if _BAD_BEFORE.search(head) or _BAD_AFTER.match(after):
            continue
        is_loose = match["prep"].lower() in ("near", "to", "at", "on") and not re.fullmatch(CAPITAL_CITY, listed)
        reaches = match["prep"].lower() == "to" and re.search(
            r"\b(?:spread|spilled|drifted|flew|strayed)\b[^.;]*$", head
        )
        if (is_loose and not reaches) or re.fullmatch(ADJECTIVAL, listed):
            continue
        spread(*match.span("list"), "in")
    for start, end, code in landmarks(text):
        if not _BAD_BEFORE.search(view[:start]) and not any(h.start <= start < h.end for h in hits):
            hits.append(CountryHit(start, end, code, "place"))
    for match in _CAPITAL_AIRPORT.finditer(view):
        if not _BAD_BEFORE.search(view[: match.start()]):
            spread(*match.span("c"), "place")
    for match in _INSTITUTION.finditer(view):
        spread(*match.span("c"), "institution")
    for match in _SUBJECT.finditer(view):
        spread(*match.span("list"), "subject")
    return tuple(sorted(set(hits), key=lambda hit: (hit.start, hit.rule)))


def has_possessive(text: str) -> bool:
    """Return whether the text speaks of ``its airspace`` or ``the country's``."""
    return bool(_POSSESSIVE.search(text))


def members_among(codes: list[str]) -> list[str]:
    """Return the NATO members among `codes`, each once, in order."""
    return [code for code in dict.fromkeys(codes) if code in MEMBERS]
