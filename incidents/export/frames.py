"""Records as GeoDataFrames for the GIS formats: incidents, sites, and the discs the territory was computed on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from incidents.export.columns import COLUMNS, cells
from incidents.export.tables import TABLES
from incidents.model import Incident

if TYPE_CHECKING:
    import geopandas as gpd

_DTYPES: dict[str, Any] = {"integer": "Int64", "number": "Float64", "string": "string", "boolean": "boolean"}


def incidents_frame(records: Sequence[Incident]) -> gpd.GeoDataFrame:
    """Return one row an incident: the flat columns, and the primary site's point (EPSG:4326) or no geometry."""
    points = [primary[1] if (primary := record.primary_site) else None for record in records]
    rows = [cells(record) for record in records]
    columns = {c.name: (c.type, [row[number] for row in rows]) for number, c in enumerate(COLUMNS)}
    return _frame(columns, [None if p is None else (p.lon, p.lat) for p in points])


def sites_frame(records: Sequence[Incident]) -> gpd.GeoDataFrame:
    """Return one row a site, placed or not, with its point (EPSG:4326)."""
    return _table_frame(
        "sites", records, lambda record, row: (row["lon"], row["lat"]) if row["lon"] is not None else None
    )


def territories_frame(records: Sequence[Incident]) -> gpd.GeoDataFrame:
    """Return one row a computed territory, with the geodesic disc of the site's uncertainty (EPSG:4326)."""
    import geopandas as gpd
    import shapely

    from geodata.geodesy import disc

    frame = _table_frame("territories", records, lambda record, row: None)
    by_id = {record.id: record for record in records}
    sites = [by_id[i].sites[n] for i, n in zip(frame["incident_id"], frame["site"], strict=True)]
    rings = [disc(lon=site.lon, lat=site.lat, radius_m=site.radius_m) for site in sites]
    discs = shapely.polygons(shapely.linearrings(rings)) if rings else []
    return gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=discs, crs="EPSG:4326")


def _table_frame(name: str, records: Sequence[Incident], point: Any) -> gpd.GeoDataFrame:
    table = next(table for table in TABLES if table.name == name)
    rows = [(record, row) for record in records for row in table.rows(record)]
    truth = {"true": True, "false": False}
    columns = {
        field.name: (
            field.type,
            [truth.get(r[field.name]) if field.type == "boolean" else r[field.name] for _, r in rows],
        )
        for field in table.fields
    }
    return _frame(columns, [point(record, row) for record, row in rows])


def _frame(columns: dict[str, tuple[str, list[Any]]], points: list[Any]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    data: dict[str, Any] = {name: pd.array(values, dtype=_DTYPES[kind]) for name, (kind, values) in columns.items()}
    known = [point is not None for point in points]
    geometry = np.full(len(points), None, dtype=object)
    geometry[known] = shapely.points(
        np.array([point for point in points if point is not None], dtype=float).reshape(-1, 2)
    )
    return gpd.GeoDataFrame(data, geometry=geometry, crs="EPSG:4326")
