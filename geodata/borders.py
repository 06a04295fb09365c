"""Nearest border: exact distances to the outlines of states, anywhere on the globe, for one point or many.

Outlines are held as earth-centred segments no longer than `MAX_SEGMENT_M`, in chunks with a bounding sphere. Straight
lines through the earth rank distances as geodesics do, so no projection is needed, and poles and the antimeridian are
ordinary places. The distance reported is the geodesic to the point found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.boundaries import units
from geodata.geodesy import Floats, distances_km, geocentric

Ints = NDArray[np.int64]

MAX_SEGMENT_M = 5000.0
CHUNK = 16
BLOCK = 2_000_000
"""Matrix entries handled at once; bounds the memory."""
FAR_M = 1e12


@dataclass(frozen=True)
class Nearest:
    """The nearest border point of each query point; distance is infinite where there is no border."""

    km: Floats
    lon: Floats
    lat: Floats
    unit: Ints
    """Row of the unit in `boundaries.units` whose outline it is on."""


@dataclass(frozen=True)
class Outline:
    """The outlines of some units as chunked segments."""

    lon: Floats
    lat: Floats
    lon_step: Floats
    lat_step: Floats
    start: Floats
    step: Floats
    length2: Floats
    chunks: Ints
    """Segment rows of each chunk, shape (n, CHUNK); a short chunk repeats its last segment."""
    centre: Floats
    reach: Floats
    unit: Ints
    """Unit of each chunk."""

    def nearest(self, lon: Floats, lat: Floats) -> Nearest:
        """Return the nearest border point of each query point."""
        count = len(lon)
        segment, share = np.zeros(count, dtype=np.int64), np.zeros(count)
        chunk = np.zeros(count, dtype=np.int64)
        if not len(self.centre) or not count:
            nowhere = np.full(count, np.nan)
            return Nearest(np.full(count, np.inf), nowhere, nowhere, np.full(count, -1))
        points = geocentric(lon, lat)
        rows = max(1, BLOCK // len(self.centre))
        for begin in range(0, count, rows):
            part = slice(begin, begin + rows)
            segment[part], share[part], chunk[part] = self._search(points[part])
        x = self.lon[segment] + share * self.lon_step[segment]
        y = self.lat[segment] + share * self.lat_step[segment]
        return Nearest(distances_km(lon, lat, x, y), x, y, self.unit[chunk])

    def _search(self, points: Floats) -> tuple[Ints, Floats, Ints]:
        """Return segment, position along it and chunk for a block of points."""
        squared = np.einsum("ij,ij->i", points, points)[:, None] - 2.0 * (points @ self.centre.T)
        squared += np.einsum("ij,ij->i", self.centre, self.centre)[None, :]
        away = np.sqrt(np.maximum(squared, 0.0))
        away -= self.reach[None, :]
        first = np.argmin(away, axis=1)
        everyone = np.arange(len(points))
        _, _, bound2 = self._exact(points, first)
        row, chunk = np.nonzero(away <= (np.sqrt(bound2) + 1.0)[:, None])
        segment, share, found = self._exact(points[row], chunk)
        order = np.lexsort((segment, found, row))
        best = order[np.searchsorted(row[order], everyone)]
        return segment[best], share[best], chunk[best]

    def _exact(self, points: Floats, chunk: Ints) -> tuple[Ints, Floats, Floats]:
        """Return the nearest segment of one chunk a point, the position along it and the squared chord."""
        out_segment, out_share, out_found = [], [], []
        for begin in range(0, len(points), 50_000):
            part = slice(begin, begin + 50_000)
            rows = self.chunks[chunk[part]]
            to = points[part][:, None, :] - self.start[rows]
            step = self.step[rows]
            share = np.clip(np.einsum("ijk,ijk->ij", to, step) / self.length2[rows], 0.0, 1.0)
            to -= share[:, :, None] * step
            found = np.einsum("ijk,ijk->ij", to, to)
            column = np.argmin(found, axis=1)
            line = np.arange(len(rows))
            out_segment.append(rows[line, column])
            out_share.append(share[line, column])
            out_found.append(found[line, column])
        return np.concatenate(out_segment), np.concatenate(out_share), np.concatenate(out_found)


@cache
def outline_of(sovereign: str) -> Outline:
    """Return the outline of a state with its territories; limits between them are no border."""
    every = units()
    rows = [row for row, owner in enumerate(every.sovereigns) if owner == sovereign]
    return outline(rows, dissolve=len(rows) > 1)


@cache
def outline_of_all(sovereigns: tuple[str, ...]) -> Outline:
    """Return the outlines of several states together, limits between them included."""
    every = units()
    return outline([row for row, owner in enumerate(every.sovereigns) if owner in set(sovereigns)], dissolve=False)


def outline(rows: Sequence[int], *, dissolve: bool) -> Outline:
    """Return the outlines of units; without the segments that two of them share where `dissolve`."""
    shapes = units().shapes[list(rows)]
    parts, row = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    unit = np.asarray(rows, dtype=np.int64)[row[part[ring]]]
    real = ring[:-1] == ring[1:]
    real &= ~((np.abs(points[:-1, 0]) == 180.0) & (np.abs(points[1:, 0]) == 180.0))
    begin, end = points[:-1][real], points[1:][real]
    unit, ring = unit[:-1][real], ring[:-1][real]
    if dissolve:
        alone = _unshared(begin, end)
        begin, end, unit, ring = begin[alone], end[alone], unit[alone], ring[alone]
    return _chunked(begin, end, unit, ring)


def _unshared(begin: Floats, end: Floats) -> NDArray[np.bool_]:
    """Tell the segments that occur once, whichever way they run."""
    keys = [np.round(ends[:, 0] * 1e6).astype(np.int64) * 1_000_000_000 + np.round(ends[:, 1] * 1e6).astype(np.int64)
            for ends in (begin, end)]  # fmt: skip
    low, high = np.minimum(*keys), np.maximum(*keys)
    _, inverse, times = np.unique(low * 31 + high * 17, return_inverse=True, return_counts=True)
    return np.asarray(times[inverse] == 1)


def _chunked(begin: Floats, end: Floats, unit: Ints, ring: Ints) -> Outline:
    tail, head = geocentric(*begin.T), geocentric(*end.T)
    pieces = np.maximum(np.ceil(np.linalg.norm(head - tail, axis=1) / MAX_SEGMENT_M), 1).astype(np.int64)
    if (pieces > 1).any():
        index = np.repeat(np.arange(len(pieces)), pieces)
        offset = (np.arange(len(index)) - np.repeat(np.cumsum(pieces) - pieces, pieces))[:, None]
        step = (end - begin)[index] / pieces[index][:, None]
        begin = begin[index] + offset * step
        end = begin + step
        unit, ring = unit[index], ring[index]
        tail, head = geocentric(*begin.T), geocentric(*end.T)
    step = head - tail
    # a chunk ends with its ring, and after CHUNK segments
    change = np.flatnonzero(np.diff(ring)) + 1
    starts = np.concatenate([[0], change]) if len(ring) else np.empty(0, np.int64)
    within = np.arange(len(ring)) - np.repeat(starts, np.diff(np.append(starts, len(ring))))
    first = np.flatnonzero(within % CHUNK == 0)
    last = np.append(first[1:], len(ring)) - 1
    chunks = np.minimum(first[:, None] + np.arange(CHUNK)[None, :], last[:, None])
    low = np.minimum(tail, head)
    high = np.maximum(tail, head)
    if len(first):
        centre = (np.minimum.reduceat(low, first) + np.maximum.reduceat(high, first)) / 2
        away = np.maximum(
            np.linalg.norm(tail[chunks] - centre[:, None, :], axis=2),
            np.linalg.norm(head[chunks] - centre[:, None, :], axis=2),
        )
        reach = away.max(axis=1)
    else:
        centre, reach = np.empty((0, 3)), np.empty(0)
    return Outline(
        lon=begin[:, 0],
        lat=begin[:, 1],
        lon_step=(end - begin)[:, 0],
        lat_step=(end - begin)[:, 1],
        start=tail,
        step=step,
        length2=np.maximum(np.einsum("ij,ij->i", step, step), 1e-12),
        chunks=chunks,
        centre=centre,
        reach=reach,
        unit=unit[first],
    )
