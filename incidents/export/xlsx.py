"""A workbook: the flat table, every table of the package, and the data dictionary."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from incidents.export.columns import COLUMNS, cells
from incidents.export.flat import neutralised
from incidents.export.tables import TABLES, table_rows
from incidents.files import zip_entries
from incidents.model import Incident

_STAMP = datetime(2000, 1, 1)
_LIMIT = 32_767
"""Characters a cell holds in Excel."""


def write_xlsx(records: Sequence[Incident], path: Path) -> None:
    """Write the workbook; header rows are frozen and filtered, text never runs as a formula."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    rows = (cells(record) for record in records)
    _sheet(workbook, "briefing", [column.name for column in COLUMNS], rows)
    for table in TABLES:
        _sheet(workbook, table.name, [field.name for field in table.fields], table_rows(table, records))
    dictionary = [("briefing", c.name, c.type, c.description, "") for c in COLUMNS]
    dictionary += [(t.name, f.name, f.type, f.description, ", ".join(f.enum)) for t in TABLES for f in t.fields]
    _sheet(workbook, "dictionary", ["sheet", "column", "type", "meaning", "values"], dictionary)
    workbook.properties.created = workbook.properties.modified = _STAMP
    workbook.properties.creator = "airspace-incidents"
    workbook.save(path)
    _settle(path)


def _sheet(workbook: Any, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def safe(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return neutralised(ILLEGAL_CHARACTERS_RE.sub("", value))[:_LIMIT]

    sheet = workbook.create_sheet(name)
    sheet.append(list(header))
    for row in rows:
        sheet.append([safe(value) for value in row])
    for heading in sheet[1]:
        heading.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{max(sheet.max_row, 1)}"
    for index, title in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(index)].width = min(40, max(12, len(title) + 3))


def _settle(path: Path) -> None:
    """Rewrite the file without the time of the day in it."""
    import re

    with zipfile.ZipFile(path) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    stamp = _STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    settled = [
        (
            name,
            re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            if name == "docProps/core.xml"
            else content,
        )
        for name, content in entries
    ]
    zip_entries(settled, path)
