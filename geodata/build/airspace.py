"""Sovereign airspace of every unit of the registry: land, internal waters, territorial sea; and overlapping claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata.build.shapes import polygonal, polygonal_deep, write_parquet
from geodata.build.sources import GEO_TZ, OSM_BORDERS, unpacked
from geodata.build.zones import zone_areas
from geodata.countries import Country, all_countries

WINDOW = (-32.0, 27.0, 62.0, 85.0)
FINE, COARSE, EAST = 0.00025, 0.0025, 0.005
DISPLAY, DISPLAY_COARSE = 0.01, 0.02
CLAIM_KM2 = 0.5
SNAP, GAP = 2e-6, 3e-4
SETTLED = {
    ("GE", "RU"): "GE",
    ("CY", "GB"): "CY",
    ("RU", "UA"): "UA",
    ("AM", "AZ"): "AZ",
    ("DE", "LU"): "",
    ("CA", "GL"): "",
}
"""Overlaps that are no dispute here, and who holds the ground in law (see the registry); empty: both jointly."""
THIN = {"IR": ("TR", "AM", "AZ"), "IQ": ("TR",), "SY": ("TR",), "MX": ("US",), "MA": ("ES",), "KZ": ("RU",)}
"""Neighbours that matter only along the border named: elsewhere their outline is coarse."""
THIN_TOLERANCE, NEAR_BORDER = 0.01, 0.1


def build(sources: Path, out: Path) -> dict[str, int]:
    """Write the airspace polygons, the overlapping claims and the drawing layer; return rows by file."""
    borders = _osm_borders(unpacked(OSM_BORDERS, sources))
    raw = _fine_units(unpacked(GEO_TZ, sources), borders)
    fine, claims = _resolved(raw)
    coarse, more = _coarse_units(borders)
    claims += more
    rows = {
        "airspace.parquet": _write_airspace(fine, coarse, borders, out / "airspace.parquet", FINE, COARSE, EAST, 1e-6)
    }
    rows["airspace_display.parquet"] = _write_airspace(
        fine, coarse, borders, out / "airspace_display.parquet", DISPLAY, DISPLAY_COARSE, DISPLAY_COARSE, 1e-4
    )
    rows["claims.parquet"] = _write_claims(claims, out / "claims.parquet")
    return rows


def units(detail: str) -> list[Country]:
    """Return the registry's units of a level of detail."""
    return [item for item in all_countries() if item.detail == detail]


def _osm_borders(folder: Path) -> dict[str, Any]:
    wanted = {item.iso3 for item in all_countries()}
    features = json.loads((folder / "package" / "borders.geo.json").read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["isoA3"]: polygonal_deep(shapely.geometry.shape(feature["geometry"]))
        for feature in features
        if feature["properties"]["isoA3"] in wanted
    }


def _fine_units(folder: Path, borders: dict[str, Any]) -> dict[str, Any]:
    chosen = units("fine")
    areas = zone_areas(folder, [zone for item in chosen for zone in item.zones], WINDOW)
    window = shapely.box(*WINDOW)
    raw = {
        item.code: polygonal(shapely.union_all([areas[zone] for zone in item.zones if zone in areas]))
        if item.zones
        else borders[item.iso3]
        for item in chosen
    }
    for code, shape in raw.items():
        west, south, east, north = shape.bounds
        if west < WINDOW[0] or south < WINDOW[1] or east > WINDOW[2] or north > WINDOW[3]:
            raw[code] = polygonal(shapely.intersection(shape, window))
    raw["RS"] = polygonal(shapely.difference(raw["RS"], raw["XK"]))
    return raw


def _resolved(raw: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str, Any]]]:
    """Return a valid coverage and the overlaps that were in the source."""
    codes = list(raw)
    claims = _overlaps(raw)
    for first, second, shape in claims:
        holder = SETTLED.get((first, second))
        if holder:
            loser = second if holder == first else first
            raw[loser] = polygonal(shapely.difference(raw[loser], shape))
    cleaned = shapely.coverage_clean(
        shapely.make_valid(np.array([raw[code] for code in codes])), snapping_distance=SNAP, gap_width=GAP
    )
    kept = [claim for claim in claims if (claim[0], claim[1]) not in SETTLED]
    return dict(zip(codes, map(polygonal, cleaned), strict=True)), kept


def _overlaps(shapes: dict[str, Any]) -> list[tuple[str, str, Any]]:
    codes, array = list(shapes), np.array(list(shapes.values()))
    found = []
    for i, j in shapely.STRtree(array).query(array, predicate="intersects").T:
        if codes[i] < codes[j]:
            common = polygonal(shapely.intersection(array[i], array[j]))
            if not common.is_empty and _km2(common) > CLAIM_KM2:
                found.append((codes[i], codes[j], common))
    return sorted(found, key=lambda claim: claim[:2])


def _coarse_units(borders: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str, Any]]]:
    raw = {item.code: borders[item.iso3] for item in units("coarse")}
    parts = {item.code: item.sovereign for item in units("coarse") if not item.is_state}
    for code, owner in parts.items():
        if owner in raw:
            raw[owner] = polygonal(shapely.difference(raw[owner], raw[code]))
    return _resolved(raw)


def _write_airspace(
    fine: dict[str, Any], coarse: dict[str, Any], borders: dict[str, Any],
    target: Path, tolerance: float, tolerance_coarse: float, tolerance_east: float, grid: float,
) -> int:  # fmt: skip
    import geopandas

    shapes = _simplified(fine, tolerance)
    shapes.update(_simplified(coarse, tolerance_coarse))
    shapes.update({code: _thinned(shapes, code, tolerance) for code in THIN if code in shapes})
    shapes["RU"] = _with_east(shapes, borders["RUS"], tolerance_east)
    registry = {item.code: item for item in all_countries()}
    codes = sorted(shapes)
    valid = shapely.set_precision(shapely.make_valid(np.array([shapes[code] for code in codes])), grid)
    frame = geopandas.GeoDataFrame(
        {"code": codes, "sovereign": [registry[code].sovereign for code in codes]},
        geometry=[polygonal(shape, 0.0) for shape in valid],
        crs=4326,
    )
    write_parquet(frame, target)
    return len(frame)


def _simplified(shapes: dict[str, Any], tolerance: float) -> dict[str, Any]:
    simple = shapely.coverage_simplify(np.array(list(shapes.values())), tolerance)
    return dict(zip(shapes, simple, strict=True))


def _thinned(shapes: dict[str, Any], code: str, tolerance: float) -> Any:
    """Return a unit with its full outline near the neighbours that matter and a coarse one elsewhere."""
    if tolerance >= THIN_TOLERANCE:
        return shapes[code]
    matter = shapely.union_all([shapes[other] for other in THIN[code]])
    belt = shapely.buffer(shapely.simplify(matter, 0.02), NEAR_BORDER, quad_segs=2)
    thin = shapely.coverage_simplify(np.array([shapes[code]]), THIN_TOLERANCE)[0]
    others = [
        shape for other, shape in shapes.items() if other != code and shapely.distance(shape.envelope, thin) < 0.1
    ]
    thin = shapely.difference(shapely.difference(thin, belt), shapely.union_all(others))
    return polygonal(shapely.union_all([thin, shapely.intersection(shapes[code], belt)], grid_size=1e-7), 1e-6)


def _with_east(shapes: dict[str, Any], russia: Any, tolerance: float) -> Any:
    """Return Russia with its part east of the fine window, which overlaps by a tenth of a degree."""
    west = WINDOW[2] - 0.1
    halves = [shapely.box(west, 30, 180, 85), shapely.box(-180, 30, -160, 85)]
    east = shapely.intersection(russia, shapely.union_all(halves))
    east = shapely.coverage_simplify(np.array([polygonal(east)]), tolerance)[0]
    others = [shapes[code] for code in ("KZ", "US") if code in shapes]
    east = polygonal(shapely.difference(east, shapely.union_all(others)))
    whole = shapely.get_parts(shapely.union_all([shapes["RU"], east]))
    mended = [
        shapely.Polygon(part.exterior, [ring for ring in part.interiors if ring.bounds[0] < 60]) for part in whole
    ]
    return polygonal(shapely.union_all(mended))


def _write_claims(claims: list[tuple[str, str, Any]], target: Path) -> int:
    import geopandas

    frame = geopandas.GeoDataFrame(
        {"first": [claim[0] for claim in claims], "second": [claim[1] for claim in claims]},
        geometry=[shapely.set_precision(shapely.simplify(claim[2], FINE), 1e-6) for claim in claims],
        crs=4326,
    )
    frame["km2"] = [round(_km2(shape), 1) for shape in frame.geometry]
    write_parquet(frame, target)
    return len(frame)


def _km2(shape: Any) -> float:
    from pyproj import Geod

    return float(abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0])) / 1e6


def check(data: Path) -> list[str]:
    """Return broken invariants: units, validity, overlaps, holes."""
    import geopandas

    from geodata.build.shapes import orphan_holes

    frame = geopandas.read_parquet(data / "airspace.parquet")
    found = []
    wanted = {item.code for item in all_countries() if item.detail != "none"}
    missing, extra = sorted(wanted - set(frame["code"])), sorted(set(frame["code"]) - wanted)
    found += [f"no polygon for {code}" for code in missing]
    found += [f"polygon for {code}, which the registry does not know" for code in extra]
    found += [f"invalid polygon of {code}" for code in frame["code"][~frame.is_valid]]
    shapes = dict(zip(frame["code"], frame.geometry, strict=True))
    found += [f"{first} and {second} overlap" for first, second, _ in _overlaps(shapes)]
    members = {item.code for item in all_countries() if item.joined}
    own = frame[frame["code"].isin(members)].geometry.to_numpy()
    holes = [hole for hole in orphan_holes(frame.geometry.to_numpy()) if _is_hair(hole, own)]
    return found + [f"crack at {x:.4f} {y:.4f}" for x, y in holes]


def _is_hair(hole: tuple[float, float], shapes: Any) -> bool:
    """Tell a crack from international waters enclosed by territorial sea: it has no width."""
    return bool((shapely.distance(shapely.boundary(shapes), shapely.Point(*hole)) < 1e-5).any())
