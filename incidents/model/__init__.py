"""The record model: pure data, validated once, immutable after. Models load when used; the vocabulary is light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidents.model.vocabulary import (
    Basis,
    CausedBy,
    Confidence,
    ConsequenceType,
    CountUnit,
    IdentifiedBy,
    LegalClass,
    ObjectClass,
    Outcome,
    PositionMethod,
    RelationType,
    Reliability,
    ResponseType,
    Says,
    SiteRole,
    Stance,
    Status,
    TimePrecision,
    YesNo,
)

if TYPE_CHECKING:
    from incidents.model.count import CountClaim, CountRange, UnitMismatchError, combine
    from incidents.model.incident import Incident
    from incidents.model.parts import (
        Assessment,
        Attribution,
        Behaviour,
        Consequence,
        Measure,
        ObjectGroup,
        Relation,
        Response,
        Site,
        TerritoryClaim,
    )
    from incidents.model.source import Source
    from incidents.model.territory import Candidate, SiteTerritory
    from incidents.model.time import TimeSpan, first_day, last_day

__all__ = [
    "Assessment",
    "Attribution",
    "Basis",
    "Behaviour",
    "Candidate",
    "CausedBy",
    "Confidence",
    "Consequence",
    "ConsequenceType",
    "CountClaim",
    "CountRange",
    "CountUnit",
    "IdentifiedBy",
    "Incident",
    "LegalClass",
    "Measure",
    "ObjectClass",
    "ObjectGroup",
    "Outcome",
    "PositionMethod",
    "Relation",
    "RelationType",
    "Reliability",
    "Response",
    "ResponseType",
    "Says",
    "Site",
    "SiteRole",
    "SiteTerritory",
    "Source",
    "Stance",
    "Status",
    "TerritoryClaim",
    "TimePrecision",
    "TimeSpan",
    "UnitMismatchError",
    "YesNo",
    "combine",
    "first_day",
    "last_day",
]

_HOMES = {
    "Assessment": "parts",
    "Attribution": "parts",
    "Behaviour": "parts",
    "Candidate": "territory",
    "Consequence": "parts",
    "CountClaim": "count",
    "CountRange": "count",
    "Incident": "incident",
    "Measure": "parts",
    "ObjectGroup": "parts",
    "Relation": "parts",
    "Response": "parts",
    "Site": "parts",
    "SiteTerritory": "territory",
    "Source": "source",
    "TerritoryClaim": "parts",
    "TimeSpan": "time",
    "UnitMismatchError": "count",
    "combine": "count",
    "first_day": "time",
    "last_day": "time",
}


def __getattr__(name: str) -> Any:
    """Import a model when it is used: commands that need no records start without Pydantic."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
