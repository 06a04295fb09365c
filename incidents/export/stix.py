"""A STIX 2.1 bundle: incidents, their places, who asserts what, and the sources as external references."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from incidents.model import Attribution, Incident, Site, Stance, first_day
from incidents.version import DATASET_VERSION

_NAMESPACE = uuid.UUID("5ab1ed0c-6f0e-5d9a-9d37-5bb0a9b9c1de")
"""Makes every id from the record it stands for: the same records give the same bundle."""

_EXTENSION = "extension-definition--8a1ccf2e-27cb-5a54-9bb5-0a4a4a2e6d10"
_STAMP = "2026-01-01T00:00:00.000Z"
_CONFIDENCE = {"high": 85, "moderate": 50, "low": 15}


def to_bundle(records: Sequence[Incident]) -> dict[str, Any]:
    """Return the bundle. What STIX has no word for is under our property extension, with the record's own names."""
    objects: dict[str, dict[str, Any]] = {}
    for item in _objects(records):
        objects.setdefault(item["id"], item)
    return {
        "type": "bundle",
        "id": _id("bundle", *(r.id for r in records), DATASET_VERSION),
        "objects": list(objects.values()),
    }


def _objects(records: Sequence[Incident]) -> Iterable[dict[str, Any]]:
    author = _identity("airspace-incidents", "organization")
    yield author
    yield {
        **_common("extension-definition", _EXTENSION, _STAMP),
        "created_by_ref": author["id"],
        "name": "Airspace incident",
        "description": "Facts of an airspace incident: class, status, objects, interval, territory.",
        "schema": "https://json-schema.org/draft/2020-12/schema",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }
    for record in records:
        stamp = _stamp(record)
        incident = _incident(record, stamp, author["id"])
        yield incident
        for index, site in enumerate(record.sites):
            if site.is_placed:
                location = _location(record, index, site, stamp)
                yield location
                yield _relationship(incident["id"], "located-at", location["id"], stamp, site.role.value)
        for attribution in record.attributions:
            yield from _claim(attribution, incident["id"], stamp)
        for relation in record.relations:
            other = _id("incident", relation.to)
            if any(r.id == relation.to for r in records):
                yield _relationship(incident["id"], "related-to", other, stamp, relation.type.value)


def _incident(record: Incident, stamp: str, author: str) -> dict[str, Any]:
    return {
        **_common("incident", _id("incident", record.id), stamp),
        "created_by_ref": author,
        "name": record.title,
        "description": record.summary or record.title,
        "confidence": _CONFIDENCE[record.confidence.value],
        "external_references": [
            {"source_name": "airspace-incidents", "external_id": record.id},
            *({"source_name": s.publisher, "url": s.url} for s in record.sources if s.url.startswith("http")),
        ],
        "extensions": {
            _EXTENSION: {
                "extension_type": "property-extension",
                **record.model_dump(
                    mode="json", include={"countries", "occurred", "legal_class", "objects", "outcome", "territories"}
                ),
                "status": record.status.value,
            }
        },
    }


def _location(record: Incident, index: int, site: Site, stamp: str) -> dict[str, Any]:
    location = {
        **_common("location", _id("location", record.id, str(index)), stamp),
        "name": site.name,
        "latitude": site.lat,
        "longitude": site.lon,
        "precision": site.radius_m,
    }
    if site.country or len(record.countries) == 1:
        location["country"] = site.country or record.countries[0]
    return location


def _claim(attribution: Attribution, incident: str, stamp: str) -> Iterable[dict[str, Any]]:
    asserter, actor = _identity(attribution.by, "unknown"), _identity(attribution.actor, "unknown")
    yield asserter
    yield actor
    towards = attribution.stance in (Stance.ASSERTS, Stance.SUSPECTS)
    yield {
        **_common(
            "opinion", _id("opinion", incident, attribution.by, attribution.actor, attribution.stance.value), stamp
        ),
        "created_by_ref": asserter["id"],
        "explanation": f"{attribution.by} {attribution.stance.value} {attribution.actor}. {attribution.basis}".strip(),
        "opinion": "agree" if towards else "disagree",
        "object_refs": [incident, actor["id"]],
    }


def _identity(name: str, kind: str) -> dict[str, Any]:
    return {**_common("identity", _id("identity", name), _STAMP), "name": name, "identity_class": kind}


def _relationship(source: str, kind: str, target: str, stamp: str, description: str) -> dict[str, Any]:
    return {
        **_common("relationship", _id("relationship", source, kind, target), stamp),
        "relationship_type": kind,
        "source_ref": source,
        "target_ref": target,
        "description": description,
    }


def _common(kind: str, id_: str, stamp: str) -> dict[str, Any]:
    return {"type": kind, "spec_version": "2.1", "id": id_, "created": stamp, "modified": stamp}


def _id(kind: str, *parts: str) -> str:
    return f"{kind}--{uuid.uuid5(_NAMESPACE, chr(31).join((kind, *parts)))}"


def _stamp(record: Incident) -> str:
    day: date = first_day(record.compiled_on) if record.compiled_on else record.occurred.last_day
    return datetime.combine(day, time.min, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def write_stix(records: Sequence[Incident], path: Path) -> None:
    """Write the bundle as JSON."""
    path.write_text(json.dumps(to_bundle(records), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
