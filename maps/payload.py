"""The frame as compact JSON for the page: repeated words once, dates as day numbers, coordinates rounded."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from maps.frame import is_missing, safe_url

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_EPOCH = date(1970, 1, 1)
_DIGITS = 4
_LONGEST = 20_000
"""Characters of one text that reach the page."""


def script_json(value: Any) -> str:
    """Return JSON that is safe inside a script element: nothing in it can end the element or start markup."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


class _Words:
    """A table of texts, each once; a text is told by its place in it."""

    def __init__(self) -> None:
        self.table: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.table.setdefault(text[:_LONGEST], len(self.table))

    def all(self, texts: Iterable[str]) -> list[int]:
        return [self(text) for text in texts]


def to_payload(frame: GeoDataFrame) -> dict[str, Any]:
    """Return the incidents of a checked frame, the latest first, each as a list in the order of `FIELDS`."""
    words = _Words()
    groups: dict[str, list[dict[str, Any]]] = {}
    points = frame.geometry
    for row, point in zip(frame.drop(columns=points.name).to_dict("records"), points, strict=True):
        row["point"] = None if point is None or point.is_empty else (round(point.x, _DIGITS), round(point.y, _DIGITS))
        groups.setdefault(row["incident_id"], []).append(row)
    ordered = sorted(groups.values(), key=lambda rows: (rows[0]["latest"], rows[0]["incident_id"]), reverse=True)
    incidents = [_incident(rows, words) for rows in ordered]
    return {"fields": FIELDS, "words": list(words.table), "incidents": incidents}


FIELDS = (
    *("id", "title", "summary", "from", "to", "when", "wording", "countries", "object", "objects", "status"),
    *("standing", "legal", "actors", "airspace", "claims", "denials", "responses", "outcome", "unknowns"),
    *("sources", "related", "sites"),
)
"""Names of an incident's places in its list."""


def _incident(rows: list[dict[str, Any]], words: _Words) -> list[Any]:
    first = rows[0]
    return [
        first["incident_id"],
        first["title"][:_LONGEST],
        first["summary"][:_LONGEST],
        None if is_missing(first["earliest"]) else _day(first["earliest"]),
        _day(first["latest"]),
        first["when"],
        first["when_text"][:_LONGEST],
        words.all(first["countries"]),
        words(first["object_class"]),
        words(first["objects"]),
        words(first["status"]),
        words(first["status_words"]),
        words(first["legal_class"]),
        words.all(first["actors"]),
        words(first["airspace"]),
        words.all(first["claims"]),
        words.all(first["denials"]),
        words.all(first["responses"]),
        words(first["outcome"]),
        words.all(first["unknowns"]),
        [[words(str(s["publisher"])), words(str(s["date"])), safe_url(str(s["url"]))] for s in first["sources"]],
        list(first["related"]),
        [_site(row, words) for row in rows if row["site"] or row["point"]],
    ]


def _site(row: dict[str, Any], words: _Words) -> list[Any]:
    radius = row["radius_m"]
    lon, lat = row["point"] or (None, None)
    return [
        row["site"][:_LONGEST],
        words(row["role"]),
        lon,
        lat,
        None if is_missing(radius) else round(radius),
        int(bool(row["is_primary"])),
    ]


def _day(text: str) -> int:
    return (date.fromisoformat(text) - _EPOCH).days
