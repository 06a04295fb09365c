"""Cut lines between positions at the borders they cross and say whose airspace each piece lies in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geodata.cells import CELL
from geodata.geodesy import M_PER_DEGREE
from incidents.tracks import edges as outlines
from incidents.tracks.clearance import Clearance
from incidents.tracks.positions import Floats, Ints, Mask, Positions

BLOCK = 1 << 16


@dataclass(frozen=True)
class Pieces:
    """Pieces inside members, by line and share; line i runs from position i to i + 1."""

    line: Ints
    start: Floats
    stop: Floats
    state: NDArray[np.int16]
    undecided: Ints
    """Lines that came near enough to a border to need geometry."""
    pairs: outlines.Pairs
    """Rows of these and the chains of outlines near them."""


def cut(kept: Positions, linked: Mask, table: Clearance, band_m: Floats, wanted: NDArray[np.bool_]) -> Pieces:
    """Return the pieces of the linked lines inside `wanted` states (one flag a row of `table.states`)."""
    inside: list[tuple[Ints, NDArray[np.int16]]] = []
    hard: list[Ints] = []
    for at in range(0, len(linked), BLOCK):
        part = slice(at, min(at + BLOCK, len(linked)) + 1)
        joined = linked[at : at + BLOCK]
        answer = _decide(kept.lon[part], kept.lat[part], table, band_m[part])
        rows = np.flatnonzero(joined & (answer > 0) & (answer < 255))
        inside.append((rows + at, (answer[rows] - 1).astype(np.int16)))
        hard.append(np.flatnonzero(joined & (answer == 255)) + at)
    line = np.concatenate([rows for rows, _ in inside]) if inside else np.empty(0, dtype=np.int64)
    state = np.concatenate([states for _, states in inside]) if inside else np.empty(0, dtype=np.int16)
    undecided = np.concatenate(hard) if hard else np.empty(0, dtype=np.int64)
    pairs = outlines.load(table.states).pairs(kept.at(undecided), kept.at(undecided + 1), band_m[undecided])
    cut_line, cut_start, cut_stop, cut_state = _exact(kept, undecided, table, pairs)
    keep = wanted[state]
    line, state = line[keep], state[keep]
    keep = (cut_state >= 0) & wanted[cut_state]
    line = np.concatenate([line, cut_line[keep]])
    start = np.concatenate([np.zeros(len(state)), cut_start[keep]])
    stop = np.concatenate([np.ones(len(state)), cut_stop[keep]])
    state = np.concatenate([state, cut_state[keep]])
    order = np.lexsort((start, line))
    return Pieces(line[order], start[order], stop[order], state[order], undecided, pairs)


def _decide(lon: Floats, lat: Floats, table: Clearance, band_m: Floats) -> NDArray[np.uint8]:
    """Return for each line 0 (no member), 1 + row of the state, or 255 where geometry has to tell."""
    column, row = table.cells(lon, lat)
    state, radius = table.look(column[:-1], row[:-1])
    reach = np.maximum(np.abs(column[1:] - column[:-1]), np.abs(row[1:] - row[:-1]))
    most = float(band_m.max())
    if most == float(band_m.min()):
        reach += np.ceil(most / _width_m()).astype(np.int32).take(row[:-1])
    else:
        reach += np.ceil(band_m[:-1] / _width_m().take(row[:-1])).astype(np.int32)
    return np.where(reach <= radius, state, np.uint8(255))


@cache
def _width_m() -> Floats:
    """Return the least width in metres of the cells of each row and those a few rows on."""
    south = np.arange(int(180 / CELL)) * CELL - 90.0
    furthest = np.maximum(np.abs(south), np.abs(south + CELL))
    return np.asarray(CELL * M_PER_DEGREE * 0.98 * np.cos(np.radians(np.minimum(furthest + 1.5, 89.5))))


def _exact(
    kept: Positions, lines: Ints, table: Clearance, pairs: outlines.Pairs
) -> tuple[Ints, Floats, Floats, NDArray[np.int16]]:
    if not len(lines):
        return np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0, np.int16)
    begin, end = kept.at(lines), kept.at(lines + 1)
    row, share = outlines.load(table.states).crossings(begin, end, pairs)
    every = np.arange(len(lines))
    row = np.concatenate([every, row, every])
    share = np.concatenate([np.zeros(len(lines)), share, np.ones(len(lines))])
    order = np.lexsort((share, row))
    row, share = row[order], share[order]
    piece = np.flatnonzero(np.diff(row) == 0)
    row, start, stop = row[piece], share[piece], share[piece + 1]
    long = stop > start
    still = np.all(begin == end, axis=1)[row]
    keep = long & ~(still & (start > 0))
    row, start, stop = row[keep], start[keep], stop[keep]
    middle = begin[row] + (end - begin)[row] * ((start + stop) / 2)[:, None]
    return lines[row], start, stop, table.state_of(middle[:, 0], middle[:, 1])
