"""``incidents stats``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from incidents.cli.options import emit, filters, format_option, out_option
from incidents.cli.session import Session
from incidents.query import Query
from incidents.stats import DIMENSIONS

_HEADER = ("incidents", "nato", "objects_low", "objects_best", "objects_high", "uncounted")


@click.command()
@filters
@click.option(
    "--by",
    type=click.Choice(list(DIMENSIONS)),
    default="country",
    show_default=True,
    help="What to count by.",
)
@format_option(["table", "json", "csv"], default="table")
@out_option()
@click.pass_obj
def stats(session: Session, query: Query, by: str, fmt: str, out: Path | None) -> None:
    """Count incidents, and objects as ranges, by one dimension.

    The column nato counts incidents over a state that was a member on that day. An incident with several countries,
    object classes or actors counts under each, and once in the total. Refuted incidents are left out unless asked for.

    \b
    Example:
      incidents stats --by month --since 2025-01-01
      incidents stats --by status --include-refuted
    """
    from incidents.stats import tally, total
    from incidents.tabular import csv_text, table

    records = session.records(query)
    rows = [*tally(records, by), total(records)]
    cells = [
        [r.key, r.incidents, r.nato, r.objects.low, r.objects.best, r.objects.high, r.objects.uncounted] for r in rows
    ]
    if fmt == "json":
        listed = [
            {by: values[0], **dict(zip(_HEADER, values[1:], strict=True)), "ids": row.ids, "nato_ids": row.nato_ids}
            for row, values in zip(rows, cells, strict=True)
        ]
        content = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    elif fmt == "csv":
        content = csv_text((by, *_HEADER), cells)
    else:
        shown = [["open" if value is None else value for value in values] for values in cells]
        content = table((by, *_HEADER), shown, cells=100, numbers=frozenset(_HEADER))
    emit(content, out)
