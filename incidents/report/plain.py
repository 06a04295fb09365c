"""A summary as plain JSON values; every figure carries the incidents behind it."""

from __future__ import annotations

import dataclasses
from datetime import date
from enum import StrEnum
from typing import Any

from incidents.model import Incident
from incidents.report.figure import Figure
from incidents.report.headline import headline
from incidents.report.summary import Summary
from incidents.stats import Tally


def to_json_dict(summary: Summary) -> dict[str, Any]:
    """Return the summary; incidents are whole records, figures are ``{"value", "ids"}``."""
    return {"headline": headline(summary), **_plain(summary)}


def _plain(value: Any) -> Any:
    match value:
        case Incident():
            return value.to_json_dict()
        case Figure():
            return {"label": value.label, "value": value.value, "ids": list(value.ids)}
        case Tally():
            return {
                "key": value.key,
                "incidents": value.incidents,
                "nato": value.nato,
                "ids": list(value.ids),
                "nato_ids": list(value.nato_ids),
                "objects": dataclasses.asdict(value.objects),
            }
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        case _:
            return value
