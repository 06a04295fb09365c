"""Error root of geodata."""

from __future__ import annotations


class GeodataError(Exception):
    """Root of every error geodata raises on purpose; the message is fit to show to a user."""


class UnknownCountryError(GeodataError):
    """A code or name that the registry does not hold."""


class CoordinateError(GeodataError, ValueError):
    """Coordinates that are no place on earth."""


class DataFileError(GeodataError):
    """A shipped data file is missing or corrupt."""


class BuildError(GeodataError):
    """A build step could not do its work."""
