"""Error root of maps."""

from __future__ import annotations


class MapsError(Exception):
    """Root of every error maps raises on purpose; the message is fit to show to a user."""
