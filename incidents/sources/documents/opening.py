"""Any source to documents: a file by its content, an address, a feed, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from incidents.sources.documents.document import MAX_BYTES, Document
from incidents.sources.documents.errors import DocumentError
from incidents.sources.documents.feed import Feed, looks_like_feed, parse_feed
from incidents.sources.documents.text import decode, parse_text, read_bytes


def open_source(source: str, *, allow_private: bool = False) -> Document | Feed:
    """Return the document, or the feed, at a path, an http(s) address or ``-``.

    Raises
    ------
    DocumentError
        If it cannot be read; says why.
    """
    if "://" in source:
        from incidents.sources.documents.web import fetch

        body, kind, final = fetch(source, allow_private=allow_private)
        return parse_bytes(source, body, kind=kind, url=final)
    if source == "-":
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise DocumentError(f"-: more than {MAX_BYTES // 1_000_000} MB; an article is smaller.")
        return parse_bytes("-", raw)
    path = Path(source)
    return parse_bytes(source, read_bytes(path), suffix=path.suffix.lower())


def parse_bytes(source: str, raw: bytes, *, suffix: str = "", kind: str = "", url: str = "") -> Document | Feed:
    """Return the document or feed in `raw`; the content decides, the suffix only where it is silent."""
    if raw.startswith(b"%PDF") or suffix == ".pdf" or "pdf" in kind:
        from incidents.sources.documents.pdf import read_pdf

        return read_pdf(source, raw)
    if looks_like_feed(raw):
        return parse_feed(source, raw)
    head = raw[:2000].lstrip().lower()
    if suffix in (".html", ".htm", ".xhtml") or "html" in kind or head.startswith((b"<!doctype html", b"<html")):
        from incidents.sources.documents.html import read_html

        return read_html(source, raw, url=url)
    if kind and not kind.startswith("text/"):
        raise DocumentError(f"{source}: content type {kind.split(';')[0]!r}; expected HTML, text or PDF.")
    return parse_text(source, decode(source, raw))


def documents(sources: tuple[str, ...], *, allow_private: bool = False) -> Iterator[Document | DocumentError]:
    """Yield the documents of all sources in order, a feed's entries one by one; a fault is yielded, not raised."""
    for source in sources:
        try:
            found = open_source(source, allow_private=allow_private)
        except DocumentError as error:
            yield error
            continue
        if isinstance(found, Feed):
            yield from found.entries
        else:
            yield found
