"""Passages outside, but so near that position and boundary accuracy leave it open."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from incidents.tracks import edges as outlines
from incidents.tracks.clearance import Clearance
from incidents.tracks.incursion import NEAR_MISS, TRACK_END, Incursion
from incidents.tracks.passage import accuracy_m, boundary_m, described, surfaces
from incidents.tracks.pieces import Pieces
from incidents.tracks.positions import Floats, Positions
from incidents.tracks.rules import Rules


def near_misses(
    kept: Positions,
    pieces: Pieces,
    table: Clearance,
    band_m: Floats,
    wanted: NDArray[np.bool_],
    rules: Rules,
) -> list[Incursion]:
    """Return the passages within the band of a state's outline that belong to no incursion into it."""
    lines = pieces.undecided
    if not len(lines):
        return []
    begin, end = kept.at(lines), kept.at(lines + 1)
    row, state, away, share = outlines.load(table.states).passes(begin, end, band_m[lines], pieces.pairs)
    line = lines[row]
    keep = wanted[state]
    line, state, away, share = line[keep], state[keep], away[keep], share[keep]
    order = np.lexsort((line, state))
    line, state, away, share = line[order], state[order], away[order], share[order]
    beside = _beside(line, state, pieces)
    fresh = np.ones(len(line), dtype=bool)
    fresh[1:] = (np.diff(line) != 1) | (np.diff(state) != 0)
    starts = np.append(np.flatnonzero(fresh), len(line)).tolist()
    found = []
    for first, stop in itertools.pairwise(starts):
        least = first + int(np.argmin(away[first:stop]))
        code = table.states[int(state[first])]
        rows = slice(int(line[first]), int(line[stop - 1]) + 2)
        band = accuracy_m(kept, rows.start, rows.stop, rules) + boundary_m(code)
        if away[least] > band or beside[first:stop].any():
            continue
        at = int(line[least])
        (below,) = surfaces(kept.lon[rows], kept.lat[rows], np.array([0, rows.stop - rows.start]))
        lon, lat, time = (float(v[at] + (v[at + 1] - v[at]) * share[least]) for v in (kept.lon, kept.lat, kept.time))
        found.append(
            Incursion(
                kind=NEAR_MISS,
                is_certain=False,
                state=code,
                entry_kind=TRACK_END,
                exit_kind=TRACK_END,
                deepest=(round(lon, 6), round(lat, 6)),
                deepest_s=round(time, 3),
                depth_km=-round(float(away[least]) / 1000, 3),
                band_km=round(band / 1000, 4),
                length_km=0.0,
                positions=0,
                longest_gap_s=round(float(np.diff(kept.time[rows]).max()), 3),
                **described(kept, kept.lon[rows], kept.lat[rows], kept.time[rows], rows, below),
            )
        )
    return found


def _beside(line: NDArray[np.int64], state: NDArray[np.int16], pieces: Pieces) -> NDArray[np.bool_]:
    """Tell lines that are in the state, or next to a line that is."""
    if not len(line):
        return np.zeros(0, dtype=bool)
    flags = np.zeros(int(max(line.max(), pieces.line.max(initial=0))) + 3, dtype=bool)
    for step in (0, 1, 2):  # line - 1 to line + 1, moved by one
        flags[line + step] = True
    near = flags[pieces.line + 1]
    inside = pieces.line[near] * 256 + pieces.state[near]
    return np.asarray(
        np.isin(line * 256 + state, inside)
        | np.isin((line - 1) * 256 + state, inside)
        | np.isin((line + 1) * 256 + state, inside)
    )
