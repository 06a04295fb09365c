"""Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from incidents.tracks.arrow import to_positions
from incidents.tracks.columns import Columns
from incidents.tracks.errors import TrackError
from incidents.tracks.positions import Positions
from incidents.tracks.readers.reading import Reading

BATCH = 1 << 20


def open_parquet(path: Path, columns: Columns | None = None) -> Any:
    """Return the open file; texts of `columns` come as codes, which is what makes reading fast.

    Raises
    ------
    TrackError
        If it is no Parquet file.
    """
    import pyarrow as pa
    from pyarrow import parquet

    coded = [name for name in (columns.aircraft, columns.callsign) if name] if columns is not None else []
    try:
        return parquet.ParquetFile(path, read_dictionary=coded, memory_map=False, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise TrackError(f"Cannot read {path} as Parquet: {str(error).splitlines()[0]}.") from error


def columns_of(path: Path, reading: Reading) -> Columns:
    """Return which column is what in a Parquet file."""
    return reading.columns(open_parquet(path).schema_arrow.names, str(path))


def read_parquet(path: Path, reading: Reading) -> Iterator[Positions]:
    """Yield the positions of a Parquet file."""
    import pyarrow as pa

    columns = columns_of(path, reading)
    source = open_parquet(path, columns)
    try:
        for batch in source.iter_batches(batch_size=BATCH, columns=columns.names, use_threads=False):
            yield to_positions(pa.Table.from_batches([batch]), columns)
    except (pa.ArrowException, OSError) as error:
        raise TrackError(f"{path} is damaged: {str(error).splitlines()[0]}.") from error
