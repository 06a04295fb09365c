"""``incidents history``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidents.cli.options import emit, format_option, out_option
from incidents.cli.session import Session

if TYPE_CHECKING:
    from incidents.store.revision import Revision


@click.command()
@click.argument("id_", metavar="ID")
@format_option(["text", "json"], default="text")
@out_option()
@click.pass_obj
def history(session: Session, id_: str, fmt: str, out: Path | None) -> None:
    """Show every revision of an incident: who, when, why, which fields.

    \b
    Example:
      incidents history PL-2025-007
    """
    with session.store() as store:
        listed = store.history(id_)
    if fmt == "json":
        content = json.dumps([_plain(one) for one in listed], ensure_ascii=False, indent=1) + "\n"
    else:
        content = "".join(_text(one) for one in listed)
    emit(content, out)


def _plain(one: Revision) -> dict[str, Any]:
    row = {**vars(one), "record": json.loads(one.record)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


def _text(one: Revision) -> str:
    from incidents.store.errors import listing

    what = one.operation
    if one.restores is not None:
        what += f", back to revision {one.restores}"
    if one.redirect:
        what += f", leads to {' '.join(one.redirect)}"
    lines = [f"{one.number}  {one.at[:19]}Z  {printable(one.author)}  {what}", f"   {printable(one.reason)}"]
    if one.changed:
        lines.append(f"   changed: {listing(one.changed)}")
    return "\n".join(lines) + "\n"


def printable(text: str) -> str:
    """Return `text` on one line, without characters that steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
