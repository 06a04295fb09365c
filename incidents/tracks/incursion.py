"""One passage through a state's airspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from geodata.geodesy import nmi_from_km

INCURSION, NEAR_MISS = "incursion", "near_miss"
CROSSING, TRACK_END, GAP = "crossing", "track_end", "gap"


@dataclass(frozen=True)
class Incursion:
    """A passage; times are epoch seconds UTC to the millisecond, coordinates degrees."""

    kind: str
    """``incursion``, or ``near_miss``: outside, but within the band of position and boundary accuracy."""
    is_certain: bool
    """Whether the deepest point lies inside by more than the band, on or between closely spaced positions."""
    state: str
    """Alpha-2 code of the member."""
    aircraft: str
    callsign: str
    nation: str
    """State of registration by ICAO24 address; empty where the address is in no known block."""
    entry_s: float
    exit_s: float
    entry: tuple[float, float]
    exit: tuple[float, float]
    entry_kind: str
    """``crossing`` of the border, ``track_end`` where the track begins inside, ``gap`` after lost positions."""
    exit_kind: str
    deepest: tuple[float, float]
    deepest_s: float
    depth_km: float
    """Distance from the nearest limit of the state's airspace at the deepest point; negative outside."""
    band_km: float
    """Position plus boundary accuracy."""
    length_km: float
    positions: int
    """Reported positions inside."""
    longest_gap_s: float
    surface: str
    """``land``, ``sea`` or ``land and sea``."""
    altitude_low_m: float | None
    altitude_high_m: float | None
    path: tuple[tuple[float, float], ...]
    """The part inside, with entry and exit; for a near miss the lines within the band."""
    path_s: tuple[float, ...]

    @property
    def duration_s(self) -> float:
        """Seconds between entry and exit."""
        return round(self.exit_s - self.entry_s, 3)

    @property
    def depth_nmi(self) -> float:
        """Depth in nautical miles."""
        return round(nmi_from_km(self.depth_km), 3)

    @property
    def certainty(self) -> str:
        """``certain`` or ``indeterminate``."""
        return "certain" if self.is_certain else "indeterminate"

    @property
    def day(self) -> date:
        """Day of entry, UTC."""
        return datetime.fromtimestamp(self.entry_s, UTC).date()

    @property
    def order(self) -> tuple[object, ...]:
        """What rows are sorted by."""
        return (self.entry_s, self.aircraft, self.state, self.kind, self.exit_s)


def iso(seconds: float) -> str:
    """Return epoch seconds as ISO 8601 with milliseconds and Z.

    >>> iso(1758267600.5)
    '2025-09-19T07:40:00.500Z'
    """
    whole = datetime.fromtimestamp(round(seconds * 1000) // 1000, UTC)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{round(seconds * 1000) % 1000:03d}Z"
