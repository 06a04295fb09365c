"""Nearest border: exact distances to the outlines of states, anywhere on the globe, for one point or many.

Outlines are held as earth-centred segments no longer than `MAX_SEGMENT_M`, in chunks with a bounding sphere. Straight
lines through the earth rank distances as geodesics do, so no projection is needed, and poles and the antimeridian are
ordinary places. The distance reported is the geodesic to the point found.
"""

from __future__ import annotations

import math
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
CHUNK, GROUP = 16, 8
TOGETHER = 48
"""Neighbouring points searched at once: they share the groups that may hold an answer. Bounds the memory."""
FEW = 4
"""Up to so many points are searched in their surroundings first."""
WINDOWS = (2.0, 8.0)
KM_PER_DEGREE = 110.0
MEAN_RADIUS_M = 6_371_000.0

Box = tuple[float, float, float, float]


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
    group_centre: Floats
    group_reach: Floats
    """Bounding spheres of GROUP chunks in a row."""
    unit: Ints
    """Unit of each chunk."""

    def nearest(self, lon: Floats, lat: Floats) -> Nearest:
        """Return the nearest border point of each query point."""
        count = len(lon)
        if not len(self.centre) or not count:
            nowhere = np.full(count, np.nan)
            return Nearest(np.full(count, np.inf), nowhere, nowhere, np.full(count, -1))
        order = np.argsort(_morton(lon, lat), kind="stable")
        segment, share, chunk, _ = self._found(geocentric(lon, lat), order)
        x = self.lon[segment] + share * self.lon_step[segment]
        y = self.lat[segment] + share * self.lat_step[segment]
        return Nearest(distances_km(lon, lat, x, y), x, y, self.unit[chunk])

    def least(self, points: Floats) -> tuple[Floats, Floats]:
        """Return the distance of earth-centred points from the outline in kilometres, and the nearest border points.

        Chords become arcs of a sphere: within a metre of `nearest` up to 1000 km, for a third of the time.
        """
        if not len(self.centre) or not len(points):
            return np.full(len(points), np.inf), np.full((len(points), 3), np.nan)
        segment, share, _, chord2 = self._found(points, np.arange(len(points)))
        return arc_km(np.sqrt(chord2)), self.start[segment] + share[:, None] * self.step[segment]

    def _found(self, points: Floats, order: Ints) -> tuple[Ints, Floats, Ints, Floats]:
        """Return segment, position along it, chunk and squared chord of the nearest border points.

        Points that follow each other in `order` are looked for together; the closer they lie, the less there is to do.
        """
        segment, chunk = np.zeros(len(points), dtype=np.int64), np.zeros(len(points), dtype=np.int64)
        share, chord2 = np.zeros(len(points)), np.zeros(len(points))
        for begin in range(0, len(points), TOGETHER):
            rows = order[begin : begin + TOGETHER]
            segment[rows], share[rows], chunk[rows], chord2[rows] = self._search(points[rows])
        return segment, share, chunk, chord2

    def _search(self, points: Floats) -> tuple[Ints, Floats, Ints, Floats]:
        """Return segment, position along it, chunk and squared chord for a block of points."""
        groups = self._groups_near(points)
        centre, reach = self.group_centre[groups], self.group_reach[groups]
        squared = np.einsum("ij,ij->i", points, points)[:, None] - 2.0 * (points @ centre.T)
        squared += np.einsum("ij,ij->i", centre, centre)[None, :]
        away = np.sqrt(np.maximum(squared, 0.0))
        likely = groups[np.argmin(away + reach[None, :], axis=1)]
        away -= reach[None, :]
        everyone = np.arange(len(points))
        _, chunk, lower = self._chunks_of(points, everyone, likely)
        first = chunk.reshape(len(points), -1)[everyone, np.argmin(lower.reshape(len(points), -1), axis=1)]
        _, _, bound2 = self._exact(points, first)
        bound = np.sqrt(bound2) + 1.0
        row, group = np.nonzero(away <= bound[:, None])
        row, chunk, lower = self._chunks_of(points, row, groups[group])
        hopeful = lower <= bound[row]
        row, chunk = row[hopeful], chunk[hopeful]
        segment, share, found = self._exact(points[row], chunk)
        order = np.lexsort((segment, found, row))
        best = order[np.searchsorted(row[order], everyone)]
        return segment[best], share[best], chunk[best], found[best]

    def _groups_near(self, points: Floats) -> Ints:
        """Return the groups that may hold the nearest segment of any of some neighbouring points."""
        low, high = points.min(axis=0), points.max(axis=0)
        spread = float(np.linalg.norm(high - low)) / 2
        away = np.linalg.norm(self.group_centre - (low + high) / 2, axis=1)
        furthest = float((away + self.group_reach).min()) + spread
        return np.flatnonzero(away - self.group_reach - spread <= furthest + 1.0)

    def _chunks_of(self, points: Floats, row: Ints, group: Ints) -> tuple[Ints, Ints, Floats]:
        """Return point, chunk and least possible chord for the chunks of pairs of points and groups."""
        chunk = np.minimum(group[:, None] * GROUP + np.arange(GROUP)[None, :], len(self.centre) - 1).ravel()
        row = np.repeat(row, GROUP)
        gap = points[row] - self.centre[chunk]
        return row, chunk, np.sqrt(np.einsum("ij,ij->i", gap, gap)) - self.reach[chunk]

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


def arc_km(chord_m: Floats) -> Floats:
    """Return the way along the surface for straight lines through the earth."""
    return np.asarray(2e-3 * MEAN_RADIUS_M * np.arcsin(np.minimum(chord_m / (2.0 * MEAN_RADIUS_M), 1.0)))


def nearest_border(sovereigns: tuple[str, ...], lon: Floats, lat: Floats) -> Nearest:
    """Return the nearest point of the outlines of these states for each query point.

    Limits between territories of one state are no border when the state is asked for alone.
    """
    if len(lon) > FEW:
        return outline_of(sovereigns).nearest(lon, lat)
    found = [_nearest_of_one(sovereigns, float(x), float(y)) for x, y in zip(lon, lat, strict=True)]
    fields = zip(*((one.km, one.lon, one.lat, one.unit) for one in found), strict=True)
    return Nearest(*(np.concatenate(field) for field in fields))


def _nearest_of_one(sovereigns: tuple[str, ...], lon: float, lat: float) -> Nearest:
    """Search the surroundings first, so that one point need not pay for every outline."""
    x, y = np.array([lon]), np.array([lat])
    for reach in WINDOWS:
        if abs(lat) + reach < 85.0:
            wide = reach / math.cos(math.radians(abs(lat) + reach))
            if abs(lon) + wide < 180.0:
                window = (lon - wide, lat - reach, lon + wide, lat + reach)
                near = outline(_rows(sovereigns), dissolve=len(sovereigns) == 1, window=window).nearest(x, y)
                if near.km[0] < reach * KM_PER_DEGREE:
                    return near
    return outline_of(sovereigns).nearest(x, y)


@cache
def outline_of(sovereigns: tuple[str, ...]) -> Outline:
    """Return the whole outline of some states with their territories."""
    return outline(_rows(sovereigns), dissolve=len(sovereigns) == 1)


def _rows(sovereigns: tuple[str, ...]) -> list[int]:
    wanted = set(sovereigns)
    return [row for row, owner in enumerate(units().sovereigns) if owner in wanted]


def outline(rows: Sequence[int], *, dissolve: bool, window: Box | None = None) -> Outline:
    """Return the outlines of units, of the segments that touch `window` where given.

    Segments that two of the units share are left out where `dissolve`.
    """
    if window is not None:
        west, south, east, north = units().bounds[list(rows)].T
        near = (west <= window[2]) & (east >= window[0]) & (south <= window[3]) & (north >= window[1])
        rows = [row for row, is_near in zip(rows, near, strict=True) if is_near]
    parts, row = shapely.get_parts(units().shapes[list(rows)], return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    unit = np.asarray(rows, dtype=np.int64)[row[part[ring]]]
    real = ring[:-1] == ring[1:]
    x, y = points.T
    real &= ~((np.abs(x[:-1]) == 180.0) & (np.abs(x[1:]) == 180.0))
    if window is not None:
        real &= ~((x[:-1] < window[0]) & (x[1:] < window[0])) & ~((x[:-1] > window[2]) & (x[1:] > window[2]))
        real &= ~((y[:-1] < window[1]) & (y[1:] < window[1])) & ~((y[:-1] > window[3]) & (y[1:] > window[3]))
    begin, end = points[:-1][real], points[1:][real]
    unit, ring = unit[:-1][real], ring[:-1][real]
    if dissolve and len(rows) > 1:
        alone = _unshared(begin, end)
        begin, end, unit, ring = begin[alone], end[alone], unit[alone], ring[alone]
    return _chunked(begin, end, unit, ring)


def _unshared(begin: Floats, end: Floats) -> NDArray[np.bool_]:
    """Tell the segments that occur once, whichever way they run."""
    keys = [np.round(ends[:, 0] * 1e6).astype(np.int64) * 1_000_000_000 + np.round(ends[:, 1] * 1e6).astype(np.int64)
            for ends in (begin, end)]  # fmt: skip
    low, high = np.minimum(*keys), np.maximum(*keys)
    _, inverse, times = np.unique(np.stack([low, high]), axis=1, return_inverse=True, return_counts=True)
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
    chunk_unit = unit[first]
    if len(first):
        order = np.argsort(_morton(begin[first, 0], begin[first, 1]), kind="stable")
        first, last, chunks, chunk_unit = first[order], last[order], chunks[order], chunk_unit[order]
        groups = np.arange(0, len(first), GROUP)
        low = np.minimum(tail, head)[chunks].min(axis=1)
        high = np.maximum(tail, head)[chunks].max(axis=1)
        centre = (low + high) / 2
        away = np.maximum(
            np.linalg.norm(tail[chunks] - centre[:, None, :], axis=2),
            np.linalg.norm(head[chunks] - centre[:, None, :], axis=2),
        )
        reach = away.max(axis=1)
        low, high = centre - reach[:, None], centre + reach[:, None]
        group_centre = (np.minimum.reduceat(low, groups) + np.maximum.reduceat(high, groups)) / 2
        number = np.arange(len(first)) // GROUP
        spread = np.linalg.norm(centre - group_centre[number], axis=1) + reach
        group_reach = np.maximum.reduceat(spread, groups)
    else:
        centre, reach, group_centre, group_reach = np.empty((0, 3)), np.empty(0), np.empty((0, 3)), np.empty(0)
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
        group_centre=group_centre,
        group_reach=group_reach,
        unit=chunk_unit,
    )


def _morton(lon: Floats, lat: Floats) -> Ints:
    """Return a key that puts neighbours next to each other."""
    key = np.zeros(len(lon), dtype=np.int64)
    x, y = ((lon + 180.0) * 16).astype(np.int64), ((lat + 90.0) * 16).astype(np.int64)
    for bit in range(13):
        key |= ((x >> bit) & 1) << (2 * bit) | ((y >> bit) & 1) << (2 * bit + 1)
    return key
