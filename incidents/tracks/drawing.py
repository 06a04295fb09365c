"""Tracks and passages to the page of `maps.tracks`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from incidents.tracks.cleaning import clean, linked
from incidents.tracks.errors import TrackError
from incidents.tracks.incursion import INCURSION, Incursion, iso
from incidents.tracks.merging import merge
from incidents.tracks.positions import Positions, Tally
from incidents.tracks.readers import Reading, read
from incidents.tracks.rules import Rules
from incidents.tracks.running import list_files

MOST_ROWS = 500_000
"""More cannot be looked at on one page."""


def draw(
    paths: Sequence[Path],
    items: Sequence[Incursion],
    rules: Rules,
    reading: Reading,
    *,
    title: str,
    marking: str | None = None,
) -> str:
    """Return the page of some files and of the passages found in them.

    Of big inputs only the aircraft with passages are drawn.
    """
    from maps.tracks import Passage, render_tracks

    rows = _rows(paths, reading, {item.aircraft for item in items})
    lines = _lines(rows, rules)
    passages = [
        Passage(
            title=f"{item.aircraft} {item.callsign}".strip() + f", {item.state}, {iso(item.entry_s)[:10]}",
            path=item.path,
            marks=(
                (*item.entry, f"{_word(item.entry_kind, 'entry')} {iso(item.entry_s)[11:19]} UTC"),
                (*item.deepest, f"deepest {item.depth_km:.1f} km ({item.depth_nmi:.1f} NM)"),
                (*item.exit, f"{_word(item.exit_kind, 'exit')} {iso(item.exit_s)[11:19]} UTC"),
            ),
            facts=_facts(item),
            is_near=item.kind != INCURSION,
        )
        for item in items
    ]
    is_synthetic = any("synthetic" in f"{name}".lower() for name in rows.names)
    note = f"{len(passages)} passages through members' airspace." + (" Synthetic tracks." if is_synthetic else "")
    return render_tracks(lines, passages, title=title, marking=marking, note=note)


def _word(kind: str, crossing: str) -> str:
    return crossing if kind == "crossing" else kind.replace("_", " ")


def _facts(item: Incursion) -> list[tuple[str, str]]:
    return [
        ("Aircraft", f"{item.aircraft} {item.callsign}".strip()),
        ("State", item.state),
        ("Entry (UTC)", iso(item.entry_s)[:19].replace("T", " ")),
        ("Exit (UTC)", iso(item.exit_s)[:19].replace("T", " ")),
        ("Duration", f"{item.duration_s / 60:.1f} min"),
        ("Depth", f"{item.depth_km:.2f} km ({item.depth_nmi:.2f} NM)"),
        ("Over", item.surface),
        ("Certainty", item.certainty),
        ("Kind", item.kind.replace("_", " ")),
    ]


def _rows(paths: Sequence[Path], reading: Reading, wanted: set[str]) -> Positions:
    """Return all positions while they are few; of more, only those of the aircraft wanted."""
    held: list[Positions] = []
    is_all = True
    for path in list_files(paths):
        for batch in read(path, reading):
            held.append(batch if is_all else _only(batch, wanted))
            if is_all and sum(map(len, held)) > MOST_ROWS:
                is_all = False
                held = [_only(one, wanted) for one in held]
            if sum(map(len, held)) > MOST_ROWS:
                raise TrackError(f"More than {MOST_ROWS:,} positions to draw. Narrow the filters, or fewer files.")
    return merge(held)


def _only(batch: Positions, wanted: set[str]) -> Positions:
    chosen = np.array([name in wanted for name in batch.names] + [False])
    return batch.take(chosen[batch.aircraft])


def _lines(rows: Positions, rules: Rules) -> list[tuple[str, list[tuple[float, float]]]]:
    kept = clean(rows, rules, Tally())
    if len(kept) < 2:
        return []
    breaks = np.flatnonzero(~linked(kept, rules, Tally())) + 1
    found = []
    for part in np.split(np.arange(len(kept)), breaks):
        if len(part) > 1:
            points = list(zip(kept.lon[part].tolist(), kept.lat[part].tolist(), strict=True))
            found.append((kept.names[int(kept.aircraft[part[0]])], points))
    return found
