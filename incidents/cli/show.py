"""``incidents show``."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import click

from incidents.cli.options import DAY, emit, format_option, out_option
from incidents.cli.session import Session


@click.command()
@click.argument("incident_id", metavar="ID")
@click.option("--as-of", type=DAY, metavar="DATE", help="Only what was known on that day.")
@click.option("--marking", default="", help='Banner, such as "TLP:CLEAR".')
@format_option(["text", "md", "html", "json"], default="text")
@out_option()
@click.pass_obj
def show(session: Session, incident_id: str, as_of: date | None, marking: str, fmt: str, out: Path | None) -> None:
    """Show one incident: what, where, when, who says so.

    \b
    Example:
      incidents show EE-2025-011
      incidents show EE-2025-011 --format html --out incident.html
    """
    record = session.incident(incident_id, as_of=as_of)
    if fmt == "json":
        emit(json.dumps(record.to_json_dict(), ensure_ascii=False, indent=1) + "\n", out)
        return
    from incidents.report.sheet import compose_sheet

    document = compose_sheet(record, marking=marking)
    if fmt == "text":
        from incidents.report.text import render_text

        is_plain = session.is_plain or out is not None
        width = 80 if is_plain else min(120, shutil.get_terminal_size((80, 24)).columns)
        emit(render_text(document, width=width, is_plain=is_plain), out)
    else:
        from incidents.report.formats import FORMATS

        emit(FORMATS[fmt](document, None), out)
