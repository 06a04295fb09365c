"""Small geometry helpers of the recipes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

MIN_AREA = 1e-8


def polygonal(geometry: Any, min_area: float = MIN_AREA) -> Any:
    """Return the polygons of a geometry as one multipolygon, without slivers."""
    parts = shapely.get_parts(geometry)
    kept = parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > min_area)]
    return shapely.MultiPolygon(list(kept))


def polygonal_deep(geometry: Any, min_area: float = MIN_AREA) -> Any:
    """Return all polygons of nested collections as one valid multipolygon."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    areal = parts[np.isin(shapely.get_type_id(parts), [3, 6])]
    return polygonal(shapely.union_all(shapely.make_valid(areal)), min_area)


def orphan_holes(geometries: Sequence[Any]) -> list[tuple[float, float]]:
    """Return a point in every hole that no other geometry fills."""
    shapes = np.asarray(geometries, dtype=object)
    rings = [ring for part in shapely.get_parts(shapes) for ring in part.interiors]
    if not rings:
        return []
    points = shapely.point_on_surface(shapely.polygons(rings))
    hits = shapely.STRtree(points).query(shapes, predicate="contains")[1]
    empty = np.setdiff1d(np.arange(len(points)), hits)
    return [(float(points[row].x), float(points[row].y)) for row in empty]


def write_parquet(frame: Any, target: Path, *, rows_per_group: int | None = None) -> None:
    """Write a GeoDataFrame as small GeoParquet; small row groups can be read one by one."""
    frame.to_parquet(
        target,
        compression="zstd",
        compression_level=19,
        index=False,
        schema_version="1.1.0",
        row_group_size=rows_per_group,
    )
