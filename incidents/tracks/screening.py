"""Screen positions of many aircraft against the airspace of members: the function everything else calls."""

from __future__ import annotations

from typing import Any

import numpy as np

from incidents.tracks import clearance
from incidents.tracks.aircraft import is_wanted, nation_of
from incidents.tracks.cleaning import clean, linked
from incidents.tracks.clearance import Clearance
from incidents.tracks.depth import deepest
from incidents.tracks.incursion import INCURSION, Incursion
from incidents.tracks.near import near_misses
from incidents.tracks.passage import BOUNDARY_M, accuracy_m, boundary_m, described, point, surfaces
from incidents.tracks.pieces import cut
from incidents.tracks.positions import Floats, Positions, Tally
from incidents.tracks.rules import Rules
from incidents.tracks.runs import Runs, ends, join, paths

CLOSE_S = 60.0
"""A straight line between positions at most so far apart counts as good as reported positions."""


def screen(raw: Positions, rules: Rules | None = None, tally: Tally | None = None) -> list[Incursion]:
    """Return the passages through members' airspace, by time of entry.

    Lines between consecutive positions are straight in longitude and latitude; times are interpolated along them.
    What was read and dropped is added to `tally`.
    """
    rules = Rules() if rules is None else rules
    tally = Tally() if tally is None else tally
    raw = _of_interest(raw, rules, tally)
    kept = clean(raw, rules, tally)
    if len(kept) < 2:
        return []
    table = clearance.load()
    joined = linked(kept, rules, tally)
    wanted = np.array([not rules.members or state in rules.members for state in table.states])
    band = _band(kept, rules)
    pieces = cut(kept, joined, table, band, wanted)
    runs = join(pieces)
    found = _incursions(kept, joined, runs, table, rules)
    if rules.near_misses:
        found += near_misses(kept, pieces, table, band, wanted, rules)
    return sorted((item for item in found if _passes(item, rules)), key=lambda item: item.order)


def _of_interest(raw: Positions, rules: Rules, tally: Tally) -> Positions:
    """Leave out aircraft that the filters can judge by address alone."""
    if not rules.nations:
        return raw
    chosen = np.array([(nation_of(name) or "unknown") in rules.nations for name in raw.names] + [True])
    keep = chosen[raw.aircraft]
    tally.rows += int(np.count_nonzero(~keep))
    tally.note("row of an aircraft of other states, not screened", int(np.count_nonzero(~keep)))
    return raw.take(keep)


def _band(kept: Positions, rules: Rules) -> Floats:
    """Return the widest band in metres, of each position where the data give an accuracy."""
    if kept.accuracy_m is None:
        return np.full(len(kept), rules.accuracy_m + max(BOUNDARY_M.values()))
    own = np.where(np.isfinite(kept.accuracy_m), kept.accuracy_m, rules.accuracy_m)
    own[:-1] = np.maximum(own[:-1], own[1:])
    return np.asarray(own + max(BOUNDARY_M.values()))


def _passes(item: Incursion, rules: Rules) -> bool:
    from geodata.countries import is_member

    if not is_member(item.state, item.day):
        return False
    if item.kind == INCURSION and (item.depth_km < rules.min_depth_km or item.duration_s < rules.min_duration_s):
        return False
    if item.kind != INCURSION and (rules.min_depth_km > 0 or rules.min_duration_s > 0):
        return False
    return is_wanted(item, rules)


def _incursions(kept: Positions, joined: Any, runs: Runs, table: Clearance, rules: Rules) -> list[Incursion]:
    found: list[Incursion] = []
    entries, exits = ends(kept, joined, runs)
    if not len(runs):
        return []
    lon, lat, time, starts = paths(kept, runs)
    states = [table.states[row] for row in runs.state.tolist()]
    deep = deepest(states, lon, lat, starts)
    below = surfaces(lon, lat, starts)
    at = np.interp(deep.share, np.arange(len(time), dtype=float), time)
    for number, state in enumerate(states):
        rows = slice(int(starts[number]), int(starts[number + 1]))
        first, last = int(runs.first[number]), int(runs.last[number])
        inside = slice(first if runs.start[number] == 0 else first + 1, last + (2 if runs.stop[number] == 1 else 1))
        band_km = (accuracy_m(kept, first, last + 2, rules) + boundary_m(state)) / 1000
        before = int(np.floor(deep.share[number]))
        gap = float(np.diff(time[rows]).max())
        around = float(np.diff(kept.time[first : last + 2])[max(0, min(before - rows.start, last - first))])
        found.append(
            Incursion(
                kind=INCURSION,
                is_certain=bool(deep.km[number] > band_km and around <= CLOSE_S),
                state=state,
                entry_kind=entries[number],
                exit_kind=exits[number],
                deepest=point(deep.lon[number], deep.lat[number]),
                deepest_s=round(float(at[number]), 3),
                depth_km=round(float(deep.km[number]), 3),
                band_km=round(band_km, 4),
                length_km=round(float(deep.length_km[number]), 3),
                positions=max(0, inside.stop - inside.start),
                longest_gap_s=round(gap, 3),
                **described(kept, lon[rows], lat[rows], time[rows], slice(first, last + 2), below[number]),
            )
        )
    return found
