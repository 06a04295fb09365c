"""The flat briefing CSV: one row an incident."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from incidents.export.columns import COLUMNS, cells
from incidents.export.rows import write_rows
from incidents.model import Incident

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def neutralised(value: Any) -> Any:
    """Return text that a spreadsheet would run as a formula with an apostrophe before it.

    >>> neutralised("=1+1"), neutralised(-5)
    ("'=1+1", -5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def render_flat(records: Sequence[Incident], *, excel: bool = False) -> str:
    """Return the table as CSV; with `excel` separated by semicolons and safe to open in a spreadsheet."""
    buffer = io.StringIO()
    _write(records, buffer, excel=excel)
    return buffer.getvalue()


def _write(records: Sequence[Incident], stream: TextIO, *, excel: bool = False) -> None:
    header = [column.name for column in COLUMNS]
    rows = (cells(record) for record in records)
    if excel:
        safe = ([neutralised(value) for value in row] for row in rows)
        write_rows(stream, header, safe, delimiter=";", newline="\r\n")
    else:
        write_rows(stream, header, rows)


def write_csv(records: Sequence[Incident], path: Path) -> None:
    """Write the machine-readable CSV: UTF-8, commas, LF."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        _write(records, stream)


def write_excel_csv(records: Sequence[Incident], path: Path) -> None:
    """Write the CSV for spreadsheets: byte order mark, semicolons, no live formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        _write(records, stream, excel=True)
