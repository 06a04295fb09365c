"""Text and Markdown files. Front matter may give title, date and URL; offsets count in the file's own text."""

from __future__ import annotations

import re
from pathlib import Path

from incidents.sources.documents.document import MAX_BYTES, Document, parse_day
from incidents.sources.documents.errors import DocumentError

_FRONT = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"SQLite format",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file of bearable size.

    Raises
    ------
    DocumentError
        If it is missing, unreadable or too large.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DocumentError(f"{path} is a folder; give the files in it, for example {path}/*.txt.")
        if size > MAX_BYTES:
            raise DocumentError(f"{path}: {size / 1e6:.0f} MB; an article has at most {MAX_BYTES // 1_000_000} MB.")
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"Cannot read {path}: {error.strerror}.") from error


def decode(source: str, raw: bytes) -> str:
    """Return the text of `raw`: UTF-8, UTF-16 with a mark, else the encoding it looks like.

    Raises
    ------
    DocumentError
        If it is binary.
    """
    if raw.startswith(_BINARY):
        raise DocumentError(f"{source}: a binary file; expected an article as text, Markdown, HTML or PDF.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace").removeprefix("\ufeff")
    if b"\x00" in raw[:4096]:
        raise DocumentError(f"{source}: a binary file; expected an article as text, Markdown, HTML or PDF.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(raw[:200_000]).best()
        encoding = best.encoding if best is not None else "cp1252"
        return raw.decode(encoding, errors="replace")


def parse_text(source: str, text: str) -> Document:
    """Return a text or Markdown document; a front matter block gives ``title``, ``date`` and ``url``."""
    match = _FRONT.match(text)
    if match is None:
        return Document(source=source, text=text)
    fields = dict(re.findall(r"^(\w+)\s*:\s*(.+?)\s*$", match[1], re.MULTILINE))
    day = parse_day((fields.get("date") or fields.get("published") or "").strip("\"'"))
    blank = re.sub(r"[^\n]", " ", match[0])
    return Document(
        source=source,
        text=blank + text[match.end() :],
        published=day,
        published_from="front matter" if day else "",
        title=fields.get("title", "").strip("\"'"),
        url=fields.get("url", "").strip("\"'"),
        publisher=fields.get("publisher", "").strip("\"'"),
    )


def read_text(path: Path) -> Document:
    """Return a text or Markdown file as a document."""
    return parse_text(str(path), decode(str(path), read_bytes(path)))
