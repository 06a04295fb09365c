"""ACLED: event_date with time_precision, places with geo_precision, a note and its sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from incidents.model import PositionMethod, TimeSpan
from incidents.sources.calendar import TimeError, parse_days
from incidents.sources.options import Draft

HEADINGS = frozenset({"event id cnty", "event date", "time precision", "country", "notes"})
_RADIUS_M = {"1": 5_000.0, "2": 25_000.0, "3": 100_000.0}
_WORDS = {"1": "a particular town", "2": "part of a region", "3": "a larger region"}
_DRONE = re.compile(r"\b(?:drones?|uavs?|shaheds?|unmanned|gerberas?|geran\w*)\b", re.IGNORECASE)
_KINDS = (
    ("drone", _DRONE),
    ("balloon", re.compile(r"\bballoons?\b", re.IGNORECASE)),
    ("cruise missile", re.compile(r"\bcruise missiles?\b", re.IGNORECASE)),
    ("helicopter", re.compile(r"\bhelicopters?\b", re.IGNORECASE)),
    ("fighter", re.compile(r"\b(?:fighter|jets?|mig-\d+|su-\d+)\b", re.IGNORECASE)),
)


def translate(cells: Mapping[str, str]) -> Draft:
    """Return a row in our names; the day is widened as far as its time_precision says."""
    notes, precision = cells.get("notes", ""), cells.get("geo precision", "").strip()
    kind = next((word for word, pattern in _KINDS if pattern.search(notes)), "unknown")
    place = cells.get("location", "")
    fields = {
        "key": cells.get("event id cnty", ""),
        "title": f"{kind.capitalize() if kind != 'unknown' else cells.get('sub event type') or 'Event'}, {place}",
        "summary": notes,
        "country": cells.get("country", ""),
        "date": cells.get("event date", ""),
        "place": place,
        "region": cells.get("admin1", ""),
        "lon": cells.get("longitude", ""),
        "lat": cells.get("latitude", ""),
        "object": kind,
        "publisher": cells.get("source", ""),
        "deaths": cells.get("fatalities", ""),
    }
    unknowns = ["place: ACLED gives " + _WORDS[precision]] if precision in ("2", "3") else []
    return Draft(
        fields,
        span=_span(cells.get("event date", ""), cells.get("time precision", "").strip()),
        method=PositionMethod.AREA_CENTROID if precision in ("2", "3") else PositionMethod.GAZETTEER,
        radius_m=_RADIUS_M.get(precision),
        radius_note=f"ACLED geo_precision {precision}" if precision in _RADIUS_M else "",
        unknowns=tuple(unknowns),
        namespace="acled",
        columns={"date": "event_date", "lon": "longitude", "lat": "latitude", "key": "event_id_cnty"},
    )


def _span(text: str, precision: str) -> TimeSpan | None:
    """Return the day, the days within a week of it, or its month."""
    try:
        day: date = parse_days(text)[0]
    except TimeError:
        return None
    if precision == "2":
        return TimeSpan(
            earliest=day - timedelta(days=6), latest=day + timedelta(days=6), text=f"{text}, known to the week"
        )
    if precision == "3":
        last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return TimeSpan(earliest=day.replace(day=1), latest=last, text=f"{text}, known to the month")
    return TimeSpan(earliest=day, latest=day, text="" if text.strip() == day.isoformat() else text.strip())
