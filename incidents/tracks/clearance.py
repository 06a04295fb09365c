"""How far around each cell of a fine grid nothing changes: the table that spares most lines any geometry.

Each cell holds whose airspace it lies in and a radius in cells: everything within that many cells, in both directions,
belongs to the same state, or to none. A line whose two ends are no further apart than the radius cannot meet a border.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.cells import BORDER, CELL, COLUMNS, ROWS, SPLIT, CellIndex, cache_folder
from incidents.tracks.positions import Floats

RADII = (2, 4, 8, 16, 32)
NONE = 0
_BORDER = 255
FORMAT = 1


@dataclass(frozen=True)
class Clearance:
    """The table; `states` names the members, row + 1 in `grid`'s high byte, the radius in its low byte."""

    states: tuple[str, ...]
    unit_state: NDArray[np.int16]
    """Row of the member in `states` for each unit of the cell index, or -1."""
    index: CellIndex
    grid: NDArray[np.uint16]

    def cells(self, lon: Floats, lat: Floats) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return column and row of the cells of valid points."""
        column = ((lon + 180.0) * (1 / CELL)).astype(np.int32)
        row = ((lat + 90.0) * (1 / CELL)).astype(np.int32)
        return np.minimum(column, COLUMNS * SPLIT - 1), np.minimum(row, ROWS * SPLIT - 1)

    def state_of(self, lon: Floats, lat: Floats) -> NDArray[np.int16]:
        """Return the row of the member whose airspace holds each point, exactly, or -1."""
        unit = self.index.classify(lon, lat)
        return np.where(unit >= 0, self.unit_state[unit], np.int16(-1))


@cache
def load() -> Clearance:
    """Return the table: from memory, the cache folder (shared by processes), or built anew in a few seconds."""
    from geodata.countries import members

    index = CellIndex.load()
    joined = {country.code for country in members()}
    states = tuple(sorted({owner for owner in index.sovereigns if owner in joined}))
    unit_state = np.array([states.index(o) if o in joined else -1 for o in index.sovereigns], dtype=np.int16)
    digest = hashlib.sha256(index.blocks.tobytes())
    digest.update(index.cells.tobytes() + f"{FORMAT} {states} {index.codes}".encode())
    path = cache_folder() / f"clearance-{digest.hexdigest()[:16]}.npy"
    return Clearance(states, unit_state, index, _saved(path, index, unit_state))


def _saved(path: Path, index: CellIndex, unit_state: NDArray[np.int16]) -> NDArray[np.uint16]:
    with contextlib.suppress(OSError, ValueError, EOFError):
        saved: NDArray[np.uint16] = np.load(path, mmap_mode="r", allow_pickle=False)
        if saved.shape == (ROWS * SPLIT, COLUMNS * SPLIT) and saved.dtype == np.uint16:
            return saved
    grid = _built(index, unit_state)
    with contextlib.suppress(OSError):  # no cache: the next process builds again
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npy", delete=False) as handle:
            np.save(handle, grid)
        os.replace(handle.name, path)
    return grid


def _built(index: CellIndex, unit_state: NDArray[np.int16]) -> NDArray[np.uint16]:
    def byte(units: NDArray[Any]) -> NDArray[np.uint8]:
        state = np.where(units >= 0, unit_state[np.maximum(units, 0)] + 1, NONE)
        return np.where(units <= BORDER, _BORDER, state).astype(np.uint8)

    value = np.repeat(np.repeat(byte(index.blocks), SPLIT, axis=0), SPLIT, axis=1)
    row, column = np.nonzero(index.blocks <= BORDER)
    number = BORDER - index.blocks[row, column]
    view = value.reshape(ROWS, SPLIT, COLUMNS, SPLIT)
    view[row, :, column, :] = byte(index.cells[number]).reshape(-1, SPLIT, SPLIT)
    calm = value != _BORDER
    calm = _all_around(calm, 1) & _even(value)
    grid = np.where(calm, np.uint16(1), np.uint16(0))
    reach = 1
    for radius in RADII:
        calm = _all_around(calm, radius - reach)
        grid[calm] = radius
        reach = radius
    value[value == _BORDER] = NONE
    grid |= value.astype(np.uint16) << 8
    return grid


def _all_around(calm: NDArray[np.bool_], step: int) -> NDArray[np.bool_]:
    """Return where the cells at distance 0 and `step` in all eight directions are calm; the rim of the grid is not."""
    tall = calm.copy()
    tall[step:] &= calm[:-step]
    tall[:-step] &= calm[step:]
    tall[:step] = tall[-step:] = False
    wide = tall.copy()
    wide[:, step:] &= tall[:, :-step]
    wide[:, :-step] &= tall[:, step:]
    wide[:, :step] = wide[:, -step:] = False
    return wide


def _even(value: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return where all eight neighbours hold the same value."""
    same = np.zeros(value.shape, dtype=bool)
    inner = value[1:-1, 1:-1]
    same[1:-1, 1:-1] = True
    height, width = value.shape
    for down in (0, 1, 2):
        for across in (0, 1, 2):
            same[1:-1, 1:-1] &= value[down : height - 2 + down, across : width - 2 + across] == inner
    return same
