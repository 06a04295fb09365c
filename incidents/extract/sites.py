# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Named places in a sentence, and which of them are sites of an event."""

from __future__ import annotations

import re
from dataclasses import dataclass

from incidents.extract.landmarks import WATERS, landmarks
from incidents.extract.nations import ADJECTIVE, CAPITALS, code_of
from incidents.extract.placing import knows

_KINDS = r"(?:[Ii]nternational\s+[Aa]irport|[Aa]irports?|[Aa]ir\s?[Bb]ases?|[Aa]irbases?|[Nn]aval\s+[Bb]ase|[Mm]ilitary\s+[Bb]ase|[Bb]arracks|[Bb]ases?|[Ii]slands?|[Cc]ount(?:y|ies)|[Dd]istricts?|[Rr]egions?|[Pp]rovinces?|[Vv]oivodeships?|[Mm]unicipalit(?:y|ies)|[Pp]arish|[Cc]ommune|[Hh]arbou?r|[Pp]ort|[Nn]uclear\s+(?:[Pp]ower\s+)?(?:[Pp]lant|[Ss]tation)|[Pp]ower\s+[Pp]lant|[Tt]raining\s+(?:area|ground|range)|[Pp]eninsula|[Ll]ake|[Bb]ay|[Gg]ulf|[Aa]rea|[Dd]elta|[Aa]irfield|[Aa]irstrip|[Rr]efinery|[Tt]erminal|[Ss]hipyard)"


_WORD = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*[\w’]|[A-Z]\b)"


_PROPER = rf"(?:{_WORD}(?:[\s-](?:de|la|el|le|upon|an|der|am|sur|of\s+the|[Ii])?\s?{_WORD}){{0,3}})"


_SITE = re.compile(
    rf"\b(?P<prep>(?i:over|above|at|in|near|around|outside|off|close\s+to|by|to|on|of|from|south\s+of|north\s+of|east\s+of|west\s+of|(?:south|north)-?(?:east|west)\s+of|into|between|including|for|and|towards))\s+"
    rf"(?:the\s+)?(?:(?:[a-z-]+\s+){{0,3}}?(?P<lead>villages?|towns?|cit(?:y|ies)|islands?|ports?|airports?|bases?|air\s?bases?|count(?:y|ies)|districts?|regions?|settlements?|provinces?|municipality|airfields?|hamlet|resorts?|suburb|capital)\s+(?:of|in|at|near|,)?\s*)?(?:the\s+)?"
    rf"(?P<list>{_PROPER}(?:(?:\s+{_KINDS})?(?:\s*,\s*(?:and\s+|the\s+)?|\s+and\s+(?:the\s+|in\s+|at\s+|over\s+|near\s+)?){_PROPER}(?=[\s,.;)])){{0,6}}(?:\s+{_KINDS})?)"
)


_NAMED = re.compile(rf"(?<![.!?]\s)\b(?P<name>{_PROPER})\s+(?P<kind>{_KINDS})\b")


_SPLIT = re.compile(
    r"\s*,\s*(?:and\s+)?(?:the\s+|in\s+|at\s+|over\s+|near\s+)*|\s+and\s+(?:the\s+|in\s+|at\s+|over\s+|near\s+)*"
)


_STOP = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December NATO EU UN Nato President Minister Prime Defence Defense Ministry
    Foreign General Colonel Police Reuters AFP AP BBC CNN Army Navy Air Force Forces Command Armed Operational
    European Union United Nations Europe West East North South The This It He She They A An In On At No Shahed
    Gerbera MiG Council Security Article Kremlin Parliament Government Baltic Balkans Allied Alliance Facebook
    Telegram Twitter X Border Guard Service State Secretary Mark Rutte Donald Trump Vladimir Putin Volodymyr
    Zelensky Zelenskyy Zelenskiy Donald Tusk Eurofighter Typhoon Patriot Crisis Management National Centre
    Center Center's Western Eastern Asia Africa Middle America Atlantic Pacific Ukrainian Russian Iskander
    Zapad Eastern Sentry Civil Aviation Authority Eurocontrol Christmas Easter TASS ERR LETA BNS PAP Agerpres
    Interfax Bild Spiegel Radio TV GMT UTC Nord Stream Danube
    """.split()  # noqa: SIM905
)


_PERSON = re.compile(
    r"\b(?:President|Minister|Premier|PM|Secretary|Chancellor|General|Gen|Colonel|Col|Mr|Mrs|Ms|spokes\w+|chief|commander|mayor|King|Queen|Captain|Maj|Major|Lt)\.?\s+$"
)


@dataclass(frozen=True)
class SiteHit:
    """A named place."""

    start: int
    end: int
    name: str
    kind: str
    preposition: str


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
        if not text[:start].strip() and re.match(r"\s*[,(-]", text[end:]):
            continue  # a dateline
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
    if (
        not words
        or _PERSON.search(text[:start])
        or (name in CAPITALS and re.match(r"'s?\s+(?!airport|main|city)", text[start + len(name) :]))
    ):
        return
    end = start + len(name)
    follows = re.match(rf"\s+(?P<kind>{_KINDS})\b", text[end:])
    kind_match = _KIND_END.search(name)
    bare = name[: kind_match.start()] if kind_match else name
    if code_of(bare) is not None and bare not in CAPITALS:
        return
    if all(word.strip(".'") in _STOP for word in bare.split()) or re.fullmatch(ADJECTIVE, bare.split()[0]):
        return
    if (
        re.search(r"\bFIR\b|Flight Information|\bAir Defen[cs]e\b", name)
        or re.search(r"\d", bare)
        or len(bare) < 3
        or re.match(r"(?:Mi[Gg]|Su|Tu|Il|An|F|Kh|S)-\d", bare)
        or bare.isupper()
    ):
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


_IN = ("in", "near", "over", "at", "above", "outside", "of", "close to", "off")
_PLACING = frozenset(
    ("over", "above", "at", "in", "near", "around", "outside", "off", "close to", "by", "on", "of", "into", "between", "and", "including", "",
     "south of", "north of", "east of", "west of", "southeast of", "south-east of", "northeast of", "north-east of", "southwest of", "south-west of", "northwest of", "north-west of", "to")
)  # fmt: skip


_ELSEWHERE = re.compile(r"\b(?:visit(?:ing)?\s+(?:to\s+)?|during\s+a\s+visit\s+to\s+|speaking\s+at\s+|press\s+conference\s+(?:in|at)\s+|(?:ministry|officials|authorities|police|headquarters|government|staff|command|spokes\w+|station|correspondents?|sources|centre|embassy)\s+(?:in|near|at)\s+(?:southern\s+|northern\s+|eastern\s+|western\s+)?|km\s+from\s+|kilomet\w+\s+(?:\([^)]*\)\s+)?from\s+|miles\s+(?:\([^)]*\)\s+)?from\s+|border\s+with\s+)(?:the\s+)?$|\b(?:diverted|rerouted|redirected|diverting)\s+(?:\w+\s+){0,4}(?:to|towards)\s+[^.;]*$|\b(?:from|based\s+(?:in|at)|stationed\s+(?:in|at)|took\s+off\s+from|meeting\s+in|summit\s+in|reporters\s+in|scrambled\s+from|speaking\s+in|told\s+\w+\s+in|conference\s+in|bound\s+for|en\s+route\s+to|flights?\s+to)\s+(?:the\s+)?(?:\w+\s+)?$|\balert\w*\s+(?:\w+\s+){0,6}(?:in|for)\s+[^.;]*$", re.I)  # fmt: skip


def home_of(name: str) -> str | None:
    """Return the state a site's name points to, if the name alone does."""
    known = landmarks(name)
    if known:
        return known[0][2]
    return next((CAPITALS[word] for word in (name, name.split(" ")[0]) if word in CAPITALS), None)


def placed_names(text: str, country: str) -> tuple[SiteHit, ...]:
    """Return the sites in a sentence that goes on about an event in `country`."""
    kept = []
    for site in find_sites(text):
        home = home_of(site.name)
        if home not in (None, country) or site.preposition not in _PLACING or _ELSEWHERE.search(text[: site.start]):
            continue
        if home is None and not site.kind and not (site.preposition in _IN and knows(site.name, country)):
            continue
        if site.name in CAPITALS and site.preposition not in ("over", "in", "near", "above"):
            continue
        kept.append(site)
    return tuple(kept)


def sites_of(
    text: str, sites: list[SiteHit], *, country: str | None, codes: frozenset[str], is_title: bool
) -> tuple[SiteHit, ...]:
    """Return the sites among the names in a sentence that tells of an event in `country`."""
    kept = []
    for site in sites:
        home = home_of(site.name)
        if home is not None and country is not None and home != country:
            continue
        if home is None and (len(codes) > 1 or is_title):
            continue
        if site.preposition not in _PLACING or _ELSEWHERE.search(text[: site.start]):
            continue
        if site.name in CAPITALS and site.preposition not in ("over", "in", "near", "at", "above", "around", "outside"):
            continue
        if (
            home is None
            and not site.kind
            and country
            and site.preposition in ("of", "by", "on")
            and knows(site.name, country)
        ):
            kept.append(site)
            continue
        if home is None and not site.kind and site.preposition in ("of", "and", "to", "by", "on", "", "including"):
            continue
        kept.append(site)
    return tuple(kept)
