"""Where on earth a point lies, and whose airspace that is. Pure and offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geodata.countries import find_country
    from geodata.territory import Territory, locate, locate_many

__all__ = ["Territory", "find_country", "locate", "locate_many"]

_HOMES = {
    "Territory": "geodata.territory",
    "find_country": "geodata.countries",
    "locate": "geodata.territory",
    "locate_many": "geodata.territory",
}


def __getattr__(name: str) -> Any:
    """Import the public names when they are used, not before."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
