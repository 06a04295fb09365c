"""Positions as plain arrays, ordered by aircraft and time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Positions:
    """Rows of one or many aircraft. EPSG:4326 degrees, epoch seconds UTC, metres; NaN where unknown."""

    aircraft: NDArray[np.int32]
    """Row of `names` for each position."""
    names: tuple[str, ...]
    time: Floats
    lon: Floats
    lat: Floats
    altitude_m: Floats | None = None
    accuracy_m: Floats | None = None
    callsign: NDArray[np.int32] | None = None
    """Row of `callsigns`, or -1."""
    callsigns: tuple[str, ...] = ()
    age_s: Floats | None = None
    """How old the position was when the row was written."""

    def __len__(self) -> int:
        return len(self.time)

    def at(self, rows: Ints) -> Floats:
        """Return longitude and latitude of rows, shape (n, 2)."""
        return np.stack([self.lon[rows], self.lat[rows]], -1)

    def take(self, rows: Ints | Mask | slice) -> Positions:
        """Return the chosen rows."""

        def part(values: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
            return None if values is None else values[rows]

        return Positions(
            aircraft=self.aircraft[rows],
            names=self.names,
            time=self.time[rows],
            lon=self.lon[rows],
            lat=self.lat[rows],
            altitude_m=part(self.altitude_m),
            accuracy_m=part(self.accuracy_m),
            callsign=None if self.callsign is None else self.callsign[rows],
            callsigns=self.callsigns,
            age_s=part(self.age_s),
        )


@dataclass
class Tally:
    """What was read and what became of it."""

    rows: int = 0
    used: int = 0
    aircraft: int = 0
    dropped: Counter[str] | None = None
    """Rows left out, by reason."""
    noted: Counter[str] | None = None
    """Rows kept with a remark, and lines not drawn, by reason."""

    def __post_init__(self) -> None:
        self.dropped = Counter() if self.dropped is None else self.dropped
        self.noted = Counter() if self.noted is None else self.noted

    def drop(self, reason: str, count: int) -> None:
        """Count rows left out."""
        if count and self.dropped is not None:
            self.dropped[reason] += int(count)

    def note(self, reason: str, count: int) -> None:
        """Count rows or lines with a remark."""
        if count and self.noted is not None:
            self.noted[reason] += int(count)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.rows += other.rows
        self.used += other.used
        self.aircraft += other.aircraft
        for mine, theirs in ((self.dropped, other.dropped), (self.noted, other.noted)):
            if mine is not None and theirs is not None:
                mine.update(theirs)

    def lines(self) -> list[str]:
        """Return the report, one line a reason."""
        found = [f"{self.rows:,} rows read, {self.used:,} positions of {self.aircraft:,} aircraft screened."]
        found += [f"  dropped {count:,}: {reason}" for reason, count in sorted((self.dropped or {}).items())]
        found += [f"  noted {count:,}: {reason}" for reason, count in sorted((self.noted or {}).items())]
        return found
