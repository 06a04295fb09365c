"""Place names to coordinates with a radius: exact names are answers, near spellings only suggestions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geodata.countries import find_country, fold
from geodata.errors import GeodataError
from geodata.gazetteer import Entry, find, similar
from geodata.phrases import Phrase, fragments, parse, wanted_kinds

_KIND_SCORE = {"region": 0.05, "county": 0.02, "town": 0.06}
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
    """False for a near spelling: a suggestion, never an answer."""
    reasons: tuple[str, ...]
    admin: str
    source: str


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
    phrase = parse(text[:MAX_TEXT])
    code = find_country(country).code if country else None
    hints = [fold(part) for part in (*phrase.context, *([region] if region else [])) if fold(part)]
    named = code or _country_in(phrase.context)
    wanted = wanted_kinds(text.split(",")[0])
    found = _candidates(phrase, named, code is not None, hints, wanted)
    if region:
        found = [place for place in found if fold(region) in fold(place.admin)]
    if not found:
        return _suggestions(phrase, code)[:limit] if not region else []
    if phrase.second:
        found = _between(found, phrase.second, named)
    found = [_moved(place, phrase) for place in found]
    found.sort(key=lambda place: (-place.score, place.name, place.country or "", place.lon, place.lat))
    return _distinct(found, limit)


def _candidates(
    phrase: Phrase, code: str | None, is_strict: bool, hints: list[str], wanted: tuple[str, ...]
) -> list[Place]:
    ports = (
        [f"{phrase.names[-1]} airport", f"{phrase.names[-1]} air base"] if phrase.names and "airport" in wanted else []
    )
    groups = (
        ((*phrase.names[:2], *ports, *phrase.names[2:]), 0.7),
        (tuple(run for name in phrase.names[:1] for run in fragments(name)), 0.5),
        (phrase.context, 0.3),
    )
    for names, base in groups:
        for rank, name in enumerate(names):
            entries = [entry for entry in find(name) if not is_strict or entry.country in (code, None)]
            if entries:
                return [_scored(entry, base - 0.02 * min(rank, 5), code, hints, wanted) for entry in entries]
    return []


def _scored(entry: Entry, base: float, code: str | None, hints: list[str], wanted: tuple[str, ...]) -> Place:
    reasons = [f"named {entry.name}"]
    score = base + _KIND_SCORE.get(entry.kind, 0.0) * (not wanted) + min(entry.population, 1_000_000) / 1e7
    if entry.source == "hand list":
        score += 0.08
        reasons.append("hand-checked")
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
    from geodata.geodesy import destination

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
    found = []
    for near in similar(name) if len(fold(name)) > 2 else []:
        for entry in find(near)[:3]:
            if code is None or entry.country in (code, None):
                place = _scored(entry, 0.2, code, [], ())
                found.append(replace(place, is_exact=False, reasons=(f"spelled like {name}",)))
    return _distinct(found)


def _distinct(places: list[Place], limit: int = 5) -> list[Place]:
    """Drop the same name within about 5 km of a better candidate."""
    kept: list[Place] = []
    for place in places:
        if len(kept) == limit:
            break
        if not any(
            fold(own.name) == fold(place.name) and abs(own.lon - place.lon) < 0.08 and abs(own.lat - place.lat) < 0.05
            for own in kept
        ):
            kept.append(place)
    return kept
