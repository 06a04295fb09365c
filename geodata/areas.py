"""Places that no gazetteer row holds: pasted coordinates and whole states."""

from __future__ import annotations

import re

from geodata.countries import find_country, fold, get_country
from geodata.errors import GeodataError
from geodata.gazetteer import Entry, extent

_SIGNS = re.compile(r"[\d\s.,;+\-°'\"′″dmsNSEWnsew]+")
_MGRS = re.compile(r"\d{1,2}[A-Z]{3}(?:\d\d){0,5}")


def coordinates(text: str) -> Entry | None:
    """Return the spot that pasted coordinates mean, with the radius their digits leave open; None for a name.

    Raises
    ------
    GeodataError
        If the text is made of digits and signs of coordinates, yet means no place on earth.
    """
    text = text.strip()
    plain = "".join(text.upper().split())
    is_mgrs = bool(_MGRS.fullmatch(plain))
    if not is_mgrs and not (_SIGNS.fullmatch(text) and len(re.findall(r"\d+", text)) > 1):
        return None
    from geodata.coordinates import parse_coordinates

    lon, lat = parse_coordinates(text)
    if is_mgrs:
        radius_m = 0.71 * 10 ** (5 - len(re.sub(r"^\d+\D+", "", plain)) // 2)
    elif "°" in text and re.search(r"['′]", text):
        radius_m = 30.0 if re.search(r"[\"″]|''", text) else 1_000.0
    else:
        digits = min((len(part) for part in re.findall(r"\.(\d+)", text)), default=0)
        radius_m = 55_600.0 / 10**digits
    name = f"{lat:.5f} {lon:.5f}"
    return Entry("", name, None, "coordinates", lon, lat, max(round(radius_m, 1), 10.0), 0, "", "text")


def state(text: str) -> Entry | None:
    """Return the state that `text` names in full, as the box its towns fill; None for other names."""
    if len(fold(text)) < 4:
        return None
    try:
        code = find_country(text).code
    except GeodataError:
        return None
    box = extent(code)
    if box is None:
        return None
    west, south, east, north = box
    from geodata.geodesy import distance_km

    reach = round(distance_km(lon1=west, lat1=south, lon2=east, lat2=north) * 500, -3)
    lon, lat = (west + east) / 2, (south + north) / 2
    return Entry("", get_country(code).name, code, "country", lon, lat, max(reach, 5_000.0), 0, "", "GeoNames")
