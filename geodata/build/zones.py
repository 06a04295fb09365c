"""Time-zone areas of geo-tz: sovereign land and territorial sea by OpenStreetMap, cut into a quadtree."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.build.shapes import polygonal

Box = tuple[float, float, float, float]
WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
LEAF_LON, LEAF_LAT = 360.0 / 512, 180.0 / 512
EDGE_TOLERANCE = 1.6e-6


def zone_areas(folder: Path, wanted: Iterable[str], within: Box) -> dict[str, Any]:
    """Return the union of the quadtree cells of each wanted zone that touch `within`."""
    import geobuf

    data = folder / "package" / "data"
    index = json.loads((data / "timezones.geojson.index.json").read_text(encoding="utf-8"))
    blob = (data / "timezones.geojson.geo.dat").read_bytes()
    names: list[str] = index["timezones"]
    chosen = set(wanted)
    parts: dict[str, list[Any]] = defaultdict(list)

    def walk(node: Any, box: Box) -> None:
        if box[2] < within[0] or box[0] > within[2] or box[3] < within[1] or box[1] > within[3]:
            return
        if isinstance(node, list):
            for number in node:
                if names[number] in chosen:
                    parts[names[number]].append(shapely.box(*box))
        elif "pos" in node:
            for feature in geobuf.decode(blob[node["pos"] : node["pos"] + node["len"]])["features"]:
                zone = feature["properties"]["tzid"]
                if zone in chosen:
                    parts[zone].append(_decoded(shapely.geometry.shape(feature["geometry"])))
        else:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            quarters = {
                "a": (x, y, box[2], box[3]),
                "b": (box[0], y, x, box[3]),
                "c": (box[0], box[1], x, y),
                "d": (x, box[1], box[2], y),
            }
            for key, child in node.items():
                walk(child, quarters[key])

    walk(index["lookup"], WORLD)
    return {zone: polygonal(shapely.union_all(shapely.make_valid(np.array(found)))) for zone, found in parts.items()}


def _decoded(geometry: Any) -> Any:
    """Undo the integer scaling that geobuf leaves in where the message omits its precision, and mend cell edges."""
    scale = 1e6 if max(map(abs, geometry.bounds)) > 360 else 1.0
    return shapely.transform(geometry, lambda points: _on_edges(points / scale))


def _on_edges(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put points back on the exact cell edge; six decimals cannot hold it and leave hair cracks along the seams."""
    points = points.copy()
    for axis, step in ((0, LEAF_LON), (1, LEAF_LAT)):
        edge = np.round(points[:, axis] / step) * step
        near = np.abs(points[:, axis] - edge) < EDGE_TOLERANCE
        points[near, axis] = edge[near]
    return points
