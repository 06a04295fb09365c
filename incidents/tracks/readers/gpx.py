"""GPX tracks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from incidents.tracks.errors import EmptyTrackError
from incidents.tracks.positions import Positions
from incidents.tracks.readers.lines import to_rows
from incidents.tracks.readers.reading import Reading
from incidents.tracks.readers.rows import from_rows
from incidents.tracks.readers.xml import child_text, children, parse


def read_gpx(path: Path, reading: Reading) -> Iterator[Positions]:
    """Yield the positions of the tracks and routes; a track's name stands for the aircraft."""
    root = parse(path)
    rows: list[Any] = []
    tracks = [*children(root, "trk"), *children(root, "rte")]
    for number, track in enumerate(tracks):
        name = child_text(track, "name") or f"track-{number + 1}"
        for part in [*children(track, "trkseg"), track]:
            listed = [*children(part, "trkpt"), *children(part, "rtept")]
            points = [[p.get("lon"), p.get("lat"), child_text(p, "ele")] for p in listed]
            stamps = [child_text(p, "time") for p in listed]
            rows += to_rows(name, points, stamps if any(stamps) else [], path, reading)
    if not rows:
        raise EmptyTrackError(f"{path} holds no track points. Give a GPX file with trk or rte elements.")
    yield from_rows(rows)
