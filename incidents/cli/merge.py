"""``incidents merge`` and ``incidents unmerge``."""

from __future__ import annotations

import click

from incidents.cli.session import Session
from incidents.cli.signing import signed


@click.command()
@click.argument("duplicate", metavar="DUPLICATE")
@click.argument("into", metavar="INTO")
@signed
@click.pass_obj
def merge(session: Session, duplicate: str, into: str, author: str, reason: str) -> None:
    """Merge DUPLICATE into INTO, which keeps what both say. The duplicate's id leads there from then on.

    \b
    Example:
      incidents merge PL-2025-019 PL-2025-007 --reason "same drone, second report"
    """
    with session.store() as store:
        gone, kept = store.merge(duplicate, into, author=author, reason=reason)
    session.say(f"{gone.incident_id} now leads to {kept.incident_id} (revision {kept.number}).")


@click.command()
@click.argument("id_", metavar="ID")
@signed
@click.pass_obj
def unmerge(session: Session, id_: str, author: str, reason: str) -> None:
    """Take the merge of ID back, also where the other incident was edited since.

    \b
    Example:
      incidents unmerge PL-2025-019 --reason "two drones after all"
    """
    with session.store() as store:
        made = store.unmerge(id_, author=author, reason=reason)
    session.say(f"{made[0].incident_id} stands on its own again (revision {made[0].number}).")
