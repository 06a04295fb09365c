"""``incidents db``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidents.cli.options import format_option
from incidents.cli.session import Session

if TYPE_CHECKING:
    from incidents.store.bundled import Update


@click.group()
def db() -> None:
    """Inspect, back up, verify and upgrade the store.

    \b
    Example:
      incidents db info
      incidents --db desk.sqlite db verify
    """


@db.command()
@format_option(["text", "json"], default="text")
@click.pass_obj
def info(session: Session, fmt: str) -> None:
    """Say what the store holds and where it is.

    \b
    Example:
      incidents db info --format json
    """
    from incidents.store.upkeep import info as facts_of

    with session.store() as store:
        facts = facts_of(store)
    if fmt == "json":
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
    else:
        width = max(len(name) for name in facts)
        for name, value in facts.items():
            click.echo(f"{name.replace('_', ' '):<{width}}  {value}")


@db.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.pass_obj
def backup(session: Session, out: Path) -> None:
    """Copy the store to a new file OUT, while others may go on working, and verify the copy.

    \b
    Example:
      incidents db backup incidents-2025-10-01.sqlite
    """
    from incidents.store.backup import backup as back_up

    with session.store() as store:
        revisions = back_up(store, out)
    session.say(f"{out}: {revisions} revisions, verified.")


@db.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.pass_obj
def restore(session: Session, source: Path) -> None:
    """Verify a backup and put it where the store is missing; an existing store is never overwritten.

    \b
    Example:
      incidents --db new.sqlite db restore incidents-2025-10-01.sqlite
      incidents --db postgresql://desk/incidents db restore incidents-2025-10-01.sqlite
    """
    from incidents.store.backup import restore as put_back

    revisions = put_back(source, session.db)
    session.say(f"{revisions} revisions restored.")


@db.command()
@click.pass_obj
@click.pass_context
def verify(ctx: click.Context, session: Session) -> None:
    """Recompute the chain of hashes over all revisions; exit 1 and name what was tampered with or damaged.

    Note the printed head elsewhere: it proves later that nothing up to it was changed.

    \b
    Example:
      incidents db verify
    """
    with session.store() as store:
        report = store.verify()
    for fault in report.faults:
        click.echo(f"FAULT {fault}")
    click.echo(f"{report.revisions} revisions of {report.incidents} incidents: {len(report.faults) or 'no'} faults.")
    click.echo(f"head {report.head}")
    if report.faults:
        ctx.exit(1)


@db.command()
@click.pass_obj
def vacuum(session: Session) -> None:
    """Give unused space back and refresh the statistics that queries are planned with.

    \b
    Example:
      incidents db vacuum
    """
    from incidents.store.upkeep import vacuum as tidy

    with session.store() as store:
        tidy(store)
    session.say("Done.")


@db.command()
@click.pass_obj
def migrate(session: Session) -> None:
    """Bring an older store to the present schema, after a backup beside it. Every other command does that too.

    \b
    Example:
      incidents --db old.sqlite db migrate
    """
    from incidents.store.version import SCHEMA_VERSION

    session.store().close()
    session.say(f"Schema version {SCHEMA_VERSION}.")


@db.command()
@click.pass_obj
def url(session: Session) -> None:
    """Print where the store is, without a password.

    \b
    Example:
      incidents db url
    """
    from incidents.store.target import parse_target

    click.echo(str(parse_target(session.db)))


@db.command()
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.pass_obj
def update(session: Session, dry_run: bool) -> None:
    """Bring untouched bundled records to the data set of this version. Local edits stay; conflicts are listed.

    \b
    Example:
      incidents db update --dry-run
    """
    from incidents.dataset import load_bundled
    from incidents.store.bundled import edition
    from incidents.store.bundled import update as bring_up
    from incidents.store.opening import open_store

    with open_store(session.db) as store:
        result = bring_up(store, load_bundled(), version=edition(), dry_run=dry_run)
    click.echo(_told(result, dry_run), nl=False)


def _told(result: Update, dry_run: bool) -> str:
    from incidents.store.errors import listing

    lines = [
        f"Data set {result.previous or 'none'} -> {result.version}{' (dry run: nothing changed)' if dry_run else ''}"
    ]
    for name, ids in (
        ("added", result.added),
        ("updated", result.updated),
        ("no longer bundled, kept", result.missing),
    ):
        if ids:
            lines.append(f"{len(ids)} {name}: {listing(ids, limit=20)}")
    lines.append(f"{result.unchanged} unchanged")
    for conflict in result.conflicts:
        lines.append(f"CONFLICT {conflict.id} ({conflict.why}), left as it is here")
        lines += [f"  here: {listing(conflict.local)}"] if conflict.local else []
        lines += [f"  data set: {listing(conflict.bundled)}"] if conflict.bundled else []
    return "\n".join(lines) + "\n"
