"""Synthetic tracks that show what the screen does. None of this was observed.

`reconstruction` draws the flight of 19 September 2025 from what was published: entry near Vaindloo, about 12 minutes,
up to about 5 nautical miles deep, parallel to the limit. Waypoints and times between are made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from geodata.geodesy import distances_km
from incidents.tracks.positions import Positions

LABEL = "synthetic: computed for demonstration, not observed"
_STEP_S = 10.0

_GULF = [(26.9, 59.99), (26.3, 59.85), (25.9, 59.762), (25.5, 59.738), (25.0, 59.683), (24.5, 59.645), (24.0, 59.56),
         (23.6, 59.53), (22.6, 59.47)]  # fmt: skip
_DRONE = [(24.2, 52.02), (23.75, 52.0), (23.2, 51.86), (22.7, 51.7)]
_CORRIDOR = [(28.2, 59.97), (26.5, 60.04), (25.5, 59.875), (24.75, 59.81), (24.0, 59.67), (23.0, 59.53), (21.4, 59.2)]


def fly(name: str, route: Sequence[tuple[float, float]], start: datetime, speed_ms: float, altitude_m: float) -> Any:
    """Return ``(aircraft, time, lon, lat, altitude)`` arrays of a steady flight along a route."""
    x, y = np.array(route, dtype=float).T
    way = np.concatenate([[0.0], np.cumsum(distances_km(x[:-1], y[:-1], x[1:], y[1:]) * 1000)])
    clock = np.arange(0.0, way[-1] / speed_ms, _STEP_S)
    lon, lat = np.interp(clock * speed_ms, way, x), np.interp(clock * speed_ms, way, y)
    return name, start.timestamp() + clock, lon.round(6), lat.round(6), np.full(len(clock), altitude_m)


def reconstruction() -> Positions:
    """Return the synthetic flight of 19 September 2025."""
    return _positions([_gulf()])


def sample() -> Positions:
    """Return all synthetic tracks: one enters Estonia, one Poland, two keep to the corridor over the high seas."""
    return _positions(
        [
            _gulf(),
            fly("synthetic-drone", _DRONE, datetime(2025, 9, 9, 22, 10, tzinfo=UTC), 50.0, 600.0),
            fly("synthetic-west", _CORRIDOR, datetime(2025, 9, 18, 9, 0, tzinfo=UTC), 210.0, 9000.0),
            fly("synthetic-west-return", _CORRIDOR[::-1], datetime(2025, 9, 18, 15, 0, tzinfo=UTC), 210.0, 8500.0),
        ]
    )


def write_sample(target: Path) -> int:
    """Write the synthetic tracks as Parquet, labelled in column and metadata; return the number of rows."""
    import pyarrow as pa
    from pyarrow import parquet

    from incidents.files import replacing

    rows = sample()
    columns = {
        "icao24": [rows.names[code] for code in rows.aircraft.tolist()],
        "time": pa.array((rows.time * 1000).round().astype(np.int64), type=pa.timestamp("ms", tz="UTC")),
        "lon": rows.lon,
        "lat": rows.lat,
        "altitude_m": rows.altitude_m,
        "callsign": ["SYNTHETIC"] * len(rows),
        "label": pa.array([LABEL] * len(rows)).dictionary_encode(),
    }
    table = pa.table(columns).replace_schema_metadata({"label": LABEL})
    with replacing(target) as temporary:
        parquet.write_table(table, temporary, compression="zstd")
    return len(rows)


def _gulf() -> Any:
    return fly("synthetic-2025-09-19", _GULF, datetime(2025, 9, 19, 6, 56, 30, tzinfo=UTC), 219.0, 9000.0)


def _positions(flights: Sequence[Any]) -> Positions:
    flights = sorted(flights, key=lambda flight: str(flight[0]))
    names = tuple(flight[0] for flight in flights)
    count = [len(flight[1]) for flight in flights]
    code = np.repeat(np.arange(len(names), dtype=np.int32), count)
    time, lon, lat, altitude = (np.concatenate([flight[at] for flight in flights]) for at in (1, 2, 3, 4))
    return Positions(
        aircraft=code,
        names=names,
        time=time,
        lon=lon,
        lat=lat,
        altitude_m=altitude,
        callsign=np.zeros(len(code), dtype=np.int32),
        callsigns=("SYNTHETIC",),
    )
