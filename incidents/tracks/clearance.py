"""How far around each cell of a fine grid nothing changes: the table that spares most lines any geometry.

Each cell holds whose airspace it lies in and a radius in cells: everything within that many cells, in both directions,
belongs to the same state, or to none. A line whose two ends are no further apart than the radius cannot meet a border.
Cells come in blocks of 16 x 16; equal blocks are held once, which leaves a few megabytes.
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
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from geodata.cells import BORDER, CELL, COLUMNS, ROWS, SHIFT, SPLIT, CellIndex, cache_folder
from incidents.tracks.positions import Floats

RADII = (0, 1, 2, 4, 8, 16, 32)
NONE = 0
_BORDER = 255
WINDOW = 16
"""Blocks built at once, in both directions."""
PAD = 3
"""Blocks around them that the radii may reach into."""
FORMAT = 2


_STATES = (np.arange(256) // len(RADII)).astype(np.uint8)
_RADII = np.array(RADII, dtype=np.uint8)[np.arange(256) % len(RADII)]


@dataclass(frozen=True)
class Clearance:
    """The table; `states` names the members.

    A cell's code is the row of its state in `states` plus one (none: 0), times the count of RADII, plus the row of its
    radius.
    """

    states: tuple[str, ...]
    unit_state: NDArray[np.int16]
    """Row of the member in `states` for each unit of the cell index, or -1."""
    index: CellIndex
    blocks: NDArray[np.int32]
    """Row in `tiles` of each block, times the cells of a block."""
    tiles: NDArray[np.uint8]
    """Codes of the cells, on end."""

    def cells(self, lon: Floats, lat: Floats) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return column and row of the cells of valid points."""
        column = ((lon + 180.0) * (1 / CELL)).astype(np.int32)
        row = ((lat + 90.0) * (1 / CELL)).astype(np.int32)
        return np.minimum(column, COLUMNS * SPLIT - 1), np.minimum(row, ROWS * SPLIT - 1)

    def look(self, column: NDArray[np.int32], row: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return state (row in `states` plus one) and radius of cells."""
        code = self.blocks.take((row >> SHIFT) * COLUMNS + (column >> SHIFT))
        code += ((row & (SPLIT - 1)) << SHIFT) + (column & (SPLIT - 1))
        found = self.tiles.take(code)
        return _STATES.take(found), _RADII.take(found)

    def state_of(self, lon: Floats, lat: Floats) -> NDArray[np.int16]:
        """Return the row of the member whose airspace holds each point, exactly, or -1."""
        unit = self.index.classify(lon, lat)
        return np.where(unit >= 0, self.unit_state[unit], np.int16(-1))


@cache
def load() -> Clearance:
    """Return the table: from memory, the cache folder (shared by processes), or built anew in a second."""
    from geodata.countries import members

    index = CellIndex.load()
    joined = {country.code for country in members()}
    states = tuple(sorted({owner for owner in index.sovereigns if owner in joined}))
    unit_state = np.array([states.index(o) if o in joined else -1 for o in index.sovereigns], dtype=np.int16)
    digest = hashlib.sha256(index.blocks.tobytes())
    digest.update(index.cells.tobytes() + f"{FORMAT} {states} {index.codes}".encode())
    path = cache_folder() / f"clearance-{digest.hexdigest()[:16]}.npz"
    return Clearance(states, unit_state, index, *_saved(path, index, unit_state))


def _saved(path: Path, index: CellIndex, unit_state: NDArray[np.int16]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    with (
        contextlib.suppress(OSError, ValueError, KeyError, EOFError, BadZipFile),
        path.open("rb") as source,
        np.load(source, allow_pickle=False) as saved,
    ):
        return saved["blocks"], saved["tiles"]
    blocks, tiles = _built(index, unit_state)
    with contextlib.suppress(OSError):  # no cache: the next process builds again
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as handle:
            np.savez(handle, blocks=blocks, tiles=tiles)
        os.replace(handle.name, path)
    return blocks, tiles


def _built(index: CellIndex, unit_state: NDArray[np.int16]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    def byte(units: NDArray[Any]) -> NDArray[np.uint8]:
        state = np.where(units >= 0, unit_state[np.maximum(units, 0)] + 1, NONE)
        return np.where(units <= BORDER, _BORDER, state).astype(np.uint8)

    # beyond the rim of the world all is border
    value = np.pad(byte(index.blocks), PAD, constant_values=_BORDER)
    mixed = np.pad(np.where(index.blocks <= BORDER, BORDER - index.blocks, -1), PAD, constant_values=-1)
    inner = byte(index.cells)
    far = _all_around(_even(value) & (value != _BORDER), PAD - 1)
    blocks = np.zeros((ROWS, COLUMNS), dtype=np.int32)
    tiles = [np.repeat((np.arange(_STATES[-1]) * len(RADII) + len(RADII) - 1).astype(np.uint8)[:, None], 256, axis=1)]
    count = len(tiles[0])
    for row in range(0, ROWS, WINDOW):
        for column in range(0, COLUMNS, WINDOW):
            near = ~far[row + PAD : row + PAD + WINDOW, column + PAD : column + PAD + WINDOW]
            near = near[: ROWS - row, : COLUMNS - column]
            height, width = near.shape
            outer = slice(row, row + height + 2 * PAD), slice(column, column + width + 2 * PAD)
            part = blocks[row : row + height, column : column + width]
            part[:] = value[outer][PAD:-PAD, PAD:-PAD]
            if not near.any():
                continue
            codes = _window(value[outer], mixed[outer], inner)[near]
            part[near] = np.arange(count, count + len(codes))
            tiles.append(codes)
            count += len(codes)
    every, which = np.unique(np.concatenate(tiles).view(f"V{SPLIT * SPLIT}").ravel(), return_inverse=True)
    return (which.astype(np.int32)[blocks] * (SPLIT * SPLIT)).ravel(), every.view(np.uint8)


def _window(value: NDArray[np.uint8], mixed: NDArray[Any], inner: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the codes of the cells of each block but the padding: shape (rows, columns, cells)."""
    height, width = value.shape
    cells = np.repeat(np.repeat(value, SPLIT, axis=0), SPLIT, axis=1)
    row, column = np.nonzero(mixed >= 0)
    view = cells.reshape(height, SPLIT, width, SPLIT)
    view[row, :, column, :] = inner[mixed[row, column]].reshape(-1, SPLIT, SPLIT)
    calm = _even(cells) & (cells != _BORDER)
    calm[1:-1, 1:-1] &= _all_around(cells != _BORDER, 1)[1:-1, 1:-1]
    code = calm.astype(np.uint8)
    for at in range(2, len(RADII)):
        calm = _all_around(calm, RADII[at] - RADII[at - 1])
        code[calm] = at
    cells[cells == _BORDER] = NONE
    code += cells * np.uint8(len(RADII))
    shaped = code.reshape(height, SPLIT, width, SPLIT)[PAD:-PAD, :, PAD:-PAD, :]
    return np.asarray(shaped.transpose(0, 2, 1, 3).reshape(height - 2 * PAD, width - 2 * PAD, SPLIT * SPLIT))


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
