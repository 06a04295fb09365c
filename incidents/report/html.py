"""A document as one self-contained page: no script, no request, prints on A4."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from incidents.report.document import Block, Document, Line, Picture

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

Drawer = Callable[[Picture], str | None]
"""Returns trusted markup (an ``<svg>`` or ``<img>``) for a picture, or None to leave it out."""

_URL = re.compile(r"https?://[^\s\"'<>]+\Z")
_ID = re.compile(r"\b[A-Z]{2}-\d{4}-\d{3,}\b")


@dataclass(frozen=True)
class _Group:
    kind: str
    blocks: tuple[Block, ...]


def render_html(
    document: Document,
    *,
    draw: Drawer | None = None,
    nav: Sequence[tuple[str, str]] = (),
    link: Callable[[str], str | None] | None = None,
) -> str:
    """Return the document as a page.

    Parameters
    ----------
    draw
        Draws the pictures; without it they are left out.
    nav
        ``(text, relative link)`` pairs at the top.
    link
        Returns the relative link of an incident id, or None.
    """
    from markupsafe import Markup, escape

    def linked_ids(text: str) -> Markup:
        if link is None:
            return escape(text)
        parts, end = [], 0
        for match in _ID.finditer(text):
            href = link(match[0])
            if href is not None:
                parts += [escape(text[end : match.start()]), Markup('<a href="{}">{}</a>').format(href, match[0])]
                end = match.end()
        return Markup("").join([*parts, escape(text[end:])])

    def words(line: Line) -> Markup:
        refs = Markup(", ").join(Markup('<a href="#source-{0}">{0}</a>').format(ref) for ref in line.refs)
        return linked_ids(line.text) + (Markup(" <sup>[{}]</sup>").format(refs) if line.refs else Markup(""))

    def linked(cell: str, is_id: bool) -> Markup:
        if _URL.match(cell):
            return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(cell)
        return linked_ids(cell)

    def drawn(picture: Picture) -> Markup | None:
        markup = draw(picture) if draw is not None else None
        return None if markup is None else Markup(markup)

    template, css = _template()
    return template.render(
        document=document,
        css=Markup(css),
        nav=nav,
        grouped=_grouped,
        words=words,
        linked=linked,
        draw=drawn,
    )


@cache
def _template() -> tuple[Template, str]:
    from jinja2 import Environment, StrictUndefined

    folder = resources.files("incidents.report") / "web"
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((folder / "report.html.j2").read_text(encoding="utf-8"))
    return template, (folder / "report.css").read_text(encoding="utf-8")


def _grouped(blocks: Iterable[Block]) -> list[_Group]:
    return [_Group(kind, tuple(group)) for kind, group in groupby(blocks, key=lambda block: type(block).__name__)]


def image(svg: str, alternative: str) -> str:
    """Return an ``<svg>`` element with its text alternative."""
    from markupsafe import escape

    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(alternative)}"', 1)
