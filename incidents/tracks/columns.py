"""Which column is what: known layouts of position data and own mappings."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.geodesy import M_PER_FOOT
from incidents.tracks.errors import ColumnError, TrackError

NEEDED = ("aircraft", "time", "lon", "lat")
ROLES = (*NEEDED, "altitude", "callsign", "accuracy_m", "position_time", "age_s")
NAMES: dict[str, tuple[str, ...]] = {
    "aircraft": ("icao24", "icao", "hex", "aircraft", "icao_address", "address", "mode_s", "modes", "track_id"),
    "time": ("time", "timestamp", "datetime", "ts", "time_utc", "utc", "date_time"),
    "lon": ("lon", "longitude", "long", "lng"),
    "lat": ("lat", "latitude"),
    "altitude": ("altitude_m", "geoaltitude", "baroaltitude", "altitude_ft", "alt_geom", "alt_baro", "altitude", "alt",
                 "geo_altitude", "baro_altitude", "ele"),
    "callsign": ("callsign", "flight", "call", "ident"),
    "accuracy_m": ("accuracy_m", "horizontal_accuracy_m"),
    "position_time": ("lastposupdate", "last_position", "time_position"),
    "age_s": ("seen_pos", "position_age_s"),
}  # fmt: skip
_FEET = frozenset({"altitude_ft", "alt_geom", "alt_baro"})
_METRES = frozenset({"altitude_m", "geoaltitude", "baroaltitude", "geo_altitude", "baro_altitude", "ele"})
UNITS = {"m": 1.0, "ft": M_PER_FOOT, "km": 1000.0, "fl": 100 * M_PER_FOOT}


@dataclass(frozen=True)
class Columns:
    """The column of each role; picklable."""

    aircraft: str
    time: str
    lon: str
    lat: str
    altitude: str | None = None
    callsign: str | None = None
    accuracy_m: str | None = None
    position_time: str | None = None
    age_s: str | None = None
    altitude_unit: str = "m"
    time_zone: str = "UTC"

    @property
    def names(self) -> list[str]:
        """The columns to read."""
        return [name for role in ROLES if (name := getattr(self, role)) is not None]


def find_columns(
    names: Sequence[str],
    where: str,
    *,
    mapping: Mapping[str, str] | None = None,
    altitude_unit: str | None = None,
    time_zone: str = "UTC",
) -> Columns:
    """Return the column of each role, by `mapping` first and by known names after, in any case.

    Altitude is in feet where the name says so and for a bare ``altitude`` beside ``track`` or ``vertical_rate``
    (frames of ``traffic``), else in metres.

    Raises
    ------
    ColumnError
        If a needed column is missing; the message names the columns there are and the nearest ones.
    """
    lower = {name.lower(): name for name in names}
    found: dict[str, str] = {}
    for role, column in (mapping or {}).items():
        if role not in ROLES:
            raise ColumnError(f"No role {role!r} for a column. Known: {', '.join(ROLES)}.")
        if column not in names and column.lower() not in lower:
            raise ColumnError(f"{where} has no column {column!r}.{_near(column, names)} It has: {_listed(names)}.")
        found[role] = column if column in names else lower[column.lower()]
    for role, known in NAMES.items():
        if role not in found:
            hit = next((lower[name] for name in known if name in lower), None)
            if hit is not None:
                found[role] = hit
    missing = [role for role in NEEDED if role not in found]
    if missing:
        hints = "".join(_near(role, names) for role in missing)
        raise ColumnError(
            f"{where} has no column for {', '.join(missing)}.{hints} It has: {_listed(names)}. "
            f"Name it, for example --column {missing[0]}=NAME."
        )
    unit = altitude_unit or _unit(found.get("altitude", ""), lower)
    if unit not in UNITS:
        raise TrackError(f"No altitude unit {unit!r}. Known: {', '.join(UNITS)}.")
    return Columns(**found, altitude_unit=unit, time_zone=time_zone)


def _unit(altitude: str, lower: Mapping[str, str]) -> str:
    name = altitude.lower()
    if name in _FEET or (name not in _METRES and "vertical_rate" in lower):
        return "ft"
    return "m"


def _near(word: str, names: Sequence[str]) -> str:
    known = [word, *NAMES.get(word, ())]
    close = [hit for item in known for hit in difflib.get_close_matches(item, names, n=1, cutoff=0.6)]
    return f" Is {word} in {close[0]!r}?" if close else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:20]) + (", ..." if len(names) > 20 else "") if names else "no columns"
