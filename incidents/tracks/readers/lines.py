"""GeoJSON lines, such as digitised radar maps; times where the file gives them, else spread along the line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from geodata.geodesy import distances_km
from incidents.tracks.errors import EmptyTrackError, TrackError
from incidents.tracks.positions import Positions
from incidents.tracks.readers.reading import Reading, read_bytes
from incidents.tracks.readers.rows import from_rows

_CRS = ("CRS84", "EPSG::4326", "EPSG:4326", "EPSG/0/4326")
_NAMES = ("icao24", "aircraft", "track_id", "id", "name", "title")
_TIMES = ("coordTimes", "coordinateProperties", "times", "timestamps")


def read_geojson(path: Path, reading: Reading) -> Iterator[Positions]:
    """Yield the positions of the lines in a GeoJSON file."""
    try:
        content = json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        raise TrackError(f"{path} is not GeoJSON: {error}.") from error
    yield from from_geojson(content, path, reading)


def from_geojson(content: Any, path: Path, reading: Reading) -> Iterator[Positions]:
    """Yield the positions of parsed GeoJSON."""
    if not isinstance(content, dict):
        raise TrackError(f"{path} is not GeoJSON. Give a FeatureCollection of lines.")
    given = (content.get("crs") or {}).get("properties", {}).get("name", "CRS84") if content.get("crs") else "CRS84"
    if not str(given).endswith(_CRS):
        raise TrackError(f"{path} is in {given}, expected longitude and latitude (EPSG:4326). Reproject it first.")
    features = content.get("features", [content])
    rows: list[Any] = []
    for number, feature in enumerate(features if isinstance(features, list) else []):
        rows += _feature(feature, f"line-{number + 1}", path, reading)
    if not rows:
        raise EmptyTrackError(f"{path} holds no lines. Give LineString features.")
    yield from_rows(rows)


def _feature(feature: Any, fallback: str, path: Path, reading: Reading) -> list[Any]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return []
    kind, drawn = geometry.get("type"), geometry.get("coordinates")
    lines = [drawn] if kind == "LineString" else drawn if kind == "MultiLineString" else []
    properties = feature.get("properties") or {}
    name = next((str(properties[key]) for key in _NAMES if properties.get(key)), str(feature.get("id") or fallback))
    times = next((properties[key] for key in _TIMES if properties.get(key)), None)
    if isinstance(times, dict):
        times = times.get("times")
    flat = [stamp for part in times for stamp in (part if isinstance(part, list) else [part])] if times else []
    span = properties.get("start"), properties.get("end")
    rows: list[Any] = []
    for line in lines if isinstance(lines, list) else []:
        points = [p if isinstance(p, list) and len(p) > 1 else [None, None] for p in (line or [])]
        stamps = flat[len(rows) : len(rows) + len(points)]
        rows += to_rows(name, points, stamps, path, reading, span=span, callsign=properties.get("callsign"))
    return rows


def to_rows(
    name: str,
    points: Sequence[Sequence[Any]],
    stamps: Sequence[Any],
    path: Path,
    reading: Reading,
    *,
    span: tuple[Any, Any] = (None, None),
    callsign: Any = None,
) -> list[Any]:
    """Return the rows of one line.

    Raises
    ------
    TrackError
        If there are no times, and no times of its two ends to spread along it.
    """
    if not points:
        return []
    if len(stamps) == len(points):
        times = to_seconds(stamps, reading)
    else:
        ends: list[float | None] = [*to_seconds(span, reading)] if all(span) else [reading.start_s, reading.end_s]
        if ends[0] is None or ends[1] is None or not np.isfinite([ends[0], ends[1]]).all():
            raise TrackError(
                f"{path}: line {name!r} has no times. Give start and end in its properties, or --start and --end."
            )
        times = _spread(points, float(ends[0]), float(ends[1]), path, name)
    return [
        (name, time, p[0], p[1], p[2] if len(p) > 2 else None, callsign, 0.0)
        for p, time in zip(points, times, strict=True)
    ]


def _spread(points: Sequence[Sequence[Any]], start: float, end: float, path: Path, name: str) -> list[float]:
    """Return times along a line flown at a steady speed."""
    if end <= start:
        raise TrackError(f"{path}: line {name!r} ends before it starts. Check the times.")
    try:
        xy = np.array([p[:2] for p in points], dtype=float)
    except (TypeError, ValueError) as error:
        raise TrackError(f"{path}: line {name!r} holds a point without coordinates.") from error
    steps = distances_km(xy[:-1, 0], xy[:-1, 1], xy[1:, 0], xy[1:, 1]) if len(xy) > 1 else np.empty(0)
    way = np.concatenate([[0.0], np.cumsum(np.nan_to_num(steps))])
    times: list[float] = (start + (end - start) * way / max(float(way[-1]), 1e-9)).tolist()
    return times


def to_seconds(stamps: Sequence[Any], reading: Reading) -> list[float]:
    """Return times of a file as epoch seconds."""
    import pyarrow as pa

    from incidents.tracks.arrow import seconds

    texts = pa.array([None if stamp is None else str(stamp) for stamp in stamps], type=pa.string())
    values: list[float] = seconds(texts, reading.time_zone).tolist()
    return values
