"""Error root of the tracker."""

from __future__ import annotations


class IncidentsError(Exception):
    """Root of every error the tracker raises on purpose; the message is fit to show to a user."""
