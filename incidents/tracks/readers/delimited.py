"""CSV, such as OpenSky state vectors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from incidents.tracks.arrow import to_positions
from incidents.tracks.errors import EmptyTrackError, TrackError
from incidents.tracks.positions import Positions
from incidents.tracks.readers.reading import Reading

BLOCK_BYTES = 32 << 20


def read_csv(path: Path, reading: Reading) -> Iterator[Positions]:
    """Yield the positions of a CSV file with a header, plain or gzip; separated by comma, semicolon or tab."""
    import pyarrow as pa
    from pyarrow import csv

    separator, names = _header(path)
    columns = reading.columns(names, str(path))
    # everything as text: one odd value must not cost the file
    convert = csv.ConvertOptions(
        column_types={name: pa.string() for name in columns.names},
        include_columns=columns.names,
        strings_can_be_null=True,
        null_values=["", "NULL", "null", "None", "nan", "NaN"],
    )
    try:
        with pa.input_stream(str(path), compression="detect") as stream:
            table = csv.open_csv(
                stream,
                read_options=csv.ReadOptions(use_threads=False, block_size=BLOCK_BYTES),
                parse_options=csv.ParseOptions(delimiter=separator, newlines_in_values=True),
                convert_options=convert,
            )
            for batch in table:
                if batch.num_rows:
                    yield to_positions(pa.Table.from_batches([batch]), columns)
    except (pa.ArrowException, OSError) as error:
        raise TrackError(f"Cannot read {path} as CSV: {str(error).splitlines()[0]}.") from error


def _header(path: Path) -> tuple[str, list[str]]:
    import csv

    import pyarrow as pa

    try:
        with pa.input_stream(str(path), compression="detect") as stream:
            first = stream.read(1 << 16).decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise TrackError(f"Cannot read {path} as CSV: {str(error).splitlines()[0]}.") from error
    if not first.strip():
        raise EmptyTrackError(f"{path} is empty. Give a CSV file with a header.")
    separator = max(",;\t", key=first.count)
    return separator, next(csv.reader([first], delimiter=separator))
