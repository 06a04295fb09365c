"""How to read files whose contents do not say everything themselves."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from incidents.tracks.columns import Columns, find_columns
from incidents.tracks.errors import TrackError


@dataclass(frozen=True)
class Reading:
    """Options of reading; picklable."""

    mapping: tuple[tuple[str, str], ...] = ()
    """Role and column, for tables."""
    altitude_unit: str | None = None
    time_zone: str = "UTC"
    """Zone of times without an offset."""
    start_s: float | None = None
    end_s: float | None = None
    """Epoch seconds of the two ends of lines drawn without times."""

    def columns(self, names: Sequence[str], where: str) -> Columns:
        """Return which column is what in a table."""
        return find_columns(
            names, where, mapping=dict(self.mapping), altitude_unit=self.altitude_unit, time_zone=self.time_zone
        )


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, unpacked where it is gzip."""
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    except (OSError, EOFError, zlib.error) as error:
        raise TrackError(f"Cannot read {path}: {error}.") from error
