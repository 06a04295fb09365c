"""RSS and Atom feeds: entries with their dates, and a ledger of what was watched since when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from incidents.sources.documents.document import Document, parse_day
from incidents.sources.documents.errors import DocumentError

MAX_ENTRIES = 500
_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC = "{http://purl.org/dc/elements/1.1/}date"


@dataclass(frozen=True)
class Feed:
    """A feed as read."""

    source: str
    title: str
    entries: tuple[Document, ...]
    undated: int
    """Entries left out because they carry no date."""


def looks_like_feed(raw: bytes) -> bool:
    """Return whether the bytes begin like RSS or Atom."""
    head = raw[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return (
        head.startswith((b"<?xml", b"<rss", b"<feed", b"<!doctype rss", b"<rdf"))
        and any(tag in head for tag in (b"<rss", b"<feed", b"<rdf:rdf", b"<!entity", b"<!doctype"))
        and b"<html" not in head
    )


def parse_feed(source: str, raw: bytes) -> Feed:
    """Return the dated entries of an RSS or Atom feed.

    Raises
    ------
    DocumentError
        If it is no feed, or declares entities or fetches anything.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException as error:
        raise DocumentError(f"{source}: the feed declares entities or a document type; refused.") from error
    except (ParseError, ValueError) as error:
        raise DocumentError(f"{source}: not well-formed XML ({error}).") from error
    if root.tag == f"{_ATOM}feed":
        title, items = _text(root.find(f"{_ATOM}title")), root.findall(f"{_ATOM}entry")
        found = [_atom(source, title, item) for item in items[:MAX_ENTRIES]]
    else:
        channel = root.find("channel")
        if channel is None:
            raise DocumentError(f"{source}: neither RSS nor Atom; the root is <{root.tag.split('}')[-1]}>.")
        title, items = _text(channel.find("title")), channel.findall("item")
        found = [_rss(source, title, item) for item in items[:MAX_ENTRIES]]
    dated = tuple(entry for entry in found if entry.published is not None)
    return Feed(source=source, title=title, entries=dated, undated=len(found) - len(dated))


def _text(element: Any) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


def _plain(markup: str) -> str:
    if "<" not in markup:
        return markup
    from incidents.sources.documents.html import _Page

    page = _Page()
    page.feed(markup)
    page.close()
    return page.body()


def _entry(source: str, publisher: str, title: str, link: str, when: str, body: str) -> Document:
    day = parse_day(when) if when else None
    text = f"{title}\n{_plain(body)}".strip()
    return Document(
        source=link or f"{source}#{title[:40]}",
        text=text,
        published=day,
        published_from="feed" if day else "",
        title=title,
        url=link if link.startswith(("http://", "https://")) else "",
        publisher=publisher,
    )


def _rss(source: str, publisher: str, item: Any) -> Document:
    body = _text(item.find(_CONTENT)) or _text(item.find("description"))
    when = _text(item.find("pubDate")) or _text(item.find(_DC))
    return _entry(source, publisher, _text(item.find("title")), _text(item.find("link")), when, body)


def _atom(source: str, publisher: str, item: Any) -> Document:
    links = item.findall(f"{_ATOM}link")
    link = next((e.get("href", "") for e in links if e.get("rel", "alternate") == "alternate"), "")
    body = _text(item.find(f"{_ATOM}content")) or _text(item.find(f"{_ATOM}summary"))
    when = _text(item.find(f"{_ATOM}published")) or _text(item.find(f"{_ATOM}updated"))
    return _entry(source, publisher, _text(item.find(f"{_ATOM}title")), link, when, body)


def update_ledger(path: Path, feed: Feed, *, now: datetime, candidates: int) -> dict[str, Any]:
    """Record in the coverage ledger that `feed` was read, and return its line.

    The ledger says per feed since when it is watched, when last, the span of dates its entries covered, and gaps:
    a reading whose oldest entry is newer than the newest of the reading before leaves days unseen.
    """
    from incidents.files import write_text

    ledger: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    days = sorted(entry.published for entry in feed.entries if entry.published is not None)
    stamp = now.astimezone(UTC).isoformat(timespec="seconds")
    line = ledger.setdefault(feed.source, {"title": feed.title, "watched_since": stamp, "readings": 0, "gaps": []})
    newest = line.get("newest_entry")
    if days and newest and days[0] > date.fromisoformat(newest):
        line["gaps"].append({"after": newest, "before": days[0].isoformat()})
    if days:
        line["oldest_entry"] = min(days[0].isoformat(), line.get("oldest_entry") or days[0].isoformat())
        line["newest_entry"] = max(days[-1].isoformat(), newest or days[-1].isoformat())
    line["last_read"] = stamp
    line["readings"] += 1
    line["entries"] = line.get("entries", 0) + len(feed.entries)
    line["candidates"] = line.get("candidates", 0) + candidates
    write_text(path, json.dumps(dict(sorted(ledger.items())), ensure_ascii=False, indent=1) + "\n")
    found: dict[str, Any] = line
    return found


def entry_span(entries: Iterable[Document]) -> tuple[date | None, date | None]:
    """Return the first and last publication day of entries."""
    days = sorted(entry.published for entry in entries if entry.published is not None)
    return (days[0], days[-1]) if days else (None, None)
