"""Distances, directions and discs on the WGS 84 ellipsoid; coordinate checks; units. All angles in degrees."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata.errors import CoordinateError

if TYPE_CHECKING:
    from pyproj import Geod

Floats = NDArray[np.float64]

KM_PER_NMI = 1.852
M_PER_NMI = 1852.0
M_PER_FOOT = 0.3048
KM_PER_MILE = 1.609344
M_PER_DEGREE = 111_195.0
EARTH_RADIUS_M = 6_378_137.0
_E2 = 0.006_694_379_990_141_316


def km_from_nmi(value: float) -> float:
    """Return nautical miles in kilometres."""
    return value * KM_PER_NMI


def nmi_from_km(value: float) -> float:
    """Return kilometres in nautical miles."""
    return value / KM_PER_NMI


def distance_km(*, lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the geodesic distance between two points in kilometres."""
    return float(_geod().inv(lon1, lat1, lon2, lat2)[2]) / 1000


def distances_km(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> Floats:
    """Return the geodesic distances between arrays of points (broadcast) in kilometres."""
    x1, y1, x2, y2 = (np.ascontiguousarray(array, dtype=float) for array in np.broadcast_arrays(lon1, lat1, lon2, lat2))
    km, settled = _vincenty_km(x1, y1, x2, y2)
    if not settled.all():  # nearly opposite points
        far = ~settled
        km[far] = np.asarray(_geod().inv(x1[far], y1[far], x2[far], y2[far])[2]) / 1000
    return km


def _vincenty_km(x1: Floats, y1: Floats, x2: Floats, y2: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return distances by Vincenty's inverse formula, and where it settled; spares short runs the import of PROJ."""
    flat = 1.0 / 298.257223563
    polar = EARTH_RADIUS_M * (1.0 - flat)
    u1, u2 = (np.arctan((1.0 - flat) * np.tan(np.radians(y))) for y in (y1, y2))
    sin1, cos1, sin2, cos2 = np.sin(u1), np.cos(u1), np.sin(u2), np.cos(u2)
    apart = np.radians((x2 - x1 + 180.0) % 360.0 - 180.0)
    lam = apart.copy()
    with np.errstate(all="ignore"):
        for _ in range(30):
            sin_l, cos_l = np.sin(lam), np.cos(lam)
            sin_s = np.hypot(cos2 * sin_l, cos1 * sin2 - sin1 * cos2 * cos_l)
            cos_s = sin1 * sin2 + cos1 * cos2 * cos_l
            sigma = np.arctan2(sin_s, cos_s)
            sin_a = np.where(sin_s == 0, 0.0, cos1 * cos2 * sin_l / np.where(sin_s == 0, 1.0, sin_s))
            cos2_a = 1.0 - sin_a**2
            mid = np.where(cos2_a > 1e-15, cos_s - 2.0 * sin1 * sin2 / np.where(cos2_a > 1e-15, cos2_a, 1.0), 0.0)
            c = flat / 16.0 * cos2_a * (4.0 + flat * (4.0 - 3.0 * cos2_a))
            turn = sigma + c * sin_s * (mid + c * cos_s * (2.0 * mid**2 - 1.0))
            last, lam = lam, apart + (1.0 - c) * flat * sin_a * turn
            if np.nanmax(np.abs(lam - last), initial=0.0) < 1e-12:
                break
        settled = np.abs(lam - last) < 1e-11
        wide = cos2_a * (EARTH_RADIUS_M**2 - polar**2) / polar**2
        a = 1.0 + wide / 16384.0 * (4096.0 + wide * (-768.0 + wide * (320.0 - 175.0 * wide)))
        b = wide / 1024.0 * (256.0 + wide * (-128.0 + wide * (74.0 - 47.0 * wide)))
        tail = b / 6.0 * mid * (4.0 * sin_s**2 - 3.0) * (4.0 * mid**2 - 3.0)
        fix = b * sin_s * (mid + b / 4.0 * (cos_s * (2.0 * mid**2 - 1.0) - tail))
        km = polar * a * (sigma - fix) / 1000.0
    return km, settled & np.isfinite(km)


def azimuth(*, lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the bearing from the first point to the second, 0 to 360, clockwise from north."""
    return float(_geod().inv(lon1, lat1, lon2, lat2)[0]) % 360.0


def destination(*, lon: float, lat: float, azimuth: float, distance_m: float) -> tuple[float, float]:
    """Return the longitude and latitude reached from a point along a bearing."""
    end = _geod().fwd(lon, lat, azimuth, distance_m)
    return float(end[0]), float(end[1])


def destinations(lon: ArrayLike, lat: ArrayLike, azimuth: ArrayLike, distance_m: ArrayLike) -> tuple[Floats, Floats]:
    """Return the points reached from arrays of points (broadcast)."""
    x, y, turn, reach = (
        np.ascontiguousarray(item, float) for item in np.broadcast_arrays(lon, lat, azimuth, distance_m)
    )
    end = _geod().fwd(x, y, turn, reach)
    return np.asarray(end[0]), np.asarray(end[1])


def disc(*, lon: float, lat: float, radius_m: float, vertices: int = 72) -> list[tuple[float, float]]:
    """Return the closed ring of a geodesic circle, counter-clockwise.

    Longitudes run on past ±180 where the circle crosses the antimeridian, so that the ring stays in one piece.
    """
    turns = -np.arange(vertices, dtype=float) * (360.0 / vertices)
    lons, lats = destinations(lon, lat, turns, radius_m)
    lons = lon + (lons - lon + 180.0) % 360.0 - 180.0
    ring = [(float(x), float(y)) for x, y in zip(lons, lats, strict=True)]
    return [*ring, ring[0]]


def disc_samples(lon: Floats, lat: Floats, radius_m: Floats, count: int) -> tuple[Floats, Floats]:
    """Return `count` points of equal area weight in the disc around each centre, as arrays of shape (n, count)."""
    steps = np.arange(count, dtype=float)
    turns = steps * (180.0 * (3.0 - math.sqrt(5.0)))
    reach = np.sqrt((steps + 0.5) / count)
    lons, lats = destinations(lon[:, None], lat[:, None], turns[None, :], radius_m[:, None] * reach[None, :])
    return lons, lats


def disc_ring(lon: Floats, lat: Floats, radius_m: float, count: int) -> tuple[Floats, Floats]:
    """Return `count` points on a small circle around each centre, as arrays of shape (n, count); to about 1 %."""
    turns = np.arange(count) * (2.0 * math.pi / count)
    north = np.cos(turns)[None, :] * (radius_m / M_PER_DEGREE)
    east = np.sin(turns)[None, :] * (radius_m / M_PER_DEGREE) / np.maximum(np.cos(np.radians(lat)), 1e-6)[:, None]
    lons = (lon[:, None] + east + 180.0) % 360.0 - 180.0
    return lons, np.clip(lat[:, None] + north, -90.0, 90.0)


def geocentric(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Return earth-centred coordinates in metres, shape (n, 3), of points on the ellipsoid."""
    phi, lam = np.radians(np.asarray(lat, dtype=float)), np.radians(np.asarray(lon, dtype=float))
    sine, cosine = np.sin(phi), np.cos(phi)
    normal = EARTH_RADIUS_M / np.sqrt(1.0 - _E2 * sine * sine)
    return np.stack([normal * cosine * np.cos(lam), normal * cosine * np.sin(lam), normal * (1.0 - _E2) * sine], -1)


def check_coordinates(lon: Any, lat: Any) -> tuple[float, float]:
    """Return the pair as floats.

    Raises
    ------
    CoordinateError
        If a value is no number or out of range; says so where the two look swapped.
    """
    try:
        x, y = float(lon), float(lat)
    except (TypeError, ValueError):
        raise CoordinateError(
            f"Coordinates {lon!r}, {lat!r} are not numbers. Give decimal degrees, longitude first: 26.36 59.817."
        ) from None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise CoordinateError(f"Coordinates {lon}, {lat} are not finite numbers. Give decimal degrees: 26.36 59.817.")
    if -180.0 <= x <= 180.0 and -90.0 <= y <= 90.0:
        return x, y
    if -90.0 <= x <= 90.0 and -180.0 <= y <= 180.0:
        raise CoordinateError(
            f"Latitude {y:g} is out of range -90 to 90; longitude and latitude look swapped. "
            f"Longitude comes first: {y:g} {x:g}."
        )
    raise CoordinateError(f"Coordinates {x:g}, {y:g} are out of range: longitude -180 to 180, latitude -90 to 90.")


@cache
def _geod() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")
