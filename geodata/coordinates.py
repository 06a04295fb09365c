"""Coordinates in and out as decimal degrees, degrees-minutes-seconds and MGRS."""

from __future__ import annotations

import re

from geodata.errors import GeodataError
from geodata.geodesy import check_coordinates

_DECIMAL = re.compile(r"([+-]?\d+(?:\.\d+)?)[,;\s]+([+-]?\d+(?:\.\d+)?)")
_PART = r"(\d{1,3}(?:\.\d+)?)\s*[°d]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′m]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|″|''|s)\s*)?"
_DMS = re.compile(rf"{_PART}([NSns])[,;\s]*{_PART}([EWew])")
_SIDED = re.compile(r"(\d+(?:\.\d+)?)\s*°?\s*([NSns])[,;\s]*(\d+(?:\.\d+)?)\s*°?\s*([EWew])")
_MGRS = re.compile(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V](?:\d\d){0,5}")


class CoordinateError(GeodataError):
    """Text that is no coordinate."""


def parse_coordinates(text: str) -> tuple[float, float]:
    """Return longitude and latitude of ``LON LAT``, ``59°49'01"N 26°21'40"E`` or an MGRS reference.

    Raises
    ------
    CoordinateError
        If `text` is none of them.
    """
    text = text.strip()
    if match := _DECIMAL.fullmatch(text):
        return check_coordinates(float(match[1]), float(match[2]))
    if match := _SIDED.fullmatch(text):
        lat = float(match[1]) * (-1 if match[2] in "Ss" else 1)
        return check_coordinates(float(match[3]) * (-1 if match[4] in "Ww" else 1), lat)
    if match := _DMS.fullmatch(text):
        north, east = _degrees(match.groups()[:4], text), _degrees(match.groups()[4:], text)
        return check_coordinates(east, north)
    if _MGRS.fullmatch("".join(text.upper().split())):
        return from_mgrs(text)
    raise CoordinateError(
        f"{text!r} is no coordinate. Write LON LAT (26.36 59.82), 59°49'01\"N 26°21'40\"E, or MGRS (35VMG6410732110)."
    )


def format_dms(lon: float, lat: float) -> str:
    """Return ``59°49'01"N 26°21'40"E``."""
    lon, lat = check_coordinates(lon, lat)
    return f"{_sexagesimal(lat, 'NS')} {_sexagesimal(lon, 'EW')}"


def to_mgrs(lon: float, lat: float, radius_m: float = 1.0) -> str:
    """Return the MGRS reference with no more digits than `radius_m` warrants.

    Raises
    ------
    CoordinateError
        Outside 80°S to 84°N, where MGRS has other squares.
    """
    import mgrs

    lon, lat = check_coordinates(lon, lat)
    if not -80 <= lat < 84:
        raise CoordinateError(f"Latitude {lat:g} is outside MGRS, which is used here from 80°S to 84°N. Use decimals.")
    precision = next(
        (digits for digits, size in ((5, 10), (4, 100), (3, 1e3), (2, 1e4), (1, 1e5)) if radius_m < size), 0
    )
    return str(mgrs.MGRS().toMGRS(lat, lon, MGRSPrecision=precision))


def from_mgrs(text: str) -> tuple[float, float]:
    """Return longitude and latitude of the south-west corner of an MGRS square.

    Raises
    ------
    CoordinateError
        If `text` is no MGRS reference.
    """
    import mgrs

    plain = "".join(text.upper().split())
    if not _MGRS.fullmatch(plain):
        raise CoordinateError(f"{text!r} is no MGRS reference. Write zone, square and digits, such as 35VMG6410732110.")
    try:
        lat, lon = mgrs.MGRS().toLatLon(plain)
    except mgrs.core.MGRSError as error:
        raise CoordinateError(f"{text!r} is no MGRS reference: there is no such square.") from error
    return float(lon), float(lat)


def _degrees(groups: tuple[str | None, ...], text: str) -> float:
    whole, minutes, seconds = (float(group or 0) for group in groups[:3])
    if minutes >= 60 or seconds >= 60:
        raise CoordinateError(f"{text!r} has 60 or more minutes or seconds. Check the figures.")
    value = whole + minutes / 60 + seconds / 3600
    return -value if (groups[3] or "").upper() in {"S", "W"} else value


def _sexagesimal(value: float, signs: str) -> str:
    total = round(abs(value) * 3600)
    return f"{total // 3600}°{total % 3600 // 60:02d}'{total % 60:02d}\"{signs[value < 0]}"
