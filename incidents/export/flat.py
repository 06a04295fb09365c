"""The flat briefing CSV: one row an incident."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from incidents.export.columns import COLUMNS
from incidents.model import Incident

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: Any) -> Any:
    """Return a value as it stands in a cell: vocabularies as their word, truth as true and false."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def neutralised(value: Any) -> Any:
    """Return text that a spreadsheet would run as a formula with an apostrophe before it.

    >>> neutralised("=1+1"), neutralised(-5)
    ("'=1+1", -5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def render_flat(records: Sequence[Incident], *, excel: bool = False) -> str:
    """Return the table as CSV; with `excel` separated by semicolons and safe to open in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
    writer.writerow([column.name for column in COLUMNS])
    for record in records:
        row = [cell(column.value(record)) for column in COLUMNS]
        writer.writerow([neutralised(value) for value in row] if excel else row)
    return buffer.getvalue()


def write_csv(records: Sequence[Incident], path: Path) -> None:
    """Write the machine-readable CSV: UTF-8, commas, LF."""
    path.write_text(render_flat(records), encoding="utf-8", newline="")


def write_excel_csv(records: Sequence[Incident], path: Path) -> None:
    """Write the CSV for spreadsheets: byte order mark, semicolons, no live formula."""
    path.write_text(render_flat(records, excel=True), encoding="utf-8-sig", newline="")
