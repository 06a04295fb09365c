"""The outlines of members as short chains of edges in a tree: where lines meet them, and how near they come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.boundaries import units
from geodata.geodesy import M_PER_DEGREE
from incidents.tracks.positions import Floats, Ints

CHAIN = 8
PAIRS = 200_000
"""Pairs of line and chain handled at once; bounds the memory."""
_SAME = 1e-11

Pairs = tuple[Ints, Ints]


@dataclass(frozen=True)
class Edges:
    """Chains of up to CHAIN edges; a short one repeats its last edge."""

    begin: Floats
    """Shape (n, CHAIN, 2)."""
    step: Floats
    state: NDArray[np.int16]
    tree: Any

    def crossings(self, begin: Floats, end: Floats, pairs: Pairs) -> tuple[Ints, Floats]:
        """Return line and share along it (0 to 1) of every meeting with an outline, by line and share.

        `pairs` are what `pairs` returned for these lines, for whatever reach.

        Meetings closer than rounding to each other are one.
        """
        line, chain = pairs
        rows, shares = [], []
        for at in range(0, len(line), PAIRS):
            one, other = line[at : at + PAIRS], chain[at : at + PAIRS]
            start, course = begin[one][:, None, :], (end - begin)[one][:, None, :]
            to, step = self.begin[other] - start, self.step[other]
            with np.errstate(divide="ignore", invalid="ignore"):
                turn = course[..., 0] * step[..., 1] - course[..., 1] * step[..., 0]
                share = (to[..., 0] * step[..., 1] - to[..., 1] * step[..., 0]) / turn
                along = (to[..., 0] * course[..., 1] - to[..., 1] * course[..., 0]) / turn
            hit = (turn != 0) & (share >= 0) & (share <= 1) & (along >= -1e-9) & (along <= 1 + 1e-9)
            pair, edge = np.nonzero(hit)
            rows.append(one[pair])
            shares.append(share[pair, edge])
        row = np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)
        share = np.concatenate(shares) if shares else np.empty(0)
        order = np.lexsort((share, row))
        row, share = row[order], share[order]
        fresh = np.ones(len(row), dtype=bool)
        fresh[1:] = (np.diff(row) != 0) | (np.diff(share) > _SAME)
        return row[fresh], share[fresh]

    def passes(
        self, begin: Floats, end: Floats, reach_m: Floats, pairs: Pairs
    ) -> tuple[Ints, NDArray[np.int16], Floats, Floats]:
        """Return line, state, least distance in metres and share along the line where a line comes within reach.

        One row a line and state. Measured in a local plane: good to a part in a thousand at such distances.
        """
        line, chain = pairs
        found: list[tuple[Any, ...]] = []
        for at in range(0, len(line), PAIRS):
            one, other = line[at : at + PAIRS], chain[at : at + PAIRS]
            scale = np.stack([np.cos(np.radians(begin[one, 1])), np.ones(len(one))], -1)[:, None, :] * M_PER_DEGREE
            start, course = begin[one][:, None, :] * scale, (end - begin)[one][:, None, :] * scale
            tail, step = self.begin[other] * scale, self.step[other] * scale
            away, share = _between(start, course, tail, step)
            best = np.argmin(away, axis=1)
            flat = np.arange(len(one))
            near = away[flat, best] <= reach_m[one]
            found.append((one[near], self.state[other[near]], away[flat, best][near], share[flat, best][near]))
        if not found:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int16), np.empty(0), np.empty(0)
        row, state, away, share = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((share, away, state, row))
        row, state, away, share = row[order], state[order], away[order], share[order]
        first = np.ones(len(row), dtype=bool)
        first[1:] = (np.diff(row) != 0) | (np.diff(state) != 0)
        return row[first], state[first], away[first], share[first]

    def pairs(self, begin: Floats, end: Floats, reach_m: Floats) -> Pairs:
        """Return line and chain wherever a chain may come within reach of a line."""
        north = reach_m / M_PER_DEGREE * 1.01
        east = north / np.maximum(np.cos(np.radians(np.maximum(np.abs(begin[:, 1]), np.abs(end[:, 1])))), 1e-3)
        low, high = np.minimum(begin, end), np.maximum(begin, end)
        boxes = shapely.box(low[:, 0] - east, low[:, 1] - north, high[:, 0] + east, high[:, 1] + north)
        line, chain = self.tree.query(boxes)
        return line.astype(np.int64), chain.astype(np.int64)


def _between(start: Floats, course: Floats, tail: Floats, step: Floats) -> tuple[Floats, Floats]:
    """Return the least distance between two segments that do not cross, and where on the first."""
    length2 = np.maximum(np.einsum("...i,...i", course, course), 1e-9)
    edge2 = np.maximum(np.einsum("...i,...i", step, step), 1e-9)
    options = []
    for point in (tail, tail + step):
        share = np.clip(np.einsum("...i,...i", point - start, course) / length2, 0.0, 1.0)
        options.append((np.linalg.norm(point - start - share[..., None] * course, axis=-1), share))
    for share_end in (0.0, 1.0):
        point = start + share_end * course
        along = np.clip(np.einsum("...i,...i", point - tail, step) / edge2, 0.0, 1.0)
        gap = np.linalg.norm(point - tail - along[..., None] * step, axis=-1)
        options.append((gap, np.full(gap.shape, share_end)))
    away = np.stack([gap for gap, _ in options])
    share = np.stack([np.broadcast_to(part, away.shape[1:]) for _, part in options])
    best = np.argmin(away, axis=0)[None]
    return np.take_along_axis(away, best, 0)[0], np.take_along_axis(share, best, 0)[0]


@cache
def load(states: tuple[str, ...]) -> Edges:
    """Return the outlines of all units of these states, at full detail."""
    every = units()
    rows = [row for row, owner in enumerate(every.sovereigns) if owner in states]
    owner = np.array([states.index(every.sovereigns[row]) for row in rows], dtype=np.int16)
    parts, row = shapely.get_parts(every.shapes[rows], return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    real = ring[:-1] == ring[1:]
    begin, step, ring = points[:-1][real], np.diff(points, axis=0)[real], ring[:-1][real]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(ring)) + 1])
    within = np.arange(len(ring)) - np.repeat(starts, np.diff(np.append(starts, len(ring))))
    first = np.flatnonzero(within % CHAIN == 0)
    last = np.append(first[1:], len(ring)) - 1
    chain = np.minimum(first[:, None] + np.arange(CHAIN)[None, :], last[:, None])
    begin, step = begin[chain], step[chain]
    low = np.minimum(begin, begin + step).min(axis=1)
    high = np.maximum(begin, begin + step).max(axis=1)
    tree = shapely.STRtree(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))
    return Edges(begin, step, owner[row[part[ring[first]]]], tree)
