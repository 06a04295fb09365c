"""Any table by column mapping: suggested from its headings, changed by the user."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from incidents.sources.building import build
from incidents.sources.calendar import DateOrder
from incidents.sources.entry import Entry, Fault
from incidents.sources.mapping import check_mapping, parse_mapping
from incidents.sources.options import Draft, Options
from incidents.sources.rows import Row, Sheet, Value

_SAMPLE = 2_000
_DAY_FIELDS = ("date", "end", "reported", "published")


def read_spreadsheet(sheet: Sheet, options: Options) -> Iterator[Entry]:
    """Yield an entry for each row of a table.

    Raises
    ------
    ImportFileError
        If no column says when, or a mapping names an unknown column or field.
    """
    mapping = parse_mapping(options.maps, sheet.headers)
    check_mapping(mapping, sheet.headers)
    said = ", ".join(f"{column} = {field}" for column, field in mapping.items())
    ignored = [header for header in sheet.headers if header not in mapping]
    sheet.notes.append(f"columns: {said}" + (f"; not used: {', '.join(ignored[:20])}" if ignored else ""))
    return _entries(sheet, mapping, options)


def _entries(sheet: Sheet, mapping: dict[str, str], options: Options) -> Iterator[Entry]:
    head = list(itertools.islice(sheet.rows, _SAMPLE))
    days = [column for column, field in mapping.items() if field in _DAY_FIELDS]
    if options.order is None:
        options = _with_order(options, infer_order([text(row.cells.get(c)) for row in head for c in days]))
    columns = {field: column for column, field in mapping.items()}
    layout = "\x1f".join(sheet.headers)
    namespace = hashlib.sha256(layout.encode("utf-8", "replace")).hexdigest()[:12]
    for row in itertools.chain(head, sheet.rows):
        if row.surplus:
            yield Entry(row.number, None, (surplus(row),), cells=dict(row.cells))
            continue
        fields = {field: text(row.cells.get(column)) for column, field in mapping.items()}
        if any(fields.values()):
            draft = Draft(fields, columns=columns, namespace=namespace)
            yield build(draft, row.number, options, what=sheet.what, cells=dict(row.cells))


def surplus(row: Row) -> Fault:
    """Return the fault of a row with more cells than headings."""
    return Fault(row.number, "", "", f"has {row.surplus} cells beyond the last heading; is a delimiter not quoted?")


def text(value: Value) -> str:
    """Return a cell as text: whole numbers without a point, midnight as a day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return _intact(str(value))


def _intact(value: str) -> str:
    return "".join(c for c in value if c >= " " or c in "\t\n").encode("utf-8", "replace").decode().strip()


def infer_order(texts: Sequence[str]) -> DateOrder | None:
    """Return the order that all-numeric dates of a table show, if some can be read one way only and none the other.

    >>> infer_order(["3/4/2025", "25/4/2025"])
    <DateOrder.DMY: 'dmy'>
    """
    pairs = [m for t in texts if (m := re.match(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b", t))]
    day_first = any(int(m[1]) > 12 for m in pairs)
    month_first = any(int(m[2]) > 12 for m in pairs)
    if day_first == month_first:
        return None
    return DateOrder.DMY if day_first else DateOrder.MDY


def _with_order(options: Options, order: DateOrder | None) -> Options:
    from dataclasses import replace

    return replace(options, order=order)
