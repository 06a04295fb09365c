# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""Flying objects in a sentence: class, model, count, whose, and whether they are the defenders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from incidents.extract.counts import QUANTITY, is_vague, quantity
from incidents.extract.nations import ADJECTIVE, MEMBERS, code_of

CREWED = frozenset(
    {"fighter", "bomber", "reconnaissance_aircraft", "transport_aircraft", "helicopter", "light_aircraft", "aircraft"}
)
_MODELS: list[tuple[str, str]] = [
    ("fighter", r"(?:MiG|MIG)-?\s?(?:21|23|25|29|31)[A-Z]*|(?:Su|SU)-?\s?(?:24|25|27|30|33|34|35|57)(?:SM|[A-Z])*"),
    ("bomber", r"(?:Tu|TU)-?\s?(?:22|95|160)(?:M3|MS|M)?"),
    ("reconnaissance_aircraft", r"(?:Il|IL)-?\s?(?:20|22|38)M?|A-50U?|An-30|Tu-214R?|Tu-142|Beriev\s+A-50"),
    ("transport_aircraft", r"(?:Il|IL)-?\s?(?:18|62|76|78|96)(?:M|MD)?|(?:An|AN)-(?:2|12|24|26|72|124|148)\b|L-?410(?:\s+Turbolet)?|(?:Tu|TU)-?\s?(?:134|154|204)(?:M|-300|UBL)?|Be-200"),
    ("helicopter", r"(?:Mi|MI)-?\s?(?:2|8|17|24|26|28|35)[A-Z]*|Ka-?\s?(?:27|29|32|52)[A-Z]*"),
    ("drone", r"Shaheds?(?:-?\d{3})?|Geran(?:-?\d)?|Gerberas?|Orlan(?:-?\d+)?|Forpost|Lancet|Mohajer(?:-?\d)?|Bayraktar(?:\s+TB-?2)?|Akinci|Tu-141|Tu-143|Strizh|Supercam|Zala|Inokhodets|AN-196|Lyutyi|Liutyi|Parodiya|Heron"),
    ("cruise_missile", r"Kh-?\s?(?:55|59|69|101|102|22|32)|Kalibr|Oniks|Storm Shadow|Zircon|Tsirkon"),
    ("ballistic_missile", r"Iskander(?:-M)?|Kinzhal|Oreshnik|Shahab(?:-?\d)?|Tochka-U|KN-23"),
    ("air_defence_missile", r"S-?(?:200|300|400)(?:\s+(?:missiles?|rockets?))?|5V55\w*|Buk"),
]  # fmt: skip
_HEADS: list[tuple[str, str]] = [
    ("drone", r"(?:drones?|UAVs?|UASs?|uncrewed\s+aerial\s+(?:vehicles?|systems?|objects?)|unmanned\s+(?:aerial|air|aircraft|flying|combat)?\s*(?:vehicles?|systems?|aircraft|objects?|devices?|balloons?|aeroplanes?|planes?|craft)|quadcopters?|drone\s+swarms?|pilotless\s+aircraft)"),
    ("balloon", r"(?:balloons?|airships?|aerostats?)"),
    ("cruise_missile", r"cruise\s+missiles?"),
    ("ballistic_missile", r"ballistic\s+missiles?"),
    ("air_defence_missile", r"(?:anti-?aircraft|air-?\s?defen[cs]e|surface-to-air|interceptor)\s+(?:missiles?|rockets?)"),
    ("missile", r"(?:missiles?|rockets?)"),
    ("bomber", r"(?:bombers?|bomber\s+(?:aircraft|planes?|jets?))"),
    ("fighter", r"(?:fighter[-\s]bombers?|fighter\s+(?:jets?|aircraft|planes?)|jet\s+fighters?|fighters?|warplanes?|combat\s+(?:aircraft|jets?|planes?)|military\s+jets?|interceptors?|attack\s+aircraft)"),
    ("reconnaissance_aircraft", r"(?:spy\s*planes?|(?:reconnaissance|surveillance|spy|intelligence|patrol|maritime\s+patrol)\s+(?:aircraft|planes?|jets?))"),
    ("transport_aircraft", r"(?:(?:military\s+)?(?:transport|cargo)\s+(?:aircraft|planes?|jets?)|transporters?)"),
    ("helicopter", r"(?:helicopters?|choppers?|gyrocopters?)"),
    ("light_aircraft", r"(?:(?:light|small|ultralight|sports?|single-engine[d]?|private|propeller)\s+(?:aircraft|airplanes?|aeroplanes?|planes?)|ultralights?|microlights?|gliders?|paragliders?|motor\s?gliders?|Cessnas?)"),
    ("aircraft", r"(?:aircrafts?|airplanes?|aeroplanes?|planes?|jets?)"),
    ("unknown", r"(?:(?:unidentified|unknown|flying|aerial|airborne|suspicious|foreign|air)\s+(?:(?:flying|aerial|airborne|air)\s+)?(?:objects?|targets?)|UFOs?|projectiles?|objects?|flying\s+machines?|aerial\s+devices?)"),
]  # fmt: skip
_MODEL = re.compile("|".join(rf"\b(?P<m{i}>{pattern})s?\b" for i, (_, pattern) in enumerate(_MODELS)))
_HEAD = re.compile("|".join(rf"\b(?P<h{i}>{pattern})\b" for i, (_, pattern) in enumerate(_HEADS)), re.IGNORECASE)
_FRIENDLY = (
    r"F-?\s?(?:15|16|18|22|35|4)(?:s|A|B|C)?s?|F/A-18s?|Eurofighters?(?:\s+Typhoons?)?|Typhoons?|Gripens?|JAS[- ]39s?|Rafales?|Mirages?(?:\s+2000(?:-5)?)?|"
    r"AWACS|Tornados?|Black\s?Hawks?|Apaches?|P-8s?|E-3As?|Mi-24\s+attack\s+helicopters|Patriots?|A330|MRTT|Spitfires?|Wildcats?|IRIS-T|NASAMS"
)
FRIENDLY = re.compile(rf"\b(?:{_FRIENDLY})\b")
_MODIFIER = (
    r"(?:(?:(?:pilotless|uncrewed|suspected|alleged|presumed|apparent|possible|likely|probable|unauthori[sz]ed|unidentified|unknown|mysterious|suspicious|hostile|enemy|foreign|"
    r"military|armed|unarmed|stray|rogue|intruding|invading|small|large|big|huge|low-flying|reconnaissance|surveillance|combat|strike|attack|kamikaze|exploding|"
    r"decoy|explosive|explosive-laden|dummy|Iranian|Iranian-made|Iranian-designed|Russian-made|Soviet-era|Soviet-made|Soviet|Chinese-made|civilian|commercial|crashed|downed|fallen|wrecked|"
    r"damaged|naval|propeller-driven|fixed-wing|long-range|one-way|supersonic|state|government|new|other|more|different|separate|additional|similar|weather|smuggling|smugglers'|"
    r"smuggler|contraband|cigarette|meteorological|hot-air|spy|helium|cargo|radio-controlled|remote-controlled|camera|hobby|consumer|type|model|class|first|second|third|"
    r"professional|light|black|white|flying|aerial|air|force|army|navy|Air|Force|Navy|Army|single|lone|long|metre-long|attacking|so-called|unmanned|strategic|nuclear-capable|carrying|MiG-31|MiG-29)"
    rf"|{ADJECTIVE}|(?-i:[A-Z][a-z]*-?\d{{1,3}}[A-Z]*)|(?-i:Shahed|Geran|Gerbera|Orlan|Kalibr|Iskander)[-\d]*|-origin|and|or|,|\"|')\s*)"
)
_PHRASE_BEFORE = re.compile(
    rf"(?:\b(?P<det>the|this|that|these|those|its|their|his|our|any|every|each|no|such|said)\s+)?(?:\b(?P<count>{QUANTITY})(?:\s+of\s+the(?:m)?)?\s+)?(?P<mods>{_MODIFIER}{{0,6}})$",
    re.IGNORECASE,
)
_GERMS = re.compile(
    r"^(?:'s?\s+|-|\s+)(?:sightings?|incursions?|incidents?|activit(?:y|ies)|flights?|attacks?|wall|strikes?|threats?|defen[cs]e|warfare|operators?|pilots?|manufactur\w+|producer|"
    r"production|debris|wreckage|fragments?|parts?|remains|pieces|alerts?|alarms?|scares?|violations?|intrusions?|crash(?:es)?|war|industry|technology|detection|deal|"
    r"factory|makers?|base|launch(?:es)?|impact|swarms?|raids?|barrages?|assaults?|bombardment|campaign|disruptions?|observations?|reports?|cases?|provocations?|hunt|jammers?|shield|force|fleet|exercise|navigator|mystery|saga|drama|chaos|closure)\b",
    re.IGNORECASE,
)
_RESPONDER_BEFORE = re.compile(
    r"\b(?:scrambl\w+|dispatch\w*|deploy\w*|sent\s+up|mobili[sz]\w+|activat\w+|took\s+off|put\s+up|despatch\w*|lifted|raised|alert(?:ed)?|"
    r"with\s+the\s+help\s+of|purchase|buy|allied|NATO|alliance|Allied|QRA|coalition|partner)\b[^.;:]{0,45}$",
    re.IGNORECASE,
)
_RESPONDER_AFTER = re.compile(
    r"^[^.;]{0,60}?\b(?:(?:were|was|have\s+been|had\s+been|been|are|being)\s+(?:\w+\s+)?(?:scrambled|dispatched|deployed|launched|sent|mobili[sz]ed|activated|ordered|raised|put|lifted|alerted)|"
    r"took\s+off|take\s+off|taking\s+off|scrambled|scramble|intercept(?:ed|s)?\b|escort\w*|shadow\w*|shot\s+down|shoots?\s+down|downed|neutrali[sz]ed|responded|patroll\w+|search(?:ed|ing)?|"
    r"on\s+(?:patrol|duty|alert|standby)|stationed|based|identified|monitored|tracked|followed|returned\s+to\s+base|fired|opened\s+fire|engaged|stood\s+by|accompan\w+|destroyed)\b",
    re.IGNORECASE,
)
_BYSTANDER = re.compile(
    r"\b(?:passenger|airliner|commercial|landing|departing|arriving|rescue|police|medical|ambulance|fire-?fighting|scheduled|Ryanair|Lufthansa|Wizz|KLM|SAS|easyJet|charter)\s+\S*\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ObjectHit:
    """A noun phrase for flying objects."""

    start: int
    end: int
    head: int
    """Offset of the head noun."""
    object_class: str
    model: str = ""
    count: tuple[int | None, int | None] | None = None
    """None where the phrase counts nothing, as in ``drone sightings``."""
    is_number: bool = False
    """Whether the count is a number word rather than grammar."""
    is_plural: bool = False
    is_definite: bool = False
    is_attributive: bool = False
    adjective: str | None = None
    """State whose adjective stands on the noun."""
    is_suspected: bool = False
    is_responder: bool = False
    is_generic: bool = False
    """``any drone``, ``no drone``: speaks of none in particular."""


@lru_cache(maxsize=256)
def find_objects(text: str) -> tuple[ObjectHit, ...]:
    """Return every noun phrase for a flying object in `text`, left to right."""
    raw: list[tuple[int, int, str, str]] = []
    for match in _MODEL.finditer(text):
        index = int(str(match.lastgroup)[1:])
        raw.append((match.start(), match.end(), _MODELS[index][0], match[str(match.lastgroup)]))
    for match in FRIENDLY.finditer(text):
        if not any(s <= match.start() < e for s, e, _, _ in raw):
            raw.append((match.start(), match.end(), "friendly", match.group()))
    for match in _HEAD.finditer(text):
        start, end = match.span()
        cls = _HEADS[int(str(match.lastgroup)[1:])][0]
        before = next((item for item in raw if item[3] and -3 <= start - item[1] <= 12 and re.fullmatch(r"[\s\"'()-]*(?:-?type|class|kamikaze|attack|strike|fighter|military|reconnaissance|spy|decoy|fighters?)?[\s\"'()-]*", text[item[1]:start])), None)  # fmt: skip
        if before is not None:
            raw.remove(before)
            both = before[2] if before[2] != "missile" else cls
            if before[2] in ("fighter", "bomber") and cls == "drone":
                both = "drone"
            raw.append((before[0], end, both, before[3]))
        elif not any(s < end and start < e for s, e, _, _ in raw):
            raw.append((start, end, cls, ""))
    hits = [_phrase(text, *item) for item in sorted(raw)]
    return tuple(hit for hit in hits if hit is not None)


def _phrase(text: str, start: int, end: int, cls: str, model: str) -> ObjectHit | None:
    left = text[max(0, start - 120) : start]
    match = _PHRASE_BEFORE.search(left)
    mods, count_text, det = "", None, ""
    if cls in CREWED and re.search(
        r"\b(?:pilotless|unmanned|uncrewed|remotely[- ]piloted|drone)\s+(?:\w+\s+)?$", left, re.I
    ):
        cls = "drone"
    if match is not None:
        mods, count_text, det = match["mods"] or "", match["count"], (match["det"] or "").lower()
    phrase_start = start - len(left) + (match.start() if match else len(left))
    head_word = text[start:end]
    if (
        cls == "unknown"
        and re.fullmatch(r"objects?|projectiles?", head_word, re.I)
        and not re.search(
            r"unidentified|unknown|flying|aerial|mysterious|suspicious|air|foreign|luminous|metallic|airborne|hostile|small|balloon",
            mods,
            re.I,
        )
        and not det
        and count_text is None
    ):
        return None  # "the object" refers back and "an object" may have fallen; a bare "object" is none
    is_attributive = bool(_GERMS.match(text[end:])) or bool(re.match(r"-\w", text[end:]))
    plural = bool(re.search(r"(?:s|aircraft)$", head_word, re.I)) and not re.search(r"(?:AWACS|-\d+s?M?S)$", head_word)
    if re.search(r"aircraft$", head_word, re.I):
        plural = (
            bool(count_text and quantity(count_text) not in ((1, 1), None))
            or bool(re.match(r"\s+(?:have|were|are|violate|enter|fly|cross)\b", text[end:]))
            or det in ("these", "those")
        )
    counted: tuple[int | None, int | None] | None = None
    is_number = False
    if count_text is not None:
        counted = quantity(count_text)
        is_number = (
            counted is not None
            and not re.fullmatch(r"an?|another", count_text.strip(), re.I)
            and not is_vague(count_text)
        )
    elif not is_attributive:
        counted = (2, None) if plural else (1, 1)
        if head_word.lower() == "aircraft" and not plural and not det:
            counted = None
    if is_attributive and not is_number:
        counted = None
    adjective, suspected = _owner(mods, text[end:], text[max(0, start - 60) : start])
    responder = _is_responder(text, phrase_start, start, end, cls, mods, adjective)
    return ObjectHit(
        phrase_start + _lead(text[phrase_start:start]), end, start,
        "fighter" if cls == "friendly" else cls, model, counted, is_number, plural,
        det in ("the", "this", "these", "those", "its", "their", "said") or (det == "that" and count_text is None), is_attributive, adjective, suspected, responder,
        det in ("any", "every", "each", "no", "such"),
    )  # fmt: skip


def _lead(before: str) -> int:
    """Length of what precedes the noun phrase proper."""
    match = re.match(r"(?:[\s,'\"]|(?:and|or)\s)*", before)
    return match.end() if match else 0


def _owner(mods: str, after: str, before: str) -> tuple[str | None, bool]:
    suspected = bool(re.search(r"suspected|alleged|presumed|apparent|likely|possible|probable", mods, re.I))
    adjective = None
    for match in re.finditer(rf"\b{ADJECTIVE}\b(?!-(?:made|built|designed|style|type))", mods):
        adjective = code_of(match.group())
        if adjective == "IR":
            adjective = None
    tail = re.match(
        rf"^,?\s+(?:(?:that\s+|which\s+)?(?:(?:is|are|was|were)\s+)?(?P<how>suspected|believed|thought|presumed|likely|probably|possibly|apparently|said|reportedly)\s+"
        rf"(?:to\s+(?:be|have\s+been)\s+|of\s+being\s+|to\s+come\s+from\s+)?)?(?:of\s+)?(?P<a>{ADJECTIVE}|Russia|Ukraine|Belarus)(?:\s+(?:origin|manufacture|provenance|made))?\b",
        after,
    )
    of = re.match(
        rf"^(?:\s+and\s+\w+\s+\S+)?,?\s+(?:of|belonging\s+to|from|operated\s+by)\s+(?:the\s+)?(?P<a>{ADJECTIVE})\s+(?:air|army|navy|Federation|military|armed|aerospace|naval|forces|Air|Aerospace|Armed)",
        after,
    )
    if adjective is None and of is not None:
        adjective = code_of(of["a"])
    if adjective is None and tail is not None and (tail["how"] or "origin" in tail.group()):
        adjective, suspected = code_of(tail["a"]), True
    return adjective, suspected


_RUSSIAN = re.compile(r"(?:MiG|MIG|Su|SU|Tu|TU|Il|IL|An|AN|Mi|MI|Ka)-?\s?\d|A-50|L-?410")


def _is_responder(text: str, phrase: int, start: int, end: int, cls: str, mods: str, adjective: str | None) -> bool:
    if cls == "friendly":
        return adjective not in ("TR", "GR", "SY", "IR")
    before, after = text[max(0, phrase - 70) : phrase], text[end : end + 90]
    if cls in CREWED:
        if _RUSSIAN.match(text[start:end]) and adjective not in MEMBERS:
            return False
        if re.search(
            r"\b(?:Russia|Russian|Belarusian|Syrian|Soviet|unidentified|unknown|enemy|hostile|intruding)\b", mods
        ):
            return False
        if adjective in MEMBERS and adjective not in ("TR", "GR", "UA"):
            return True
        if _BYSTANDER.search(text[max(0, start - 30) : start]) or re.match(r"\s+(?:passengers|crew|carrying)", after):
            return True
        if re.search(
            r"\b(?:by|that|which|intercepted|escorted|identified)\s+(?:an?\s+|the\s+|two\s+|\w+\s+)?$", before
        ) and re.search(r"\bintercept\w*\s+(?:an?|the|two|\w+)\s*$", before):
            return False
        if re.search(
            r"\b(?:scrambl\w+|dispatch\w*|deploy\w*|mobili[sz]\w+|activat\w+|despatch\w*|allied|Allied|NATO|QRA|sent\s+up|put\s+up)\b[^.;:]{0,60}$",
            text[max(0, start - 75) : start],
        ):
            return True
        if _RESPONDER_AFTER.match(after) and not re.match(
            r"^\s+(?:was|were|is|being|been|are)?\s*(?:intercepted|escorted|shot\s+down|downed|tracked|identified|monitored|followed)\b(?!\s+(?:an?|the|two|by\s+radar))",
            after,
        ):
            return True
        return bool(_RESPONDER_BEFORE.search(before)) and not re.search(
            r"violat|enter|breach|cross|intru|incurs|by\s+(?:an?|the|two|\w+)?\s*$", before
        )
    if cls in ("missile", "air_defence_missile"):
        return bool(
            re.search(r"\b(?:fired|fire|firing|Patriot|with|using|launch\w*)\s+(?:\w+\s+){0,3}$", before)
        ) and not re.search(r"Russia|Iran|Syria", before)
    if cls == "drone":
        return bool(
            re.search(
                r"\b(?:police|rescue|border\s+guards?'?|our|search|interceptor|surveillance)\s+$",
                text[max(0, start - 25) : start],
                re.I,
            )
        ) and not re.search(r"unidentified|suspicious", mods)
    return False
