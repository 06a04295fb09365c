"""Readers of position files: one module a family of formats, one table that says which file goes where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from incidents.tracks.errors import TrackError
from incidents.tracks.positions import Positions
from incidents.tracks.readers.delimited import read_csv
from incidents.tracks.readers.frames import read_json
from incidents.tracks.readers.gpx import read_gpx
from incidents.tracks.readers.kml import read_kml
from incidents.tracks.readers.lines import read_geojson
from incidents.tracks.readers.parquet import read_parquet
from incidents.tracks.readers.reading import Reading

Reader = Callable[[Path, Reading], Iterator[Positions]]

READERS: dict[str, Reader] = {
    ".csv": read_csv,
    ".geojson": read_geojson,
    ".gpx": read_gpx,
    ".json": read_json,
    ".kml": read_kml,
    ".parquet": read_parquet,
}
"""By ending; ``.gz`` may follow those of texts."""

__all__ = ["READERS", "Reader", "Reading", "read"]


def read(path: Path, reading: Reading) -> Iterator[Positions]:
    """Yield the positions of a file, in batches.

    Raises
    ------
    TrackError
        If the file is missing, of no known kind or broken.
    """
    endings = [ending.lower() for ending in path.suffixes if ending.lower() != ".gz"]
    reader = READERS.get(endings[-1]) if endings else None
    if reader is None:
        raise TrackError(f"Cannot tell the format of {path}. Known endings: {', '.join(READERS)}, also with .gz.")
    if not path.is_file():
        raise TrackError(f"No file {path}. Give a file or folder of tracks.")
    yield from reader(path, reading)
