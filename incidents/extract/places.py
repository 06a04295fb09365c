# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Where: the state whose airspace it was, and the sites named. Country first, then the place inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from incidents.extract.landmarks import WATERS, country_of, landmarks
from incidents.extract.nations import ADJECTIVE, CAPITAL, CAPITALS, MEMBERS, NAME, code_of, mentions

_AIR = (
    r"(?:(?:national|sovereign|NATO|northern|southern|eastern|western|north-?eastern|south-?eastern|territorial|land|sea|air|maritime|civilian)\s+)?"
    r"(?:air\s?space|air\s+space|territor(?:y|ial\s+waters|ial\s+sea)|soil|skies|sky|air\s+borders?|sovereignty|borders?|state\s+border|waters|land|side\s+of\s+the\s+border|coast|airports?|air\s?bases?|bases?|military\s+(?:bases?|sites?|facilit\w+|installations?)|islands?|villages?|towns?|cit(?:y|ies)|farms?|fields?|forests?|houses?|homes?|count(?:y|ies)|regions?|provinces?|capital)"
)
_STATE = rf"(?:{ADJECTIVE}|{NAME}|{CAPITAL}|US|U\.S\.)"
_LIST = rf"{_STATE}(?:(?:\s*,\s*|\s*,?\s+(?:and|or|as\s+well\s+as)\s+){_STATE}){{0,5}}"
_OWN = re.compile(rf"\b(?P<list>{_LIST})(?:'s|')?\s+(?:\w+\s+)?(?P<air>{_AIR})\b")
_OF = re.compile(rf"\b(?:airspace|air\s+space|territory|skies|soil|sovereignty|borders?|violations?|breach(?:es)?|parts?|areas?|regions?|coasts?|border\s+areas?|(?:north|south|east|west)\w*)\s+(?:of|in)\s+(?:the\s+)?(?P<list>{_LIST})\b(?!\s+(?:ministry|army|president|minister|defen[cs]e))")  # fmt: skip
_PREP = re.compile(
    rf"\b(?P<prep>in|over|into|across|above|inside|on|within|throughout|through|enter(?:ed|s|ing)?|overflew|at|reach(?:ed|es|ing)?|cross(?:ed|es|ing)?(?:\s+into)?|penetrat(?:ed|es|ing)|invad(?:ed|es|ing)|near|to)\s+"
    rf"(?:(?:the\s+)?(?:(?:far\s+)?(?:north|south|east|west)(?:ern|east(?:ern)?|west(?:ern)?)?(?:-?(?:east|west)(?:ern)?)?|central|neighbou?ring|mainland|nearby|NATO\s+(?:member|ally)|fellow\s+NATO\s+member|the)\s+)*(?P<list>{_LIST})\b(?!\s+(?:government|ministry|ministers?|army|president|officials?|authorities|forces|police|media|news|jets?|drones?|aircraft|fighters?))"
)
_BAD_BEFORE = re.compile(
    r"\b(?:from|towards?|via|against|bordering|borders\s+(?:with|of)|border\s+(?:with|between)|(?:border|frontier)\s+(?:with\s+)?|attack(?:s|ed|ing)?(?:\s+\w+){0,2}\s+(?:on|in|against)|strikes?\s+(?:on|in|against|at)|targeting|struck|war\s+(?:in|on|against)|invasion\s+of|bound\s+for|direction\s+of|off|between|ambassador\s+to|to\s+help|aid\s+to|"
    r"meeting\s+in|talks\s+in|summit\s+in|conference\s+in|speaking\s+in|told\s+\w+\s+in|reporters\s+in|embassy\s+in|interview\s+in|headquarters\s+in|near\s+the\s+\w*\s*border\s+with|conflict\s+in|peace\s+in|operation\s+in|operations\s+in|bombardment\s+of|assault\s+on|barrage\s+(?:on|at|against)|visit\s+to|arrived\s+in|based\s+in|stationed\s+in|deployed\s+(?:in|to)|troops\s+in)\s+(?:the\s+)?(?:(?:neighbou?ring|western|southern|eastern|northern|nearby)\s+)?$",
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
    rf"\b(?P<c>{ADJECTIVE}|{NAME}(?:'s)?)\s+(?:(?:[Aa]ir|[Nn]ational|[Ff]ederal|[Rr]oyal|[Dd]eputy|[Pp]rime|[Ss]tate|[Aa]rmed|[Mm]ilitary|[Bb]order|[Dd]efen[cs]e|[Ff]oreign|[Ii]nterior|[Cc]ivil|[Aa]viation|[Pp]olice|[Tt]ransport|[Oo]perational|[Tt]op|[Ll]ocal|[Gg]eneral|[Ss]enior|[Nn]ATO|[Aa]ir\s+[Tt]raffic)\s+)*"
    r"(?:[Mm]inistr(?:y|ies)|[Mm]inisters?|[Aa]rmy|[Mm]ilitary|[Ff]orces?|[Pp]olice|[Aa]uthorit(?:y|ies)|[Oo]fficials?|[Gg]overnment|[Pp]resident|[Pp]remier|PM|[Gg]uards?|[Cc]ommand|[Ss]taff|[Nn]avy|[Aa]ir\s+[Ff]orce|[Pp]rosecutors?|[Aa]gency|[Cc]hancellor|[Ii]ntelligence|[Rr]adars?|[Aa]ir\s+[Dd]efen[cs]es?|[Jj]ets|[Ff]-16s?|[Ss]oldiers|[Tt]roops|[Cc]risis|[Ee]mergency|[Bb]roadcaster|[Mm]edia|[Cc]entre|[Cc]enter|[Mm]ayor|[Ss]ecurity|[Ff]ishermen|[Ff]armers?|[Rr]escuers|[Ff]irefighters)\b"
)
_SUBJECT = re.compile(rf"\b(?P<c>{NAME}|{CAPITAL})\b(?=\s+(?:has\s+|had\s+|was\s+forced\s+to\s+|\w+ly\s+|on\s+\w+day\s+|also\s+)?(?:said|says|reports?|reported|confirm\w*|accus\w+|scrambl\w+|shot|shoots|downs|downed|detect\w*|track\w*|clos\w+|shut\w*|summon\w*|protest\w*|condemn\w*|launch\w*\s+(?:jets|probe|investigation|search)|prob\w+|investigat\w+|find\w*|found|halt\w*|suspend\w*|put|invok\w+|request\w+|deploy\w*|denounc\w+|announc\w+|record\w*|intercept\w*|complain\w*|spots?|spotted|lodg\w+|initiat\w+|recover\w*|discover\w*|sends?|sent|identif\w+|mobili[sz]\w*|raises|raised|claims?|activat\w+|slams|blames?|is|was|sees|saw)\b)")  # fmt: skip
_KINDS = r"(?:[Ii]nternational\s+[Aa]irport|[Aa]irports?|[Aa]ir\s?[Bb]ases?|[Aa]irbases?|[Nn]aval\s+[Bb]ase|[Mm]ilitary\s+[Bb]ase|[Bb]arracks|[Bb]ases?|[Ii]slands?|[Cc]ount(?:y|ies)|[Dd]istricts?|[Rr]egions?|[Pp]rovinces?|[Vv]oivodeships?|[Mm]unicipalit(?:y|ies)|[Pp]arish|[Cc]ommune|[Hh]arbou?r|[Pp]ort|[Nn]uclear\s+(?:[Pp]ower\s+)?(?:[Pp]lant|[Ss]tation)|[Pp]ower\s+[Pp]lant|[Tt]raining\s+(?:area|ground|range)|[Pp]eninsula|[Ll]ake|[Bb]ay|[Gg]ulf|[Aa]rea|[Dd]elta|[Aa]irfield|[Aa]irstrip|[Rr]efinery|[Tt]erminal|[Ss]hipyard)"
_WORD = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*[\w’]|[A-Z]\b)"
_PROPER = rf"(?:{_WORD}(?:[\s-](?:de|la|el|le|upon|an|der|am|sur|of\s+the|[Ii])?\s?{_WORD}){{0,3}})"
_SITE = re.compile(
    rf"\b(?P<prep>over|above|at|in|near|around|outside|off|close\s+to|by|to|on|of|from|south\s+of|north\s+of|east\s+of|west\s+of|(?:south|north)-?(?:east|west)\s+of|into|between|including|for|and|towards)\s+"
    rf"(?:the\s+)?(?:(?:[a-z-]+\s+){{0,3}}?(?P<lead>villages?|towns?|cit(?:y|ies)|islands?|ports?|airports?|bases?|air\s?bases?|count(?:y|ies)|districts?|regions?|settlements?|provinces?|municipality|airfields?|hamlet|resorts?|suburb|capital)\s+(?:of|in|at|near|,)?\s*)?(?:the\s+)?"
    rf"(?P<list>{_PROPER}(?:(?:\s+{_KINDS})?(?:\s*,\s*(?:and\s+|the\s+)?|\s+and\s+(?:the\s+|in\s+|at\s+|over\s+|near\s+)?){_PROPER}(?=[\s,.;)])){{0,6}}(?:\s+{_KINDS})?)"
)
_NAMED = re.compile(rf"(?<![.!?]\s)\b(?P<name>{_PROPER})\s+(?P<kind>{_KINDS})\b")
_SPLIT = re.compile(
    r"\s*,\s*(?:and\s+)?(?:the\s+|in\s+|at\s+|over\s+|near\s+)*|\s+and\s+(?:the\s+|in\s+|at\s+|over\s+|near\s+)*"
)
_STOP = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "NATO",
        "EU",
        "UN",
        "Nato",
        "President",
        "Minister",
        "Prime",
        "Defence",
        "Defense",
        "Ministry",
        "Foreign",
        "General",
        "Colonel",
        "Police",
        "Reuters",
        "AFP",
        "AP",
        "BBC",
        "CNN",
        "Army",
        "Navy",
        "Air",
        "Force",
        "Forces",
        "Command",
        "Armed",
        "Operational",
        "European",
        "Union",
        "United",
        "Nations",
        "Europe",
        "West",
        "East",
        "North",
        "South",
        "The",
        "This",
        "It",
        "He",
        "She",
        "They",
        "A",
        "An",
        "In",
        "On",
        "At",
        "No",
        "Shahed",
        "Gerbera",
        "MiG",
        "Council",
        "Security",
        "Article",
        "Kremlin",
        "Parliament",
        "Government",
        "Baltic",
        "Balkans",
        "Allied",
        "Alliance",
        "Facebook",
        "Telegram",
        "Twitter",
        "X",
        "Border",
        "Guard",
        "Service",
        "State",
        "Secretary",
        "Mark",
        "Rutte",
        "Donald",
        "Trump",
        "Vladimir",
        "Putin",
        "Volodymyr",
        "Zelensky",
        "Zelenskyy",
        "Zelenskiy",
        "Donald",
        "Tusk",
        "Eurofighter",
        "Typhoon",
        "Patriot",
        "Crisis",
        "Management",
        "National",
        "Centre",
        "Center",
        "Center's",
        "Western",
        "Eastern",
        "Asia",
        "Africa",
        "Middle",
        "America",
        "Atlantic",
        "Pacific",
        "Ukrainian",
        "Russian",
        "Iskander",
        "Zapad",
        "Eastern",
        "Sentry",
        "Civil",
        "Aviation",
        "Authority",
        "Eurocontrol",
        "Christmas",
        "Easter",
        "TASS",
        "ERR",
        "LETA",
        "BNS",
        "PAP",
        "Agerpres",
        "Interfax",
        "Bild",
        "Spiegel",
        "Radio",
        "TV",
        "GMT",
        "UTC",
        "Nord",
        "Stream",
        "Danube",
    ]
)
_PERSON = re.compile(
    r"\b(?:President|Minister|Premier|PM|Secretary|Chancellor|General|Gen|Colonel|Col|Mr|Mrs|Ms|spokes\w+|chief|commander|mayor|King|Queen|Captain|Maj|Major|Lt)\.?\s+$"
)


@dataclass(frozen=True)
class CountryHit:
    """A state as the place of an event."""

    start: int
    end: int
    code: str
    rule: str
    """``airspace`` (its airspace), ``in`` (in Poland), ``place`` (a town), ``possessive``, ``institution`` or ``subject``."""


@dataclass(frozen=True)
class SiteHit:
    """A named place."""

    start: int
    end: int
    name: str
    kind: str
    preposition: str


def find_countries(text: str) -> list[CountryHit]:
    """Return every state named as a location in `text`, member or not, strongest rule first by position."""
    hits: list[CountryHit] = []

    def spread(match: re.Match[str], rule: str) -> None:
        offset = match.start("list")
        for start, end, code, _ in mentions(match["list"]) or []:
            hits.append(CountryHit(offset + start, offset + end, code, rule))
        if match["list"] in ("US", "U.S."):
            hits.append(CountryHit(offset, match.end("list"), "US", rule))

    for match in _OWN.finditer(text):
        air = match["air"].lower()
        before = text[: match.start()]
        if (
            "border" in air
            and "air" not in air
            and not re.search(
                r"\b(?:cross\w*|violat\w*|over|inside|breach\w*|penetrat\w*)\b(?:\W+\w+){0,3}\W*$", before, re.I
            )
        ):
            continue
        if re.search(r"^(?:lands?|coast|skies|sky)$", air) and _BAD_BEFORE.search(before):
            continue
        if re.search(r"\b(?:from|towards?|via)\s+(?:the\s+)?$", before, re.I):
            continue
        spread(
            match,
            "airspace" if re.search(r"air\s?space|territor|soil|skies|sovereign|air\s+border|border", air) else "in",
        )
    for match in _OF.finditer(text):
        before = text[: match.start()]
        if ("border" in match.group().lower() and _NEAR_BORDER.search(before)) or re.search(
            r"\b(?:from|towards?)\s+(?:the\s+)?$", before
        ):
            continue
        spread(match, "airspace" if re.match(r"air|terr|skies|soil|sover|viol|brea", match.group()) else "in")
    for match in _PREP.finditer(text):
        head = text[: match.start("list")]
        after = text[match.end("list") :]
        if (
            _BAD_BEFORE.search(head)
            or re.match(r"\s*(?:'s|')?\s*(?:border|frontier)", after)
            or re.match(r"'s?\s+(?:war|invasion|attack|capital|ministry|government)", after)
        ):
            continue
        if match["prep"] in ("near", "to", "at", "on") and not re.match(rf"^(?:{CAPITAL})$", match["list"]):
            if match["prep"] != "to" or not re.search(r"\b(?:spread|spilled|drifted|flew|strayed)\b[^.;]*$", head):
                continue
        if re.fullmatch(ADJECTIVE, match["list"]) and not re.fullmatch(f"{NAME}|{CAPITAL}", match["list"]):
            continue
        spread(match, "in")
    for start, end, code in landmarks(text):
        if not _BAD_BEFORE.search(text[:start]) and not any(h.start <= start < h.end for h in hits):
            hits.append(CountryHit(start, end, code, "place"))
    for match in _INSTITUTION.finditer(text):
        owner = code_of(match["c"].removesuffix("'s"))
        if owner is not None:
            hits.append(
                CountryHit(
                    match.start("c"), match.start("c") + len(match["c"].removesuffix("'s")), owner, "institution"
                )
            )
    for match in _SUBJECT.finditer(text):
        hits.append(CountryHit(match.start(), match.end(), str(code_of(match["c"])), "subject"))
    return sorted(set(hits), key=lambda hit: hit.start)


def has_possessive(text: str) -> bool:
    """Return whether the text speaks of ``its airspace`` or ``the country's``."""
    return bool(_POSSESSIVE.search(text))


def find_sites(text: str) -> list[SiteHit]:
    """Return every named place in `text`; states, people, months and bodies are none."""
    hits: list[SiteHit] = []
    for match in _SITE.finditer(text):
        offset = match.start("list")
        cursor = 0
        for part in _SPLIT.split(match["list"]):
            at = match["list"].index(part, cursor) if part else -1
            if at < 0:
                continue
            cursor = at + len(part)
            _add_site(hits, text, offset + at, part, match["lead"] or "", match["prep"])
    for match in _NAMED.finditer(text):
        _add_site(hits, text, match.start(), match.group(), "", "")
    for start, end, _ in landmarks(text):
        _add_site(hits, text, start, text[start:end], "", "")
    for water in WATERS.finditer(text):
        _add_site(hits, text, water.start(), water.group(), "sea", "")
    return sorted(hits, key=lambda hit: hit.start)


_KIND_END = re.compile(rf"\s+(?P<kind>{_KINDS})$")


def _add_site(hits: list[SiteHit], text: str, start: int, name: str, lead: str, prep: str) -> None:
    name = re.sub(r"'s$|'$", "", name.strip(" .,"))
    words = name.split()
    while words and words[0] in ("The", "In", "At", "On"):
        start += len(words[0]) + 1
        words = words[1:]
        name = " ".join(words)
    if not words or _PERSON.search(text[:start]):
        return
    end = start + len(name)
    follows = re.match(rf"\s+(?P<kind>{_KINDS})\b", text[end:])
    kind_match = _KIND_END.search(name)
    bare = name[: kind_match.start()] if kind_match else name
    if code_of(bare) is not None and bare not in CAPITALS:
        return
    if all(word.strip(".'") in _STOP for word in bare.split()) or re.fullmatch(ADJECTIVE, bare.split()[0]):
        return
    if re.search(r"\d", bare) or len(bare) < 3 or re.match(r"(?:Mi[Gg]|Su|Tu|Il|An|F|Kh|S)-\d", bare) or bare.isupper():
        return
    kind = kind_match["kind"] if kind_match else follows["kind"] if follows else lead
    if (
        follows
        and not kind_match
        and follows["kind"].lower() not in ("area", "bases", "airports", "counties", "districts", "regions")
    ):
        end += follows.end()
        name = text[start:end]
    if any(h.start < end and start < h.end for h in hits):
        return
    hits.append(SiteHit(start, end, name, _kind(kind), prep.lower()))


def _kind(word: str) -> str:
    word = " ".join(word.lower().split())
    for kind in (
        "airport",
        "air base",
        "airbase",
        "base",
        "barracks",
        "island",
        "county",
        "counties",
        "district",
        "region",
        "province",
        "voivodeship",
        "municipality",
        "port",
        "nuclear",
        "power",
        "training",
        "village",
        "town",
        "city",
        "sea",
        "lake",
        "gulf",
        "peninsula",
        "airfield",
    ):
        if kind in word:
            return {
                "airbase": "air base",
                "counties": "county",
                "nuclear": "plant",
                "power": "plant",
                "training": "range",
            }.get(kind, kind)
    return ""


def members_among(codes: list[str]) -> list[str]:
    """Return the NATO members among `codes`, each once, in order."""
    return [code for code in dict.fromkeys(codes) if code in MEMBERS]


__all__ = ["CountryHit", "SiteHit", "country_of", "find_countries", "find_sites", "has_possessive", "members_among"]
