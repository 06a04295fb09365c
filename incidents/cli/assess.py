"""``incidents assess``."""

from __future__ import annotations

from datetime import date

import click

from incidents.cli.options import DAY
from incidents.cli.session import Session
from incidents.cli.signing import signed
from incidents.model.vocabulary import Status


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--status", type=click.Choice([s.value for s in Status]), required=True, help="The judgement.")
@click.option("--by", required=True, help="Who judges; editors where it is us.")
@click.option("--on", type=DAY, metavar="DATE", required=True, help="Day of the judgement.")
@click.option("--note", default="", help="Grounds, or what it turned out to be.")
@click.option("--source", metavar="URL", help="Where it says so.")
@click.option("--publisher", help="Publisher of the source. [default: its host]")
@click.option("--published", type=DAY, metavar="DATE", help="Day the source was published. [default: --on]")
@click.option("--revision", type=int, help="Refuse unless this is still the last revision.")
@signed
@click.pass_obj
def assess(
    session: Session,
    id_: str,
    status: str,
    by: str,
    on: date,
    note: str,
    source: str | None,
    publisher: str | None,
    published: date | None,
    revision: int | None,
    author: str,
    reason: str,
) -> None:
    """Record a dated assessment of an incident; the latest one is its status.

    \b
    Example:
      incidents assess DK-2025-012 --status refuted --by "Danish police" --on 2025-10-10 \\
        --note "a star" --source https://politi.dk/x --reason "police statement"
    """
    from incidents.cli.citing import source_of
    from incidents.curation import checked, with_assessment
    from incidents.model import Assessment

    assessment = checked(Assessment, status=status, by=by, on=on.isoformat(), note=note)
    cited = source_of(source, publisher=publisher, published=published or on)
    with session.store() as store:
        made = store.edit(
            id_,
            lambda record: with_assessment(record, assessment, cited),
            author=author,
            reason=reason,
            revision=revision,
            operation="assess",
        )
        assert made is not None  # an assessment is always one more entry
        record = store.get(id_)
    session.say(f"{record.id}: revision {made.number}; status {record.status}.")
