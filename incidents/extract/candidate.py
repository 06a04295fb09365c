"""A machine-extracted candidate: never a fact, every field tied to the words that support it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, Field, model_validator

from incidents.model.base import Part
from incidents.model.vocabulary import Confidence, Outcome, PositionMethod, ResponseType, SiteRole, Stance


class Role(StrEnum):
    """Whether the article is about the event or recalls it."""

    MAIN = "main"
    BACKGROUND = "background"


class Evidence(Part):
    """Words of the article: ``text[start:end] == quote``."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False, use_attribute_docstrings=True)

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str = Field(min_length=1)
    rule: str
    """What found it."""


class CandidateDate(Part):
    """When: a range of local days. Both ends empty means the article gives no date."""

    earliest: date | None = None
    latest: date | None = None
    not_after: date | None = None
    """Publication date, the upper bound where no date is given."""
    precision: str = "open"
    """``day``, ``night``, ``range``, ``month`` or ``open``."""
    basis: str = "none"
    """How it was read: ``stated``, ``weekday``, ``relative``, ``event``, ``statement``, ``find``, ``none``."""
    text: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> CandidateDate:
        if (self.earliest is None) != (self.latest is None):
            raise ValueError("earliest and latest go together")
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        return self


class CandidateCount(Part):
    """How many, as the article says."""

    low: int | None = Field(None, ge=0)
    high: int | None = Field(None, ge=0)


class CandidateSite(Part):
    """A place named for the event, with a position where the gazetteer knows one."""

    name: str = Field(min_length=1)
    kind: str = ""
    role: SiteRole = SiteRole.OVER
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    radius_m: float | None = Field(None, gt=0)
    method: PositionMethod | None = None
    gazetteer_name: str = ""
    is_exact: bool = False
    """Whether the gazetteer has this very name; otherwise the position is that of the smallest known parent."""


class CandidateResponse(Part):
    """Something done about it."""

    type: ResponseType
    detail: str = ""


class CandidateIncident(Part):
    """One event as one article tells it."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    date: CandidateDate
    object_class: str = "unknown"
    """An `ObjectClass` value, or ``missile`` or ``aircraft`` where the article says no more."""
    model: str = ""
    count: CandidateCount = CandidateCount()
    actor: str | None = None
    actor_stance: Stance | None = None
    origin: str | None = None
    """State it came from; launch territory is not responsibility."""
    denied: bool = False
    """Whether the named actor denies it, according to the article."""
    sites: tuple[CandidateSite, ...] = ()
    outcome: Outcome = Outcome.UNKNOWN
    responses: tuple[CandidateResponse, ...] = ()
    role: Role
    confidence: Confidence
    review_flags: tuple[str, ...] = ()
    extractor: str = "rules"
    evidence: dict[str, tuple[Evidence, ...]]

    def check(self, text: str) -> None:
        """Raise `ValueError` where a quote is not the words of `text` at its offsets."""
        for field, found in self.quotes():
            if text[found.start : found.end] != found.quote:
                raise ValueError(f"{field}: the text at {found.start}:{found.end} is not {found.quote!r}")

    def quotes(self) -> Iterator[tuple[str, Evidence]]:
        """Yield ``(field, evidence)`` in field order."""
        for field, listed in self.evidence.items():
            for found in listed:
                yield field, found

    def to_json_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return self.model_dump(mode="json")

    @property
    def label(self) -> str:
        """One line for lists: country, object, days."""
        low, high = self.date.earliest, self.date.latest
        when = "no date" if low is None else str(low) if low == high else f"{low}..{high}"
        how_many = (
            "" if self.count.low is None else f"{self.count.low}{'' if self.count.high == self.count.low else '+'} "
        )
        return f"{self.country} {when} {how_many}{self.object_class.replace('_', ' ')}"
