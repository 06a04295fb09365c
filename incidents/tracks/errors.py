"""Errors of the track screen."""

from __future__ import annotations

from incidents.errors import IncidentsError


class TrackError(IncidentsError, ValueError):
    """Tracks cannot be read or screened."""


class ColumnError(TrackError):
    """A needed column is missing."""


class EmptyTrackError(TrackError):
    """Nothing could be read."""
