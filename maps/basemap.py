"""The embedded vector map: land, territorial sea and disputed ground, as short texts the page decodes."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

EUROPE = (-32.0, 27.0, 63.0, 82.0)
"""West, south, east, north of what is drawn in detail, degrees."""

_PRECISION = 1000
"""Units of a degree in the encoded shapes: about 100 m."""

_LAND, _SEA = 0.015, 0.02
"""Tolerances of the simplification, degrees."""

_OVERSEAS = 0.15
_SMALLEST_OVERSEAS = 0.05
_SMALLEST = {"land": 2e-4, "sea": 2e-3}
"""Parts smaller than this, in square degrees, are left out."""


@dataclass(frozen=True)
class Shape:
    """One state's or territory's outline."""

    code: str
    sovereign: str
    rings: tuple[str, ...]


def encode(line: NDArray[np.float64]) -> str:
    """Return a line of lon, lat pairs as text: differences, zigzag, five bits a character (Encoded Polyline)."""
    units = np.rint(line * _PRECISION).astype(np.int64)
    steps = np.diff(units, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    moved = np.any(steps != 0, axis=1)
    moved[0] = True
    zigzag = np.where(steps < 0, ~(steps << 1), steps << 1)[moved].ravel()
    characters = []
    for value in zigzag.tolist():
        while value >= 32:
            characters.append(chr((32 | (value & 31)) + 63))
            value >>= 5
        characters.append(chr(value + 63))
    return "".join(characters)


def _rings(polygons: Iterable[Any], smallest: float) -> tuple[str, ...]:
    rings = []
    for polygon in polygons:
        if polygon.area >= smallest:
            rings.append(encode(shapely.get_coordinates(polygon.exterior)))
            rings += [
                encode(shapely.get_coordinates(hole))
                for hole in polygon.interiors
                if shapely.Polygon(hole).area >= smallest
            ]
    return tuple(rings)


def _simplified(frame: Any, tolerance: float, kind: str) -> tuple[Shape, ...]:
    west, south, east, north = EUROPE
    shapes = frame.geometry.values
    near = np.array(
        [shapely.MultiPolygon(_polygons(s)) for s in shapely.clip_by_rect(shapes, west, south, east, north)]
    )
    near = shapely.coverage_simplify(near, tolerance)
    far = shapely.simplify(shapely.difference(shapes, shapely.box(west, south, east, north)), _OVERSEAS)
    far = np.array([shapely.MultiPolygon([p for p in _polygons(s) if p.area > _SMALLEST_OVERSEAS]) for s in far])
    found = []
    for code, sovereign, whole in zip(frame["code"], frame["sovereign"], shapely.union(near, far), strict=True):
        rings = _rings(_polygons(whole), _SMALLEST[kind])
        if rings:
            found.append(Shape(code, sovereign, rings))
    return tuple(found)


def _polygons(geometry: Any) -> list[Any]:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and not part.is_empty]


@cache
def _layers() -> dict[str, tuple[Shape, ...]]:
    from geodata.boundaries import display, land

    return {"land": _simplified(land(), _LAND, "land"), "sea": _simplified(display(), _SEA, "sea")}


@cache
def _disputed() -> tuple[dict[str, Any], ...]:
    from geodata.boundaries import overlaps

    frame = overlaps()
    shapes = []
    for first, second, geometry in zip(frame["first"], frame["second"], frame.geometry, strict=True):
        rings = _rings(_polygons(shapely.simplify(geometry, 0.005)), 1e-4)
        if rings:
            shapes.append({"states": [first, second], "rings": list(rings)})
    return tuple(shapes)


@cache
def labels() -> tuple[tuple[str, float, float, int, str], ...]:
    """Return ``(name, lon, lat, least zoom, kind)`` of countries, cities and air bases, in drawing order."""
    with (resources.files("maps") / "labels.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return tuple((r["name"], float(r["lon"]), float(r["lat"]), int(r["zoom"]), r["kind"]) for r in rows)


def to_basemap(on: date | None) -> dict[str, Any]:
    """Return the base map for the page, member states marked as of day `on` (None: everyone who ever acceded)."""
    from geodata.countries import all_countries, is_member

    today = on or date.max
    members = {country.code for country in all_countries() if is_member(country.code, today)}
    names = {country.code: country.name for country in all_countries()}
    layers = _layers()
    return {
        "precision": _PRECISION,
        "land": [[s.code, s.sovereign, int(s.sovereign in members), list(s.rings)] for s in layers["land"]],
        "sea": [[s.code, s.sovereign, int(s.sovereign in members), list(s.rings)] for s in layers["sea"]],
        "disputed": list(_disputed()),
        "labels": [list(label) for label in labels()],
        "names": {code: names[code] for code in sorted(names)},
    }
