"""Plain text tables that fit a terminal."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

_GAP = "  "


def width(text: str) -> int:
    """Return how many terminal cells `text` takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def printable(text: str) -> str:
    """Return `text` with blanks for control characters, so that no source can steer a terminal.

    >>> printable("a\\x1b[31mb")
    'a [31mb'
    """
    return "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)


def clip(text: str, cells: int) -> str:
    """Return `text` in at most `cells` cells, with an ellipsis where something was cut, without control characters.

    >>> clip("MiG-31 over Vaindloo", 8)
    'MiG-31…'
    """
    text = printable(text)
    if width(text) <= cells:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > cells - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """Return `text` filled with blanks to `cells` cells."""
    blanks = " " * max(0, cells - width(text))
    return blanks + text if right else text + blanks


def table(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, cells: int, numbers: frozenset[str] = frozenset()
) -> str:
    """Return a table at most `cells` wide; the last column gives way, and those named in `numbers` align right."""
    body = [["" if value is None else str(value) for value in row] for row in rows]
    widths = [max(width(value) for value in column) for column in zip(header, *body, strict=True)]
    spare = cells - sum(widths[:-1]) - len(_GAP) * (len(widths) - 1)
    widths[-1] = max(8, min(widths[-1], spare))
    lines = []
    for row in [list(header), ["-" * cells_ for cells_ in widths], *body]:
        parts = [
            pad(clip(value, cells_), cells_, right=name in numbers)
            for name, value, cells_ in zip(header, row, widths, strict=True)
        ]
        lines.append(_GAP.join(parts).rstrip())
    return "\n".join(lines) + "\n"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return RFC 4180 CSV with plain newlines; None is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()
