"""The flat CSV with Humanitarian Exchange Language hashtags under the header."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from incidents.export.columns import COLUMNS, cells
from incidents.export.rows import write_rows
from incidents.model import Incident

_TAGS = {
    "id": "#event+id",
    "title": "#event+name",
    "countries": "#country+code+v_iso2+list",
    "nato_countries": "#country+code+v_iso2+nato+list",
    "earliest": "#date+start",
    "latest": "#date+end",
    "time_precision": "#date+precision",
    "time_text": "#date+text",
    "discovered_on": "#date+discovered",
    "first_reported_on": "#date+reported",
    "legal_class": "#event+type",
    "status": "#status",
    "status_by": "#status+by",
    "status_on": "#date+status",
    "object_class": "#cause+type",
    "object_model": "#cause+model",
    "count_low": "#indicator+num+min",
    "count_best": "#indicator+num",
    "count_high": "#indicator+num+max",
    "place": "#loc+name",
    "lon": "#geo+lon",
    "lat": "#geo+lat",
    "radius_m": "#geo+precision+m",
    "territory_country": "#country+code+v_iso2+computed",
    "outcome": "#impact+outcome",
    "summary": "#description",
    "source_count": "#meta+source+num",
    "source_publishers": "#meta+source+list",
    "source_urls": "#meta+url+list",
    "data_version": "#meta+version",
}


def hashtag(name: str) -> str:
    """Return the tag of a column; what HXL has no word for is metadata."""
    return _TAGS.get(name, f"#meta+{name.replace('_', '')}")


def write_hxl(records: Sequence[Incident], path: Path) -> None:
    """Write the tagged CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        tags = [hashtag(column.name) for column in COLUMNS]
        write_rows(stream, [column.name for column in COLUMNS], [tags, *(cells(record) for record in records)])
