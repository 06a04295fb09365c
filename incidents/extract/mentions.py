# ruff: noqa: E501 - patterns and word lists read better unwrapped
"""One sentence to the mentions of events in it: trigger, object, state, sites, date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from incidents.extract.dates import DateHit, tag_dates
from incidents.extract.landmarks import country_of
from incidents.extract.nations import CAPITALS, MEMBERS, mentions
from incidents.extract.objects import CREWED, ObjectHit, find_objects
from incidents.extract.places import CountryHit, SiteHit, find_countries, find_sites, has_possessive
from incidents.extract.sentences import Sentence
from incidents.extract.triggers import TriggerHit, filter_reason, find_triggers

_LOCATED = ("airspace", "in", "place")
_WORLD_POWERS = frozenset({"US", "GB", "FR", "CA"})
"""States whose forces act abroad: their being the subject does not place an event."""
_MOTION = re.compile(
    r"fl(?:y|ies|ew|own|ying)|overfl|hover|circl|buzz|swarm|drift|veer|transit|spent|remained|stayed|linger|loiter|came|cross|enter|was\s+in|were\s+in|made"
)
_HITS = re.compile(r"hit|str[ui]|slam|impact|damag|collid|smash|explod|detonat")
_FINDS = re.compile(r"discover|f(?:ou|i)nd|recover|locat|retriev|unearth|lay|lies|lying|stumbl|came across|turned up")
_DEBRIS = re.compile(r"\b(?:debris|wreckage|fragments?|remains|remnants|parts?|pieces|wreck|crater|elements)\b", re.I)
_AIRPORT = re.compile(
    r"\bairports?\b|\brunways?\b|\bflights\b|\bair\s+traffic\b|\btake-?offs?\b|\blandings?\b|\bairspace\b|\bair\s+base\b|\bHeathrow\b|\bGatwick\b|\bSchiphol\b|\bdepartures\b|\bterminal\b",
    re.I,
)
_WAR = re.compile(
    r"\b(?:attack(?:s|ed|ing)?|strikes?|bombard\w*|barrage|assault|raid|shelling|air\s+raids?)\b[^.;]{0,50}\b(?:Ukrain\w+|Kyiv|Odes+a|Lviv|Izmail|Kharkiv|Russian\s+(?:territory|region|city|refiner\w+)|Moscow|Belgorod)\b|\b(?:attack(?:s|ed|ing)?|struck|bombard\w*|shelled)\s+(?:\w+\s+){0,2}Ukrain",
    re.I,
)
_DISTINCT = re.compile(
    r"\b(?:similar|another|previous(?:ly)?|earlier\s+(?:this|in|incident|case)|separate(?:ly)?|last\s+(?:month|year)|different|prior\s+incident|past|recent(?:ly)?|series\s+of|wave\s+of|spate\s+of|string\s+of|the\s+latest\s+in|recall\w*|follows?|followed|comes?\s+(?:\w+\s+)?after|also)\b",
    re.I,
)
_RECAP = re.compile(
    r"\b(?:earlier\s+(?:this|in)|last\s+(?:month|year|week)|previous(?:ly)?|similar|follows?|recall\w*|in\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)|(?:weeks?|months?|years?|days)\s+(?:ago|earlier|prior|before)|comes?\s+(?:\w+\s+)?after|recent)\b",
    re.I,
)
_TALK = re.compile(
    r"\b(?:accus\w+|discuss\w*|condemn\w*|respon\w+\s+to|in\s+the\s+wake\s+of|follow\w*|after|amid|over|about|recent|series|spate|concern\w*|tension\w*)\b",
    re.I,
)


@dataclass(frozen=True)
class Mention:
    """What one trigger in one sentence says about one state."""

    sentence: Sentence
    trigger: TriggerHit
    clause: tuple[int, int]
    country: str | None
    country_hit: CountryHit | None
    """None where the state is carried over from the event before."""
    thing: ObjectHit | None
    things: tuple[ObjectHit, ...] = ()
    """Objects that add up ("two MiG-29 and one Su-34")."""
    sites: tuple[SiteHit, ...] = ()
    date: DateHit | None = None
    base: DateHit | None = None
    """For a date counted from another event: that event's date, where the sentence gives it."""
    is_distinct: bool = False
    is_recap: bool = False
    is_weak: bool = False
    """Only adds to an event told elsewhere."""

    @property
    def rule(self) -> str:
        """Name of the rule that found it."""
        return f"{self.trigger.kind}/{self.country_hit.rule if self.country_hit else 'focus'}"


@dataclass(frozen=True)
class Reading:
    """A sentence read: its mentions, and what was set aside and why."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    dates: tuple[DateHit, ...] = ()
    objects: tuple[ObjectHit, ...] = ()
    dropped: tuple[tuple[TriggerHit, str], ...] = field(default=())


def read_sentence(sentence: Sentence, published: object) -> Reading:
    """Return the mentions of events in one sentence."""
    from datetime import date

    assert isinstance(published, date)
    text = sentence.text
    triggers = find_triggers(text)
    if not triggers:
        dates = (
            tuple(tag_dates(text, published))
            if re.search(r"\b(?:incident|happen|occur|took place|violation|event)", text)
            else ()
        )
        return Reading(sentence, (), dates)
    objects = find_objects(text)
    dates = tuple(tag_dates(text, published))
    countries = find_countries(text)
    clauses = sentence.clauses
    found: list[Mention] = []
    dropped: list[tuple[TriggerHit, str]] = []
    for trigger in triggers:
        clause = next(c for c in clauses if c[0] <= trigger.start < c[1])
        thing = _choose_object(text, clause, trigger, objects)
        reason = filter_reason(text, clause, trigger) or _unfit(text, clause, trigger, thing, countries)
        if reason is not None:
            dropped.append((trigger, reason))
            continue
        places, is_weak = _choose_countries(text, clause, trigger, thing, countries)
        if places is None:
            dropped.append((trigger, "outside the alliance"))
            continue
        distinct = bool(_DISTINCT.search(text[max(clause[0] - 30, 0) : clause[1]]))
        recap = bool(_RECAP.search(text))
        for place in places or [None]:
            found.append(
                Mention(sentence, trigger, clause, place.code if place else None, place, thing, _sum(text, thing, objects),
                        is_distinct=distinct, is_recap=recap, is_weak=is_weak or place is None)
            )  # fmt: skip
    dated = [_with_date(mention, dates, found, text) for mention in found]
    sites = find_sites(text) if dated else []
    placed = [replace(mention, sites=_sites_of(mention, sites, text, dated)) for mention in dated]
    return Reading(sentence, tuple(placed), dates, tuple(objects), tuple(dropped))


def _choose_object(
    text: str, clause: tuple[int, int], trigger: TriggerHit, objects: list[ObjectHit]
) -> ObjectHit | None:
    intruders = [o for o in objects if not o.is_responder and not o.is_generic]
    if trigger.kind == "closure":
        intruders = [o for o in intruders if o.object_class in ("drone", "balloon", "unknown", "missile")]
        return intruders[0] if intruders else None
    inside = [o for o in intruders if clause[0] <= o.head < clause[1]]
    if trigger.kind in ("sighting", "fall"):
        light = [o for o in inside if o.object_class not in CREWED]
        inside = light or inside
    before = [o for o in inside if o.end <= trigger.start + 1]
    after = [o for o in inside if o.head >= trigger.start]
    is_passive = bool(
        re.search(r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+\s+){0,2}$", text[clause[0] : trigger.start])
    )
    if trigger.kind == "noun":
        overlapping = [o for o in inside if o.head < trigger.end and o.end > trigger.start]
        if overlapping:
            return overlapping[0]
        near_after = [o for o in after if o.start - trigger.end < 60]
        near_before = [o for o in before if trigger.start - o.end < 25]
        return (near_after or near_before[::-1] or before[::-1] or after or _elsewhere(trigger, intruders))[0:1][0] if (near_after or near_before or before or after or _elsewhere(trigger, intruders)) else None  # fmt: skip
    if trigger.kind in ("down", "sighting") and not is_passive and after:
        return after[0]
    if trigger.kind == "fall" and _FINDS.search(trigger.word) and not is_passive and after:
        return after[0]
    if before:
        return before[-1]
    if after:
        return after[0]
    rest = _elsewhere(trigger, intruders)
    return rest[0] if rest else None


def _elsewhere(trigger: TriggerHit, objects: list[ObjectHit]) -> list[ObjectHit]:
    """Objects of other clauses, the nearest before the trigger first."""
    return [o for o in objects if o.end <= trigger.start][::-1] + [o for o in objects if o.head > trigger.end]


def _unfit(
    text: str, clause: tuple[int, int], trigger: TriggerHit, thing: ObjectHit | None, countries: list[CountryHit]
) -> str | None:
    """Return why the trigger and its object make no event of this kind, or None."""
    body = text[clause[0] : clause[1]]
    word, kind = trigger.word, trigger.kind
    airspace = any(c.rule == "airspace" for c in countries) or bool(
        re.search(r"\bair\s?space\b|\bterritor|\bskies\b|\bair\s+border", text, re.I)
    )
    crewed = thing is not None and thing.object_class in CREWED
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
            re.search(r"\b(?:it|they|one of them|which)\b", body)
            and kind in ("entry", "fall", "down")
            and (kind != "fall" or re.search(r"crash|fell|came down|explod|landed", word))
        ):
            return None
        return "no object"
    if kind == "entry":
        if crewed and not airspace:
            return "crewed aircraft without airspace"
        if re.fullmatch(r"enter\w*|cross\w*", word) and not (
            airspace or any(c.start > trigger.start for c in countries if c.rule in _LOCATED) or "country" in body
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
        if (
            re.search(r"confirm|report|record|identif", word)
            and thing.head < trigger.start
            and not re.search(r"\b(?:was|were|been|being)\s+(?:\w+\s+)?$", text[: trigger.start])
        ):
            return "speech"
        return None
    if kind == "fall":
        if crewed and not (_FINDS.search(word) is None and thing.adjective in ("RU", "BY", "SY") and airspace):
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
            and not any(c.rule in _LOCATED and c.code in MEMBERS for c in countries)
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
        if _WAR.search(text) and not re.search(
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


def _choose_countries(
    text: str, clause: tuple[int, int], trigger: TriggerHit, thing: ObjectHit | None, hits: list[CountryHit]
) -> tuple[list[CountryHit] | None, bool]:
    """Return the states of one trigger and whether they are only inferred; None where it happened elsewhere."""
    located = [h for h in hits if h.rule in _LOCATED]
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
    if members and not _WAR.search(text):
        if trigger.kind == "noun" and not re.search(r"\b(?:air\s?space|border)\b", body):
            return [], True
        return [members[0]], False
    if speakers and not members:
        return None, False
    if _WAR.search(text):
        return None, False
    return [], True


def _pick(hits: list[CountryHit], trigger: TriggerHit) -> list[CountryHit] | None:
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


def _antecedent(text: str, trigger: TriggerHit, hits: list[CountryHit]) -> CountryHit | None:
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


def _sum(text: str, thing: ObjectHit | None, objects: list[ObjectHit]) -> tuple[ObjectHit, ...]:
    if thing is None or not thing.is_number:
        return ()
    row = [thing]
    for other in objects:
        if (
            other is not thing
            and other.is_number
            and other.object_class in CREWED
            and thing.object_class in CREWED
            and not other.is_responder
        ):
            low, high = sorted((thing, other), key=lambda o: o.start)
            if re.fullmatch(r"\s*(?:,|and|as\s+well\s+as|, and)\s*", text[low.end : high.start]):
                row.append(other)
    return tuple(sorted(row, key=lambda o: o.start)) if len(row) > 1 else ()


def _with_date(mention: Mention, dates: tuple[DateHit, ...], others: list[Mention], text: str) -> Mention:
    short = [d for d in dates if not d.is_long]
    inside = [d for d in short if mention.clause[0] <= d.start < mention.clause[1]]
    event = [d for d in inside if d.basis not in ("statement",)]
    if not event:
        taken = [o.clause for o in others if o.clause != mention.clause and (o.country != mention.country)]
        free = [d for d in short if d not in inside and not any(c[0] <= d.start < c[1] for c in taken)]
        event = [d for d in free if d.basis != "statement"]
    counted = [d for d in event if d.shift is not None]
    if counted:
        first = counted[0]
        bases = [d for d in short if d.start > first.end and d.shift is None]
        is_after = re.search(r"after|before|prior", text[first.start : first.end + 8], re.I)
        if bases and is_after and bases[0].start - first.end < 120:
            return replace(mention, date=first, base=bases[0])
        plain = [d for d in event if d.shift is None]
        return replace(mention, date=plain[0] if plain else first)
    if event:
        nearest = min(event, key=lambda d: min(abs(d.start - mention.trigger.end), abs(mention.trigger.start - d.end)))
        return replace(mention, date=nearest)
    said = [d for d in short if d.basis == "statement"]
    return replace(mention, date=said[0]) if said else mention


_PLACING = frozenset(
    ("over", "above", "at", "in", "near", "around", "outside", "off", "close to", "by", "on", "of", "into", "between", "and", "including", "",
     "south of", "north of", "east of", "west of", "southeast of", "south-east of", "northeast of", "north-east of", "southwest of", "south-west of", "northwest of", "north-west of", "to")
)  # fmt: skip
_ELSEWHERE = re.compile(r"\b(?:diverted|rerouted|redirected|diverting)\s+(?:\w+\s+){0,4}(?:to|towards)\s+[^.;]*$|\b(?:from|based\s+(?:in|at)|stationed\s+(?:in|at)|took\s+off\s+from|meeting\s+in|summit\s+in|reporters\s+in|scrambled\s+from|speaking\s+in|told\s+\w+\s+in|conference\s+in|bound\s+for|en\s+route\s+to|flights?\s+to)\s+(?:the\s+)?(?:\w+\s+)?$|\balert\w*\s+(?:\w+\s+){0,6}(?:in|for)\s+[^.;]*$", re.I)  # fmt: skip


def _sites_of(mention: Mention, sites: list[SiteHit], text: str, found: list[Mention]) -> tuple[SiteHit, ...]:
    kept = []
    codes = {m.country for m in found if m.country}
    for site in sites:
        home = country_of(site.name) or country_of(site.name.rsplit(" ", 1)[0]) or country_of(site.name.split(" ")[0])
        if home is None and site.name in CAPITALS:
            home = CAPITALS[site.name]
        if home is not None and mention.country is not None and home != mention.country:
            continue
        if len(codes) > 1 and home is None:
            continue
        if site.preposition not in _PLACING or _ELSEWHERE.search(text[: site.start]):
            continue
        if site.name in CAPITALS and site.preposition not in ("over", "in", "near", "at", "above", "around", "outside"):
            continue
        if home is None and not site.kind and site.preposition in ("of", "and", "to", "by", "on", "", "including"):
            continue
        kept.append(site)
    return tuple(kept)
