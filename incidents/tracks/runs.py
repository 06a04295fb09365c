"""Join pieces into passages: first and last line, and how they begin and end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incidents.tracks.pieces import Pieces
from incidents.tracks.positions import Floats, Ints, Mask, Positions


@dataclass(frozen=True)
class Runs:
    """One row a passage; line i runs from position i to i + 1."""

    first: Ints
    start: Floats
    last: Ints
    stop: Floats
    state: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: Ints) -> Runs:
        """Return the chosen passages."""
        return Runs(self.first[rows], self.start[rows], self.last[rows], self.stop[rows], self.state[rows])


def join(pieces: Pieces) -> Runs:
    """Return the passages of pieces that touch end to end in one state."""
    line, start, stop, state = pieces.line, pieces.start, pieces.stop, pieces.state
    if not len(line):
        return Runs(line, start, line, stop, state)
    along = (line[1:] == line[:-1]) & (start[1:] == stop[:-1])
    onward = (line[1:] == line[:-1] + 1) & (stop[:-1] == 1.0) & (start[1:] == 0.0)
    fresh = np.concatenate([[True], ~((along | onward) & (state[1:] == state[:-1]))])
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(line)) - 1
    return Runs(line[first], start[first], line[last], stop[last], state[first])


def paths(kept: Positions, runs: Runs) -> tuple[Floats, Floats, Floats, Ints]:
    """Return the points of all passages on end: longitude, latitude, time, and where each passage starts."""
    inner = runs.last - runs.first
    starts = np.concatenate([[0], np.cumsum(inner + 2)])
    owner = np.repeat(np.arange(len(runs)), inner + 2)
    within = np.arange(starts[-1]) - starts[owner]
    line = np.where(within == 0, runs.first[owner], np.minimum(runs.first[owner] + within, runs.last[owner]))
    is_last = within == inner[owner] + 1
    share = np.where(within == 0, runs.start[owner], np.where(is_last, runs.stop[owner], 0.0))
    share_of = np.clip(share, 0.0, 1.0)
    lon, lat, time = (
        np.where(share_of == 1.0, values[line + 1], values[line] + (values[line + 1] - values[line]) * share_of)
        for values in (kept.lon, kept.lat, kept.time)
    )
    return lon, lat, time, starts


def ends(kept: Positions, linked: Mask, runs: Runs) -> tuple[list[str], list[str]]:
    """Return how each passage begins and ends: ``crossing``, ``track_end`` or ``gap``."""
    same_before = np.zeros(len(runs), dtype=bool)
    inner = runs.first > 0
    same_before[inner] = kept.aircraft[runs.first[inner] - 1] == kept.aircraft[runs.first[inner]]
    joined_before = np.zeros(len(runs), dtype=bool)
    joined_before[inner] = linked[runs.first[inner] - 1]
    same_after = np.zeros(len(runs), dtype=bool)
    joined_after = np.zeros(len(runs), dtype=bool)
    inner = runs.last + 1 < len(linked)
    same_after[inner] = kept.aircraft[runs.last[inner] + 2] == kept.aircraft[runs.last[inner] + 1]
    joined_after[inner] = linked[runs.last[inner] + 1]

    def words(crossed: Mask, same: Mask) -> list[str]:
        found: list[str] = np.where(crossed, "crossing", np.where(same, "gap", "track_end")).tolist()
        return found

    return words((runs.start > 0) | joined_before, same_before), words((runs.stop < 1) | joined_after, same_after)
