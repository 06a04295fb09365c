"""What is said of a passage from its path and positions."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incidents.tracks.aircraft import nation_of
from incidents.tracks.positions import Floats, Positions
from incidents.tracks.rules import Rules

BOUNDARY_M = {"fine": 25.0, "coarse": 100.0, "none": 100.0}
"""Accuracy of the shipped boundaries by level of detail."""


def boundary_m(state: str) -> float:
    """Return how exact the limits of a state are, metres."""
    from geodata.countries import get_country

    return BOUNDARY_M[get_country(state).detail]


def accuracy_m(kept: Positions, first: int, stop: int, rules: Rules) -> float:
    """Return the accuracy that holds for some positions: the worst stated."""
    if kept.accuracy_m is None:
        return rules.accuracy_m
    own = kept.accuracy_m[first:stop]
    return float(np.max(np.where(np.isfinite(own), own, rules.accuracy_m)))


def described(kept: Positions, lon: Floats, lat: Floats, time: Floats, rows: slice, surface: str) -> dict[str, Any]:
    """Return the fields of a passage that come from its path, its positions and what lies below."""
    altitude = kept.altitude_m[rows] if kept.altitude_m is not None else np.empty(0)
    altitude = altitude[np.isfinite(altitude)]
    name = kept.names[int(kept.aircraft[rows.start])]
    points = tuple(zip((lon.round(6) + 0.0).tolist(), (lat.round(6) + 0.0).tolist(), strict=True))
    return {
        "aircraft": name,
        "callsign": _callsign(kept, rows),
        "nation": nation_of(name) or "",
        "entry_s": round(float(time[0]), 3),
        "exit_s": round(float(time[-1]), 3),
        "entry": points[0],
        "exit": points[-1],
        "surface": surface,
        "altitude_low_m": round(float(altitude.min()), 1) if len(altitude) else None,
        "altitude_high_m": round(float(altitude.max()), 1) if len(altitude) else None,
        "path": points,
        "path_s": tuple(time.round(3).tolist()),
    }


def point(lon: float, lat: float) -> tuple[float, float]:
    """Return a point to about 10 cm, without negative zero."""
    return round(float(lon), 6) + 0.0, round(float(lat), 6) + 0.0


def _callsign(kept: Positions, rows: slice) -> str:
    """Return the callsigns flown under, in order of appearance."""
    if kept.callsign is None:
        return ""
    codes: NDArray[np.int32] = kept.callsign[rows]
    return " ".join(dict.fromkeys(kept.callsigns[code] for code in codes.tolist() if code >= 0))


def surfaces(lon: Floats, lat: Floats, starts: NDArray[np.int64]) -> list[str]:
    """Return what lies below each path (rows ``starts[i]:starts[i + 1]``), from up to 64 of its points and middles."""
    from geodata.sea import is_sea

    picked = [_picked(first, stop) for first, stop in itertools.pairwise(starts.tolist())]
    if not picked:
        return []
    at = np.concatenate(picked)
    wet = is_sea(np.interp(at, np.arange(len(lon)), lon), np.interp(at, np.arange(len(lat)), lat))
    found = []
    begin = 0
    for pick in picked:
        own = wet[begin : begin + len(pick)]
        begin += len(pick)
        found.append("sea" if own.all() else "land and sea" if own.any() else "land")
    return found


def _picked(first: int, stop: int) -> Floats:
    """Return rows, and halves between rows, spread over a path."""
    pick = np.linspace(first, stop - 1, min(64, stop - first)).astype(int)
    return np.concatenate([pick, pick[pick < stop - 1] + 0.5])
