"""What was known on a day: a record cut back to the claims made by then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from incidents.attribute import basis
from incidents.model import Incident, SiteTerritory, last_day
from incidents.model.base import Part


def as_of(incident: Incident, on: date) -> Incident | None:
    """Return the record as it was known at the end of day `on`, or None where it was not reported yet.

    A dated claim counts from its date, a partial date from the last day it can mean. A claim without a date counts
    from the earliest source it cites; without one, from the day the record was compiled. So does a site, and an object
    group where another one was known by then; the only group keeps its class, without a model identified later. Prose
    (summary, unknowns, conflicts, confidence, notes on relations) is written with everything known at compilation, so
    it is left out of an earlier view unless nothing was cut. The identity, title, time, class and outcome of the event
    stay.
    """
    compiled = last_day(incident.compiled_on) if incident.compiled_on else None
    known_from = {
        source.key: last_day(source.published_on) if source.published_on else compiled for source in incident.sources
    }
    if not _is_reported(incident, known_from.values(), on):
        return None
    kept_keys = {key for key, day in known_from.items() if day is None or day <= on}

    def is_known(part: Any) -> bool:
        stated = getattr(part, "on", None)
        if stated is not None:
            return last_day(stated) <= on
        days = [known_from[key] for key in part.sources] or [compiled]
        return any(day is None or day <= on for day in days)

    def cut(parts: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(_trim(part, kept_keys) for part in parts if is_known(part))

    assessments = cut(incident.assessments)
    if not assessments:
        return None
    groups = [group for group in incident.objects if is_known(group)] or [
        incident.objects[0].model_copy(update={"model": "", "identified_by": ()})
    ]
    objects = tuple(_trim(group, kept_keys).model_copy(update={"counts": cut(group.counts)}) for group in groups)
    seen = [index for index, site in enumerate(incident.sites) if is_known(site)]
    territories = tuple(
        territory.model_copy(update={"site": seen.index(territory.site)})
        for territory in incident.territories
        if territory.site in seen
    )
    behaviour = incident.behaviour
    if behaviour is not None:
        measures = {
            name: _trim(measure, kept_keys) if measure is not None and is_known(measure) else None
            for name, measure in (
                ("duration_s", behaviour.duration_s),
                ("penetration_km", behaviour.penetration_km),
                ("altitude_m", behaviour.altitude_m),
            )
        }
        behaviour = _trim(behaviour, kept_keys).model_copy(update=measures)
    changes: dict[str, Any] = {
        "assessments": assessments,
        "objects": objects,
        "behaviour": behaviour,
        "sites": tuple(_trim(incident.sites[index], kept_keys) for index in seen),
        "territories": territories,
        "territory_claims": cut(incident.territory_claims),
        "attributions": cut(incident.attributions),
        "responses": cut(incident.responses),
        "consequences": cut(incident.consequences),
        "sources": tuple(source for source in incident.sources if source.key in kept_keys),
    }
    if incident.discovered_on and last_day(incident.discovered_on) > on:
        changes["discovered_on"] = None
    then = incident.model_copy(update=changes)
    if then == incident:
        return incident
    relations = tuple(relation.model_copy(update={"note": ""}) for relation in incident.relations)
    prose = {"summary": "", "unknowns": (), "conflicts": (), "confidence_reason": ""}
    return then.model_copy(update={**prose, "relations": relations, "territories": _rebased(then)})


def _rebased(then: Incident) -> tuple[SiteTerritory, ...]:
    """Return the territories with how they stand to the claims that were made by then."""
    return tuple(
        answer.model_copy(
            update={
                "basis": basis(
                    then, then.sites[answer.site], country=answer.country, determination=answer.determination
                )
            }
        )
        for answer in then.territories
    )


def _is_reported(incident: Incident, source_days: Iterable[date | None], on: date) -> bool:
    if incident.first_reported_on is not None:
        return last_day(incident.first_reported_on) <= on
    dated = [day for day in source_days if day is not None]
    return not dated or min(dated) <= on


def _trim(part: Part, kept: set[str]) -> Any:
    sources = getattr(part, "sources", ())
    cited = tuple(key for key in sources if key in kept)
    return part if cited == sources else part.model_copy(update={"sources": cited})
