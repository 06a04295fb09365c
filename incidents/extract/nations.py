# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Names of states as news writes them: names, adjectives, capitals as metonyms."""

from __future__ import annotations

import re
from functools import lru_cache

_NATO = """
AL|Albania|Albanian,Albanians|Tirana
BE|Belgium|Belgian,Belgians|
BG|Bulgaria|Bulgarian,Bulgarians|Sofia
CA|Canada|Canadian,Canadians|Ottawa
HR|Croatia|Croatian,Croatians,Croat|Zagreb
CZ|Czechia,Czech Republic|Czech,Czechs|Prague
DK|Denmark|Danish,Danes|Copenhagen
EE|Estonia|Estonian,Estonians|Tallinn
FI|Finland|Finnish,Finns|Helsinki
FR|France|French|Paris
DE|Germany|German,Germans|Berlin
GR|Greece|Greek,Greeks,Hellenic|Athens
HU|Hungary|Hungarian,Hungarians|Budapest
IS|Iceland|Icelandic|Reykjavik
IT|Italy|Italian,Italians|Rome
LV|Latvia|Latvian,Latvians|Riga
LT|Lithuania|Lithuanian,Lithuanians|Vilnius
LU|Luxembourg|Luxembourgish|
ME|Montenegro|Montenegrin|Podgorica
NL|Netherlands,Holland|Dutch|The Hague
MK|North Macedonia|North Macedonian,Macedonian|Skopje
NO|Norway|Norwegian,Norwegians|Oslo
PL|Poland|Polish,Poles|Warsaw
PT|Portugal|Portuguese|Lisbon
RO|Romania|Romanian,Romanians|Bucharest
SK|Slovakia|Slovak,Slovaks,Slovakian|Bratislava
SI|Slovenia|Slovenian,Slovene,Slovenes|Ljubljana
ES|Spain|Spanish,Spaniards|Madrid
SE|Sweden|Swedish,Swedes|Stockholm
TR|Turkey,Türkiye,Turkiye|Turkish,Turks|Ankara
GB|United Kingdom,UK,U.K.,Britain,Great Britain,England,Scotland,Wales,Northern Ireland|British,Britons,Scottish,Welsh|London
US|United States,USA,U.S.A.|American,Americans|Washington
"""
_OTHERS = """
RU|Russia,Russian Federation|Russian,Russians|Moscow,Kremlin
BY|Belarus,Belorussia|Belarusian,Belarusians,Belarussian|Minsk
UA|Ukraine|Ukrainian,Ukrainians|Kyiv,Kiev
MD|Moldova,Republic of Moldova,Transnistria|Moldovan,Moldovans|Chisinau,Chișinău
CN|China|Chinese|Beijing
IR|Iran|Iranian,Iranians|Tehran
IL|Israel|Israeli,Israelis|Jerusalem,Tel Aviv
SY|Syria|Syrian|Damascus
IQ|Iraq|Iraqi|Baghdad
KP|North Korea|North Korean|Pyongyang
KR|South Korea|South Korean,Korean|Seoul
JP|Japan|Japanese|Tokyo
TW|Taiwan|Taiwanese|Taipei
IN|India|Indian|New Delhi,Delhi
PK|Pakistan|Pakistani|Islamabad
AF|Afghanistan|Afghan|Kabul
AE|United Arab Emirates,UAE|Emirati|Dubai,Abu Dhabi
SA|Saudi Arabia|Saudi|Riyadh
YE|Yemen|Yemeni|Houthi,Houthis,Sanaa
QA|Qatar|Qatari|Doha
KW|Kuwait|Kuwaiti|
JO|Jordan|Jordanian|Amman
LB|Lebanon|Lebanese|Beirut,Hezbollah
EG|Egypt|Egyptian|Cairo
SD|Sudan|Sudanese|Khartoum
LY|Libya|Libyan|Tripoli
GE|Georgia|Georgian|Tbilisi
AM|Armenia|Armenian|Yerevan
AZ|Azerbaijan|Azerbaijani,Azeri|Baku
KZ|Kazakhstan|Kazakh|Astana
RS|Serbia|Serbian,Serb|Belgrade
XK|Kosovo|Kosovar|Pristina
BA|Bosnia,Bosnia and Herzegovina|Bosnian|Sarajevo
CY|Cyprus|Cypriot|Nicosia
IE|Ireland|Irish|Dublin
AT|Austria|Austrian|Vienna
CH|Switzerland|Swiss|Bern,Geneva,Zurich
VE|Venezuela|Venezuelan|Caracas
CU|Cuba|Cuban|Havana
MX|Mexico|Mexican|
AU|Australia|Australian|Canberra
PH|Philippines|Philippine,Filipino|Manila
TH|Thailand|Thai|Bangkok
KH|Cambodia|Cambodian|
ML|Mali|Malian|
DZ|Algeria|Algerian|
ET|Ethiopia|Ethiopian|
GZ|Gaza,Gaza Strip,West Bank|Palestinian,Palestinians|Hamas
"""


def _rows(table: str) -> list[tuple[str, list[str], list[str], list[str]]]:
    rows = []
    for line in table.strip().splitlines():
        code, *lists = line.split("|")
        names, adjectives, capitals = ([word for word in part.split(",") if word] for part in lists)
        rows.append((code, names, adjectives, capitals))
    return rows


MEMBERS: frozenset[str] = frozenset(row[0] for row in _rows(_NATO))
"""Every NATO member; the date of membership is a question for review, not for reading."""
NAMES: dict[str, str] = {}
ADJECTIVES: dict[str, str] = {}
CAPITALS: dict[str, str] = {}
"""A capital is a place after ``in`` or ``over`` and the state itself as a subject."""
for _code, _names, _adjectives, _capitals in _rows(_NATO) + _rows(_OTHERS):
    NAMES |= dict.fromkeys(_names, _code)
    ADJECTIVES |= dict.fromkeys(_adjectives, _code)
    CAPITALS |= dict.fromkeys(_capitals, _code)

ENGLISH: dict[str, str] = {code: names[0] for code, names, _, _ in _rows(_NATO) + _rows(_OTHERS)}


def alternatives(words: object) -> str:
    """Return a regex alternation of `words`, longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


NAME = rf"(?:{alternatives(NAMES)})"
ADJECTIVE = rf"(?:{alternatives(ADJECTIVES)})"
CAPITAL = rf"(?:{alternatives(CAPITALS)})"
_ANY = re.compile(
    rf"\b(?P<us>US|U\.S\.(?=\s))|\b(?P<name>{NAME})\b|\b(?P<adjective>{ADJECTIVE})\b|\b(?P<capital>{CAPITAL})\b"
)


@lru_cache(maxsize=4096)
def code_of(word: str) -> str | None:
    """Return the state that a name, adjective or capital stands for.

    >>> code_of("Estonian"), code_of("Bucharest"), code_of("Atlantis")
    ('EE', 'RO', None)
    """
    key = " ".join(word.split())
    return NAMES.get(key) or ADJECTIVES.get(key) or CAPITALS.get(key) or ("US" if key in ("US", "U.S.") else None)


@lru_cache(maxsize=512)
def mentions(text: str) -> tuple[tuple[int, int, str, str], ...]:
    """Return ``(start, end, code, kind)`` for every state named; kind is name, adjective or capital."""
    found = []
    for match in _ANY.finditer(text):
        kind = str(match.lastgroup).replace("us", "name")
        code = code_of(match.group())
        if code is not None:
            found.append((match.start(), match.end(), code, kind))
    return tuple(found)


_MARKS = {"name": "\ua500", "adjective": "\ua501", "capital": "\ua502"}
NAMED, ADJECTIVAL, CAPITAL_CITY = (f"{mark}+" for mark in _MARKS.values())
"""What a name, an adjective and a capital look like in masked text; patterns stay small this way."""
ANY_STATE = f"[{''.join(_MARKS.values())}]+"


@lru_cache(maxsize=512)
def masked(text: str) -> str:
    """Return `text` with every state replaced by as many marks, so that offsets hold."""
    pieces, position = [], 0
    for start, end, _, kind in mentions(text):
        pieces += [text[position:start], _MARKS[kind] * (end - start)]
        position = end
    return "".join([*pieces, text[position:]])


def state_at(text: str, start: int, end: int) -> str | None:
    """Return the state named in `text` at exactly or within these offsets."""
    return next((code for s, e, code, _ in mentions(text) if start <= s and e <= end), None)
