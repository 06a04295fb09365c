"""``incidents report``."""

from __future__ import annotations

import dataclasses
import json
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidents.cli.options import COUNTRY, DAY, emit, filters, format_option, out_option
from incidents.cli.session import Session
from incidents.query import Query

if TYPE_CHECKING:
    from incidents.model import Incident
    from incidents.report.summary import Summary


class SubjectType(click.ParamType[str]):
    """A state, or ``NATO``."""

    name = "country"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        return "NATO" if text.upper() == "NATO" else COUNTRY.convert(text, param, ctx)


@click.command()
@click.argument("subjects", nargs=-1, type=SubjectType(), metavar="[COUNTRY|NATO]...")
@click.option("--all", "everyone", is_flag=True, help="Every member with incidents.")
@click.option("--compare-to", type=DAY, metavar="DATE", help="List what became known since that day.")
@click.option("--latest", type=click.IntRange(min=1), default=10, show_default=True, help="How many incidents to list.")
@click.option("--marking", default="", help='Banner, such as "TLP:CLEAR".')
@filters
@format_option(["text", "md", "html", "json"], default="text")
@out_option()
@click.pass_obj
def report(
    session: Session,
    subjects: tuple[str, ...],
    everyone: bool,
    compare_to: date | None,
    latest: int,
    marking: str,
    query: Query,
    fmt: str,
    out: Path | None,
) -> None:
    """Report on one or more countries, or on NATO as a whole.

    Countries are codes or names in any case. Every figure in the JSON carries the incidents behind it.

    \b
    Example:
      incidents report PL
      incidents report Estonia --format md
      incidents report NATO --since 2025-01-01
      incidents report DK --compare-to 2025-10-01
    """
    from incidents.report.narrative import compose, compose_several
    from incidents.report.plain import to_json_dict
    from incidents.report.summary import summarise

    records = session.records(Query(include_refuted=True))
    chosen = _subjects(subjects, records, everyone=everyone)
    summaries = [summarise(records, s, query, compare_to=compare_to) for s in chosen]
    for summary in summaries:
        _explain_emptiness(session, summary, records, query)
    if fmt == "json":
        data = [to_json_dict(summary) for summary in summaries]
        emit(json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=1) + "\n", out)
        return
    document = (
        compose(summaries[0], marking=marking, latest=latest)
        if len(summaries) == 1
        else compose_several(summaries, marking=marking, latest=latest)
    )
    if fmt == "text":
        from incidents.report.text import render_text

        is_plain = session.is_plain or out is not None
        width = 80 if is_plain else min(120, shutil.get_terminal_size((80, 24)).columns)
        emit(render_text(document, width=width, is_plain=is_plain), out)
    else:
        from incidents.report.formats import FORMATS

        emit(FORMATS[fmt](document, None), out)


def _subjects(subjects: tuple[str, ...], records: list[Incident], *, everyone: bool) -> tuple[str, ...]:
    if everyone:
        from incidents.membership import nato_countries

        return tuple(sorted({code for record in records for code in nato_countries(record)}))
    if not subjects:
        raise click.UsageError("Name a country, such as PL or Estonia, or NATO, or use --all.")
    return tuple(dict.fromkeys(subjects))


def _explain_emptiness(session: Session, summary: Summary, records: list[Incident], query: Query) -> None:
    if summary.incidents or summary.refuted.ids:
        return
    from incidents.query import excluding

    mine = records if summary.subject == "NATO" else [r for r in records if summary.subject in r.countries]
    reasons = excluding(mine, dataclasses.replace(query, countries=frozenset()))
    if reasons:
        session.say(f"{summary.name}: nothing is left after {', '.join(reasons)}.")
