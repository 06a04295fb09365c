"""A document as Markdown that pastes into an editor."""

from __future__ import annotations

import re

from incidents.report.document import Bars, Block, Bullets, Document, Grid, Line, Paragraph, Reference, References

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_URL = re.compile(r"https?://[^\s<>]+\Z")


def escape(text: str) -> str:
    r"""Return `text` so that Markdown shows it and does nothing else.

    >>> escape("<b>*x*</b>")
    '\\<b\\>\\*x\\*\\</b\\>'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def render_markdown(document: Document) -> str:
    """Return the document as CommonMark with GitHub tables; sources are footnote numbers in brackets."""
    parts = [f"**{escape(document.marking)}**"] if document.marking else []
    parts.append(f"# {escape(document.title)}")
    if document.subtitle:
        parts.append(f"*{escape(document.subtitle)}*")
    for section in document.sections:
        parts.append(f"## {escape(section.heading)}")
        parts += [text for block in section.blocks if (text := _block(block))]
    parts.append("---")
    parts += [escape(line) for line in document.colophon]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Paragraph(lines):
            return " ".join(_words(line) for line in lines)
        case Bullets(lines):
            return "\n".join(f"- {_words(line)}" for line in lines)
        case Grid():
            return _table(block.caption, block.header, block.rows, block.numbers)
        case References(sources):
            return "\n".join(_reference(source) for source in sources)
        case Bars(caption, rows):
            return _table(
                caption, ("", "incidents"), tuple((name, str(number)) for name, number in rows), frozenset({1})
            )
        case _:
            return ""


def _table(caption: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numbers: frozenset[int]) -> str:
    lines = [f"**{escape(caption)}**", ""] if caption else []
    lines.append("| " + " | ".join(escape(name) for name in header) + " |")
    lines.append("|" + "|".join(" ---: " if i in numbers else " --- " for i in range(len(header))) + "|")
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _reference(source: Reference) -> str:
    note = f": {escape(source.note)}" if source.note else ""
    archive = f" (archived: {_cell(source.archive_url)})" if source.archive_url else ""
    return f"{source.number}. {escape(source.who)}; grade {escape(source.grade)}{note}. {_cell(source.url)}{archive}"


def _cell(text: str) -> str:
    return f"<{text.replace('|', '%7C')}>" if _URL.match(text) else escape(text)


def _words(line: Line) -> str:
    refs = f" \\[{', '.join(str(ref) for ref in line.refs)}\\]" if line.refs else ""
    return escape(line.text) + refs
