"""``incidents candidates``, ``incidents accept``, ``incidents reject``."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from incidents.cli.options import COUNTRY, emit, format_option
from incidents.cli.session import Session

if TYPE_CHECKING:
    from incidents.store.candidates import Extracted


def default_author() -> str:
    """Return the login name: who decides where nobody says."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"


def author_option(command: Any) -> Any:
    """Add ``--author``."""
    return click.option(
        "--author",
        envvar="INCIDENTS_AUTHOR",
        default=default_author,
        show_envvar=True,
        help="Who decides. [default: your login name]",
    )(command)


@click.command()
@click.option(
    "--status",
    type=click.Choice(["open", "accepted", "linked", "rejected", "all"]),
    default="open",
    show_default=True,
    help="Which.",
)
@click.option("--country", "-c", type=COUNTRY, multiple=True, help="Only these states. Repeatable.")
@format_option(["text", "json"], default="text")
@click.pass_obj
def candidates(session: Session, status: str, country: tuple[str, ...], fmt: str) -> None:
    """List machine-extracted candidates with the words behind them.

    \b
    Example:
      incidents candidates --country EE
      incidents candidates --status all --format json
    """
    with session.store() as store:
        found = [
            c
            for c in store.candidates(None if status == "all" else status)
            if not country or c.data["candidate"]["country"] in country
        ]
    if fmt == "json":
        payload = {"candidates": [as_json(c) for c in found]}
        emit(json.dumps(payload, ensure_ascii=False, indent=1) + "\n", None)
        return
    emit(
        "".join(f"{line}\n" for c in found for line in as_lines(c))
        or f"No {'' if status == 'all' else status + ' '}candidates.\n",
        None,
    )


def as_json(found: Extracted) -> dict[str, Any]:
    """Return a stored candidate as plain JSON values, without the article's text."""
    return {
        "id": found.id,
        "status": found.status,
        "decision": found.decision,
        **found.data["candidate"],
        "document": found.data["document"],
        "link": found.data["link"],
    }


def day_words(candidate: Mapping[str, Any]) -> str:
    """Return the days of a candidate for a list."""
    first, last = candidate["date"]["earliest"], candidate["date"]["latest"]
    if first is None:
        return "no date"
    return str(first) if first == last else f"{first}..{last}"


def first_quote(candidate: Mapping[str, Any]) -> str:
    """Return the words that tell of the event, on one line."""
    return " ".join(candidate["evidence"]["event"][0]["quote"].split())[:150]


def as_lines(found: Extracted) -> list[str]:
    """Return a stored candidate as two lines."""
    candidate, link, document = found.data["candidate"], found.data["link"], found.data["document"]
    target = f"{link['verdict']} {link['to'] or ''}".strip()
    decided = " ".join([found.status, *found.decision.get("incidents", [])])
    return [
        f"{found.id:<6} {candidate['country']}  {day_words(candidate):<22}  {candidate['object_class']:<14}  "
        f"{candidate['confidence']:<8}  {target}{'' if found.status == 'open' else f'  [{decided}]'}",
        f"       “{first_quote(candidate)}”  {document['title'] or document['source']}",
    ]


@click.command()
@click.argument("candidate", metavar="C-n")
@click.option(
    "--link",
    "links",
    multiple=True,
    metavar="INCIDENT",
    help="It is this recorded incident: add the article as a source. Repeatable.",
)
@click.option("--title", default="", help="Title of the new incident.")
@click.option("--reason", default="", help="Why; kept with the change.")
@author_option
@click.pass_obj
def accept(session: Session, candidate: str, links: tuple[str, ...], title: str, reason: str, author: str) -> None:
    """Accept a candidate as a new incident, or with --link as a source of a recorded one.

    \b
    Example:
      incidents accept C-1 --link PL-2025-009
      incidents accept C-2 --title "Drone seen over Kaunas airport"
    """
    from incidents.review import accept as accept_new
    from incidents.review import link_candidate

    if links and title:
        raise click.UsageError("--title is for a new incident; with --link the incident keeps its own.")
    with session.store() as store:
        if links:
            done = link_candidate(store, candidate, list(links), author=author, reason=reason)
            emit("".join(f"{r.id}\t{r.title}\t{len(r.sources)} sources\n" for r in done), None)
        else:
            record = accept_new(store, candidate, author=author, reason=reason, title=title)
            emit(f"{record.id}\t{record.title}\n", None)
            session.say(f"{candidate.upper()} is {record.id}, unresolved. Next: incidents assess {record.id}.")


@click.command()
@click.argument("candidate", metavar="C-n")
@click.option("--reason", required=True, help="Why; kept with the candidate.")
@click.option(
    "--not-same",
    "not_same",
    multiple=True,
    metavar="ID",
    help="Also remember that it is not this incident. Repeatable.",
)
@author_option
@click.pass_obj
def reject(session: Session, candidate: str, reason: str, not_same: tuple[str, ...], author: str) -> None:
    """Reject a candidate, with a reason.

    \b
    Example:
      incidents reject C-3 --reason "strike inside Ukraine"
    """
    from incidents.review import reject as reject_one

    with session.store() as store:
        for other in not_same:
            store.mark_not_same(candidate.upper(), other.upper(), author=author, reason=reason)
        done = reject_one(store, candidate, author=author, reason=reason)
    session.say(f"{done.id} rejected.")
