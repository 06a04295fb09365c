"""Order rows, drop the bad ones by reason, and say which consecutive positions a line may join."""

from __future__ import annotations

import numpy as np

from geodata.geodesy import M_PER_DEGREE
from incidents.tracks.positions import Floats, Ints, Mask, Positions, Tally
from incidents.tracks.rules import Rules

BLOCK = 1 << 15
"""Rows handled at once, so that they stay near the processor."""


def clean(raw: Positions, rules: Rules, tally: Tally) -> Positions:
    """Return valid positions by aircraft and time, without duplicates and spikes; every dropped row is counted."""
    tally.rows += len(raw)
    kept = _ordered(_valid(raw, rules, tally), tally)
    kept = _single(kept, tally)
    kept = _without_spikes(kept, rules, tally)
    if rules.ceiling_m is not None and kept.altitude_m is not None:
        low = ~(kept.altitude_m > rules.ceiling_m)
        tally.drop("above the ceiling", int(np.count_nonzero(~low)))
        kept = kept.take(low)
    alone = _alone(kept)
    tally.drop("one-point track", int(np.count_nonzero(alone)))
    if alone.any():
        kept = kept.take(~alone)
    tally.used += len(kept)
    tally.aircraft += 1 + int(np.count_nonzero(np.diff(kept.aircraft))) if len(kept) else 0
    return kept


def linked(kept: Positions, rules: Rules, tally: Tally) -> Mask:
    """Tell for each position but the last whether a straight line joins it to the next."""
    same = kept.aircraft[1:] == kept.aircraft[:-1]
    gap = np.diff(kept.time)
    wide = same & (gap > rules.max_gap_s)
    around = same & (np.abs(np.diff(kept.lon)) > 180.0)
    fast = ~around & _fast(kept, rules.max_speed_ms)
    tally.note(f"gap longer than {rules.max_gap_s:g} s, not joined", int(np.count_nonzero(wide)))
    tally.note("line across the antimeridian, not joined", int(np.count_nonzero(around)))
    tally.note("implausible speed between positions, not joined", int(np.count_nonzero(fast)))
    return np.asarray(same & ~wide & ~around & ~fast)


def _valid(raw: Positions, rules: Rules, tally: Tally) -> Positions:
    good = np.ones(len(raw), dtype=bool)

    def refuse(bad: Mask, reason: str) -> None:
        nonlocal good
        bad = bad & good
        if bad.any():
            tally.drop(reason, int(np.count_nonzero(bad)))
            good = good & ~bad

    refuse(raw.aircraft < 0, "no aircraft address")
    refuse(~np.isfinite(raw.time), "no or unreadable time")
    refuse(~np.isfinite(raw.lon) | ~np.isfinite(raw.lat), "no position")
    refuse((np.abs(raw.lon) > 180.0) | (np.abs(raw.lat) > 90.0), "coordinates out of range")
    refuse((raw.lon == 0.0) & (raw.lat == 0.0), "position 0, 0")
    if raw.age_s is not None:
        refuse(raw.age_s > rules.stale_s, f"stale position, older than {rules.stale_s:g} s")
    return raw if good.all() else raw.take(good)


def _ordered(raw: Positions, tally: Tally) -> Positions:
    step = np.diff(raw.aircraft)
    back = (step == 0) & (np.diff(raw.time) < 0.0)
    if not back.any() and not (step < 0).any():
        return raw
    tally.note("row out of time order, sorted", int(np.count_nonzero(back)))
    return raw.take(np.lexsort((raw.lat, raw.lon, raw.time, raw.aircraft)))


def _single(kept: Positions, tally: Tally) -> Positions:
    again = np.zeros(len(kept), dtype=bool)
    again[1:] = (np.diff(kept.time) == 0.0) & (np.diff(kept.aircraft) == 0)
    if not again.any():
        return kept
    tally.drop("duplicate aircraft and time", int(np.count_nonzero(again)))
    return kept.take(~again)


def _alone(kept: Positions) -> Mask:
    """Tell the positions of aircraft with one only."""
    if not len(kept):
        return np.zeros(0, dtype=bool)
    change = np.diff(kept.aircraft) != 0
    return np.asarray(np.concatenate([[True], change]) & np.concatenate([change, [True]]))


def _without_spikes(kept: Positions, rules: Rules, tally: Tally) -> Positions:
    """Drop lone positions that are too far from both neighbours while these fit each other."""
    for _ in range(3):
        fast = _fast(kept, rules.max_speed_ms)
        middle = np.flatnonzero(fast[:-1] & fast[1:]) + 1
        if not len(middle):
            break
        span = kept.time[middle + 1] - kept.time[middle - 1]
        fits = _metres(kept, middle - 1, middle + 1) <= rules.max_speed_ms * span
        middle = middle[fits]
        if not len(middle):
            break
        # of two spikes in a row only the first goes in one round
        middle = middle[np.concatenate([[True], np.diff(middle) > 1])]
        tally.drop("spike, implausible speed to both neighbours", len(middle))
        good = np.ones(len(kept), dtype=bool)
        good[middle] = False
        kept = kept.take(good)
    return kept


def _fast(kept: Positions, limit: float) -> Mask:
    """Tell for each position but the last whether the next of the same aircraft is faster away than `limit`."""
    count = max(len(kept) - 1, 0)
    fast = np.zeros(count, dtype=bool)
    for begin in range(0, count, BLOCK):
        part = slice(begin, begin + BLOCK + 1)
        # a bound without roots and cosines spares nearly all the exact measure
        way = np.abs(np.diff(kept.lon[part]))
        way += np.abs(np.diff(kept.lat[part]))
        way *= M_PER_DEGREE / limit
        gap = np.maximum(np.diff(kept.time[part]), 1e-3)
        near = np.flatnonzero(way > gap)
        near = near[kept.aircraft[near + begin] == kept.aircraft[near + begin + 1]]
        fast[near + begin] = _metres(kept, near + begin, near + begin + 1) > limit * gap[near]
    return fast


def _metres(kept: Positions, one: Ints, other: Ints) -> Floats:
    east = np.abs(kept.lon[other] - kept.lon[one])
    east = np.minimum(east, 360.0 - east)
    east = east * np.cos(np.radians((kept.lat[one] + kept.lat[other]) / 2))
    return np.asarray(np.hypot(east, kept.lat[other] - kept.lat[one]) * M_PER_DEGREE)
