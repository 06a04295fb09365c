"""``incidents undo``."""

from __future__ import annotations

import click

from incidents.cli.session import Session
from incidents.cli.signing import signed


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--to", type=click.IntRange(min=1), metavar="REV", help="Bring back the state of this revision.")
@signed
@click.pass_obj
def undo(session: Session, id_: str, to: int | None, author: str, reason: str) -> None:
    """Undo the last change of an incident; again undoes the one before. Nothing is lost: an undo is a revision too.

    A merge, split or link is undone for every incident it touched.

    \b
    Example:
      incidents undo PL-2025-007 --reason "wrong incident"
      incidents undo PL-2025-007 --to 3 --reason "edits 4 to 6 were wrong"
    """
    with session.store() as store:
        made = store.undo(id_, author=author, reason=reason, to=to)
    for one in made:
        where = f"as it was at revision {one.restores}" if one.restores else f"leads to {' '.join(one.redirect)}"
        session.say(f"{one.incident_id}: {where} (now revision {one.number}).")
