"""The column contract: any GeoDataFrame that keeps it can be drawn, wherever its rows come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from maps.errors import MapsError
from maps.style import STATUSES, SYMBOLS

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


class FrameError(MapsError, ValueError):
    """The frame breaks the contract; the message names every fault."""


def is_missing(value: Any) -> bool:
    """Return whether a cell is empty: None, or the not-a-number that pandas puts in its place."""
    return value is None or (isinstance(value, float) and value != value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _is_day(value: Any) -> bool:
    if is_missing(value):
        return True
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _is_radius(value: Any) -> bool:
    return is_missing(value) or (isinstance(value, int | float) and value >= 0)


def _is_sources(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(item, dict) and {"publisher", "date", "url"} <= set(item) for item in value
    )


@dataclass(frozen=True)
class Column:
    """One required column."""

    name: str
    meaning: str
    is_valid: Callable[[Any], bool]
    expected: str


COLUMNS: tuple[Column, ...] = (
    Column("incident_id", "id of the incident; rows with one id are its sites", _is_text, "text"),
    Column("title", "one line", _is_text, "text"),
    Column("summary", "a few sentences, or empty", _is_text, "text"),
    Column("earliest", "first local day the event may have begun; None where open", _is_day, "YYYY-MM-DD or None"),
    Column("latest", "last local day of the event", lambda v: not is_missing(v) and _is_day(v), "YYYY-MM-DD"),
    Column("when", "the time in words, as exactly as known", _is_text, "text"),
    Column("when_text", "original wording", _is_text, "text"),
    Column("countries", "affected states, ISO alpha-2", _is_texts, "list of text"),
    Column(
        "object_class", "class of the object, a key of maps.style.SYMBOLS", lambda v: v in SYMBOLS, " or ".join(SYMBOLS)
    ),
    Column("objects", "how many of what, in words", _is_text, "text"),
    Column("status", "a key of maps.style.STATUSES", lambda v: v in STATUSES, " or ".join(STATUSES)),
    Column("status_words", "the status with who assesses it", _is_text, "text"),
    Column("legal_class", "legal class in words", _is_text, "text"),
    Column("actors", "actors somebody asserts or suspects", _is_texts, "list of text"),
    Column("airspace", "whose airspace and how sure, in words", _is_text, "text"),
    Column("claims", "who says who did it", _is_texts, "list of text"),
    Column("denials", "who denies what", _is_texts, "list of text"),
    Column("responses", "what was done", _is_texts, "list of text"),
    Column("outcome", "what became of the object", _is_text, "text"),
    Column("unknowns", "what is not known", _is_texts, "list of text"),
    Column("sources", "dicts of publisher, date and url", _is_sources, "list of dicts with publisher, date, url"),
    Column("related", "ids of incidents of the same wave", _is_texts, "list of text"),
    Column("site", "name of the site, or empty", _is_text, "text"),
    Column("role", "what happened at the site", _is_text, "text"),
    Column(
        "radius_m",
        "radius of the disc that holds the true position, metres",
        _is_radius,
        "a number of 0 or more, or None",
    ),
    Column(
        "is_primary",
        "whether this site stands for the incident on the map",
        lambda v: v in (True, False),
        "true or false",
    ),
)
"""Every column; the geometry is the site's point (EPSG:4326) or None where it is not placed."""

_SHOWN = 10


def check_frame(frame: GeoDataFrame) -> None:
    """Raise where `frame` breaks the contract.

    Raises
    ------
    FrameError
        One error that names all faults: missing columns, wrong values with their row, a wrong CRS, geometry that is
        no point or lies out of range.
    """
    faults = [f"column {c.name!r} is missing ({c.meaning})" for c in COLUMNS if c.name not in frame.columns]
    if getattr(frame, "crs", None) is None or frame.crs.to_epsg() != 4326:
        faults.append(f"CRS is {getattr(frame, 'crs', None)}, expected EPSG:4326: call frame.to_crs(4326)")
    for column in COLUMNS:
        if column.name in frame.columns:
            faults += [
                f"row {index}, column {column.name!r}: {value!r}, expected {column.expected}"
                for index, value in enumerate(frame[column.name])
                if not column.is_valid(value)
            ]
    if hasattr(frame, "geometry"):
        faults += [fault for index, point in enumerate(frame.geometry) if (fault := _geometry_fault(index, point))]
    if faults:
        more = f"\n... and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise FrameError("The frame cannot be drawn:\n" + "\n".join(faults[:_SHOWN]) + more)


def _geometry_fault(index: int, point: Any) -> str:
    if point is None or point.is_empty:
        return ""
    if point.geom_type != "Point":
        return f"row {index}, geometry: {point.geom_type}, expected Point"
    if not (-180 <= point.x <= 180 and -90 <= point.y <= 90):
        return f"row {index}, geometry: {point.x} {point.y} is out of range; order is longitude, latitude"
    return ""


def safe_url(url: str) -> str:
    """Return `url` if it is a plain http(s) link, else an empty text.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    if any(ord(c) <= 32 or c in '"<>\\`' for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""
