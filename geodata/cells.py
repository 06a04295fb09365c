"""Cell index: which unit holds each of millions of points.

A grid of blocks of half a degree, each wholly inside one unit, wholly outside all, or cut into 16 x 16 cells of which
again most are decided. Only points in cells that a border crosses meet polygons, and only the polygons' pieces in that
block. Answers equal `shapely.contains_xy` on the full polygons: a point exactly on a border belongs to nobody. The
antimeridian counts as just west of itself, the poles as just beside themselves.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata.boundaries import DATA, units
from geodata.geodesy import Floats

Codes = NDArray[np.int16]

BLOCK = 0.5
SHIFT = 4
SPLIT = 1 << SHIFT
CELL = BLOCK / SPLIT
COLUMNS, ROWS = int(360 / BLOCK), int(180 / BLOCK)
NOBODY, BORDER = -1, -2
MARGIN = 0.01
"""Pieces reach this far beyond their block, so that no block edge becomes a border."""
EDGE = 180.0 - 1e-9
CHUNK = 1 << 16
FORMAT = 3


@dataclass(frozen=True)
class CellIndex:
    """The index; `codes` names the units that `classify` answers with."""

    codes: tuple[str, ...]
    sovereigns: tuple[str, ...]
    blocks: NDArray[np.int32]
    """Answer of each block by row and column, or ``BORDER - n`` for block n of `cells`."""
    cells: Codes
    """Answers of the cells of mixed blocks, shape (n, SPLIT * SPLIT); BORDER where a border crosses."""
    wkb: NDArray[Any]
    """Pieces of units as WKB, sorted by block."""
    piece_unit: Codes
    piece_start: NDArray[np.int64]
    """First piece of each mixed block."""
    _decoded: NDArray[Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_decoded", np.full(len(self.wkb), None, dtype=object))

    @classmethod
    def load(cls) -> CellIndex:
        """Return the index: from memory, from the cache folder, or built anew (a few seconds, once)."""
        return _load()

    def classify(self, lon: ArrayLike, lat: ArrayLike) -> Codes:
        """Return for each point the row of its unit in `codes`, or -1.

        Points that are not finite or out of range get -1.
        """
        x, y = np.asarray(lon, dtype=float).ravel(), np.asarray(lat, dtype=float).ravel()
        result = np.empty(len(x), dtype=np.int16)
        blocks, cells = self.blocks.ravel(), self.cells.ravel()
        hard: list[NDArray[np.int64]] = []
        for begin in range(0, len(x), CHUNK):
            part = slice(begin, begin + CHUNK)
            open_ = _grid(x[part], y[part], blocks, cells, result[part])
            if len(open_):
                hard.append(open_ + begin)
        if hard:
            points = np.concatenate(hard)
            result[points] = self._exact(x[points], y[points])
        return result

    def sovereign_rows(self) -> tuple[tuple[str, ...], Codes]:
        """Return the states, and the row of its state for each unit."""
        states = tuple(sorted(set(self.sovereigns)))
        return states, np.array([states.index(owner) for owner in self.sovereigns], dtype=np.int16)

    def _exact(self, x: Floats, y: Floats) -> Codes:
        """Answer points that the grid leaves open; those out of range are nobody's."""
        answer = np.full(len(x), NOBODY, dtype=np.int16)
        good = np.flatnonzero((np.abs(x) <= 180.0) & (np.abs(y) <= 90.0))
        x, y = np.clip(x[good], -EDGE, EDGE), y[good]
        row = np.minimum(((y + 90.0) / BLOCK).astype(np.int64), ROWS - 1)
        column = ((x + 180.0) / BLOCK).astype(np.int64)
        found = self.blocks[row, column]
        whole = found > BORDER
        answer[good[whole]] = found[whole]
        mixed = np.flatnonzero(~whole)
        number = BORDER - found[mixed]
        first, last = self.piece_start[number], self.piece_start[number + 1]
        point = np.repeat(mixed, last - first)
        piece = np.arange(len(point)) - np.repeat(np.cumsum(last - first) - last, last - first)
        inside = shapely.contains_xy(self._shapes(piece), x[point], y[point])
        answer[good[point[inside]]] = self.piece_unit[piece[inside]]
        return answer

    def _shapes(self, piece: NDArray[np.int64]) -> NDArray[Any]:
        """Return the pieces as prepared geometries, decoding those not met before."""
        wanted = np.unique(piece)
        fresh = wanted[shapely.is_missing(self._decoded[wanted])]
        if len(fresh):
            shapes = shapely.from_wkb(self.wkb[fresh])
            shapely.prepare(shapes)
            self._decoded[fresh] = shapes
        return self._decoded[piece]


def _grid(x: Floats, y: Floats, blocks: NDArray[np.int32], cells: Codes, result: Codes) -> NDArray[np.int64]:
    """Fill in the answers that the grid gives; return the points it leaves open."""
    if not (x.min() > -180.0 and x.max() < 180.0 and y.min() >= -90.0 and y.max() < 90.0):
        return np.arange(len(x), dtype=np.int64)
    column = ((x + 180.0) * (1 / CELL)).astype(np.int32)
    row = ((y + 90.0) * (1 / CELL)).astype(np.int32)
    found = blocks.take((row >> SHIFT) * COLUMNS + (column >> SHIFT))
    result[:] = found
    mixed = np.flatnonzero(found <= BORDER)
    if not len(mixed):
        return mixed
    inner = ((row.take(mixed) & (SPLIT - 1)) << SHIFT) + (column.take(mixed) & (SPLIT - 1))
    answer = cells.take((BORDER - found.take(mixed)) * (SPLIT * SPLIT) + inner)
    result[mixed] = answer
    open_: NDArray[np.int64] = mixed[answer == BORDER]
    return open_


def cache_folder() -> Path:
    """Return the folder that holds the built index; ``INCIDENTS_CACHE`` moves it."""
    import platformdirs

    return Path(os.environ.get("INCIDENTS_CACHE") or platformdirs.user_cache_dir("airspace-incidents"))


def build() -> CellIndex:
    """Build the index from the shipped polygons."""
    every = units()
    border = _border_cells(every.shapes)
    found = np.full((ROWS, COLUMNS), NOBODY, dtype=np.int32)
    wkb: list[bytes] = []
    owner: list[int] = []
    start: list[int] = []
    cells: list[Codes] = []
    for row, column, pieces in _blocks(every.shapes):
        west, south = column * BLOCK - 180.0, row * BLOCK - 90.0
        key = row * COLUMNS + column
        marks = border.get(key)
        if marks is None:
            found[row, column] = _owner(pieces, np.array([west + BLOCK / 2]), np.array([south + BLOCK / 2]))[0]
            continue
        lines, steps = np.divmod(np.arange(SPLIT * SPLIT), SPLIT)
        answer = _owner(pieces, west + (steps + 0.5) * CELL, south + (lines + 0.5) * CELL)
        answer[marks] = BORDER
        found[row, column] = BORDER - len(cells)
        start.append(len(wkb))
        cells.append(answer)
        for unit, shape in pieces:
            wkb.append(shapely.to_wkb(shape))
            owner.append(unit)
    start.append(len(wkb))
    return CellIndex(
        codes=every.codes,
        sovereigns=every.sovereigns,
        blocks=found,
        cells=np.array(cells, dtype=np.int16).reshape(len(cells), SPLIT * SPLIT),
        wkb=np.array(wkb, dtype=object),
        piece_unit=np.array(owner, dtype=np.int16),
        piece_start=np.array(start, dtype=np.int64),
    )


def _owner(pieces: list[tuple[int, Any]], x: Floats, y: Floats) -> Codes:
    answer = np.full(len(x), NOBODY, dtype=np.int16)
    for unit, shape in pieces:
        answer[shapely.contains_xy(shape, x, y)] = unit
    return answer


def _border_cells(shapes: NDArray[Any]) -> dict[int, NDArray[np.bool_]]:
    """Return for each block that a border touches the marks of its touched cells, generously."""
    rings = shapely.get_rings(shapely.get_parts(shapes))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    begin, end = points[:-1][same], points[1:][same]
    span = np.ceil(np.abs(end - begin).max(axis=1) / (CELL / 2)).astype(np.int64)
    span = np.maximum(span, 1)
    index = np.repeat(np.arange(len(span)), span)
    offset = (np.arange(len(index)) - np.repeat(np.cumsum(span) - span, span))[:, None]
    step = (end - begin)[index] / span[index][:, None]
    tail = begin[index] + offset * step
    head = tail + step
    slack = 1e-7
    low = (np.minimum(tail, head) - slack + [180.0, 90.0]) / CELL
    high = (np.maximum(tail, head) + slack + [180.0, 90.0]) / CELL
    west, south = np.floor(low).astype(np.int64).T
    east, north = np.floor(high).astype(np.int64).T
    columns, rows = COLUMNS * SPLIT, ROWS * SPLIT
    touched = [
        np.clip(y, 0, rows - 1) * columns + np.clip(x, 0, columns - 1) for x in (west, east) for y in (south, north)
    ]
    cells = np.unique(np.concatenate(touched))
    row, column = np.divmod(cells, columns)
    key = (row // SPLIT) * COLUMNS + column // SPLIT
    inner = (row % SPLIT) * SPLIT + column % SPLIT
    marks: dict[int, NDArray[np.bool_]] = {}
    for block in np.unique(key):
        marks[int(block)] = np.zeros(SPLIT * SPLIT, dtype=bool)
    for block, cell in zip(key.tolist(), inner.tolist(), strict=True):
        marks[block][cell] = True
    return marks


def _blocks(shapes: NDArray[Any]) -> Iterator[tuple[int, int, list[tuple[int, Any]]]]:
    """Yield row, column and pieces of every block that some unit touches."""
    world = [(unit, part) for unit, shape in enumerate(shapes) for part in shapely.get_parts(shape)]
    side = 1 << (max(COLUMNS, ROWS) - 1).bit_length()
    yield from _split(world, 0, 0, side)


def _split(
    pieces: list[tuple[int, Any]], row: int, column: int, side: int
) -> Iterator[tuple[int, int, list[tuple[int, Any]]]]:
    if row >= ROWS or column >= COLUMNS:
        return
    west, south = column * BLOCK - 180.0 - MARGIN, row * BLOCK - 90.0 - MARGIN
    east, north = west + side * BLOCK + 2 * MARGIN, south + side * BLOCK + 2 * MARGIN
    array = np.array([shape for _, shape in pieces], dtype=object)
    bounds = shapely.bounds(array)
    near = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    whole = near & (bounds[:, 0] >= west) & (bounds[:, 2] <= east) & (bounds[:, 1] >= south) & (bounds[:, 3] <= north)
    array[near & ~whole] = shapely.clip_by_rect(array[near & ~whole], west, south, east, north)
    kept = [(pieces[item][0], array[item]) for item in np.flatnonzero(near) if not array[item].is_empty]
    if not kept:
        return
    if side == 1:
        yield row, column, _merged(kept)
        return
    half = side // 2
    for down in (row, row + half):
        for across in (column, column + half):
            yield from _split(kept, down, across, half)


def _merged(pieces: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """Return one areal geometry a unit."""
    by_unit: dict[int, list[Any]] = {}
    for unit, shape in pieces:
        parts = shapely.get_parts(shape)
        by_unit.setdefault(unit, []).extend(parts[shapely.get_type_id(parts) == 3])
    return [
        (unit, parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)) for unit, parts in by_unit.items() if parts
    ]


@cache
def _load() -> CellIndex:
    digest = hashlib.sha256((DATA / "manifest.toml").read_bytes() if (DATA / "manifest.toml").exists() else b"")
    stamp = (DATA / "airspace.parquet").stat() if (DATA / "airspace.parquet").exists() else None
    digest.update(f"{FORMAT} {stamp.st_size if stamp else 0} {shapely.geos_version_string}".encode())
    path = cache_folder() / f"cells-{digest.hexdigest()[:16]}.npz"
    return _read(path) or _built(path)


def _read(path: Path) -> CellIndex | None:
    try:
        with path.open("rb") as handle, np.load(handle, allow_pickle=False) as saved:
            bytes_, length = saved["wkb"].tobytes(), saved["length"]
            stops = np.cumsum(length).tolist()
            wkb = np.array(
                [bytes_[stop - size : stop] for stop, size in zip(stops, length.tolist(), strict=True)], object
            )
            return CellIndex(
                codes=tuple(saved["codes"].tolist()),
                sovereigns=tuple(saved["sovereigns"].tolist()),
                blocks=saved["blocks"],
                cells=saved["cells"],
                wkb=wkb,
                piece_unit=saved["piece_unit"],
                piece_start=saved["piece_start"],
            )
    except (OSError, ValueError, KeyError, EOFError):
        return None
    except Exception as error:  # a damaged archive: zipfile and zlib have errors of their own
        if type(error).__module__ in {"zipfile", "zlib"}:
            return None
        raise


def _built(path: Path) -> CellIndex:
    index = build()
    with contextlib.suppress(OSError):  # no cache: the next process builds again
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as handle:
            np.savez(
                handle,
                codes=np.array(index.codes),
                sovereigns=np.array(index.sovereigns),
                blocks=index.blocks,
                cells=index.cells,
                wkb=np.frombuffer(b"".join(index.wkb), dtype=np.uint8),
                length=np.array([len(item) for item in index.wkb], dtype=np.int64),
                piece_unit=index.piece_unit,
                piece_start=index.piece_start,
            )
        os.replace(handle.name, path)
    return index
