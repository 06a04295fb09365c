"""Distances on the WGS 84 ellipsoid."""

from __future__ import annotations


def distance_km(*, lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the geodesic distance between two points in degrees (EPSG:4326), in kilometres."""
    from pyproj import Geod

    return float(Geod(ellps="WGS84").inv(lon1, lat1, lon2, lat2)[2]) / 1000
