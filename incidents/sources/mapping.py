"""Which column of a foreign table is which field: by name, by suggestion, or as the user says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incidents.sources.guards import ImportFileError


@dataclass(frozen=True)
class Target:
    """A field of an imported row."""

    name: str
    meaning: str
    headings: tuple[str, ...] = ()
    """How tables in the wild call it, folded."""


TARGETS: tuple[Target, ...] = (
    Target("id", "permanent id such as PL-2025-007, if it has one", ("incident id",)),
    Target(
        "key",
        "the table's own number or code of the row",
        ("event id", "record id", "uuid", "guid", "case number", "reference number"),
    ),
    Target("title", "one line", ("headline", "event", "incident", "name", "event name", "subject", "tytul")),
    Target(
        "summary",
        "in a few sentences",
        (
            "description",
            "notes",
            "details",
            "narrative",
            "text",
            "remarks",
            "comment",
            "comments",
            "opis",
            "beschreibung",
            "what happened",
            "synopsis",
        ),
    ),
    Target(
        "country",
        "affected state",
        (
            "countries",
            "country code",
            "iso",
            "iso2",
            "iso3",
            "nation",
            "state affected",
            "kraj",
            "land",
            "pays",
            "country name",
        ),
    ),
    Target(
        "date",
        "day or days, in any wording",
        (
            "event date",
            "day",
            "date of incident",
            "incident date",
            "occurred",
            "when",
            "start",
            "start date",
            "datum",
            "data",
            "date of sighting",
            "begin",
            "earliest",
            "timestamp",
            "datetime",
            "date time",
            "date and time",
            "event time",
        ),
    ),
    Target(
        "time",
        "hour, in any wording",
        ("local time", "time of day", "hour", "time local", "uhrzeit", "godzina", "event hour"),
    ),
    Target("end", "last day", ("end date", "until", "latest", "date to", "finish")),
    Target("year", "year of dates without one", ("jahr", "rok", "annee")),
    Target(
        "reported",
        "day of the first report",
        ("reported on", "date reported", "report date", "first reported", "first reported on"),
    ),
    Target("legal_class", "kind of event in law", ("class", "category", "incident type", "event type", "type")),
    Target("status", "confirmed, probable, unresolved or refuted", ("assessment", "verification", "verified")),
    Target("status_by", "who assesses it so", ("assessed by", "verified by")),
    Target("status_note", "on what grounds", ("assessment note",)),
    Target(
        "object",
        "what it was: drone, fighter, balloon ...",
        (
            "object class",
            "object type",
            "aircraft",
            "aircraft type",
            "uav",
            "uas",
            "intruder",
            "platform",
            "weapon",
            "objekt",
            "obiekt",
            "what",
        ),
    ),
    Target("model", "model, as reported", ("object model", "drone type", "uas model", "make model")),
    Target(
        "count",
        "how many",
        ("quantity", "number of objects", "count best", "how many", "number of drones", "drones", "anzahl", "liczba"),
    ),
    Target("count_low", "how many at least", ("min count", "count min", "low", "minimum")),
    Target("count_high", "how many at most", ("max count", "count max", "high", "maximum")),
    Target(
        "place",
        "name of the place",
        (
            "location",
            "site",
            "city",
            "town",
            "where",
            "locality",
            "place name",
            "location name",
            "miejsce",
            "ort",
            "lieu",
            "airport",
            "facility",
        ),
    ),
    Target(
        "region",
        "region or state of the place",
        ("admin1", "state", "province", "county", "oblast", "voivodeship", "district"),
    ),
    Target("lon", "longitude, degrees", ("longitude", "lng", "long", "x", "lon dd", "x coord")),
    Target("lat", "latitude, degrees", ("latitude", "y", "lat dd", "y coord")),
    Target(
        "coordinates",
        "longitude and latitude in one cell, in any notation",
        ("coords", "coordinate", "lat lon", "latlon", "lat long", "gps", "position", "geolocation", "mgrs"),
    ),
    Target(
        "radius_m",
        "how exact the position is, metres",
        ("radius", "accuracy m", "uncertainty m", "precision m", "coordinateuncertaintyinmeters"),
    ),
    Target("role", "what happened at the place", ("site role",)),
    Target(
        "actor", "whom somebody suspects", ("suspected actor", "attributed to", "perpetrator", "attribution", "suspect")
    ),
    Target("outcome", "what became of the object", ("result", "end state")),
    Target(
        "source_url", "link", ("url", "link", "source link", "source url", "sourceurl", "href", "web", "quelle url")
    ),
    Target(
        "publisher",
        "who published it",
        ("source", "source name", "sources", "outlet", "media", "quelle", "zrodlo", "reported by"),
    ),
    Target("published", "when it was published", ("published on", "date published", "publication date")),
    Target("deaths", "people killed", ("fatalities", "killed", "dead")),
    Target("injuries", "people injured", ("injured", "wounded")),
)
"""Every field a column can be mapped to."""

FIELDS = {target.name: target for target in TARGETS}


def fold_heading(text: str) -> str:
    """Return a heading for comparison.

    >>> fold_heading(" Event_Date (UTC)")
    'event date'
    """
    import unicodedata

    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"\(.*?\)|\[.*?\]", " ", plain.replace("ł", "l").replace("ø", "o"))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def suggest(headers: Sequence[str]) -> dict[str, str]:
    """Return the field of each column whose heading is known; one column a field, the exact heading first."""
    folded = {header: fold_heading(header) for header in headers}
    found: dict[str, str] = {}
    for target in TARGETS:
        names = (target.name.replace("_", " "), *target.headings)
        for name in names:
            match = next((h for h, text in folded.items() if text == name and h not in found), None)
            if match is not None:
                found[match] = target.name
                break
    return {header: found[header] for header in headers if header in found}


def parse_mapping(settings: Sequence[str], headers: Sequence[str]) -> dict[str, str]:
    """Return the field of each column: the suggestions, changed by ``column=field`` settings; ``column=`` ignores one.

    Raises
    ------
    ImportFileError
        Naming the nearest column or field.
    """
    chosen = suggest(headers)
    for setting in settings:
        column, equals, field = setting.rpartition("=")
        if not equals:
            raise ImportFileError(f"--map {setting!r} is not COLUMN=FIELD, for example --map 'Place of event=place'.")
        column, field = column.strip(), field.strip()
        if column not in headers:
            same = [h for h in headers if fold_heading(h) == fold_heading(column)]
            if not same:
                raise ImportFileError(
                    f"--map: no column {column!r}.{_nearest(column, headers)} Columns: {listing(headers)}."
                )
            column = same[0]
        if field and field not in FIELDS:
            raise ImportFileError(
                f"--map: no field {field!r}.{_nearest(field, list(FIELDS))} Fields: {', '.join(FIELDS)}."
            )
        chosen = {c: f for c, f in chosen.items() if c != column and f != field}
        if field:
            chosen[column] = field
    return chosen


def check_mapping(mapping: Mapping[str, str], headers: Sequence[str]) -> None:
    """Refuse a table in which no column says when.

    Raises
    ------
    ImportFileError
        Listing the columns and how to map one.
    """
    if "date" not in mapping.values():
        example = next(iter(headers), "Column")
        raise ImportFileError(
            f"No column says when. Columns: {listing(headers)}. Map one, for example --map '{example}=date'."
        )


def listing(headers: Sequence[str], limit: int = 30) -> str:
    """Return the headings for a message."""
    shown = ", ".join(repr(header[:40]) for header in headers[:limit])
    return f"{shown} and {len(headers) - limit} more" if len(headers) > limit else shown


def _nearest(given: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(given[:80], known, n=1, cutoff=0.5)
    return f" Did you mean {close[0]!r}?" if close else ""
