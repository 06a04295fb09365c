"""``incidents snapshot``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from incidents.cli.options import DAY
from incidents.cli.session import Session


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="New folder.")
@click.option("--on", type=DAY, metavar="DATE", help="Day to date it. [default: today]")
@click.pass_obj
def snapshot(session: Session, out: Path, on: date | None) -> None:
    """Write the whole store as a dated data package that never changes: records, ids, history, hashes.

    \b
    Example:
      incidents snapshot --out snapshots/2025-10
      incidents diff snapshots/2025-09 snapshots/2025-10
    """
    from incidents.store.snapshot import write_snapshot

    with session.store() as store:
        descriptor = write_snapshot(store, out, on=on or date.today())
    lines = {resource["name"]: resource["lines"] for resource in descriptor["resources"]}
    session.say(f"{out}: {lines['records']} incidents, {lines['ids']} ids, {lines['history']} revisions.")
