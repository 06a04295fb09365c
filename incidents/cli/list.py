"""``incidents list``."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidents.cli.options import emit, filters, format_option, out_option
from incidents.cli.session import Session
from incidents.query import Query

if TYPE_CHECKING:
    from incidents.model import Incident

_KIND = 14
_COLUMNS = ("id", "day", "cc", "status", "object", "title")


@click.command("list")
@filters
@format_option(["table", "json", "csv"], default="table")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many, the earliest first.")
@out_option()
@click.pass_obj
def list_(session: Session, query: Query, fmt: str, limit: int | None, out: Path | None) -> None:
    """List incidents, first by day, then by id.

    \b
    Example:
      incidents list --country DK --since 2025-09-01
      incidents list --object balloon --format json
    """
    records = session.records(query, limit=limit)
    if fmt == "json":
        content = json.dumps([record.to_json_dict() for record in records], ensure_ascii=False, indent=1) + "\n"
    elif fmt == "csv":
        content = _csv(records)
    else:
        content = _table(records)
        session.say(f"{len(records)} incident{'' if len(records) == 1 else 's'}.")
    emit(content, out)


def _row(record: Incident) -> list[str]:
    from incidents.tabular import clip
    from incidents.wording import label

    day = _day(record)
    countries = "+".join(record.countries[:2]) + ("…" if len(record.countries) > 2 else "")
    kind = clip(label(record.object_classes[0].value), _KIND)
    return [record.id, day, countries, record.status.value, kind, record.title]


def _day(record: Incident) -> str:
    occurred = record.occurred
    if occurred.earliest is None:
        return f"by {occurred.last_day}"
    return f"{occurred.first_day}" if occurred.first_day == occurred.last_day else f"{occurred.first_day}+"


def _table(records: list[Incident]) -> str:
    from incidents.tabular import table

    if not records:
        return "No incident matches.\n"
    cells = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    return table(_COLUMNS, [_row(record) for record in records], cells=cells)


def _csv(records: list[Incident]) -> str:
    from incidents.model.time import format_moment
    from incidents.tabular import csv_text

    header = (
        "id",
        "countries",
        "title",
        "earliest",
        "latest",
        "precision",
        "status",
        "legal_class",
        "objects",
        "outcome",
    )
    rows = [
        [
            record.id,
            " ".join(record.countries),
            record.title,
            None if record.occurred.earliest is None else format_moment(record.occurred.earliest),
            format_moment(record.occurred.latest),
            record.occurred.precision.value,
            record.status.value,
            record.legal_class.value,
            " ".join(record.object_classes),
            record.outcome.value,
        ]
        for record in records
    ]
    return csv_text(header, rows)
