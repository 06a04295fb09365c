"""What counts: limits of cleaning, the accuracy band, and whose aircraft over which members."""

from __future__ import annotations

from dataclasses import dataclass

KT = 1852.0 / 3600.0


@dataclass(frozen=True)
class Rules:
    """Everything that shapes an answer apart from the positions; picklable, so that workers get it whole."""

    max_gap_s: float = 600.0
    """Positions further apart in time are not joined by a line."""
    max_speed_ms: float = 2400 * KT
    """Faster than this is a wrong position, not a flight."""
    accuracy_m: float = 100.0
    """Position accuracy where the data state none; widens the border into an indeterminate band."""
    stale_s: float = 60.0
    """Rows whose position is older than this are dropped, where the data say how old it is."""
    ceiling_m: float | None = None
    """Ignore flight above this altitude; sovereign airspace has no agreed top, so none by default."""
    members: frozenset[str] = frozenset()
    """Only these states (alpha-2); empty is every member."""
    min_depth_km: float = 0.0
    min_duration_s: float = 0.0
    nations: frozenset[str] = frozenset()
    """Only aircraft whose ICAO24 address belongs to these states; ``unknown`` is an address in no known block."""
    callsigns: tuple[str, ...] = ()
    """Only callsigns with these prefixes."""
    operators: frozenset[str] = frozenset()
    """Only aircraft named here by ICAO24 address or three-letter callsign prefix."""
    exclude_own: bool = False
    """Leave out aircraft registered in the state they fly over."""
    exclude_allied: bool = False
    """Leave out aircraft registered in any state that was a member that day."""
    near_misses: bool = True
    """Also report passages outside, but within the band."""
