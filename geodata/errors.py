"""Error root of geodata."""

from __future__ import annotations


class GeodataError(Exception):
    """Root of every error geodata raises on purpose; the message is fit to show to a user."""
