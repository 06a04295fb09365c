"""Arrow tables to positions: texts to codes, times to epoch seconds, units to metres."""

from __future__ import annotations

from typing import Any

import numpy as np

from incidents.tracks.columns import UNITS, Columns
from incidents.tracks.errors import TrackError
from incidents.tracks.positions import Positions


def to_positions(table: Any, columns: Columns) -> Positions:
    """Return the rows of an Arrow table; what cannot be read becomes NaN or -1, for `clean` to count."""
    codes, names = encode(table[columns.aircraft], lower=True)
    time = seconds(table[columns.time], columns.time_zone)
    call_codes, calls = (None, ()) if columns.callsign is None else encode(table[columns.callsign])
    age = None
    if columns.position_time is not None:
        age = time - seconds(table[columns.position_time], columns.time_zone)
    elif columns.age_s is not None:
        age = floats(table[columns.age_s])
    return Positions(
        aircraft=codes,
        names=names,
        time=time,
        lon=floats(table[columns.lon]),
        lat=floats(table[columns.lat]),
        altitude_m=None if columns.altitude is None else floats(table[columns.altitude]) * UNITS[columns.altitude_unit],
        accuracy_m=None if columns.accuracy_m is None else floats(table[columns.accuracy_m]),
        callsign=call_codes,
        callsigns=calls,
        age_s=age,
    )


def floats(column: Any) -> Any:
    """Return an Arrow column as float64, NaN where it holds no number."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type) or pa.types.is_decimal(column.type):
        values = column.cast(pa.float64(), safe=False)
        if values.null_count:
            import pyarrow.compute as pc

            values = pc.fill_null(values, float("nan"))
        return _numpy(values)
    import pandas as pd

    return pd.to_numeric(pd.Series(column.to_pylist(), dtype=object), errors="coerce").to_numpy(dtype=float)


def _numpy(values: Any) -> Any:
    import pyarrow as pa

    if isinstance(values, pa.ChunkedArray):
        parts = [_numpy(chunk) for chunk in values.chunks]
        return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.empty(0)
    # the usual `to_numpy` imports pandas, which takes longer than a million rows
    return values.to_numpy(zero_copy_only=False) if values.null_count else np.from_dlpack(values)


def encode(column: Any, *, lower: bool = False) -> tuple[Any, tuple[str, ...]]:
    """Return codes (-1 for none) and the texts they stand for, trimmed."""
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type):
        if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
            column = column.cast(pa.string())
        column = column.dictionary_encode()
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.unify_dictionaries().combine_chunks() if whole.num_chunks != 1 else whole.chunk(0)
    texts = ["" if v is None else str(v).strip() for v in whole.dictionary.to_pylist()]
    if lower:
        texts = [text.lower() for text in texts]
    indices = whole.indices.fill_null(-1) if whole.indices.null_count else whole.indices  # filling imports pandas
    codes = _numpy(indices).astype(np.int32, copy=False)
    known: dict[str, int] = {}
    turn = [known.setdefault(text, len(known)) if text else -1 for text in texts]
    if turn != list(range(len(texts))):
        codes = np.array([*turn, -1], dtype=np.int32)[codes]
    return codes, tuple(known)


def seconds(column: Any, time_zone: str) -> Any:
    """Return times as epoch seconds UTC, NaN where unreadable.

    Numbers are epoch seconds, or milli-, micro- or nanoseconds by their size; text is ISO 8601 or alike; times without
    an offset are in `time_zone`.
    """
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):
        scale = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}[column.type.unit]
        is_naive = column.type.tz is None
        values = floats(column.cast(pa.int64())) / scale
        return _localised(values, time_zone) if is_naive and time_zone != "UTC" else values
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        return _epoch(floats(column))
    import pandas as pd

    texts = pd.Series(column.to_pylist(), dtype="string")
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    if np.isfinite(numbers).any():
        return _epoch(numbers)
    has_offset = texts.str.contains(r"(?:Z|[+-]\d\d:?\d\d)\s*$", regex=True, na=False)
    parsed = pd.to_datetime(texts, errors="coerce", utc=True, format="ISO8601").astype("datetime64[ns, UTC]")
    result = parsed.astype("int64").to_numpy(dtype=float) / 1e9
    result[parsed.isna().to_numpy()] = np.nan
    naive = ~has_offset.to_numpy(dtype=bool)
    if time_zone != "UTC" and naive.any():
        result[naive] = _localised(result[naive], time_zone)
    return result


def _epoch(values: Any) -> Any:
    sample = values[np.isfinite(values)][:10_000]
    largest = float(np.median(np.abs(sample))) if len(sample) else 0.0
    for limit, scale in ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3)):
        if largest > limit:
            return values / scale
    return values


def _localised(values: Any, time_zone: str) -> Any:
    """Take epoch seconds of wall-clock times as times in a zone; ambiguous or missing ones become NaN."""
    import pandas as pd

    wall = pd.to_datetime(pd.Series(values), unit="s")
    try:
        zoned = wall.dt.tz_localize(time_zone, ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
    except (KeyError, ValueError, OSError) as error:
        raise TrackError(f"Unknown time zone {time_zone!r}. Give a name such as Europe/Warsaw.") from error
    result = zoned.astype("datetime64[ns, UTC]").astype("int64").to_numpy(dtype=float) / 1e9
    result[zoned.isna().to_numpy()] = np.nan
    return result
