"""What every command gets: the chosen store, the query's records, and how to talk to the user."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidents.model import Incident
    from incidents.query import Query
    from incidents.store import Store


@dataclass
class Session:
    """The global options."""

    db: str | None = None
    quiet: bool = False
    no_color: bool = False

    def store(self) -> Store:
        """Open the chosen store; use it in a ``with`` block."""
        from incidents.store.opening import open_store

        store = open_store(self.db)
        if not self.quiet and store.is_outdated:
            self.say("This version ships other records than the store holds: incidents db update --dry-run shows them.")
        return store

    def records(self, query: Query, *, limit: int | None = None) -> list[Incident]:
        """Return the records that match, at most `limit`, with territory, first by day, then by id."""
        with self.store() as store:
            return list(store.select(query, limit=limit))

    def say(self, message: str) -> None:
        """Tell the user something on stderr, unless quiet."""
        if not self.quiet:
            print(message, file=sys.stderr)

    @property
    def is_plain(self) -> bool:
        """Whether output goes without colour: piped, NO_COLOR or asked for."""
        import os

        return self.no_color or bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty()
