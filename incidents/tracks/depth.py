"""The deepest point of a path inside a state: exact to a tolerance, without measuring everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.borders import outline_of
from geodata.geodesy import distances_km
from incidents.tracks.positions import Floats, Ints

TOLERANCE_KM = 0.02
TOLERANCE = 0.002
"""Of the depth, where that is more."""
FIRST = 8
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


def deepest(state: str, lon: Floats, lat: Floats, starts: Ints) -> Deepest:
    """Return for each path (rows ``starts[i]:starts[i + 1]`` of the points) its deepest point in `state`.

    Distance to the outline changes no faster than the way flown, so stretches that cannot hold the maximum are left.
    """
    count = len(starts) - 1
    steps = np.zeros(len(lon))
    steps[1:] = distances_km(lon[:-1], lat[:-1], lon[1:], lat[1:]) * _SLACK
    steps[starts[:-1]] = 0.0
    way = np.cumsum(steps)
    index = np.arange(len(lon), dtype=float)
    begin, end = way[starts[:-1]], way[starts[1:] - 1]
    # one long axis for all paths; a path of no length keeps its place by index
    shift = np.arange(count, dtype=float)
    owner = np.repeat(np.arange(count), np.diff(starts))
    axis = way + shift[owner]
    begin, end = begin + shift, end + shift

    outline = outline_of((state,))
    best = np.full(count, -1.0)
    where = begin.copy()

    def measure(path: Ints, at: Floats) -> Floats:
        x, y = np.interp(at, axis, lon), np.interp(at, axis, lat)
        found = outline.nearest(x, y).km
        order = np.lexsort((at, -found, path))
        first = order[np.concatenate([[True], np.diff(path[order]) != 0])] if len(order) else order
        better = found[first] > best[path[first]]
        best[path[first[better]]] = found[first[better]]
        where[path[first[better]]] = at[first[better]]
        return found

    cuts = np.arange(FIRST)
    low = (begin[:, None] + (end - begin)[:, None] * cuts / FIRST).ravel()
    half = np.repeat((end - begin) / (2 * FIRST), FIRST)
    path = np.repeat(np.arange(count), FIRST)
    measured = 0
    while len(path):
        middle = low + half
        found = measure(path, middle)
        measured += len(path)
        near_enough = np.maximum(TOLERANCE_KM, TOLERANCE * best[path])
        hopeful = found + half > best[path] + near_enough
        low, half, path = low[hopeful], half[hopeful] / 2, path[hopeful]
        low, half, path = np.concatenate([low, low + 2 * half]), np.tile(half, 2), np.tile(path, 2)
        if measured > MOST * max(1, count):
            break
    total: NDArray[np.float64] = (end - begin) / _SLACK
    return Deepest(best, np.interp(where, axis, lon), np.interp(where, axis, lat), np.interp(where, axis, index), total)
