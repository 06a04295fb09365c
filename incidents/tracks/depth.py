"""The deepest point of a path inside a state: exact to a tolerance, without measuring everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.borders import MEAN_RADIUS_M, arc_km, outline_of
from geodata.geodesy import geocentric
from incidents.tracks.positions import Floats, Ints

TOLERANCE_KM = 0.02
TOLERANCE = 0.002
"""Of the depth, where that is more."""
FIRST = 4
"""Stretches each path is cut into at first."""
SPLIT = 4
"""Stretches each hopeful one is cut into, a round."""
_SLACK = 1.01
"""Plane interpolation against geodesic length."""
MOST = 40_000


@dataclass(frozen=True)
class Deepest:
    """One row a path."""

    km: Floats
    lon: Floats
    lat: Floats
    share: Floats
    """Position along the concatenated points: index of the point before, plus the share of the way to the next."""
    length_km: Floats


@dataclass(frozen=True)
class _Ways:
    """All paths on one axis, in kilometres flown; each begins one further than the one before ends."""

    axis: Floats
    lon: Floats
    lat: Floats
    placed: Floats
    """Earth-centred points."""

    def place(self, at: Floats) -> Floats:
        """Return the earth-centred points at places on the axis."""
        return geocentric(np.interp(at, self.axis, self.lon), np.interp(at, self.axis, self.lat))

    def furthest(self, low: Floats, high: Floats, point: Floats) -> Floats:
        """Return how far each stretch gets from a point of its own, kilometres.

        Distance is largest at an end or a bend.
        """
        chord2 = np.maximum(_squared(self.place(low) - point), _squared(self.place(high) - point))
        first, last = np.searchsorted(self.axis, low, "right"), np.searchsorted(self.axis, high, "left")
        count = np.maximum(last - first, 0)
        some = np.flatnonzero(count)
        if len(some):
            begin = np.cumsum(count[some]) - count[some]
            owner = np.repeat(some, count[some])
            bend = np.arange(len(owner)) + np.repeat(first[some] - begin, count[some])
            inner = np.maximum.reduceat(_squared(self.placed[bend] - point[owner]), begin)
            chord2[some] = np.maximum(chord2[some], inner)
        return arc_km(np.sqrt(chord2))


def _squared(vector: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", vector, vector))


def deepest(states: Sequence[str], lon: Floats, lat: Floats, starts: Ints) -> Deepest:
    """Return for each path (rows ``starts[i]:starts[i + 1]`` of the points) its deepest point in its own of `states`.

    No point of a stretch is further from the border than from any one border point, so stretches that cannot hold the
    maximum are left without measuring.
    """
    count = len(starts) - 1
    steps = np.zeros(len(lon))
    placed = geocentric(lon, lat)
    steps[1:] = arc_km(np.sqrt(_squared(np.diff(placed, axis=0)))) * _SLACK
    steps[starts[:-1]] = 0.0
    way = np.cumsum(steps)
    begin, end = way[starts[:-1]], way[starts[1:] - 1]
    shift = np.arange(count, dtype=float)
    ways = _Ways(way + np.repeat(shift, np.diff(starts)), lon, lat, placed)
    total: NDArray[np.float64] = (end - begin) / _SLACK
    begin, end = begin + shift, end + shift
    # lines are straight in degrees: how far the longest of each path strays from the geodesic
    steepest = np.tan(np.radians(np.minimum(np.maximum.reduceat(np.abs(lat), starts[:-1]), 89.0)))
    longest = np.maximum.reduceat(steps, starts[:-1])

    codes, state = np.unique(np.array(states, dtype=str), return_inverse=True)
    outlines = [outline_of((code,)) for code in codes.tolist()]
    best = np.full(count, -1.0)
    where = begin.copy()

    def measure(path: Ints, at: Floats) -> tuple[Floats, Floats]:
        points = ways.place(at)
        found, border = np.empty(len(at)), np.empty((len(at), 3))
        for number, outline in enumerate(outlines):
            own = np.flatnonzero(state[path] == number)
            if len(own):
                found[own], border[own] = outline.least(points[own])
        order = np.lexsort((at, -found, path))
        first = order[np.concatenate([[True], np.diff(path[order]) != 0])] if len(order) else order
        better = found[first] > best[path[first]]
        best[path[first[better]]] = found[first[better]]
        where[path[first[better]]] = at[first[better]]
        return found, border

    def hopeful(path: Ints, low: Floats, half: Floats, border: Floats) -> NDArray[np.bool_]:
        stray = np.minimum(2 * half, longest[path]) ** 2 * steepest[path] / (8 * MEAN_RADIUS_M / 1000)
        most = ways.furthest(low, low + 2 * half, border) + stray
        return np.asarray(most > best[path] + np.maximum(TOLERANCE_KM, TOLERANCE * best[path]))

    low = (begin[:, None] + (end - begin)[:, None] * np.arange(FIRST) / FIRST).ravel()
    half = np.repeat((end - begin) / (2 * FIRST), FIRST)
    path = np.repeat(np.arange(count), FIRST)
    measured = 0
    while len(path) and measured <= MOST * count:
        _, border = measure(path, low + half)
        measured += len(path)
        keep = hopeful(path, low, half, border)
        part = half[keep] / SPLIT
        low = (low[keep][:, None] + 2 * part[:, None] * np.arange(SPLIT)).ravel()
        half, path, border = (
            np.repeat(part, SPLIT),
            np.repeat(path[keep], SPLIT),
            np.repeat(border[keep], SPLIT, axis=0),
        )
        keep = hopeful(path, low, half, border)
        low, half, path = low[keep], half[keep], path[keep]
    share = np.interp(where, ways.axis, np.arange(len(lon), dtype=float))
    return Deepest(best, np.interp(where, ways.axis, lon), np.interp(where, ways.axis, lat), share, total)
