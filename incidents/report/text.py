"""A document on the terminal: rich tables and bars; plain when piped."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidents.report.document import (
    Bars,
    Block,
    Bullets,
    Document,
    Grid,
    Line,
    Paragraph,
    Reference,
    References,
    Spark,
)
from incidents.tabular import printable

if TYPE_CHECKING:
    from rich.console import Console

_BAR = 24


def render_text(document: Document, *, width: int = 80, is_plain: bool = True) -> str:
    """Return the document as text at most `width` cells wide, without any escape code where `is_plain`."""
    from rich.console import Console
    from rich.text import Text

    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=not is_plain,
        color_system=None if is_plain else "standard",
        no_color=is_plain,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    if document.marking:
        console.print(Text(printable(document.marking), style="bold"), justify="center")
    console.print(Text(printable(document.title), style="bold"))
    if document.subtitle:
        console.print(Text(printable(document.subtitle)))
    for section in document.sections:
        console.print()
        console.print(Text(section.heading.upper(), style="bold cyan"))
        for block in section.blocks:
            _print_block(console, block)
    console.print()
    for line in document.colophon:
        console.print(Text(line, style="dim"))
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _print_block(console: Console, block: Block) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    match block:
        case Paragraph(lines):
            console.print(Text(printable(" ".join(_words(line) for line in lines))))
        case Bullets(lines):
            for line in lines:
                grid = Table.grid(padding=(0, 1))
                grid.add_column(width=1)
                grid.add_column(overflow="fold")
                grid.add_row(Text("-"), Text(printable(_words(line))))
                console.print(grid)
        case Grid():
            if block.caption:
                console.print(Text(block.caption, style="italic"))
            console.print(_grid(block))
        case References(sources):
            for source in sources:
                grid = Table.grid(padding=(0, 1))
                grid.add_column(width=5, justify="right")
                grid.add_column(overflow="fold")
                grid.add_row(Text(f"[{source.number}]"), Text(printable(_reference(source))))
                console.print(grid)
                for url in filter(None, (source.url, source.archive_url)):
                    console.print(Text(f"{' ' * 6}{url}"), soft_wrap=True)
        case Spark(first, last, numbers):
            console.print(
                Text.assemble(f"{first} ", (sparkline(numbers), "cyan"), f" {last}, at most {max(numbers)} a month")
            )
        case Bars(caption, rows):
            most = max((number for _, number in rows), default=0) or 1
            table = Table.grid(padding=(0, 2))
            table.add_column(overflow="fold", max_width=32)
            table.add_column(justify="right")
            table.add_column()
            for name, number in rows:
                table.add_row(
                    Text(name), Text(str(number)), Text("█" * max(1, round(_BAR * number / most)), style="cyan")
                )
            console.print(Text(caption, style="italic"))
            console.print(Padding(table, (0, 0, 1, 2)))


def _grid(block: Grid) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True, show_edge=False)
    for index, name in enumerate(block.header):
        is_short = index == block.id_column or index in block.numbers
        table.add_column(
            Text(name), justify="right" if index in block.numbers else "left", no_wrap=is_short, overflow="fold"
        )
    for row in block.rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table


def sparkline(numbers: Sequence[int]) -> str:
    """Return counts as a line of blocks; nothing is a dot.

    >>> sparkline([0, 1, 4, 8])
    '·▁▄█'
    """
    most = max(numbers, default=0) or 1
    return "".join("▁▂▃▄▅▆▇█"[max(0, -(-8 * n // most) - 1)] if n else "·" for n in numbers)


def _reference(source: Reference) -> str:
    note = f": {source.note}" if source.note else ""
    return f"{source.who}; grade {source.grade}{note}"


def _words(line: Line) -> str:
    refs = f" [{', '.join(str(ref) for ref in line.refs)}]" if line.refs else ""
    return line.text + refs
