"""What can be wrong with a document."""

from __future__ import annotations

from incidents.errors import IncidentsError


class DocumentError(IncidentsError, ValueError):
    """A document cannot be read; the message says what was given and what to do."""
