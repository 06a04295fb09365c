"""Where a foreign row puts its event: coordinates as given, or a name the gazetteer knows one place for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geodata.errors import GeodataError
from incidents.model import PositionMethod, SiteRole
from incidents.sources import terms
from incidents.sources.fields import Builder

if TYPE_CHECKING:
    from geodata.geocode import Place

DEFAULT_RADIUS_M = 5_000.0
"""Radius of coordinates that come without one."""
_CLOSE_SCORE = 0.05
"""Places this close in score are equally likely to be meant."""


def site_of(b: Builder, country: str | None) -> dict[str, Any] | None:
    """Return the site of a row, placed by its coordinates or by the gazetteer; None where it names no place."""
    name = ", ".join(dict.fromkeys(part for part in (b.get("place"), b.get("region")) if part))
    role = b.word("role", SiteRole, lambda text: terms.exact_word(text, SiteRole)) or SiteRole.OVER
    site: dict[str, Any] = {"name": name[:500] or "place not named", "role": role, "country": country}
    position = _position(b)
    if position is not None:
        lon, lat, radius = position
        given = b.number_of("radius_m")
        radius_m = given or b.draft.radius_m or radius or DEFAULT_RADIUS_M
        note = b.draft.radius_note or ("" if given or b.draft.radius_m or radius else "radius not given, 5 km assumed")
        return {**site, "lon": lon, "lat": lat, "radius_m": radius_m, "method": b.draft.method, "note": note}
    if not name:
        return None
    if b.faults:
        return site
    return site | _geocoded(b.get("place") or name, b.get("region") if b.get("place") else "", country)


def _position(b: Builder) -> tuple[float, float, float | None] | None:
    if b.get("coordinates") and not b.get("lon"):
        return _parse_coordinates(b)
    lon, lat = b.number_of("lon"), b.number_of("lat")
    if lon is None and lat is None:
        return None
    if lon is None or lat is None:
        if not any(fault.column in (b.draft.columns.get(n, n) for n in ("lon", "lat")) for fault in b.faults):
            b.fault("lon" if lon is None else "lat", "is missing; longitude and latitude go together")
        return None
    if lon == lat == 0:
        return None
    from geodata.geodesy import check_coordinates

    try:
        x, y = check_coordinates(lon, lat)
    except GeodataError as error:
        b.fault("lat" if abs(lat) > 90 else "lon", str(error))
        return None
    return x, y, None


def _parse_coordinates(b: Builder) -> tuple[float, float, float | None] | None:
    text = b.get("coordinates")
    pair = re.fullmatch(r"\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?", text)
    if pair:
        heading = b.draft.columns.get("coordinates", "").casefold()
        lon_first = heading.find("lon") < heading.find("lat") if "lon" in heading and "lat" in heading else False
        one, two = float(pair[1]), float(pair[2])
        lon, lat = (one, two) if lon_first else (two, one)
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            b.fault("coordinates", "is out of range; write latitude first, or two columns lon and lat")
            return None
        return lon, lat, None
    from geodata.coordinates import parse_coordinates

    try:
        lon, lat = parse_coordinates(text)
        return lon, lat, None
    except (GeodataError, ValueError) as error:
        b.fault("coordinates", str(error)[:200])
        return None


def _geocoded(name: str, region: str, country: str | None) -> dict[str, Any]:
    """Return where the gazetteer puts a place, if one entry stands out."""
    best = _gazetteer_place(name[:200], region[:200], country)
    if best is None:
        return {}
    return {
        "lon": best.lon,
        "lat": best.lat,
        "radius_m": best.radius_m,
        "method": PositionMethod.GAZETTEER,
        "note": f"geocoded as {best.name}",
    }


@lru_cache(maxsize=20_000)
def _gazetteer_place(name: str, region: str, country: str | None) -> Place | None:
    """Return the place that a name means; of several as good, the one that holds the others, or none."""
    from geodata.geocode import geocode
    from geodata.geodesy import distance_km

    try:
        found = geocode(f"{name}, {region}" if region else name, country=country, limit=5)
    except GeodataError:
        return None
    rivals = [place for place in found if place.is_exact and place.score > found[0].score - _CLOSE_SCORE]
    widest = max(rivals, key=lambda place: place.radius_m, default=None)
    if widest is None:
        return _gazetteer_place(region, "", country) if region else None
    for place in rivals:
        apart_m = 1000 * distance_km(lon1=place.lon, lat1=place.lat, lon2=widest.lon, lat2=widest.lat)
        if apart_m > widest.radius_m:
            return None
    return widest
