"""Places against polygons: GeoNames knows each place's country, the boundaries must mostly agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata.countries import members

MOST_MISSES = 0.001
"""Greatest share of places that may lie outside their own country's polygon."""
SLACK = 0.02
"""Degrees beyond which a miss is no rounding."""
PARTS = {"AX": "FI"}
"""Codes of GeoNames without a polygon of their own, and whose polygon holds them."""
KINDS = ("town", "village")


def check(data: Path, note: Callable[[str], None]) -> list[str]:
    """Count the places outside their own country's polygon; say so, and complain where there are too many."""
    import geopandas
    import pyarrow.parquet as pq

    frame = geopandas.read_parquet(data / "airspace.parquet")
    table = pq.read_table(data / "gazetteer.parquet", columns=["name", "country", "kind", "lon", "lat"])
    places = {tuple(row.values()) for row in table.to_pylist() if row["kind"] in KINDS}
    shapes = dict(zip(frame["code"], frame.geometry, strict=True))
    pact = [item.code for item in members()]
    note(f"airspace: {sum(code in shapes for code in pact)} of {len(pact)} members have a polygon")
    shapes.update({code: shapes[whole] for code, whole in PARTS.items()})
    outside, far, total = Counter[str](), Counter[str](), 0
    for code, points in _by_country(places).items():
        if code not in shapes:
            return [f"gazetteer: places in {code}, which has no polygon"]
        total += len(points)
        missed = points[~_within(shapes[code], points)]
        outside[code] = len(missed)
        far[code] = int((shapely.distance(shapely.points(missed), shapes[code]) > SLACK).sum())
    allowed = int(MOST_MISSES * total)
    worst = ", ".join(f"{code} {count}" for code, count in outside.most_common(5) if count)
    note(
        f"gazetteer: {sum(outside.values())} of {total} places lie outside their own country's polygon ({worst}), "
        f"{sum(far.values())} of them by more than {SLACK} degrees; at most {allowed} may"
    )
    if sum(outside.values()) > allowed:
        return [f"gazetteer: {sum(outside.values())} of {total} places lie outside their own country's polygon"]
    return []


def _by_country(places: set[tuple[Any, ...]]) -> dict[str, Any]:
    groups: dict[str, list[tuple[float, float]]] = {}
    for _, code, _, lon, lat in places:
        groups.setdefault(code, []).append((lon / 1000, lat / 1000))
    return {code: np.array(points) for code, points in sorted(groups.items())}


def _within(shape: Any, points: Any) -> Any:
    shapely.prepare(shape)
    return shapely.contains_xy(shape, points[:, 0], points[:, 1])
