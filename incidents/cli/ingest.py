"""``incidents ingest``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidents.cli.candidates import day_words, first_quote
from incidents.cli.options import DAY, emit, format_option
from incidents.cli.session import Session
from incidents.sources.documents.document import check_text

if TYPE_CHECKING:
    from incidents.extract.protocol import Extractor
    from incidents.linkage import Event
    from incidents.review import Found
    from incidents.sources.documents.document import Document
    from incidents.sources.documents.feed import Feed
    from incidents.store.store import Store


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--published", type=DAY, metavar="DATE", help="Publication day; wins over what the document says.")
@click.option("--dry-run", is_flag=True, help="Show candidates and links; store nothing.")
@click.option("--extractor", default="rules", show_default=True, help="Who reads: rules, llm or an installed one.")
@click.option("--allow-private", is_flag=True, help="Also fetch addresses in private networks.")
@click.option("--skip-bad", is_flag=True, help="Go on past documents that cannot be read; still exit 1.")
@click.option(
    "--ledger", type=click.Path(path_type=Path, dir_okay=False), help="Record here which feeds were read when."
)
@click.option(
    "--author", envvar="INCIDENTS_AUTHOR", default="extraction", show_default=True, help="Kept with the candidates."
)
@format_option(["text", "json"], default="text")
@click.pass_obj
def ingest(
    session: Session,
    sources: tuple[str, ...],
    published: date | None,
    dry_run: bool,
    extractor: str,
    allow_private: bool,
    skip_bad: bool,
    ledger: Path | None,
    author: str,
    fmt: str,
) -> None:
    """Turn news text into candidates for review.

    SOURCE is a file (text, Markdown, HTML, PDF), an http(s) address, an RSS or Atom feed, or - for standard input.
    Every field of a candidate quotes the words that support it; nothing becomes a record before it is accepted.

    \b
    Example:
      incidents ingest article.txt --published 2025-09-25 --dry-run --format json
      incidents ingest https://news.example/drones --ledger coverage.json
    """
    import json

    from incidents.review import queue

    with _store(session, dry_run) as store:
        found, faults, feeds = _read(
            session,
            store,
            sources,
            published=published,
            extractor=extractor,
            allow_private=allow_private,
            skip_bad=skip_bad,
        )
        ids = queue(store, found, author=author) if store is not None else []
    if ledger is not None:
        from incidents.sources.documents.feed import update_ledger

        for feed in feeds:
            names = {entry.source for entry in feed.entries}
            count = sum(item.document.source in names for item in found)
            update_ledger(ledger, feed, now=datetime.now(UTC), candidates=count)
    if fmt == "json":
        payload = {"candidates": [item.to_json_dict() for item in found], "stored": ids}
        emit(json.dumps(payload, ensure_ascii=False, indent=1) + "\n", None)
    else:
        emit(_table(found), None)
        if store is not None:
            again = len(found) - len(ids)
            session.say(
                f"{len(ids)} candidates queued{f', {again} known already' if again else ''}. Next: incidents review."
            )
    if faults:
        raise click.ClickException(f"{faults} of the documents could not be read (see above).")


@contextmanager
def _store(session: Session, dry_run: bool) -> Iterator[Store | None]:
    if dry_run:
        yield None
        return
    from incidents.store.opening import open_store

    with open_store(session.db) as store:
        yield store


def _read(
    session: Session,
    store: Store | None,
    sources: tuple[str, ...],
    *,
    published: date | None,
    extractor: str,
    allow_private: bool,
    skip_bad: bool,
) -> tuple[list[Found], int, list[Feed]]:
    from incidents.extract.protocol import get_extractor
    from incidents.sources.documents.errors import DocumentError
    from incidents.sources.documents.feed import Feed
    from incidents.sources.documents.opening import open_source

    reader = get_extractor(extractor)
    linker = _Linker(store)
    found: list[Found] = []
    feeds: list[Feed] = []
    faults = 0
    is_quiet = session.quiet or len(sources) < 5
    with click.progressbar(length=len(sources), file=sys.stderr, label="Reading", hidden=is_quiet) as bar:
        for source in sources:
            try:
                opened = open_source(source, allow_private=allow_private)
                if isinstance(opened, Feed):
                    feeds.append(opened)
                    if opened.undated:
                        session.say(f"{source}: {opened.undated} entries without a date left out.")
                    found += [f for entry in opened.entries if _is_readable(entry) for f in linker.read(reader, entry)]
                else:
                    document = opened.dated(published)
                    check_text(document.source, document.text)
                    found += linker.read(reader, document)
            except DocumentError as error:
                if not skip_bad:
                    raise
                faults += 1
                click.echo(f"Skipped: {error}", err=True)
            bar.update(1)
    return found, faults, feeds


def _is_readable(document: Document) -> bool:
    from incidents.sources.documents.errors import DocumentError

    try:
        check_text(document.source, document.text)
    except DocumentError:
        return False
    return True


class _Linker:
    """Compares candidates with what is recorded; loads that once, when the first candidate turns up."""

    def __init__(self, store: Store | None) -> None:
        self.store = store
        self.known: list[Event] | None = None
        self.apart: frozenset[tuple[str, str]] = frozenset()

    def read(self, reader: Extractor, document: Document) -> list[Found]:
        from incidents.review import Found, known_events, links_for, open_events

        assert document.published is not None
        candidates = [c.to_json_dict() for c in reader.extract(document.text, published=document.published)]
        if candidates and self.known is None:
            self.known = known_events(self.store)
            if self.store is not None:
                self.known += open_events(self.store)
                self.apart = self.store.not_same()
        links = links_for(candidates, self.known or [], not_same=self.apart)
        return [Found(document, data, link) for data, link in zip(candidates, links, strict=True)]


def _table(found: list[Found]) -> str:
    if not found:
        return "No candidates.\n"
    lines = []
    for item in found:
        candidate, link = item.candidate, item.link
        places = ", ".join(site["name"] for site in candidate["sites"])
        target = f"{link.verdict.value} {link.to or ''}"
        lines.append(
            f"{candidate['country']}  {day_words(candidate):<22}  {candidate['object_class']:<14}  "
            f"{candidate['role']:<10}  {target:<22}  {places}".rstrip()
        )
        lines.append(f"    “{first_quote(candidate)}”")
    return "\n".join(lines) + "\n"
