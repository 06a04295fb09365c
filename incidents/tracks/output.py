"""Passages as CSV, GeoJSON lines, GeoPackage lines and a table for the terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from incidents.tracks.errors import TrackError
from incidents.tracks.incursion import Incursion, iso

METHOD = "straight lines between positions in longitude and latitude; times interpolated along them"

_CLOCK = "2000-01-01T00:00:00.000Z"
"""When a GeoPackage says it was written: the same input gives the same bytes."""


def fields(item: Incursion) -> dict[str, Any]:
    """Return the columns of a passage in order."""
    return {
        "kind": item.kind,
        "certainty": item.certainty,
        "state": item.state,
        "aircraft": item.aircraft,
        "callsign": item.callsign,
        "registered_in": item.nation,
        "entry_time": iso(item.entry_s),
        "exit_time": iso(item.exit_s),
        "duration_s": item.duration_s,
        "entry_lon": item.entry[0],
        "entry_lat": item.entry[1],
        "entry_kind": item.entry_kind,
        "exit_lon": item.exit[0],
        "exit_lat": item.exit[1],
        "exit_kind": item.exit_kind,
        "deepest_time": iso(item.deepest_s),
        "deepest_lon": item.deepest[0],
        "deepest_lat": item.deepest[1],
        "depth_km": item.depth_km,
        "depth_nmi": item.depth_nmi,
        "band_km": item.band_km,
        "path_km": item.length_km,
        "positions_inside": item.positions,
        "longest_gap_s": item.longest_gap_s,
        "surface": item.surface,
        "altitude_low_m": item.altitude_low_m,
        "altitude_high_m": item.altitude_high_m,
    }


COLUMNS = (
    "kind", "certainty", "state", "aircraft", "callsign", "registered_in", "entry_time", "exit_time", "duration_s",
    "entry_lon", "entry_lat", "entry_kind", "exit_lon", "exit_lat", "exit_kind", "deepest_time", "deepest_lon",
    "deepest_lat", "depth_km", "depth_nmi", "band_km", "path_km", "positions_inside", "longest_gap_s", "surface",
    "altitude_low_m", "altitude_high_m",
)  # fmt: skip


def to_csv(items: Sequence[Incursion]) -> bytes:
    """Return one row a passage."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for item in items:
        row = fields(item)
        for name in ("aircraft", "callsign"):  # no live formulas in spreadsheets
            if str(row[name]).startswith(("=", "+", "-", "@", "\t")):
                row[name] = f"'{row[name]}"
        writer.writerow(row)
    return buffer.getvalue().encode()


def to_geojson(items: Sequence[Incursion]) -> bytes:
    """Return one line a passage, the part inside, with the time of each point in ``coordTimes``."""
    from geodata.manifest import attribution, boundary_version

    features = (
        json.dumps(
            {
                "type": "Feature",
                "properties": {**fields(item), "coordTimes": [iso(value) for value in item.path_s]},
                "geometry": {"type": "LineString", "coordinates": item.path},
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for item in items
    )
    about = {"method": METHOD, "boundaries": boundary_version(), "attribution": attribution()}
    head = json.dumps({"type": "FeatureCollection", "about": about}, ensure_ascii=False)[:-1]
    return (head + ', "features": [\n' + ",\n".join(features) + "\n]}\n").encode()


def to_gpkg(items: Sequence[Incursion]) -> bytes:
    """Return a GeoPackage with a layer of lines."""
    import tempfile

    import geopandas
    import pyogrio
    import shapely

    rows = [fields(item) for item in items]
    frame = geopandas.GeoDataFrame(
        {name: [row[name] for row in rows] for name in COLUMNS},
        geometry=[shapely.LineString(item.path) for item in items],
        crs=4326,
    )
    for name in ("altitude_low_m", "altitude_high_m"):
        frame[name] = frame[name].astype(float)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracks.gpkg"
        before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _CLOCK})
        try:
            pyogrio.write_dataframe(frame, path, layer="incursions", driver="GPKG", geometry_type="LineString")
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
        return path.read_bytes()


WRITERS: dict[str, Callable[[Sequence[Incursion]], bytes]] = {
    ".csv": to_csv,
    ".geojson": to_geojson,
    ".gpkg": to_gpkg,
    ".json": to_geojson,
}


def render(items: Sequence[Incursion], ending: str) -> bytes:
    """Return passages in the format of a file ending.

    Raises
    ------
    TrackError
        If there is no such format.
    """
    if ending.lower() not in WRITERS:
        raise TrackError(f"No output format {ending!r}. Known endings: {', '.join(WRITERS)}.")
    return WRITERS[ending.lower()](items)


def summary(items: Sequence[Incursion], *, cells: int) -> str:
    """Return a table for the terminal."""
    from incidents.tabular import printable, table

    header = ("entry (UTC)", "state", "aircraft", "duration", "depth", "certainty", "kind")
    rows = [
        (
            iso(item.entry_s)[:19].replace("T", " "),
            item.state,
            printable(f"{item.aircraft} {item.callsign}".strip()),
            f"{int(item.duration_s // 60)}:{int(item.duration_s % 60):02d} min",
            f"{item.depth_km:.1f} km ({item.depth_nmi:.1f} NM)",
            item.certainty,
            item.kind.replace("_", " "),
        )
        for item in items
    ]
    return table(header, rows, cells=cells)
