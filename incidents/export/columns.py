"""The flat briefing table: a documented contract. Columns are only ever added at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from incidents.grading import credibility
from incidents.membership import nato_countries
from incidents.model import Incident, Measure, SiteTerritory, Stance
from incidents.model.time import format_moment
from incidents.version import DATASET_VERSION

SEPARATOR = "; "
_PLAIN = (str, int, float)


class Facts:
    """A record with what several columns are derived from: the primary site, its territory, the count, the grades."""

    def __init__(self, record: Incident) -> None:
        primary = record.primary_site
        self.record = record
        self.assessment = record.assessment
        self.count = record.count
        self.credibility = credibility(record)
        self.site = None if primary is None else primary[1]
        self.territory = None if primary is None else territory_of(record, primary[0])


@dataclass(frozen=True)
class Column:
    """One column: what it holds, and how it is read off a record."""

    name: str
    type: str
    """``string``, ``integer``, ``number``, ``boolean`` or ``date``."""
    description: str
    value: Callable[[Facts], Any]


def territory_of(record: Incident, site: int) -> SiteTerritory | None:
    """Return the computed territory of a site."""
    return next((territory for territory in record.territories if territory.site == site), None)


def cell(value: Any) -> Any:
    """Return a value as it stands in a cell: vocabularies as their word, truth as true and false."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def cells(record: Incident) -> list[Any]:
    """Return the record's row of the flat table, in the order of `COLUMNS`."""
    facts = Facts(record)
    return [cell(column.value(facts)) for column in COLUMNS]


def _joined(values: Iterable[object]) -> str | None:
    texts = [str(value) for value in values if value]
    return SEPARATOR.join(dict.fromkeys(texts)) if texts else None


def _site(name: str) -> Callable[[Facts], Any]:
    def value(facts: Facts) -> Any:
        if facts.site is None and name in ("name", "role"):
            return getattr(facts.record.sites[0], name) if facts.record.sites else None
        return None if facts.site is None else getattr(facts.site, name)

    return value


def _territory(name: str) -> Callable[[Facts], Any]:
    return lambda facts: None if facts.territory is None else getattr(facts.territory, name)


def _count(name: str) -> Callable[[Facts], Any]:
    return lambda facts: None if facts.count is None else getattr(facts.count, name)


def _measure(field: str, bound: str) -> Callable[[Facts], Any]:
    def value(facts: Facts) -> Any:
        behaviour = facts.record.behaviour
        measure: Measure | None = getattr(behaviour, field) if behaviour else None
        return None if measure is None else getattr(measure, bound)

    return value


def _behaviour(field: str) -> Callable[[Facts], Any]:
    return lambda facts: getattr(facts.record.behaviour, field) if facts.record.behaviour else None


def _attributions(stances: tuple[Stance, ...]) -> Callable[[Facts], Any]:
    return lambda facts: _joined(
        f"{a.actor} ({a.stance.value} {a.by}{f', {a.on}' if a.on else ''})"
        for a in facts.record.attributions
        if a.stance in stances
    )


def _consequences(facts: Facts) -> str | None:
    return _joined(
        f"{c.type.value} (caused by {c.caused_by.value}){f': {c.detail}' if c.detail else ''}"
        for c in facts.record.consequences
    )


def _responses(facts: Facts) -> str | None:
    return _joined(
        f"{r.type.value}{f' by {r.by}' if r.by else ''}{f': {r.detail}' if r.detail else ''}"
        for r in facts.record.responses
    )


_TOWARDS = (Stance.ASSERTS, Stance.SUSPECTS)
_AGAINST = (Stance.DENIES, Stance.DISPUTES)

COLUMNS: tuple[Column, ...] = (
    Column("id", "string", "Permanent id: state and year of first entry", lambda f: f.record.id),
    Column("title", "string", "One line", lambda f: f.record.title),
    Column(
        "countries", "string", "Affected states, ISO alpha-2, first entry first", lambda f: _joined(f.record.countries)
    ),
    Column(
        "nato_countries",
        "string",
        "Those that were NATO members on the day",
        lambda f: _joined(nato_countries(f.record)),
    ),
    Column(
        "earliest",
        "string",
        "Earliest possible start: day, or time with offset; empty where no lower bound is known",
        lambda f: None if f.record.occurred.earliest is None else format_moment(f.record.occurred.earliest),
    ),
    Column("latest", "string", "Latest possible end, likewise", lambda f: format_moment(f.record.occurred.latest)),
    Column(
        "time_precision",
        "string",
        "How exactly the time is known, derived",
        lambda f: f.record.occurred.precision.value,
    ),
    Column("time_text", "string", "Original wording of the time", lambda f: f.record.occurred.text or None),
    Column("discovered_on", "string", "Day it was found, where later", lambda f: f.record.discovered_on),
    Column("first_reported_on", "string", "Day of the first report", lambda f: f.record.first_reported_on),
    Column("legal_class", "string", "What kind of event in law", lambda f: f.record.legal_class.value),
    Column(
        "status",
        "string",
        "confirmed, probable, unresolved or refuted, by the latest assessment",
        lambda f: f.assessment.status.value,
    ),
    Column("status_by", "string", "Who assesses it so", lambda f: f.assessment.by),
    Column("status_on", "string", "When", lambda f: f.assessment.on),
    Column(
        "status_note", "string", "On what grounds, or what it turned out to be", lambda f: f.assessment.note or None
    ),
    Column("object_class", "string", "Classes of the objects", lambda f: _joined(f.record.object_classes)),
    Column("object_model", "string", "Models, as reported", lambda f: _joined(g.model for g in f.record.objects)),
    Column("count_low", "integer", "How many at least; empty is not known, never zero", _count("low")),
    Column("count_best", "integer", "How many by the preferred claim", _count("best")),
    Column("count_high", "integer", "How many at most", _count("high")),
    Column("count_unit", "string", "What is counted: objects, groups or wrecks", _count("unit")),
    Column(
        "count_by",
        "string",
        "Who gives the counts",
        lambda f: _joined(c.by for g in f.record.objects for c in g.counts),
    ),
    Column("place", "string", "Name of the primary site", _site("name")),
    Column("places", "string", "Names of all sites", lambda f: _joined(s.name for s in f.record.sites)),
    Column("site_role", "string", "What happened at the primary site", _site("role")),
    Column("lon", "number", "Longitude of the primary site, degrees, EPSG:4326", _site("lon")),
    Column("lat", "number", "Latitude", _site("lat")),
    Column("radius_m", "number", "Radius of the disc that holds the true position, metres", _site("radius_m")),
    Column("position_method", "string", "Where the coordinates come from", _site("method")),
    Column("territory_country", "string", "Computed sovereign of the primary site", _territory("country")),
    Column("territory_zone", "string", "land, territorial_sea or outside", _territory("zone")),
    Column("determination", "string", "inside, outside, indeterminate or disputed", _territory("determination")),
    Column("border_distance_km", "number", "Signed distance to the border, + inside", _territory("border_distance_km")),
    Column("nearest_border", "string", "Which neighbour's border that is", _territory("nearest_border")),
    Column("territory_basis", "string", "computed, both_agree, stated_by_state or conflict", _territory("basis")),
    Column("boundary_version", "string", "Boundaries used", _territory("boundary_version")),
    Column("duration_s_low", "number", "Time inside, seconds, at least", _measure("duration_s", "low")),
    Column("duration_s_high", "number", "Time inside, seconds, at most", _measure("duration_s", "high")),
    Column("penetration_km_low", "number", "Depth inside as reported, km, at least", _measure("penetration_km", "low")),
    Column(
        "penetration_km_high", "number", "Depth inside as reported, km, at most", _measure("penetration_km", "high")
    ),
    Column("altitude_m_low", "number", "Altitude, metres, at least", _measure("altitude_m", "low")),
    Column("altitude_m_high", "number", "Altitude, metres, at most", _measure("altitude_m", "high")),
    Column("flight_plan", "string", "yes, no or unknown", _behaviour("flight_plan")),
    Column("transponder", "string", "yes, no or unknown", _behaviour("transponder")),
    Column("radio", "string", "yes, no or unknown", _behaviour("radio")),
    Column("attributed_to", "string", "Actor (stance, who says so, when)", _attributions(_TOWARDS)),
    Column("denials", "string", "Actor (denies or disputes, who, when)", _attributions(_AGAINST)),
    Column("responses", "string", "What was done, by whom", _responses),
    Column("outcome", "string", "What became of the object", lambda f: f.record.outcome.value),
    Column("consequences", "string", "Harm or disruption and its cause", _consequences),
    Column("credibility", "integer", "Admiralty 1-6, derived from independent origins", lambda f: f.credibility.grade),
    Column("credibility_reason", "string", "Why that grade", lambda f: f.credibility.reason),
    Column("confidence", "string", "Analytic confidence, ICD 203", lambda f: f.record.confidence.value),
    Column(
        "related",
        "string",
        "Related incidents",
        lambda f: _joined(f"{x.type.value} {x.to}" for x in f.record.relations),
    ),
    Column("unknowns", "string", "What is not known", lambda f: _joined(f.record.unknowns)),
    Column("conflicts", "string", "Where sources disagree", lambda f: _joined(f.record.conflicts)),
    Column("summary", "string", "In a few sentences", lambda f: f.record.summary or None),
    Column("source_count", "integer", "Number of sources", lambda f: len(f.record.sources)),
    Column("source_publishers", "string", "Publishers", lambda f: _joined(s.publisher for s in f.record.sources)),
    Column(
        "source_urls",
        "string",
        "Links, separated by blanks",
        lambda f: " ".join(dict.fromkeys(s.url for s in f.record.sources)),
    ),
    Column("data_version", "string", "Version of the data set", lambda f: DATASET_VERSION),
)
"""Every column, in order."""
