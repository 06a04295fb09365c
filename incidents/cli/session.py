"""What every command gets: the chosen store, the query's records, and how to talk to the user."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

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

    def incident(self, incident_id: str, *, as_of: date | None = None) -> Incident:
        """Return one record, following merges; with `as_of`, as it was known that day."""
        from incidents.asof import as_of as cut
        from incidents.errors import IncidentsError

        with self.store() as store:
            record = store.get(incident_id.upper())
        known = record if as_of is None else cut(record, as_of)
        if known is None:
            raise IncidentsError(f"{record.id} was not reported yet on {as_of}.")
        return known

    def say(self, message: str) -> None:
        """Tell the user something on stderr, unless quiet."""
        if not self.quiet:
            print(message, file=sys.stderr)

    @property
    def is_plain(self) -> bool:
        """Whether output goes without colour: piped, NO_COLOR or asked for."""
        import os

        return self.no_color or bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty()
