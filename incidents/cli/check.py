"""``incidents check``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidents.cli.options import DAY, format_option
from incidents.cli.session import Session

if TYPE_CHECKING:
    from incidents.model import Incident


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--today", type=DAY, metavar="DATE", help="Day that counts as today. [default: the clock]")
@format_option(["text", "json"], default="text")
@click.pass_obj
@click.pass_context
def check(ctx: click.Context, session: Session, files: tuple[Path, ...], today: date | None, fmt: str) -> None:
    """Run the publish gate over the store, or over data FILES; exit 1 if anything fails.

    What FILES relate to and do not hold is looked up in the store.

    \b
    Example:
      incidents check
      incidents check my-country.yaml --format json
    """
    from incidents.attribute import attribute
    from incidents.checks import RULES, run_checks
    from incidents.checks.redirects import followed
    from incidents.dataset import read_records
    from incidents.query import Query

    if files:
        parsed = [record for file in files for record in read_records(file)]
        records = attribute(parsed)
        context = _related(session, records)
    else:
        context = []
        with session.store() as store:
            records = followed(list(store.select(Query(include_refuted=True))), store.leads_to)
    own = {record.id for record in records}
    findings = [f for f in run_checks([*records, *context], today=today or date.today()) if f.id in own]
    sources = sum(len(record.sources) for record in records)
    if fmt == "json":
        summary = {"records": len(records), "sources": sources, "rules": list(RULES)}
        click.echo(
            json.dumps({**summary, "findings": [f.to_json_dict() for f in findings]}, ensure_ascii=False, indent=1)
        )
    else:
        for finding in findings:
            click.echo(str(finding))
        verdict = f"{len(findings)} findings" if findings else "all passed"
        click.echo(f"{len(records)} records, {sources} sources, {len(RULES)} rules: {verdict}.")
    if findings:
        ctx.exit(1)


def _related(session: Session, records: list[Incident]) -> list[Incident]:
    """Return the store's records that the given ones relate to and do not hold."""
    own = {record.id for record in records}
    wanted = sorted({relation.to for record in records for relation in record.relations} - own)
    if not wanted:
        return []
    with session.store() as store:
        return [store.get(id_) for id_ in wanted if id_ in store.leads_to(id_)]
