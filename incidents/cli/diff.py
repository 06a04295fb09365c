"""``incidents diff``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidents.cli.history import printable
from incidents.cli.options import emit, format_option, out_option
from incidents.cli.session import Session

if TYPE_CHECKING:
    from incidents.store.changes import Change
    from incidents.store.compare import Difference, Known


@click.command()
@click.argument("what", nargs=-1, metavar="ID REV REV | A B")
@format_option(["text", "json"], default="text")
@out_option()
@click.pass_obj
def diff(session: Session, what: tuple[str, ...], fmt: str, out: Path | None) -> None:
    """Compare two revisions of an incident, or two snapshots or stores: added, changed, retracted, and why.

    \b
    Example:
      incidents diff PL-2025-007 1 3
      incidents diff snapshots/2025-09 snapshots/2025-10
      incidents diff mine.sqlite postgresql://desk/incidents
    """
    if len(what) == 3:
        content = _revisions(session, what[0], _number(what[1]), _number(what[2]), fmt)
    elif len(what) == 2:
        content = _sides(what[0], what[1], fmt)
    else:
        raise click.UsageError("Give an incident and two revision numbers, or two snapshots or stores.")
    emit(content, out)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise click.UsageError(f"{text!r} is not a revision number; see incidents history.")
    return int(text)


def _revisions(session: Session, id_: str, first: int, second: int, fmt: str) -> str:
    from incidents.store.changes import changes

    with session.store() as store:
        before, after = (json.loads(store.revision(id_, number).record) for number in (first, second))
    found = list(changes(before, after))
    if fmt == "json":
        return json.dumps([vars(change) for change in found], ensure_ascii=False, indent=1) + "\n"
    return _changes(found) or "No difference.\n"


def _sides(a: str, b: str, fmt: str) -> str:
    from incidents.store.compare import ORDER, compare, to_plain

    found = compare(_known(a), _known(b))
    if fmt == "json":
        return json.dumps([to_plain(difference) for difference in found], ensure_ascii=False, indent=1) + "\n"
    counts = [(kind, sum(d.kind == kind for d in found)) for kind in ORDER]
    head = ", ".join(f"{number} {kind}" for kind, number in counts if number) or "No difference"
    return f"{head}.\n" + "".join(_text(difference) for difference in found)


def _known(text: str) -> dict[str, Known]:
    from incidents.store.compare import known_in
    from incidents.store.errors import AccessError
    from incidents.store.opening import open_store
    from incidents.store.snapshot import is_snapshot, read_snapshot
    from incidents.store.target import parse_target

    path = parse_target(text).path
    if path is not None and path.is_dir():
        if not is_snapshot(path):
            raise AccessError(f"{path} is not a snapshot: no datapackage.json with ids.ndjson in it.")
        return read_snapshot(path)
    if path is not None and not path.exists():
        raise AccessError(f"No store or snapshot {path}.")
    with open_store(text, bundled=False) as store:
        return known_in(store)


def _text(difference: Difference) -> str:
    leads = f" -> {' '.join(difference.redirect)}" if difference.redirect else ""
    head = f"\n{difference.id} {difference.kind}{leads}: {printable(difference.title)}\n"
    steps = [
        f"  revision {one.number}, {one.at[:10]}, {printable(one.author)}: {printable(one.reason)}\n"
        for one in difference.steps
    ]
    return head + "".join(steps) + _changes(difference.changes)


def _changes(found: Iterable[Change]) -> str:
    lines = []
    for change in found:
        lines.append(f"  {change.path}\n")
        lines += [f"  - {_value(change.before)}\n"] if change.before not in (None, [], "") else []
        lines += [f"  + {_value(change.after)}\n"] if change.after not in (None, [], "") else []
    return "".join(lines)


def _filled(value: Any) -> Any:
    """Return a part without its empty fields, which would only hide the others."""
    if isinstance(value, dict):
        return {key: _filled(part) for key, part in value.items() if part not in (None, "", [])}
    return [_filled(part) for part in value] if isinstance(value, list) else value


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(_filled(value), ensure_ascii=False)
    return printable(text)
