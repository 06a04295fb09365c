"""The incident record: a hypothesis that an event took place, with everything anybody says about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from incidents.model.base import Part
from incidents.model.count import CountRange
from incidents.model.parts import (
    Assessment,
    Attribution,
    Behaviour,
    Consequence,
    ObjectGroup,
    Relation,
    Response,
    Site,
    TerritoryClaim,
)
from incidents.model.source import Source
from incidents.model.territory import SiteTerritory
from incidents.model.time import PartialDate, TimeSpan, last_day
from incidents.model.vocabulary import Confidence, LegalClass, ObjectClass, Outcome, Status

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Incident(Part):
    """One incident. The id is permanent: country and year of first entry, never re-minted, never reused."""

    id: str = Field(pattern=r"^[A-Z]{2}-\d{4}-\d{3,}$")
    title: str = Field(min_length=1)
    summary: str = ""
    countries: tuple[CountryCode, ...] = Field(min_length=1)
    """States affected, first entry first (ISO 3166 alpha-2)."""
    occurred: TimeSpan
    discovered_on: PartialDate | None = None
    """Day it was found, where that is later than the event."""
    first_reported_on: PartialDate | None = None
    legal_class: LegalClass
    assessments: tuple[Assessment, ...] = Field(min_length=1)
    objects: tuple[ObjectGroup, ...] = Field(min_length=1)
    sites: tuple[Site, ...] = ()
    territory_claims: tuple[TerritoryClaim, ...] = ()
    behaviour: Behaviour | None = None
    attributions: tuple[Attribution, ...] = ()
    responses: tuple[Response, ...] = ()
    outcome: Outcome = Outcome.UNKNOWN
    consequences: tuple[Consequence, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    relations: tuple[Relation, ...] = ()
    confidence: Confidence
    confidence_reason: str = ""
    unknowns: tuple[str, ...] = ()
    """What we do not know."""
    conflicts: tuple[str, ...] = ()
    """Where the sources disagree."""
    compiled_on: PartialDate | None = None
    """Day the record was compiled; facts that cite no dated source count as known from then."""
    territories: tuple[SiteTerritory, ...] = ()
    """Computed, one per placed site; see `incidents.attribute`."""

    @model_validator(mode="after")
    def _references_hold(self) -> Incident:
        keys = [source.key for source in self.sources]
        if len(set(keys)) != len(keys):
            raise ValueError(f"source keys are not unique: {sorted({k for k in keys if keys.count(k) > 1})}")
        unknown = {key for _, cited in self.citations() for key in cited} - set(keys)
        if unknown:
            raise ValueError(f"cites unknown source keys {sorted(unknown)}; known keys: {sorted(keys)}")
        fields = set(type(self).model_fields)
        for source in self.sources:
            wrong = sorted({field.split(".")[0] for field in source.supports} - fields)
            if wrong:
                raise ValueError(f"source {source.key!r} supports unknown fields {wrong}")
        if len(set(self.countries)) != len(self.countries):
            raise ValueError(f"countries repeat: {list(self.countries)}")
        if any(relation.to == self.id for relation in self.relations):
            raise ValueError("is related to itself")
        return self

    def citations(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield ``(field path, cited source keys)`` for every fact that can cite sources."""
        for name in (
            "assessments",
            "objects",
            "sites",
            "territory_claims",
            "attributions",
            "responses",
            "consequences",
        ):
            for index, part in enumerate(getattr(self, name)):
                yield f"{name}[{index}]", part.sources
        for index, group in enumerate(self.objects):
            for number, claim in enumerate(group.counts):
                yield f"objects[{index}].counts[{number}]", claim.sources
        if self.behaviour is not None:
            yield "behaviour", self.behaviour.sources
            for name in ("duration_s", "penetration_km", "altitude_m"):
                measure = getattr(self.behaviour, name)
                if measure is not None:
                    yield f"behaviour.{name}", measure.sources

    @property
    def assessment(self) -> Assessment:
        """The latest assessment; of several on one day, the last in order."""
        if len(self.assessments) == 1:
            return self.assessments[0]
        return max(enumerate(self.assessments), key=lambda pair: (last_day(pair[1].on), pair[0]))[1]

    @property
    def status(self) -> Status:
        """Status by the latest assessment."""
        return self.assessment.status

    @property
    def primary_site(self) -> tuple[int, Site] | None:
        """Index and site that one point stands for: the first placed in an affected state, else the first placed."""
        placed = [(index, site) for index, site in enumerate(self.sites) if site.is_placed]
        at_home = [pair for pair in placed if pair[1].country is None or pair[1].country in self.countries]
        return next(iter(at_home or placed), None)

    @property
    def object_classes(self) -> tuple[ObjectClass, ...]:
        """Classes of the objects, in the record's order, each once."""
        return tuple(dict.fromkeys(group.object_class for group in self.objects))

    @property
    def count(self) -> CountRange | None:
        """Sum over the object groups, or None where they count different units or nothing is counted."""
        counts = [group.count for group in self.objects]
        if not any(count.is_known for count in counts) or len({count.unit for count in counts}) > 1:
            return None
        total = counts[0]
        for count in counts[1:]:
            total = total + count
        return total

    @property
    def day(self) -> date:
        """First local day of the event, for sorting and for membership."""
        return self.occurred.first_day

    def to_json_dict(self) -> dict[str, Any]:
        """Return the record as plain JSON values, keys in field order, with the derived `status` beside them."""
        return {**self.model_dump(mode="json"), "status": self.status.value, "precision": self.occurred.precision.value}
