"""What can go wrong with a store, said so that the user knows what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from incidents.errors import IncidentsError


class StoreError(IncidentsError):
    """The store cannot be read or written, or the change makes no sense."""


class UnknownIncidentError(StoreError, LookupError):
    """No incident has that id."""


class TombstoneError(StoreError, LookupError):
    """The id was retracted or split; the message says where it went, when and why."""


class StaleRevisionError(StoreError):
    """The record changed since it was read; the message lists what changed meanwhile."""


class StoreVersionError(StoreError):
    """The store was written by a newer version of the program."""


class AccessError(StoreError, OSError):
    """The database cannot be reached, is locked, read-only, full, or is not a store."""


class CorruptStoreError(StoreError):
    """The database is damaged, or was changed behind the program's back."""


def listing(words: Sequence[str], *, limit: int = 8) -> str:
    """Return ``a, b, c`` cut at `limit`."""
    shown = ", ".join(words[:limit])
    return shown if len(words) <= limit else f"{shown} and {len(words) - limit} more"
