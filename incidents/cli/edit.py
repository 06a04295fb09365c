"""``incidents edit``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from incidents.cli.session import Session
from incidents.cli.signing import signed
from incidents.errors import IncidentsError

if TYPE_CHECKING:
    from incidents.model import Incident


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Field to change. Repeatable.")
@click.option("--revision", type=int, help="Refuse unless this is still the last revision.")
@signed
@click.pass_obj
def edit(session: Session, id_: str, settings: tuple[str, ...], revision: int | None, author: str, reason: str) -> None:
    """Change fields of an incident; without --set, open it as YAML in $EDITOR.

    A field is written as in the record: title, sites[0].name, unknowns[+] (append). A value in [ ] or { } is read as
    YAML; an empty one clears the field or removes the list entry. Nothing is saved unless the whole record is valid,
    or if somebody else changed it while the editor was open.

    \b
    Example:
      incidents edit PL-2025-007 --set outcome=crashed --set "sites[0].radius_m=500" --reason "geolocated"
    """
    from incidents.curation import with_fields

    with session.store() as store:
        if settings:
            values = [_setting(text) for text in settings]
            made = store.edit(
                id_, lambda record: with_fields(record, values), author=author, reason=reason, revision=revision
            )
        else:
            entry = store.entry(id_)
            store.get(entry.id)
            after = _in_editor(entry.record)
            made = None
            if after is not None:
                new, base = after, revision or entry.number
                made = store.edit(entry.id, lambda _: new, author=author, reason=reason, revision=base)
    if made:
        session.say(f"{made.incident_id}: revision {made.number}; changed {', '.join(made.changed)}.")
    else:
        session.say(f"{id_.upper()}: nothing changed.")


def _setting(text: str) -> tuple[str, Any]:
    path, sign, value = text.partition("=")
    if not sign or not path.strip():
        raise click.UsageError(f"--set {text!r}: write FIELD=VALUE, for example outcome=crashed.")
    value = value.strip()
    if value[:1] in ("[", "{"):
        from incidents.dataset import parse_yaml

        return path.strip(), parse_yaml(value, name=f"--set {path.strip()}")
    return path.strip(), value or None


def _in_editor(record: Incident) -> Incident | None:
    from incidents.curation import from_yaml, to_yaml

    text = to_yaml(record)
    while True:
        edited = click.edit(text, extension=".yaml")
        if edited is None or edited == text:
            return None
        try:
            return from_yaml(edited, name=record.id)
        except IncidentsError as error:
            if not sys.stdin.isatty():
                raise IncidentsError(f"{error}\nNothing was saved. Your text is in {_kept(edited)}.") from error
            click.echo(f"{error}", err=True)
            if not click.confirm("Edit again?", default=True, err=True):
                raise IncidentsError(f"Nothing was saved. Your text is in {_kept(edited)}.") from error
            text = edited


def _kept(text: str) -> str:
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".yaml", delete=False, encoding="utf-8") as file:
        file.write(text)
    return file.name
