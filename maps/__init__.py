"""Draw incidents: one self-contained page that opens anywhere, or a picture for slides and print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maps.frame import FrameError, check_frame
    from maps.page import render_html
    from maps.picture import render_picture

__all__ = ["FrameError", "check_frame", "render_html", "render_picture"]

_HOMES = {
    "FrameError": "maps.frame",
    "check_frame": "maps.frame",
    "render_html": "maps.page",
    "render_picture": "maps.picture",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
