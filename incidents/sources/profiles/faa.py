"""FAA UAS sightings: a day or a time, city and state, and a summary that begins with the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from incidents.sources.options import Draft

HEADINGS = frozenset({"city", "state", "summary"})
_DATES = ("day of sighting", "date of sighting", "event date", "eventdate", "date", "datetime", "date time")
MARKS = frozenset(_DATES)
NEVER = frozenset({"country", "longitude", "lon", "id"})
_ALTITUDE = re.compile(r"AT (?:APPROXIMATELY |APPROX\.? )?([\d,]{2,6}) (?:FEET|FT)\b", re.IGNORECASE)


def translate(cells: Mapping[str, str]) -> Draft:
    """Return a row in our names. The hour is local and comes without a zone, so only the day counts."""
    when = next((cells[name] for name in _DATES if cells.get(name)), "")
    column = next((name for name in _DATES if name in cells), "date")
    city, state = cells.get("city", ""), cells.get("state", "")
    summary = cells.get("summary", "")
    place = ", ".join(part.title() for part in (city, state) if part)
    fields = {
        "title": f"Drone sighting, {place}" if place else "Drone sighting",
        "summary": summary,
        "country": "US",
        "date": when,
        "place": city.title(),
        "region": state.title(),
        "object": "drone",
        "publisher": "Federal Aviation Administration",
        "status": "",
    }
    unknowns = ["hour: local time, zone not given"] if re.search(r"\d:\d\d", when) else []
    if match := _ALTITUDE.search(summary):
        unknowns.append(f"altitude of the object: the report mentions {match[1]} feet")
    return Draft(fields, unknowns=tuple(unknowns), namespace="faa", columns={"date": column, "place": "city"})
