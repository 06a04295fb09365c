"""GeoJSON (RFC 7946): one feature an incident; the whole record rides along, so nothing is lost on the way back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from incidents.export.columns import COLUMNS, cells
from incidents.model import Incident
from incidents.version import DATASET_LICENCE, DATASET_VERSION

_DIGITS = 6


def to_feature_collection(records: Sequence[Incident]) -> dict[str, Any]:
    """Return the collection: the primary site's point, the flat columns, and the record under ``record``."""
    from geodata.manifest import attribution

    return {
        "type": "FeatureCollection",
        "name": "airspace-incidents",
        "version": DATASET_VERSION,
        "licence": DATASET_LICENCE,
        "attribution": attribution(),
        "features": [_feature(record) for record in records],
    }


def _feature(record: Incident) -> dict[str, Any]:
    primary = record.primary_site
    geometry = None
    if primary is not None and primary[1].lon is not None and primary[1].lat is not None:
        point = [round(primary[1].lon, _DIGITS), round(primary[1].lat, _DIGITS)]
        geometry = {"type": "Point", "coordinates": point}
    properties = dict(zip((column.name for column in COLUMNS), cells(record), strict=True))
    del properties["id"]
    properties["record"] = record.model_dump(mode="json")
    return {"type": "Feature", "id": record.id, "geometry": geometry, "properties": properties}


def write_geojson(records: Sequence[Incident], path: Path) -> None:
    """Write the collection as UTF-8 without a byte order mark."""
    text = json.dumps(to_feature_collection(records), ensure_ascii=False, allow_nan=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
