"""GeoParquet: the flat columns with the primary site's point."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from incidents.export.frames import incidents_frame
from incidents.model import Incident


def write_parquet(records: Sequence[Incident], path: Path) -> None:
    """Write GeoParquet 1.0 (WKB, zstd), readable by GeoPandas, DuckDB and QGIS."""
    incidents_frame(records).to_parquet(path, compression="zstd", index=False)
