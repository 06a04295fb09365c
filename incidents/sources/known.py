"""Tables of a known layout."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from incidents.sources.building import build
from incidents.sources.calendar import DateOrder
from incidents.sources.entry import Entry
from incidents.sources.guards import ImportFileError
from incidents.sources.mapping import fold_heading, listing
from incidents.sources.options import Options
from incidents.sources.profiles import PROFILES
from incidents.sources.rows import Sheet
from incidents.sources.spreadsheet import infer_order, surplus, text

_SAMPLE = 2_000


def read_known(sheet: Sheet, name: str, options: Options) -> Iterator[Entry]:
    """Yield an entry for each row of a table in the layout `name`.

    Raises
    ------
    ImportFileError
        If a column of the layout is missing.
    """
    profile = PROFILES[name]
    folded = {header: fold_heading(header) for header in sheet.headers}
    missing = sorted(profile.headings - set(folded.values()))
    if missing:
        raise ImportFileError(f"No {profile.description}: no column {missing[0]!r}. Columns: {listing(sheet.headers)}.")
    return _entries(sheet, name, folded, options)


def _entries(sheet: Sheet, name: str, folded: dict[str, str], options: Options) -> Iterator[Entry]:
    head = list(itertools.islice(sheet.rows, _SAMPLE))
    days = [header for header, heading in folded.items() if "date" in heading or heading.startswith("day")]
    shown = infer_order([text(row.cells.get(header)) for row in head for header in days])
    usual = DateOrder.MDY if name == "faa" else None
    options = replace(options, order=options.order or shown or usual)
    for row in itertools.chain(head, sheet.rows):
        if row.surplus:
            yield Entry(row.number, None, (surplus(row),), cells=dict(row.cells))
            continue
        cells = {heading: text(row.cells.get(header)) for header, heading in folded.items()}
        draft = PROFILES[name].translate(cells)
        if draft is not None and any(cells.values()):
            yield build(draft, row.number, options, what=sheet.what, cells=dict(row.cells))
