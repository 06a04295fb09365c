"""CSV rows that every reader takes apart again as they were put together."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any, TextIO


def write_rows(
    stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[Any]], *, delimiter: str = ",", newline: str = "\n"
) -> None:
    """Write RFC 4180 rows; a row with a lone carriage return in a cell is quoted throughout, for it would end there."""
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=newline)
    quoting = csv.writer(stream, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(header)
    for row in rows:
        has_return = "\r" in "".join([value for value in row if type(value) is str])
        (quoting if has_return else writer).writerow(row)
