"""Cut the work so that each aircraft is whole in one part: row groups of sorted Parquet, or buckets on disk."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from incidents.tracks.arrow import to_positions
from incidents.tracks.columns import Columns
from incidents.tracks.errors import TrackError
from incidents.tracks.positions import Positions
from incidents.tracks.readers import Reading
from incidents.tracks.readers.parquet import columns_of, open_parquet

ROWS = 1_000_000
"""Rows a part aims at."""
MOST_ROWS = 4_000_000
"""Row groups above this are not read whole."""

Group = tuple[str, int]
"""File and number of a row group."""


@dataclass(frozen=True)
class RowGroups:
    """Row groups on end of Parquet files sorted by aircraft; picklable, a worker reads them itself."""

    groups: tuple[Group, ...]
    columns: Columns
    skip: str | None
    """Aircraft that began in an earlier part."""
    tail: tuple[Group, ...]
    """Later groups that begin with the last aircraft of this part."""
    last: str | None
    rows: int

    def read(self) -> Positions:
        """Return the positions of the aircraft that begin in this part."""
        import pyarrow as pa
        import pyarrow.compute as pc

        tables = [_table(self.groups, self.columns)]
        if self.skip is not None:
            tables[0] = tables[0].filter(pc.not_equal(_texts(tables[0], self.columns), self.skip))
        if self.tail:
            more = _table(self.tail, self.columns)
            tables.append(more.filter(pc.equal(_texts(more, self.columns), self.last)))
        return to_positions(pa.concat_tables(tables), self.columns)


def _texts(table: Any, columns: Columns) -> Any:
    import pyarrow as pa

    return table[columns.aircraft].cast(pa.string())


def _table(groups: Sequence[Group], columns: Columns) -> Any:
    import pyarrow as pa

    tables = []
    files: dict[str, list[int]] = {}
    for path, number in groups:
        files.setdefault(path, []).append(number)
    for path, numbers in files.items():
        try:
            source = open_parquet(Path(path), columns)
            tables.append(source.read_row_groups(numbers, columns=columns.names, use_threads=False))
        except (pa.ArrowException, OSError) as error:
            raise TrackError(f"{path} is damaged: {str(error).splitlines()[0]}.") from error
    return pa.concat_tables(tables)


def by_row_groups(paths: Sequence[Path], reading: Reading) -> list[RowGroups] | None:
    """Return parts of Parquet files in which aircraft follow one another, or None where they do not.

    Row group statistics tell; within a row group the order does not matter.
    """
    listed: list[tuple[str, str, Group, int]] = []
    columns: Columns | None = None
    for path in paths:
        own = columns_of(path, reading)
        if columns is not None and own != columns:
            return None
        columns = own
        meta = open_parquet(path).metadata
        place = {meta.schema.column(at).path: at for at in range(meta.num_columns)}.get(own.aircraft)
        for number in range(meta.num_row_groups):
            group = meta.row_group(number)
            stats = group.column(place).statistics if place is not None else None
            if stats is None or not stats.has_min_max or stats.null_count or group.num_rows > MOST_ROWS:
                return None
            if not isinstance(stats.min, str):
                return None
            listed.append((stats.min, stats.max, (str(path), number), group.num_rows))
    listed.sort()
    if columns is None or any(a[1] > b[0] for a, b in itertools.pairwise(listed)):
        return None
    return list(_parts(listed, columns))


def _parts(listed: list[tuple[str, str, Group, int]], columns: Columns) -> Iterator[RowGroups]:
    begin = 0
    while begin < len(listed):
        end, rows = begin, 0
        while end < len(listed) and (end == begin or rows + listed[end][3] <= ROWS):
            rows += listed[end][3]
            end += 1
        last = listed[end - 1][1]
        before = listed[begin - 1][1] if begin else None
        skip = before if before == listed[begin][0] else None
        tail = []
        if last != skip:
            for low, high, group, _ in listed[end:]:
                if low != last:
                    break
                tail.append(group)
                if high != last:
                    break
        yield RowGroups(tuple(g for _, _, g, _ in listed[begin:end]), columns, skip, tuple(tail), last, rows)
        begin = end


@dataclass(frozen=True)
class Bucket:
    """A file of positions on disk that holds some aircraft whole; picklable."""

    path: str
    rows: int

    def read(self) -> Positions:
        """Return the positions."""
        import pyarrow as pa
        from pyarrow import ipc

        try:
            with pa.OSFile(self.path) as source:
                table = ipc.open_stream(source).read_all()
        except (pa.ArrowException, OSError) as error:
            raise TrackError(f"Cannot read {self.path} again: {error}. Was the temporary folder cleared?") from error
        return to_positions(table, STORED)


STORED = Columns("aircraft", "time", "lon", "lat", "altitude", "callsign", "accuracy", None, "age")


def to_buckets(batches: Iterable[Positions], folder: Path, count: int) -> list[Bucket]:
    """Spread positions over `count` files by aircraft, batch by batch, and return them."""
    import pyarrow as pa
    from pyarrow import ipc

    names = ("aircraft", "callsign", "time", "lon", "lat", "altitude", "accuracy", "age")
    kinds = [pa.string()] * 2 + [pa.float64()] * 6
    schema = pa.schema(list(zip(names, kinds, strict=True)))
    paths = [folder / f"bucket-{number:04d}.arrow" for number in range(count)]
    sinks = [pa.OSFile(str(path), "wb") for path in paths]
    writers = [ipc.new_stream(sink, schema) for sink in sinks]
    rows = [0] * count
    for batch in batches:
        bucket_of = np.array([zlib.crc32(name.encode()) % count for name in batch.names] + [0])
        bucket = bucket_of[batch.aircraft]
        order = np.argsort(bucket, kind="stable")
        edges = np.searchsorted(bucket[order], np.arange(count + 1))
        table = _arrow(batch.take(order), schema)
        for number, (begin, end) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
            if end > begin:
                writers[number].write_table(table.slice(begin, end - begin))
                rows[number] += end - begin
    for writer, sink in zip(writers, sinks, strict=True):
        writer.close()
        sink.close()
    return [Bucket(str(path), size) for path, size in zip(paths, rows, strict=True) if size]


def _arrow(batch: Positions, schema: Any) -> Any:
    import pyarrow as pa

    empty = np.full(len(batch), np.nan)

    def text(codes: Any, names: tuple[str, ...]) -> Any:
        if codes is None or not names:
            return pa.nulls(len(batch), pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(names)).cast(pa.string())

    numbers = (batch.time, batch.lon, batch.lat, batch.altitude_m, batch.accuracy_m, batch.age_s)
    columns = [text(batch.aircraft, batch.names), text(batch.callsign, batch.callsigns)]
    columns += [pa.array(empty if values is None else values) for values in numbers]
    return pa.Table.from_arrays(columns, schema=schema)
