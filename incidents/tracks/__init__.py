"""Position tracks to passages through members' airspace, on one machine or a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidents.tracks.incursion import Incursion
    from incidents.tracks.positions import Positions, Tally
    from incidents.tracks.readers import Reading
    from incidents.tracks.rules import Rules
    from incidents.tracks.running import Screened, screen_files
    from incidents.tracks.screening import screen

__all__ = ["Incursion", "Positions", "Reading", "Rules", "Screened", "Tally", "screen", "screen_files"]

_HOMES = {
    "Incursion": "incidents.tracks.incursion",
    "Positions": "incidents.tracks.positions",
    "Reading": "incidents.tracks.readers",
    "Rules": "incidents.tracks.rules",
    "Screened": "incidents.tracks.running",
    "Tally": "incidents.tracks.positions",
    "screen": "incidents.tracks.screening",
    "screen_files": "incidents.tracks.running",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
