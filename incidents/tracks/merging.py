"""Put batches of positions together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from incidents.tracks.positions import Positions


def merge(batches: Sequence[Positions]) -> Positions:
    """Return all rows of the batches; the same aircraft in two batches is one."""
    if len(batches) == 1:
        return batches[0]
    names: dict[str, int] = {}
    calls: dict[str, int] = {}
    aircraft = [_recoded(batch.aircraft, batch.names, names) for batch in batches]
    has_calls = any(batch.callsign is not None for batch in batches)
    callsign = [
        np.full(len(batch), -1, dtype=np.int32)
        if batch.callsign is None
        else _recoded(batch.callsign, batch.callsigns, calls)
        for batch in batches
    ]
    return Positions(
        aircraft=np.concatenate(aircraft) if batches else np.empty(0, dtype=np.int32),
        names=tuple(names),
        time=_joined([batch.time for batch in batches], batches),
        lon=_joined([batch.lon for batch in batches], batches),
        lat=_joined([batch.lat for batch in batches], batches),
        altitude_m=_optional([batch.altitude_m for batch in batches], batches),
        accuracy_m=_optional([batch.accuracy_m for batch in batches], batches),
        callsign=np.concatenate(callsign) if has_calls else None,
        callsigns=tuple(calls),
        age_s=_optional([batch.age_s for batch in batches], batches),
    )


def _recoded(codes: Any, names: tuple[str, ...], known: dict[str, int]) -> Any:
    turn = np.array([known.setdefault(name, len(known)) for name in names] + [-1], dtype=np.int32)
    return turn[codes]


def _joined(values: list[Any], batches: Sequence[Positions]) -> Any:
    parts = [np.full(len(batch), np.nan) if part is None else part for part, batch in zip(values, batches, strict=True)]
    return np.concatenate(parts) if parts else np.empty(0)


def _optional(values: list[Any], batches: Sequence[Positions]) -> Any:
    return None if all(part is None for part in values) else _joined(values, batches)
