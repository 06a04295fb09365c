"""Border distances against a local azimuthal equidistant projection."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geodata.boundaries import units
from geodata.territory import locate


@pytest.mark.parametrize(
    ("code", "lon", "lat"),
    [
        ("PL", 20.04, 51.37),
        ("EE", 25.5, 58.7),
        ("RO", 24.9, 45.8),
        ("NO", 23.0, 69.5),
        ("DK", 14.92, 55.13),
        ("FI", 26.0, 64.0),
    ],
)
def test_distance_to_own_border(code: str, lon: float, lat: float) -> None:
    every = units()
    shape = shapely.segmentize(every.shapes[every.codes.index(code)], 0.01)
    to_plane = Transformer.from_crs(4326, f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=WGS84", always_xy=True)
    plane = shapely.transform(shapely.boundary(shape), lambda points: np.column_stack(to_plane.transform(*points.T)))
    truth = shapely.distance(plane, shapely.Point(0, 0)) / 1000
    assert locate(lon=lon, lat=lat).border_distance_km == pytest.approx(truth, abs=0.01)
