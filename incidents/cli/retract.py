"""``incidents retract``."""

from __future__ import annotations

import click

from incidents.cli.session import Session
from incidents.cli.signing import signed


@click.command()
@click.argument("id_", metavar="ID")
@signed
@click.pass_obj
def retract(session: Session, id_: str, author: str, reason: str) -> None:
    """Retract an incident that should not be on record. Its id and history stay; incidents undo brings it back.

    An event that turned out not to have happened is not retracted but assessed as refuted.

    \b
    Example:
      incidents retract PL-2025-007 --reason "test entry"
    """
    with session.store() as store:
        made = store.retract(id_, author=author, reason=reason)
    session.say(f"{made.incident_id}: retracted (revision {made.number}).")
