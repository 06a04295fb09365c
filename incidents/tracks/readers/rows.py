"""Rows of plain values to positions, for formats that are read value by value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from incidents.tracks.positions import Positions

Row = tuple[Any, Any, Any, Any, Any, Any, Any]
"""Aircraft, epoch seconds, longitude, latitude, altitude in metres, callsign, age in seconds."""


def from_rows(rows: Iterable[Row]) -> Positions:
    """Return positions; values that are no numbers become NaN, for the cleaning to count."""
    columns = list(zip(*rows, strict=True)) or [()] * 7
    names: dict[str, int] = {}
    calls: dict[str, int] = {}
    return Positions(
        aircraft=_codes(columns[0], names, lower=True),
        names=tuple(names),
        time=_floats(columns[1]),
        lon=_floats(columns[2]),
        lat=_floats(columns[3]),
        altitude_m=_floats(columns[4]),
        callsign=_codes(columns[5], calls),
        callsigns=tuple(calls),
        age_s=_floats(columns[6]),
    )


def _codes(values: Iterable[Any], known: dict[str, int], *, lower: bool = False) -> Any:
    texts = ("" if value is None else str(value).strip() for value in values)
    keys = (text.lower() if lower else text for text in texts)
    return np.array([known.setdefault(key, len(known)) if key else -1 for key in keys], dtype=np.int32)


def _floats(values: Iterable[Any]) -> Any:
    return np.array([_float(value) for value in values], dtype=float)


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")
