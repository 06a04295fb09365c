"""``incidents review``: one candidate at a time, fields beside the quoted words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidents.cli.candidates import author_option
from incidents.cli.session import Session
from incidents.errors import IncidentsError

if TYPE_CHECKING:
    from incidents.linkage import Link
    from incidents.store.candidates import Extracted
    from incidents.store.store import Store

KEYS = "a accept   l link   e edit   r reject   s skip   t whole text   q quit"
_COLOURS = {
    "country": "green",
    "date": "yellow",
    "object_class": "cyan",
    "count": "cyan",
    "actor": "magenta",
    "sites": "green",
    "outcome": "blue",
    "denied": "magenta",
}


@click.command()
@click.option(
    "--html",
    "html_out",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write a page for reading side by side instead.",
)
@click.option(
    "--from",
    "start",
    metavar="C-n",
    help="Begin here. Decided candidates never come up again, so it resumes by itself.",
)
@author_option
@click.pass_obj
def review(session: Session, html_out: Path | None, start: str | None, author: str) -> None:
    """Review open candidates one at a time: accept, link, edit, reject or skip.

    One key decides. Stopping is safe at any time; the next run goes on with what is open.

    \b
    Example:
      incidents review
      incidents review --html review.html
    """
    with session.store() as store:
        waiting = list(store.candidates("open"))
        if start:
            first = int(start.upper().removeprefix("C-")) if start.upper().removeprefix("C-").isdigit() else 0
            waiting = [c for c in waiting if int(c.id.removeprefix("C-")) >= first]
        if html_out is not None:
            from incidents.cli.options import emit
            from incidents.extract.page import review_page

            emit(review_page(waiting), html_out)
            session.say(f"{len(waiting)} candidates on the page.")
            return
        if not waiting:
            session.say("No open candidates. incidents ingest adds some.")
            return
        if not sys.stdin.isatty() and not _is_tested():
            raise IncidentsError(
                "review needs a terminal. Use accept, link and reject in scripts, or review --html FILE to read."
            )
        _walk(session, store, waiting, author)


def _is_tested() -> bool:
    """Whether click's test runner stands in for the terminal."""
    return type(sys.stdin).__name__ in ("_NamedTextIOWrapper", "EchoingStdin")


def _walk(session: Session, store: Store, waiting: list[Extracted], author: str) -> None:
    decided = 0
    for number, item in enumerate(waiting, 1):
        shown = item
        while True:
            from incidents.review import relink

            proposal = relink(store, shown.id)
            click.echo(render(shown, proposal, f"{number} of {len(waiting)}", colour=not session.is_plain))
            click.echo(KEYS)
            key = click.getchar().lower()
            if key in ("q", "\x03", "\x04", ""):
                session.say(f"{decided} decided; the rest stays open.")
                return
            if key == "t":
                click.echo(shown.data["text"])
                continue
            if key == "s":
                break
            try:
                done = _decide(session, store, shown, proposal, key, author)
            except (IncidentsError, click.Abort) as error:
                click.echo(f"Not done: {error or 'cancelled'}")
                continue
            if done == "again":
                shown = store.candidate(shown.id)
                continue
            if done:
                decided += 1
                break
    session.say(f"{decided} decided; {len(waiting) - decided} skipped.")


def _decide(session: Session, store: Store, item: Extracted, proposal: Link, key: str, author: str) -> str:
    from incidents import review as acts

    if key == "a":
        record = acts.accept(store, item.id, author=author)
        click.echo(f"{item.id} is now {record.id}.")
        return "done"
    if key == "l":
        suggested = (
            " ".join(filter(None, [proposal.to, *proposal.also]))
            if proposal.to and not proposal.to.startswith("C-")
            else ""
        )
        targets = str(click.prompt("Incident (several with spaces)", default=suggested or None)).split()
        for record in acts.link_candidate(store, item.id, targets, author=author):
            click.echo(f"{item.id} is a source of {record.id}: {record.title}")
        return "done"
    if key == "r":
        acts.reject(store, item.id, author=author, reason=str(click.prompt("Reason")))
        return "done"
    if key == "e":
        line = str(click.prompt("FIELD=VALUE, such as date.earliest=2025-09-10 or country=LT"))
        path, found, value = line.partition("=")
        if not found:
            raise IncidentsError(f"{line!r} has no '='. Write FIELD=VALUE.")
        acts.edit(store, item.id, {path.strip(): _value(value.strip())}, author=author)
        return "again"
    click.echo(f"No key {key!r}.")
    return "again"


def _value(text: str) -> Any:
    if text.lower() in ("", "none", "null", "-"):
        return None
    if text.lower() in ("true", "false", "yes", "no"):
        return text.lower() in ("true", "yes")
    return int(text) if text.isdigit() else text


def render(item: Extracted, proposal: Link, position: str, *, colour: bool) -> str:
    """Return one candidate as text: each field beside its quotes, then the passage with the quotes marked."""
    candidate, document = item.data["candidate"], item.data["document"]
    when = candidate["date"]
    values = {
        "country": candidate["country"],
        "date": f"{when['earliest'] or '?'} .. {when['latest'] or when['not_after']} ({when['basis']})",
        "object_class": f"{candidate['object_class']} {candidate['model']}".strip(),
        "count": _range(candidate["count"]["low"], candidate["count"]["high"]),
        "actor": f"{candidate['actor'] or '-'} {candidate['actor_stance'] or ''}".strip(),
        "origin": candidate["origin"] or "-",
        "denied": "yes" if candidate["denied"] else "no",
        "sites": ", ".join(_place(s) for s in candidate["sites"]) or "-",
        "outcome": candidate["outcome"],
        "responses": ", ".join(r["type"] for r in candidate["responses"]) or "-",
    }
    lines = [
        "",
        f"{item.id}  {position}  {document['title'] or document['source']}  "
        f"published {document['published']} ({document['published_from']})",
    ]
    for name, value in values.items():
        quotes = " | ".join(" ".join(e["quote"].split())[:60] for e in candidate["evidence"].get(name, ())[:3])
        label = click.style(f"{name:<13}", fg=_COLOURS.get(name)) if colour else f"{name:<13}"
        lines.append(f"  {label} {value:<34} {f'“{quotes}”' if quotes else ''}".rstrip())
    lines.append(f"  {'role':<13} {candidate['role']}, confidence {candidate['confidence']}")
    if candidate["review_flags"]:
        lines.append(f"  {'check':<13} {'; '.join(candidate['review_flags'])}")
    target = " ".join(filter(None, [proposal.to, *proposal.also]))
    lines.append(f"  {'link':<13} {proposal.verdict.value} {target} ({'; '.join(proposal.reasons)})")
    lines += ["", *passage(item, colour=colour), ""]
    return "\n".join(lines)


def _place(site: dict[str, Any]) -> str:
    return site["name"] if site["lon"] is None else f"{site['name']} ({site['lat']:.2f}, {site['lon']:.2f})"


def _range(low: int | None, high: int | None) -> str:
    return f"{'?' if low is None else low} .. {'?' if high is None else high}"


def passage(item: Extracted, *, colour: bool) -> list[str]:
    """Return the paragraphs that hold evidence, the quotes marked."""
    text, evidence = item.data["text"], item.data["candidate"]["evidence"]
    marks: dict[int, str] = {}
    for name, listed in evidence.items():
        for found in listed:
            if name != "event":
                marks |= dict.fromkeys(range(found["start"], found["end"]), name)
    lines, position = [], 0
    for paragraph in text.split("\n"):
        end = position + len(paragraph)
        spans = [f for listed in evidence.values() for f in listed if f["start"] < end and position < f["end"]]
        if spans:
            pieces, run, name = [], "", marks.get(position)
            for offset, character in enumerate(paragraph):
                here = marks.get(position + offset)
                if here != name:
                    pieces.append(_mark(run, name, colour))
                    run, name = "", here
                run += character
            pieces.append(_mark(run, name, colour))
            lines.append("  | " + "".join(pieces))
        position = end + 1
    return lines


def _mark(text: str, name: str | None, colour: bool) -> str:
    text = "".join(c for c in text if c.isprintable() or c == " ")
    if not text or name is None:
        return text
    return click.style(text, fg=_COLOURS.get(name), underline=True) if colour else f"[{text}]"
