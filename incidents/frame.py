"""Records as the frame that `maps` draws: one row a site, the incident's facts in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from incidents.model import Incident, Measure, RelationType, Stance
from incidents.wording import (
    count_words,
    country_name,
    duration_words,
    label,
    measure_words,
    partial_words,
    stance_words,
    status_words,
    territory_words,
    time_words,
)

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_TOWARDS = (Stance.ASSERTS, Stance.SUSPECTS)


def to_frame(records: Sequence[Incident]) -> GeoDataFrame:
    """Return the frame (EPSG:4326); an incident without sites keeps one row without geometry."""
    import geopandas as gpd
    import shapely

    from maps.frame import COLUMNS

    rows = [row for record in records for row in _rows(record)]
    points = [None if row["point"] is None else shapely.Point(row["point"]) for row in rows]
    columns = {column.name: [row[column.name] for row in rows] for column in COLUMNS}
    return gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")


def _rows(record: Incident) -> list[dict[str, Any]]:
    facts = _facts(record)
    primary = record.primary_site
    rows = [
        {
            **facts,
            "site": site.name,
            "role": label(site.role.value),
            "radius_m": site.radius_m,
            "is_primary": primary is not None and index == primary[0],
            "point": (site.lon, site.lat) if site.is_placed else None,
        }
        for index, site in enumerate(record.sites)
    ]
    return rows or [{**facts, "site": "", "role": "", "radius_m": None, "is_primary": False, "point": None}]


def _facts(record: Incident) -> dict[str, Any]:
    occurred = record.occurred
    return {
        "incident_id": record.id,
        "title": record.title,
        "summary": record.summary,
        "earliest": None if occurred.earliest is None else occurred.first_day.isoformat(),
        "latest": occurred.last_day.isoformat(),
        "when": time_words(occurred),
        "when_text": occurred.text,
        "countries": list(record.countries),
        "object_class": record.object_classes[0].value,
        "objects": _objects(record),
        "status": record.status.value,
        "status_words": status_words(record) + (f": {record.assessment.note}" if record.assessment.note else ""),
        "legal_class": label(record.legal_class.value),
        "actors": list(dict.fromkeys(a.actor for a in record.attributions if a.stance in _TOWARDS)),
        "airspace": _airspace(record),
        "claims": _attributions(record, _TOWARDS),
        "denials": _attributions(record, (Stance.DENIES, Stance.DISPUTES)),
        "responses": [
            f"{label(r.type.value)}{f' by {country_name(r.by)}' if r.by else ''}{f': {r.detail}' if r.detail else ''}"
            for r in record.responses
        ],
        "outcome": label(record.outcome.value),
        "unknowns": list(record.unknowns),
        "sources": [
            {"publisher": s.publisher, "date": partial_words(s.published_on) if s.published_on else "", "url": s.url}
            for s in record.sources
        ],
        "related": [r.to for r in record.relations if r.type in (RelationType.SAME_WAVE, RelationType.SAME_OBJECT)],
    }


def _objects(record: Incident) -> str:
    parts = [
        f"{count_words(group.count)}, {label(group.object_class.value)}{f' ({group.model})' if group.model else ''}"
        for group in record.objects
    ]
    behaviour = record.behaviour
    if behaviour is not None:
        measures: list[tuple[str, Measure | None]] = [
            ("inside for ", behaviour.duration_s),
            ("deep ", behaviour.penetration_km),
        ]
        if measures[0][1] is not None:
            parts.append(f"inside for {duration_words(measures[0][1])}")
        if measures[1][1] is not None:
            parts.append(f"{measure_words(measures[1][1], 'km')} deep")
    return "; ".join(parts)


def _airspace(record: Incident) -> str:
    answers = list(dict.fromkeys(territory_words(territory) for territory in record.territories))
    shown = "; ".join(answers[:4]) + (f"; and {len(answers) - 4} more answers" if len(answers) > 4 else "")
    claims = [
        f"{c.by} says {c.says.value} {country_name(c.country)}{f' ({partial_words(c.on)})' if c.on else ''}"
        for c in record.territory_claims
    ]
    return "; ".join([f"computed: {shown}" if answers else "no placed site", *claims])


def _attributions(record: Incident, stances: tuple[Stance, ...]) -> list[str]:
    return [
        f"{a.by} {stance_words(a.stance)} {country_name(a.actor)}{f', {partial_words(a.on)}' if a.on else ''}"
        f"{f': {a.basis}' if a.basis else ''}"
        for a in record.attributions
        if a.stance in stances
    ]
