"""Places of one name: which the context settles, which are as good as each other, and their order."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.countries import fold

if TYPE_CHECKING:
    from geodata.geocode import Place

TIE = 0.035
"""Places whose scores differ by less are as good as each other."""
APART_M = 15_000.0
CONTEXT_M = 25_000.0
FAR_M = 40_000.0
_KEPT_RANKS = 0.03
_BORDER = (
    ((30.8, 69.8), (28.9, 69.05), (28.5, 68.2), (30.0, 67.7), (29.1, 66.9), (30.1, 65.7), (29.7, 64.8), (31.5, 62.9),
     (29.8, 61.6), (27.8, 60.5), (28.0, 59.5), (27.4, 58.7), (27.6, 57.5), (28.2, 56.2), (26.6, 55.7), (25.6, 54.9),
     (25.5, 54.3), (23.5, 53.95), (23.9, 53.0), (23.2, 52.3), (23.6, 52.1), (23.6, 51.5), (24.1, 50.9), (24.0, 50.5),
     (22.7, 49.6), (22.5, 49.1), (22.15, 48.4), (22.9, 48.0), (24.9, 47.75), (26.6, 48.25), (27.8, 48.45),
     (29.1, 47.9), (29.6, 46.9), (28.9, 46.0), (28.2, 45.47), (28.8, 45.3), (29.7, 45.2)),
    ((19.65, 54.45), (21.3, 54.33), (22.8, 54.36), (22.6, 55.05), (21.3, 55.27)),
)  # fmt: skip
"""The land border with Russia, Belarus and Ukraine, within some 20 km: it orders homonyms and measures nothing."""


def settle(found: list[Place]) -> list[Place]:
    """Mark homonyms that nothing tells apart as no exact answer; those nearer to the border come first."""
    if len(found) < 2:
        return found
    best = max(place.score for place in found)
    equal = [place for place in found if best - place.score < TIE]
    if not any(place.is_exact for place in equal):
        return found
    first = max(equal, key=lambda place: (place.score, place.radius_m))
    rivals = [place for place in equal if apart_m(first, place) > APART_M + max(first.radius_m, place.radius_m)]
    if not rivals:
        return found
    least = min(place.score for place in equal)
    count = len(distinct(equal, len(equal)))
    noted = []
    for place in equal:
        km = border_km(place.lon, place.lat)
        reasons = (
            f"{count} places of that name; a region, county or commune would tell",
            f"about {km:.0f} km from the border with RU, BY or UA, by which they are ranked",
        )
        score = round(least + _KEPT_RANKS * (1 - min(km, 2_000.0) / 2_000.0), 4)
        noted.append(replace(place, score=score, is_exact=False, reasons=(*place.reasons, *reasons)))
    return noted + [place for place in found if best - place.score >= TIE]


def within(found: list[Place], around: list[Place]) -> list[Place]:
    """Prefer the places in or near those that the text names as context; those far off are no exact answers."""
    if not around:
        return found
    ranked = []
    for place in found:
        inside = [other for other in around if apart_m(place, other) <= max(other.radius_m * 1.15, CONTEXT_M)]
        gap = min(apart_m(place, other) - other.radius_m for other in around)
        if inside:
            reasons = (*place.reasons, f"in or near {inside[0].name}")
            ranked.append(replace(place, score=round(min(place.score + 0.12, 1.0), 3), reasons=reasons))
        elif gap > FAR_M and not any(reason.startswith("in ") for reason in place.reasons):
            score = round(max(place.score - 0.3 * min(gap / 500_000, 1.0), 0.05), 3)
            reason = f"{gap / 1000:.0f} km from {around[0].name}"
            ranked.append(replace(place, score=score, is_exact=False, reasons=(*place.reasons, reason)))
        else:
            ranked.append(place)
    return ranked


def distinct(places: list[Place], limit: int = 5) -> list[Place]:
    """Drop the same name within about 5 km of a better candidate."""
    kept: list[tuple[str, Place]] = []
    for place in places:
        if len(kept) == limit:
            break
        key = fold(place.name)
        if not any(
            abs(own.lon - place.lon) < 0.08 and abs(own.lat - place.lat) < 0.05 and name == key for name, own in kept
        ):
            kept.append((key, place))
    return [place for _, place in kept]


def apart_m(a: Place, b: Place) -> float:
    """Return the distance of two places in metres, within a hundredth where they are near."""
    return _flat_m(a.lon, a.lat, b.lon, b.lat)


@lru_cache(maxsize=4096)
def border_km(lon: float, lat: float) -> float:
    """Return roughly how far a place is from the border with Russia, Belarus or Ukraine."""
    return min(_segment_m(lon, lat, start, end) / 1000 for line in _BORDER for start, end in pairwise(line))


def _flat_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    east = ((lon1 - lon2 + 180) % 360 - 180) * math.cos(math.radians((lat1 + lat2) / 2))
    return math.hypot(east, lat1 - lat2) * 111_195.0


def _segment_m(lon: float, lat: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    shrink = math.cos(math.radians(lat))
    x, y = (end[0] - start[0]) * shrink, end[1] - start[1]
    east, north = (lon - start[0]) * shrink, lat - start[1]
    along = max(0.0, min(1.0, (east * x + north * y) / (x * x + y * y)))
    return math.hypot(east - along * x, north - along * y) * 111_195.0
