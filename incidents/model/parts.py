"""The parts of an incident: objects, sites, behaviour, claims, responses, consequences, relations."""

from __future__ import annotations

from pydantic import Field, model_validator

from incidents.model.base import Part
from incidents.model.count import CountClaim, CountRange, combine
from incidents.model.time import PartialDate
from incidents.model.vocabulary import (
    CausedBy,
    ConsequenceType,
    IdentifiedBy,
    ObjectClass,
    PositionMethod,
    RelationType,
    ResponseType,
    Says,
    SiteRole,
    Stance,
    Status,
    YesNo,
)


class Assessment(Part):
    """One dated judgement of whether the event took place. The latest one on a date is the status on that date."""

    status: Status
    by: str = Field(min_length=1)
    """Who assesses; ``editors`` where the judgement is ours."""
    on: PartialDate
    note: str = ""
    """Grounds, or what the object turned out to be."""
    sources: tuple[str, ...] = ()


class ObjectGroup(Part):
    """Objects of one class and model."""

    object_class: ObjectClass
    model: str = ""
    identified_by: tuple[IdentifiedBy, ...] = ()
    counts: tuple[CountClaim, ...] = ()
    """One per claimant; the first is the preferred one."""
    sources: tuple[str, ...] = ()

    @property
    def count(self) -> CountRange:
        """The range that holds every claim."""
        return combine(self.counts)


class Site(Part):
    """A place in an incident, with how exactly it is known. EPSG:4326 degrees."""

    name: str = Field(min_length=1)
    role: SiteRole
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    radius_m: float | None = Field(None, gt=0, le=1_000_000)
    """Radius of the disc that holds the true position."""
    method: PositionMethod | None = None
    country: str | None = Field(None, pattern=r"^[A-Z]{2}$")
    """State the sources place the site in; empty over the high seas or where they do not say."""
    note: str = ""
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _placed_whole(self) -> Site:
        given = [value is not None for value in (self.lon, self.lat, self.radius_m, self.method)]
        if any(given) and not all(given):
            raise ValueError("lon, lat, radius_m and method go together: give all four or none")
        return self

    @property
    def is_placed(self) -> bool:
        """Whether the site has coordinates."""
        return self.lon is not None


class TerritoryClaim(Part):
    """A party's word that the object was inside or outside a state's airspace."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    says: Says
    by: str = Field(min_length=1)
    on: PartialDate | None = None
    note: str = ""
    sources: tuple[str, ...] = ()


class Measure(Part):
    """A measured quantity as a range, with who gives it. The unit is in the field's name."""

    low: float | None = Field(None, ge=0)
    high: float | None = Field(None, ge=0)
    by: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Measure:
        if self.low is None and self.high is None:
            raise ValueError("give low, high or both")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        return self


class Behaviour(Part):
    """How long, how deep, how high; and the three facts air forces report of every contact."""

    duration_s: Measure | None = None
    penetration_km: Measure | None = None
    altitude_m: Measure | None = None
    flight_plan: YesNo | None = None
    transponder: YesNo | None = None
    radio: YesNo | None = None
    sources: tuple[str, ...] = ()


class Attribution(Part):
    """What one party says about who did it. Launch territory is not responsibility."""

    actor: str = Field(min_length=1)
    """ISO 3166 alpha-2 code of a state, or the name of a person or group."""
    stance: Stance
    by: str = Field(min_length=1)
    on: PartialDate | None = None
    basis: str = ""
    sources: tuple[str, ...] = ()


class Response(Part):
    """Something done about the event."""

    type: ResponseType
    by: str = ""
    detail: str = ""
    on: PartialDate | None = None
    sources: tuple[str, ...] = ()


class Consequence(Part):
    """Harm or disruption, and what caused it."""

    type: ConsequenceType
    caused_by: CausedBy
    low: int | None = Field(None, ge=0)
    best: int | None = Field(None, ge=0)
    high: int | None = Field(None, ge=0)
    unit: str = ""
    """What the numbers count, such as ``flights`` or ``houses``."""
    detail: str = ""
    on: PartialDate | None = None
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Consequence:
        known = [value for value in (self.low, self.best, self.high) if value is not None]
        if known != sorted(known):
            raise ValueError(f"low {self.low}, best {self.best}, high {self.high} are not in rising order")
        if known and not self.unit:
            raise ValueError("a number needs a unit")
        return self


class Relation(Part):
    """A link from this incident to another."""

    type: RelationType
    to: str = Field(pattern=r"^[A-Z]{2}-\d{4}-\d{3,}$")
    note: str = ""
