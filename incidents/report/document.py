"""What a report consists of, before anybody decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Line:
    """A sentence with what stands behind it."""

    text: str
    ids: tuple[str, ...] = ()
    """Incidents it speaks of; a renderer may link them."""
    refs: tuple[int, ...] = ()
    """Numbers of its footnotes."""


@dataclass(frozen=True)
class Paragraph:
    """Sentences that run on."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Bullets:
    """A list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Grid:
    """A table."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns that align right."""
    id_column: int | None = None
    """Column that holds an incident id; a renderer may link it."""


@dataclass(frozen=True)
class Bars:
    """Labelled counts that a renderer may draw."""

    caption: str
    rows: tuple[tuple[str, int], ...]
    ids: tuple[tuple[str, ...], ...]
    """Incidents behind each row."""


@dataclass(frozen=True)
class Spark:
    """A row of counts over time that a terminal draws as a line of blocks; pages have a chart instead."""

    first: str
    last: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """A chart or a small map that a page shows; text renderers print the alternative."""

    name: str
    alternative: str
    data: Any = field(default=None, compare=False)
    """What the page's renderer draws it from."""


@dataclass(frozen=True)
class Reference:
    """One numbered source."""

    number: int
    who: str
    """Publisher and date."""
    grade: str
    url: str
    archive_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class References:
    """The numbered sources that footnotes point at."""

    sources: tuple[Reference, ...]


Block = Paragraph | Bullets | Grid | Bars | Spark | Picture | References


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole report."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    colophon: tuple[str, ...]
    """Versions, licences and attributions; every output prints them."""
    marking: str = ""
    language: str = "en"
