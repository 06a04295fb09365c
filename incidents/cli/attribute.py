"""``incidents attribute``."""

from __future__ import annotations

from datetime import date

import click

from incidents.cli.options import DAY
from incidents.cli.session import Session
from incidents.cli.signing import signed
from incidents.model.vocabulary import Stance


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--actor", required=True, help="State code such as RU, or the name of a person or group.")
@click.option("--stance", type=click.Choice([s.value for s in Stance]), required=True, help="What is said of it.")
@click.option("--by", required=True, help="Who says so.")
@click.option("--on", type=DAY, metavar="DATE", help="Day it was said.")
@click.option("--basis", default="", help="On what grounds.")
@click.option("--source", metavar="URL", help="Where it says so.")
@click.option("--publisher", help="Publisher of the source. [default: its host]")
@click.option("--revision", type=int, help="Refuse unless this is still the last revision.")
@signed
@click.pass_obj
def attribute(
    session: Session,
    id_: str,
    actor: str,
    stance: str,
    by: str,
    on: date | None,
    basis: str,
    source: str | None,
    publisher: str | None,
    revision: int | None,
    author: str,
    reason: str,
) -> None:
    """Record who says who did it, or who denies it. Where a drone came from does not say who is responsible.

    \b
    Example:
      incidents attribute PL-2025-007 --actor RU --stance denies --by "Russian MoD" --on 2025-09-10 --reason "reply"
    """
    from incidents.cli.citing import source_of
    from incidents.curation import checked, with_attribution
    from incidents.model import Attribution

    day = None if on is None else on.isoformat()
    said = checked(Attribution, actor=actor, stance=stance, by=by, on=day, basis=basis)
    cited = source_of(source, publisher=publisher, published=on)
    with session.store() as store:
        made = store.edit(
            id_,
            lambda record: with_attribution(record, said, cited),
            author=author,
            reason=reason,
            revision=revision,
            operation="attribute",
        )
    assert made is not None  # an attribution is always one more entry
    session.say(f"{made.incident_id}: revision {made.number}.")
