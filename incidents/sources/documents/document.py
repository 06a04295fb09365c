"""A document as read: text, title, publication day, and where each came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from incidents.sources.documents.errors import DocumentError

MAX_BYTES = 20_000_000
"""Larger than any article; a bigger file is something else."""
MAX_CHARACTERS = 400_000


@dataclass(frozen=True)
class Document:
    """One article."""

    source: str
    """File name, URL or ``-``."""
    text: str
    published: date | None = None
    published_from: str = ""
    """``--published``, ``metadata``, ``feed``, ``front matter`` or ``url``."""
    title: str = ""
    url: str = ""
    publisher: str = ""

    def dated(self, given: date | None) -> Document:
        """Return the document with the publication day the user gave, which wins, or its own.

        Raises
        ------
        DocumentError
            If there is neither, or the day lies in no plausible year.
        """
        found = replace(self, published=given, published_from="--published") if given else self
        if found.published is None:
            raise DocumentError(
                f"{self.source}: no publication date. Relative dates hang on it: give --published YYYY-MM-DD."
            )
        if found.published.year < 1950:
            raise DocumentError(f"{self.source}: publication date {found.published} is not plausible.")
        return found


def check_text(source: str, text: str) -> str:
    """Return `text` if it can be read as an English article.

    Raises
    ------
    DocumentError
        If it is empty, too long, binary or not English.
    """
    from incidents.extract.sentences import is_english

    if not text.strip():
        raise DocumentError(f"{source}: the document is empty; expected the text of an article.")
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(f"{source}: {len(text):,} characters; an article has at most {MAX_CHARACTERS:,}. Split it.")
    strange = sum(1 for c in text[:20_000] if (ord(c) < 32 and c not in "\n\r\t\f") or c == "\ufffd")
    if strange > max(3, len(text[:20_000]) // 200):
        raise DocumentError(f"{source}: binary or damaged text; expected an article as UTF-8 text, HTML or PDF.")
    if not is_english(text):
        raise DocumentError(f"{source}: the text does not look English. Only English is read; translate it first.")
    return text


_URL_DATE = re.compile(r"/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=\D|$)")


def date_in_url(url: str) -> date | None:
    """Return the day in an address such as ``/2025/09/10/``.

    >>> date_in_url("https://news.example/2025/09/10/drones")
    datetime.date(2025, 9, 10)
    """
    match = _URL_DATE.search(url)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_day(value: str) -> date | None:
    """Return the day of an ISO or RFC 822 date, or None."""
    from email.utils import parsedate_to_datetime

    value = value.strip()
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError):
        return None
