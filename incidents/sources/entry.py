"""What a reader hands over, one at a time: a record, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from incidents.model import Incident

IMPORT_KEY = "import-"
"""How the key of the source begins by which an imported row is known again."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one row."""

    row: int
    column: str
    value: str
    rule: str
    nearest: str = ""
    what: str = "row"
    """What a row is called: row, line or feature."""

    def __str__(self) -> str:
        value = f", value {shorten(self.value)!r}" if self.value else ""
        nearest = f"; nearest allowed: {self.nearest}" if self.nearest else ""
        column = f", column {self.column!r}" if self.column else ""
        return f"{self.what} {self.row}{column}{value}: {self.rule}{nearest}"


@dataclass(frozen=True)
class Entry:
    """One record of a file, with the id it claims or a key by which a second import knows it."""

    row: int
    record: Incident | None
    faults: tuple[Fault, ...] = ()
    known: str = ""
    """Id the row is about, where it holds only part of a record; then the faults count only if nobody has that id."""
    change: Callable[[Incident], Incident] | None = None
    """How to bring the record that has that id up to the row."""
    key: str = ""
    """Key of the source that marks the row, where it has no id."""
    is_partial: bool = False
    """Whether the row holds too little to stand in for a record that already has its id."""
    cells: dict[str, Any] = field(default_factory=dict)
    """The row as read, for the file of rejected rows."""


def shorten(value: object, limit: int = 60) -> str:
    """Return a value on one line, cut to `limit` characters.

    >>> shorten("a  b")
    'a b'
    """
    text = " ".join(str(value)[: limit * 4].split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def host_of(url: str) -> str:
    """Return the host of an address; empty where it has none.

    >>> host_of("https://example.org/a"), host_of("http://[::1")
    ('example.org', '')
    """
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def faults_of(error: ValidationError, row: int, *, what: str = "row") -> tuple[Fault, ...]:
    """Return each broken rule of the model with field, value and the nearest word of a vocabulary."""
    found = []
    for fault in error.errors(include_url=False):
        column = ".".join(str(part) for part in fault["loc"])
        value = fault["input"]
        shown = "" if isinstance(value, dict | list | tuple) or fault["type"] == "missing" else str(value)
        expected = str((fault.get("ctx") or {}).get("expected", ""))
        words = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")] if expected else []
        rule = str(fault["msg"]).removeprefix("Value error, ")
        found.append(Fault(row, column, shown, rule, nearest_word(shown, words), what))
    return tuple(found)


def nearest_word(value: str, words: list[str]) -> str:
    """Return the word most like `value`, or all of few."""
    import difflib

    close = difflib.get_close_matches(value.strip().lower()[:80].replace(" ", "_"), words, n=1, cutoff=0.5)
    return close[0] if close else ", ".join(words) if 0 < len(words) <= 13 else ""
