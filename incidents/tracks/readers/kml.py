"""KML: timed tracks, and lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from incidents.tracks.errors import EmptyTrackError
from incidents.tracks.positions import Positions
from incidents.tracks.readers.lines import to_rows
from incidents.tracks.readers.reading import Reading
from incidents.tracks.readers.rows import from_rows
from incidents.tracks.readers.xml import child_text, children, descendants, parse


def read_kml(path: Path, reading: Reading) -> Iterator[Positions]:
    """Yield the positions of every ``gx:Track`` and ``LineString``; the placemark's name stands for the aircraft."""
    root = parse(path)
    rows: list[Any] = []
    for number, place in enumerate(descendants(root, "Placemark")):
        name = child_text(place, "name") or f"line-{number + 1}"
        for track in descendants(place, "Track"):
            stamps = [(item.text or "").strip() for item in children(track, "when")]
            points = [_split((item.text or "").split()) for item in children(track, "coord")]
            rows += to_rows(name, points, stamps, path, reading)
        spans = descendants(place, "TimeSpan")
        span = (child_text(spans[0], "begin"), child_text(spans[0], "end")) if spans else (None, None)
        for line in descendants(place, "LineString"):
            points = [_split(item.split(",")) for item in child_text(line, "coordinates").split()]
            rows += to_rows(name, points, [], path, reading, span=span)
    if not rows:
        raise EmptyTrackError(f"{path} holds no lines. Give a KML file with LineString or gx:Track.")
    yield from_rows(rows)


def _split(parts: list[str]) -> list[Any]:
    return [*parts, None, None][: max(2, len(parts))]
