"""Place names to coordinates with a radius: exact names are answers, near spellings only suggestions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geodata.areas import coordinates, state
from geodata.countries import find_country, fold
from geodata.errors import GeodataError
from geodata.gazetteer import Entry, find, similar
from geodata.homonyms import apart_m, distinct, settle, within
from geodata.phrases import Phrase, fragments, is_kind_word, names_of, parse, wanted_kinds

_KIND_SCORE = {"region": 0.05, "county": 0.02, "town": 0.06}
_SMALL_TOWN = 5_000
_BESIDE_M = 120_000.0
MAX_TEXT = 300
NEAR_M = 10_000.0
OFF_COAST_M = 30_000.0


@dataclass(frozen=True)
class Place:
    """One place that a text may mean."""

    name: str
    country: str | None
    """ISO alpha-2; None on the high seas and for rivers and seas that several states share."""
    kind: str
    lon: float
    lat: float
    radius_m: float
    score: float
    """0 to 1; compares candidates of one answer, is no probability."""
    is_exact: bool
    """Whether the name is known and means one place; False for guesses and for homonyms that nothing settles."""
    reasons: tuple[str, ...]
    admin: str
    source: str
    is_known: bool = True
    """False for a near spelling or a part of the name: a suggestion, never an answer."""


def geocode(text: str, *, country: str | None = None, region: str | None = None, limit: int = 5) -> list[Place]:
    """Return the places that `text` may mean, the likeliest first; nothing for an unknown name.

    Parameters
    ----------
    text
        A name or a phrase such as "near Osiny", "10 km south of Tulcea", "off Porvoo, Gulf of Finland".
    country
        Only places of this state (code or name), and seas.
    region
        Only places whose region, county or commune has this in its name.
    limit
        How many at most.
    """
    text = text[:MAX_TEXT]
    code = find_country(country).code if country else None
    if spot := coordinates(text):
        return [_scored(spot, 1.0, None, [], ())][: max(limit, 0)]
    phrase = parse(text)
    if phrase.part is not None and (find(phrase.before) or state(phrase.before)):
        phrase = replace(phrase, names=(phrase.before,), part=None, before="")
    hints = [fold(part) for part in (*phrase.context, *([region] if region else [])) if fold(part)]
    named = code or _country_in(phrase.context)
    around = _around((*phrase.context, *([region] if region else [])), code)
    if phrase.before and phrase.is_near and (beside := _beside(phrase, code, hints)):
        return distinct(_ordered(settle(beside)), limit)
    found = _candidates(phrase, named, code is not None, hints, wanted_kinds(text.split(",")[0]))
    if region:
        found = [place for place in found if fold(region) in fold(place.admin) or _is_in(place, around)]
        if not found:
            return []
    found = within(_ordered(found), around)
    if around and found and not any(place.is_exact for place in found):
        note = f"{phrase.names[0] if phrase.names else text!r} is not known there; this is what it is said to be in"
        top = max(place.score for place in found)
        found += [replace(_unsettled(around[0], note), score=min(1.0, round(top + 0.01, 3)))]
    if not any(place.is_known for place in found):
        found = [*_suggestions(phrase, code), *found]
    elif phrase.second:
        found = _between(found, phrase.second, named)
    else:
        found = settle(found)
    return distinct([_moved(place, phrase) for place in _ordered(found)], limit)


def _ordered(found: list[Place]) -> list[Place]:
    return sorted(found, key=lambda place: (-place.score, place.name, place.country or "", place.lon, place.lat))


def _around(context: tuple[str, ...], code: str | None) -> list[Place]:
    """Return the places that the words after commas name, countries apart."""
    found: list[Place] = []
    for part in context:
        if _country_in((part,)):
            continue
        for name in names_of(part):
            entries = [entry for entry in find(name) if code is None or entry.country in (code, None)]
            if entries:
                found += _ordered([_scored(entry, 0.4, code, [], ()) for entry in entries])[:12]
                break
    return found


def _is_in(place: Place, around: list[Place]) -> bool:
    return any(other.kind in ("region", "county") and apart_m(place, other) <= other.radius_m for other in around)


def _beside(phrase: Phrase, code: str | None, hints: list[str]) -> list[Place]:
    """Return the places named in front of "near Y" that do lie near a Y."""
    around = _around((phrase.names[0],), code)
    entries = [
        entry
        for name in names_of(phrase.before)
        for entry in find(name)
        if code is None or entry.country in (code, None)
    ]
    found = [_scored(entry, 0.7, code, hints, ()) for entry in dict.fromkeys(entries)]
    pairs = [
        (apart_m(place, other) - other.radius_m, replace(place, reasons=(*place.reasons, f"near {other.name}")))
        for place in found
        if place.radius_m < _BESIDE_M
        for other in around[:3]
    ]
    for reach in (_BESIDE_M / 3, _BESIDE_M):
        if close := [place for gap, place in pairs if gap < reach]:
            return list({(place.lon, place.lat): place for place in close}.values())
    return []


def _candidates(
    phrase: Phrase, code: str | None, is_strict: bool, hints: list[str], wanted: tuple[str, ...]
) -> list[Place]:
    def of(name: str, base: float) -> list[Place]:
        entries = [entry for entry in find(name) if not is_strict or entry.country in (code, None)]
        if not entries and (whole := state(name)) and (not is_strict or whole.country == code):
            entries = [whole]
        return [_scored(entry, base, code, hints, wanted) for entry in entries]

    ports: list[str] = []
    if phrase.names and "airport" in wanted:
        bare = phrase.names[-1]
        ports = [f"{bare} {part} airport" for part in phrase.context[:2]]
        ports += [f"{bare} {kind}" for kind in ("airport", "air base", "international airport")]
    for rank, name in enumerate((*phrase.names[:1], *ports, *phrase.names[1:])):
        if found := of(name, 0.7 - 0.02 * min(rank, 5)):
            return found
    whole = phrase.names[0] if phrase.names else ""
    for rank, name in enumerate(fragments(whole)):
        if found := of(name, 0.5 - 0.02 * min(rank, 5)):
            rest = [word for word in whole.split() if word[:1].isupper() and not is_kind_word(word)]
            if all(word.strip(",()") in name.split() for word in rest):
                return found
            note = f"only {name!r} of the wording is known"
            return [_unsure(replace(place, score=min(place.score, 0.3)), note) for place in found]
    for rank, name in enumerate(name for part in phrase.context for name in names_of(part)):
        if not _country_in((name,)) and (found := of(name, 0.3 - 0.02 * min(rank, 5))):
            note = f"{whole!r} is not known; this is what it is said to be in"
            return [_unsettled(place, note) for place in found]
    return []


def _unsettled(place: Place, reason: str) -> Place:
    return replace(place, is_exact=False, reasons=(*place.reasons, reason))


def _unsure(place: Place, reason: str) -> Place:
    return replace(place, is_exact=False, is_known=False, reasons=(*place.reasons, reason))


def _kind_score(entry: Entry) -> float:
    # Many villages are towns to the source because it has their population.
    if entry.kind == "town" and entry.population < _SMALL_TOWN:
        return 0.02
    return _KIND_SCORE.get(entry.kind, 0.0)


def _scored(entry: Entry, base: float, code: str | None, hints: list[str], wanted: tuple[str, ...]) -> Place:
    reasons = [f"named {entry.name}" if entry.kind != "coordinates" else "coordinates, longitude first unless marked"]
    score = base + _kind_score(entry) * (not wanted) + min(entry.population, 1_000_000) / 1e7
    if entry.source == "hand list":
        score += 0.08
        reasons.append("hand list")
    if code and entry.country == code:
        score += 0.08
        reasons.append(f"in {code}")
    if entry.kind in wanted:
        score += 0.12
        reasons.append(f"the text asks for {entry.kind}")
    admin = fold(entry.admin)
    for hint in hints:
        words = [word for word in hint.split() if len(word) > 3 and word not in _PLAIN]
        if words and any(word[:5] in admin for word in words):
            score += 0.15
            reasons.append(f"in {entry.admin}")
            break
    return Place(
        name=entry.name,
        country=entry.country,
        kind=entry.kind,
        lon=entry.lon,
        lat=entry.lat,
        radius_m=entry.radius_m,
        score=round(min(score, 1.0), 3),
        is_exact=True,
        reasons=tuple(reasons),
        admin=entry.admin,
        source=entry.source,
    )


_PLAIN = {"county", "commune", "region", "district", "voivodeship", "municipality", "parish", "area"}


def _country_in(context: tuple[str, ...]) -> str | None:
    for part in context:
        try:
            return find_country(part).code
        except GeodataError:
            continue
    return None


def _moved(place: Place, phrase: Phrase) -> Place:
    if not (
        phrase.azimuth is not None or phrase.part is not None or phrase.distance_m or phrase.is_near or phrase.is_off
    ):
        return place
    from geodata.geodesy import destination

    if phrase.part is not None and place.radius_m > NEAR_M:
        lon, lat = destination(lon=place.lon, lat=place.lat, azimuth=phrase.part, distance_m=0.5 * place.radius_m)
        reason = f"the part towards {phrase.part:.0f}°"
        return replace(place, lon=lon, lat=lat, radius_m=0.65 * place.radius_m, reasons=(*place.reasons, reason))
    if phrase.distance_m is not None and phrase.azimuth is not None:
        lon, lat = destination(lon=place.lon, lat=place.lat, azimuth=phrase.azimuth, distance_m=phrase.distance_m)
        reach = max(place.radius_m, 0.4 * phrase.distance_m)
        reason = f"{phrase.distance_m / 1000:g} km towards {phrase.azimuth:.0f}°"
        return replace(place, lon=lon, lat=lat, radius_m=reach, reasons=(*place.reasons, reason))
    if phrase.distance_m is not None:
        reach = place.radius_m + phrase.distance_m
        return replace(place, radius_m=reach, reasons=(*place.reasons, f"within {reach / 1000:g} km"))
    if phrase.azimuth is not None:
        away = place.radius_m + NEAR_M / 2
        lon, lat = destination(lon=place.lon, lat=place.lat, azimuth=phrase.azimuth, distance_m=away)
        return replace(
            place, lon=lon, lat=lat, radius_m=away, reasons=(*place.reasons, "to one side, distance unknown")
        )
    if phrase.is_off:
        return replace(place, radius_m=place.radius_m + OFF_COAST_M, reasons=(*place.reasons, "off the coast"))
    if phrase.is_near:
        return replace(place, radius_m=place.radius_m + NEAR_M, reasons=(*place.reasons, "near"))
    return place


def _between(found: list[Place], second: str, code: str | None) -> list[Place]:
    """Return midpoints of the pairs, the shortest pair first; the radius reaches both ends."""
    from geodata.geodesy import distance_km

    others = [entry for entry in find(second) if code is None or entry.country in (code, None)]
    pairs = [
        (distance_km(lon1=place.lon, lat1=place.lat, lon2=other.lon, lat2=other.lat), place, other)
        for place in found[:50]
        for other in others[:50]
    ]
    if not pairs:
        return found
    pairs.sort(key=lambda pair: (pair[0], pair[1].name, pair[1].lon))
    km, place, other = pairs[0]
    reasons = (*place.reasons, f"halfway to {other.name}")
    lon, lat = (place.lon + other.lon) / 2, (place.lat + other.lat) / 2
    reach = max(km * 500, 1_000.0) + max(place.radius_m, other.radius_m)
    return [replace(place, name=f"{place.name} - {other.name}", lon=lon, lat=lat, radius_m=reach, reasons=reasons)]


def _suggestions(phrase: Phrase, code: str | None) -> list[Place]:
    name = phrase.names[-1] if phrase.names else ""
    found: list[Place] = []
    for rank, near in enumerate(similar(name) if len(fold(name)) > 2 else []):
        for entry in find(near)[:3]:
            if code is None or entry.country in (code, None):
                place = replace(_scored(entry, 0.6, code, [], ()), reasons=())
                found.append(_unsure(replace(place, score=round(0.45 - 0.03 * rank, 3)), f"spelled like {name}"))
    return distinct(found)
