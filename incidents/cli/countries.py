"""``incidents countries``: the registry of states."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidents.cli.options import COUNTRY, DAY, emit, format_option, out_option

if TYPE_CHECKING:
    from geodata.countries import Country


@click.command()
@click.argument("chosen", type=COUNTRY, nargs=-1, metavar="[COUNTRY]...")
@click.option("--on", type=DAY, metavar="DATE", help="Only the members on that day.")
@click.option("--all", "everyone", is_flag=True, help="Also territories, and states that never acceded.")
@format_option(("table", "json", "csv"), default="table")
@out_option()
def countries(chosen: tuple[str, ...], on: date | None, everyone: bool, fmt: str, out: Path | None) -> None:
    """List states, membership and airspace notes.

    \b
    Example:
      incidents countries
      incidents countries --on 2023-04-03
      incidents countries greece
    """
    from geodata.countries import all_countries, get_country, members

    if chosen:
        rows = [get_country(code) for code in chosen]
    elif everyone:
        rows = list(all_countries())
    else:
        rows = members(on)
    if fmt == "json":
        emit(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2) + "\n", out)
    elif fmt == "csv":
        emit(_csv(rows), out)
    else:
        emit("\n".join(map(_described, rows)) if chosen else _table(rows), out)


def _plain(row: Country) -> dict[str, Any]:
    return {
        "code": row.code,
        "iso3": row.iso3,
        "name": row.name,
        "aliases": list(row.aliases),
        "joined": row.joined.isoformat() if row.joined else None,
        "sovereign": row.sovereign,
        "article6": row.article6 or None,
        "neighbours": list(row.neighbours),
        "notes": list(row.notes),
    }


def _csv(rows: list[Country]) -> str:
    import csv
    import io

    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["code", "iso3", "name", "joined", "sovereign", "article6", "neighbours", "notes"])
    for row in rows:
        writer.writerow([row.code, row.iso3, row.name, row.joined or "", row.sovereign, row.article6, *_lists(row)])
    return target.getvalue()


def _table(rows: list[Country]) -> str:
    lines = ["code  joined      name"]
    for row in rows:
        joined = row.joined.isoformat() if row.joined else f"of {row.sovereign}" if not row.is_state else "-"
        lines.append(f"{row.code:<6}{joined:<12}{row.name}{'  *' if row.notes else ''}")
    lines.append("* has airspace notes: incidents countries CODE")
    return "\n".join(lines) + "\n"


def _described(row: Country) -> str:
    import textwrap

    joined = f"member since {row.joined}" if row.joined else "not a member"
    if not row.is_state:
        joined = f"territory of {row.sovereign}"
    facts = [
        ("names", ", ".join(row.aliases)),
        ("status", joined),
        ("Article 6 area", {"in": "yes", "out": "no", "contested": "contested"}.get(row.article6, "")),
        ("neighbours", ", ".join(row.neighbours)),
        *(("note", note) for note in row.notes),
    ]
    lines = [f"{row.name} ({row.code}, {row.iso3})"]
    for label, text in facts:
        if text:
            lines.append(textwrap.fill(text, 80, initial_indent=f"  {label:<16}", subsequent_indent=" " * 18))
    return "\n".join(lines) + "\n"


def _lists(row: Country) -> tuple[str, str]:
    return " ".join(row.neighbours), " ".join(row.notes)
