"""The store: nothing lost, nothing silently changed. SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidents.store.opening import open_store
    from incidents.store.store import Store

__all__ = ["Store", "open_store"]

_HOMES = {"Store": "incidents.store.store", "open_store": "incidents.store.opening"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
