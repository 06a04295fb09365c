"""What every command gets: the chosen store, the query's records, and how to talk to the user."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidents.model import Incident
    from incidents.query import Query


@dataclass
class Session:
    """The global options."""

    db: str | None = None
    quiet: bool = False
    no_color: bool = False

    def records(self, query: Query) -> list[Incident]:
        """Return the records that match, with territory, first by day, then by id."""
        from incidents.dataset import load_bundled
        from incidents.query import select

        return select(load_bundled(), query)

    def say(self, message: str) -> None:
        """Tell the user something on stderr, unless quiet."""
        if not self.quiet:
            print(message, file=sys.stderr)

    @property
    def is_plain(self) -> bool:
        """Whether output goes without colour: piped, NO_COLOR or asked for."""
        import os

        return self.no_color or bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty()
