"""JSON: traces and snapshots of readsb and tar1090, frames of `traffic`, GeoJSON under a plain name."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geodata.geodesy import M_PER_FOOT
from incidents.tracks.arrow import to_positions
from incidents.tracks.errors import TrackError
from incidents.tracks.positions import Positions
from incidents.tracks.readers.lines import from_geojson
from incidents.tracks.readers.reading import Reading, read_bytes
from incidents.tracks.readers.rows import Row, from_rows


def read_json(path: Path, reading: Reading) -> Iterator[Positions]:
    """Yield the positions of a JSON file, by what it holds."""
    try:
        content = json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        raise TrackError(f"{path} is not JSON: {error}.") from error
    if isinstance(content, dict) and isinstance(content.get("trace"), list):
        yield _trace(content, path)
    elif isinstance(content, dict) and isinstance(content.get("aircraft"), list):
        yield _snapshot(content, path)
    elif isinstance(content, dict) and content.get("type") in ("FeatureCollection", "Feature"):
        yield from from_geojson(content, path, reading)
    elif isinstance(content, list | dict):
        yield _frame(content, path, reading)
    else:
        raise TrackError(f"{path} holds no positions. Known: readsb and tar1090 traces, tables of records, GeoJSON.")


def _trace(content: dict[str, Any], path: Path) -> Positions:
    """Return a trace: ``[seconds, lat, lon, altitude ft, speed, track, flags, rate, details, ...]`` a row."""
    begin = _number(content.get("timestamp"))
    if not math.isfinite(begin):
        raise TrackError(f"{path} is a trace without a timestamp. Get it again.")
    callsign = ""
    rows: list[Row] = []
    for row in content["trace"]:
        if not isinstance(row, list) or len(row) < 4:
            rows.append((None, None, None, None, None, None, None))
            continue
        details = row[8] if len(row) > 8 and isinstance(row[8], dict) else {}
        callsign = str(details.get("flight") or callsign).strip()
        is_stale = len(row) > 6 and isinstance(row[6], int) and row[6] & 1
        age = math.inf if is_stale else 0.0
        rows.append((content.get("icao"), begin + _number(row[0]), row[2], row[1], _feet(row[3]), callsign, age))
    return from_rows(rows)


def _snapshot(content: dict[str, Any], path: Path) -> Positions:
    now = _number(content.get("now"))
    if not math.isfinite(now):
        raise TrackError(f"{path} is a snapshot without its time 'now'. Get it again.")
    rows = []
    for row in (item for item in content["aircraft"] if isinstance(item, dict)):
        age = _number(row.get("seen_pos", 0.0))
        altitude = _feet(row.get("alt_geom", row.get("alt_baro")))
        call = str(row.get("flight") or "").strip()
        rows.append((row.get("hex"), now - age, row.get("lon"), row.get("lat"), altitude, call, age))
    return from_rows(rows)


def _frame(content: list[Any] | dict[str, Any], path: Path, reading: Reading) -> Positions:
    """Return a pandas frame as JSON: records, or values by row under each column."""
    import pandas as pd
    import pyarrow as pa

    try:
        frame = pd.DataFrame(content)
        columns = reading.columns([str(name) for name in frame.columns], str(path))
        series = {name: frame[name] for name in columns.names}
        table = pa.table({name: _arrow(values) for name, values in series.items()})
    except (ValueError, TypeError, AttributeError, pa.ArrowException) as error:
        if isinstance(error, TrackError):
            raise
        raise TrackError(f"{path} is no table of positions: {error}.") from error
    return to_positions(table, columns)


def _arrow(values: Any) -> Any:
    import pyarrow as pa

    try:
        return pa.array(values, from_pandas=True)
    except pa.ArrowException:
        return pa.array([None if item is None else str(item) for item in values])


def _number(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else math.nan


def _feet(value: Any) -> float:
    return 0.0 if value == "ground" else _number(value) * M_PER_FOOT
