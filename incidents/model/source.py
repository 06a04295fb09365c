"""A source is a document; what it says is a claim."""

from __future__ import annotations

from pydantic import Field

from incidents.model.base import Part
from incidents.model.time import PartialDate
from incidents.model.vocabulary import Reliability

OFFICIAL = "official"


class Source(Part):
    """One document, and which facts of the record rest on it."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    """Short name that the record's facts cite, unique in the record."""
    url: str = Field(pattern=r"^(https?://\S+|urn:\S+)$")
    publisher: str = Field(min_length=1)
    title: str = ""
    published_on: PartialDate | None = None
    language: str | None = Field(None, pattern=r"^[a-z]{2}$")
    origin: str = ""
    """Whom the document relays (a ministry, a wire); empty where it reports for itself. Ten reprints are one origin."""
    is_official: bool = False
    """Whether the origin is an authority of a state or of NATO."""
    reliability: Reliability = Reliability.F
    reliability_reason: str = ""
    archive_url: str | None = Field(None, pattern=r"^https?://\S+$")
    supports: tuple[str, ...] = ()
    """Field names of the record that rest on this source."""
    note: str = ""
    """What exactly it supports, in our words."""

    @property
    def independent_origin(self) -> str:
        """The name under which this document counts as one origin."""
        return (self.origin or self.publisher).casefold()
