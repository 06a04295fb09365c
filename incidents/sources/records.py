"""Whole records: newline-delimited JSON, and GeoJSON that carries the record along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from incidents.model import Incident
from incidents.sources.entry import Entry, Fault, faults_of
from incidents.sources.guards import (
    MAX_LINE,
    ImportFileError,
    check_size,
    detect_encoding,
    open_text,
    parse_json,
    read_whole,
)

_DERIVED = ("status", "precision")


def read_ndjson(path: Path) -> Iterator[Entry]:
    """Yield the record of each line.

    Raises
    ------
    ImportFileError
        If a line is longer than a record can be.
    """
    check_size(path)
    with open_text(path, detect_encoding(path)) as stream:
        number = 0
        while line := stream.readline(MAX_LINE):
            number += 1
            if len(line) >= MAX_LINE:
                raise ImportFileError(f"{path.name}, line {number}: longer than {MAX_LINE:,} characters.")
            if line.strip():
                yield _line(line, number)


def _line(line: str, number: int) -> Entry:
    try:
        data = parse_json(line, name=f"line {number}")
    except ImportFileError as error:
        return Entry(number, None, (Fault(number, "", line, str(error), what="line"),), cells={"line": line.strip()})
    return to_entry(data, number, what="line")


def to_entry(data: Any, number: int, *, what: str) -> Entry:
    """Return the entry of a record in plain values; derived values beside it are left out, territory is kept."""
    if not isinstance(data, dict):
        fault = Fault(number, "", str(data), "is no record: expected an object with id, title and so on", what=what)
        return Entry(number, None, (fault,), cells={"record": data})
    values = {key: value for key, value in data.items() if key not in _DERIVED}
    try:
        record = Incident.model_validate_json(_text(values))
    except ValidationError as error:
        return Entry(number, None, faults_of(error, number, what=what), cells={"record": data})
    except (ValueError, RecursionError) as error:
        fault = Fault(number, "", "", f"cannot be read: {str(error)[:200]}", what=what)
        return Entry(number, None, (fault,), cells={"record": data})
    return Entry(number, record, cells={"record": data})


def _text(values: dict[str, Any]) -> str:
    import json

    return json.dumps(values)


def has_records(data: Any) -> bool:
    """Return whether parsed GeoJSON is ours: the first feature carries its record."""
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not features or not isinstance(features[0], dict):
        return False
    properties = features[0].get("properties")
    return isinstance(properties, dict) and isinstance(properties.get("record"), dict)


def read_geojson(path: Path) -> Iterator[Entry]:
    """Yield the record of each feature.

    Raises
    ------
    ImportFileError
        If it is not a feature collection.
    """
    data = parse_json(read_whole(path), name=path.name)
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise ImportFileError(f"{path.name}: not a GeoJSON FeatureCollection: no list of features.")
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        record = properties.get("record") if isinstance(properties, dict) else None
        yield to_entry(record, number, what="feature")
