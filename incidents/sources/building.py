"""A foreign row to a record: every fault at once, nothing invented, never confirmed on its own word."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from geodata.errors import GeodataError
from incidents.model import Incident, LegalClass, ObjectClass, Outcome, PositionMethod, SiteRole, Status, TimeSpan
from incidents.sources import terms
from incidents.sources.calendar import TimeError, parse_days
from incidents.sources.entry import IMPORT_KEY, NO_ID, Entry, Fault, faults_of, host_of, shorten
from incidents.sources.options import Draft, Options
from incidents.sources.times import parse_span

if TYPE_CHECKING:
    from geodata.geocode import Place

E = TypeVar("E", bound=StrEnum)
DEFAULT_RADIUS_M = 5_000.0
"""Radius of coordinates that come without one."""
_CLOSE_SCORE = 0.05
"""Places this close in score are equally likely to be meant."""
_ID = re.compile(r"[A-Z]{2}-\d{4}-\d{3,}\Z")
_ABSENT = {"", "-", "–", "n/a", "na", "none", "null", "nan", "nat", "#n/a", "?", "tbd", "not reported"}
_MAX_TEXT = 20_000


class Builder:
    """Collects the fields of one row and what is wrong with them."""

    def __init__(self, draft: Draft, number: int, options: Options, what: str) -> None:
        self.draft = draft
        self.number = number
        self.options = options
        self.what = what
        self.faults: list[Fault] = []
        self.unknowns = list(draft.unknowns)

    def get(self, name: str) -> str:
        """Return the text of a field; empty where the cell says nothing."""
        text = self.draft.fields.get(name, "").strip()
        return "" if text.casefold() in _ABSENT else text

    def fault(self, name: str, rule: str, nearest: str = "") -> None:
        """Note what is wrong with a field."""
        column = self.draft.columns.get(name, name)
        self.faults.append(Fault(self.number, column, self.draft.fields.get(name, ""), rule, nearest, self.what))

    def word(self, name: str, kind: type[E], meaning: Callable[[str], E | None]) -> E | None:
        """Return the member a field means, or None; a word nobody knows is a fault."""
        text = self.get(name)
        if not text:
            return None
        found = meaning(text)
        if found is None:
            self.fault(name, f"is no {_spoken(kind)} we know", terms.nearest(text, kind))
        return found

    def number_of(self, name: str, *, whole: bool = False) -> float | None:
        """Return the number in a field; a fault where there is none, or an infinite or negative one."""
        text = self.get(name).replace("\u00a0", "").replace(" ", "")
        if not text:
            return None
        if re.fullmatch(r"-?\d{1,3},\d+", text):
            text = text.replace(",", ".")
        try:
            value = float(text)
        except ValueError:
            self.fault(name, "is no number")
            return None
        if not math.isfinite(value):
            self.fault(name, "is not a finite number")
            return None
        if whole and (value < 0 or value != int(value) or value > 1e9):
            self.fault(name, "is no count: expected a whole number from 0")
            return None
        return value


def build(draft: Draft, number: int, options: Options, *, what: str = "row", cells: dict[str, Any]) -> Entry:
    """Return the entry of one row."""
    b = Builder(draft, number, options, what)
    key = IMPORT_KEY + _digest(draft)
    given = b.get("id").upper()
    if given and not _ID.match(given):
        given = ""
    span = draft.span or _span(b)
    country = _country(b)
    kind = b.word("object", ObjectClass, terms.object_class) or ObjectClass.UNKNOWN
    state = b.word("status", Status, terms.status)
    legal = b.word("legal_class", LegalClass, lambda text: terms.exact_word(text, LegalClass))
    outcome = b.word("outcome", Outcome, lambda text: terms.exact_word(text, Outcome))
    site = _site(b, country)
    source = _source(b, key)
    counts = _counts(b, source["publisher"])
    if b.faults or span is None or country is None:
        return Entry(number, None, tuple(b.faults), key="" if given else key, cells=cells)
    on = source.get("published_on") or span.last_day.isoformat()
    data: dict[str, Any] = {
        "id": given or NO_ID,
        "title": _title(b, kind, site),
        "summary": b.get("summary")[:_MAX_TEXT],
        "countries": [country],
        "occurred": span,
        "first_reported_on": _day(b, "reported"),
        "legal_class": legal or LegalClass.SIGHTING,
        "assessments": [
            {
                "status": state or Status.UNRESOLVED,
                "by": (b.get("status_by") if state else "") or (source["publisher"] if state else "import"),
                "on": on,
                "note": b.get("status_note"),
                "sources": [key] if state else [],
            }
        ],
        "objects": [{"object_class": kind, "model": b.get("model")[:500], "counts": counts, "sources": [key]}],
        "sites": [site] if site else [],
        "attributions": _attributions(b, key, source["publisher"]),
        "consequences": _consequences(b, key),
        "outcome": outcome or Outcome.UNKNOWN,
        "sources": [source],
        "confidence": "low",
        "confidence_reason": "imported, not reviewed",
        "unknowns": b.unknowns,
    }
    if b.faults:
        return Entry(number, None, tuple(b.faults), key="" if given else key, cells=cells)
    try:
        record = Incident.model_validate(data)
    except ValidationError as error:
        return Entry(number, None, faults_of(error, number, what=what), key="" if given else key, cells=cells)
    return Entry(number, record, key="" if given else key, is_partial=True, cells=cells)


def _spoken(kind: type[StrEnum]) -> str:
    """Return the name of a vocabulary as words.

    >>> _spoken(ObjectClass)
    'object class'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower()


def _digest(draft: Draft) -> str:
    """Return what a row is known by: its own number where it has one, else everything it says."""
    own = draft.fields.get("key", "").strip()
    said = [own] if own else [f"{k}={' '.join(v.split())}" for k, v in sorted(draft.fields.items()) if v.strip()]
    return hashlib.sha256("\x1f".join([draft.namespace if own else "", *said]).encode()).hexdigest()[:16]


def _span(b: Builder) -> TimeSpan | None:
    text, year = b.get("date"), b.get("year")
    reported = _day(b, "reported")
    if not text:
        text = year
    if not text:
        b.fault("date", "says no day")
        return None
    options = b.options
    known_year = int(year) if re.fullmatch(r"\d{4}", year) else options.year
    try:
        until = date.fromisoformat(reported) if reported and len(reported) == 10 else None
        span = parse_span(text, b.get("time"), order=options.order, year=known_year, zone=options.zone, reported=until)
        if b.get("end"):
            end = parse_span(b.get("end"), order=options.order, year=known_year, zone=options.zone)
            words = span.text or end.text
            span = TimeSpan(earliest=span.earliest, latest=end.latest, text=words)
    except TimeError as error:
        b.fault("date", str(error))
        return None
    except ValueError:
        b.fault("end", "ends before it begins")
        return None
    return span


def _day(b: Builder, name: str) -> str | None:
    text = b.get(name)
    if not text:
        return None
    if re.fullmatch(r"\d{4}(-\d\d){1,2}T?.*", text) and not re.fullmatch(r"\d{4}(-\d\d){1,2}", text):
        text = text[:10]
    try:
        first, last = parse_days(text, order=b.options.order, year=b.options.year)
    except TimeError as error:
        b.fault(name, str(error))
        return None
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y}"


def _country(b: Builder) -> str | None:
    from geodata.countries import find_country

    text = b.get("country")
    if not text:
        if b.options.country is None:
            b.fault("country", "names no state; add a column, or give --country")
        return b.options.country
    first = re.split(r"[;,/|]", text)[0].strip()
    try:
        return find_country(first if first else text).code
    except GeodataError as error:
        message = str(error)
        near = message.partition("Did you mean ")[2].partition("?")[0]
        b.fault("country", "is no state we know", near)
        return None


def _site(b: Builder, country: str | None) -> dict[str, Any] | None:
    name = ", ".join(dict.fromkeys(part for part in (b.get("place"), b.get("region")) if part))
    role = b.word("role", SiteRole, lambda text: terms.exact_word(text, SiteRole)) or SiteRole.OVER
    site: dict[str, Any] = {"name": name[:500] or "place not named", "role": role, "country": country}
    position = _position(b)
    if position is not None:
        lon, lat, radius = position
        given = b.number_of("radius_m")
        radius_m = given or b.draft.radius_m or radius or DEFAULT_RADIUS_M
        note = b.draft.radius_note or ("" if given or b.draft.radius_m or radius else "radius not given, 5 km assumed")
        return {**site, "lon": lon, "lat": lat, "radius_m": radius_m, "method": b.draft.method, "note": note}
    if not name:
        return None
    if b.faults:
        return site
    return site | _geocoded(b.get("place") or name, b.get("region") if b.get("place") else "", country)


def _position(b: Builder) -> tuple[float, float, float | None] | None:
    if b.get("coordinates") and not b.get("lon"):
        return _parse_coordinates(b)
    lon, lat = b.number_of("lon"), b.number_of("lat")
    if lon is None and lat is None:
        return None
    if lon is None or lat is None:
        if not any(fault.column in (b.draft.columns.get(n, n) for n in ("lon", "lat")) for fault in b.faults):
            b.fault("lon" if lon is None else "lat", "is missing; longitude and latitude go together")
        return None
    if lon == lat == 0:
        return None
    from geodata.geodesy import check_coordinates

    try:
        x, y = check_coordinates(lon, lat)
    except GeodataError as error:
        b.fault("lat" if abs(lat) > 90 else "lon", str(error))
        return None
    return x, y, None


def _parse_coordinates(b: Builder) -> tuple[float, float, float | None] | None:
    text = b.get("coordinates")
    pair = re.fullmatch(r"\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?", text)
    if pair:
        heading = b.draft.columns.get("coordinates", "").casefold()
        lon_first = heading.find("lon") < heading.find("lat") if "lon" in heading and "lat" in heading else False
        one, two = float(pair[1]), float(pair[2])
        lon, lat = (one, two) if lon_first else (two, one)
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            b.fault("coordinates", "is out of range; write latitude first, or two columns lon and lat")
            return None
        return lon, lat, None
    from geodata.coordinates import parse_coordinates

    try:
        lon, lat = parse_coordinates(text)
        return lon, lat, None
    except (GeodataError, ValueError) as error:
        b.fault("coordinates", str(error)[:200])
        return None


def _geocoded(name: str, region: str, country: str | None) -> dict[str, Any]:
    """Return where the gazetteer puts a place, if one entry stands out."""
    best = _gazetteer_place(name[:200], region[:200], country)
    if best is None:
        return {}
    return {
        "lon": best.lon,
        "lat": best.lat,
        "radius_m": best.radius_m,
        "method": PositionMethod.GAZETTEER,
        "note": f"geocoded as {best.name}",
    }


@lru_cache(maxsize=20_000)
def _gazetteer_place(name: str, region: str, country: str | None) -> Place | None:
    """Return the place that a name means; of several as good, the one that holds the others, or none."""
    from geodata.geocode import geocode
    from geodata.geodesy import distance_km

    try:
        found = geocode(f"{name}, {region}" if region else name, country=country, limit=5)
    except GeodataError:
        return None
    rivals = [place for place in found if place.is_exact and place.score > found[0].score - _CLOSE_SCORE]
    widest = max(rivals, key=lambda place: place.radius_m, default=None)
    if widest is None:
        return None
    for place in rivals:
        apart_m = 1000 * distance_km(lon1=place.lon, lat1=place.lat, lon2=widest.lon, lat2=widest.lat)
        if apart_m > widest.radius_m:
            return None
    return widest


def _source(b: Builder, key: str) -> dict[str, Any]:
    text = b.get("source_url")
    url = next((word for word in re.split(r"[\s;|]+", text) if re.match(r"https?://\S+\Z", word)), "")
    publisher = b.get("publisher")
    if not url and re.match(r"https?://\S+\Z", publisher):
        url, publisher = publisher, ""
    host = host_of(url)
    url = url if host else ""
    source: dict[str, Any] = {
        "key": key,
        "url": url[:2000] or f"urn:airspace-incidents:{key}",
        "publisher": publisher[:300] or host or "imported table",
        "supports": ["occurred", "objects", "sites"],
    }
    if not url:
        source["note"] = "the table gives no link" if not text else f"the table gives {shorten(text)!r}"
    published = _day(b, "published") or _day(b, "reported")
    if published:
        source["published_on"] = published
    return source


def _counts(b: Builder, by: str) -> list[dict[str, Any]]:
    text = b.get("count")
    bounds: dict[str, Any] = {}
    if match := re.fullmatch(r"(\d{1,6})\s*(?:-|–|to)\s*(\d{1,6})", text):
        bounds = {"low": int(match[1]), "high": int(match[2])}
    elif match := re.fullmatch(
        r"(?:at least|>=?|more than|over|min\.?)\s*(\d{1,6})|(\d{1,6})\s*\+", text, re.IGNORECASE
    ):
        bounds = {"low": int(match[1] or match[2])}
    elif match := re.fullmatch(r"(?:about|around|approx\.?|ca?\.?|~)\s*(\d{1,6})", text, re.IGNORECASE):
        bounds = {"best": int(match[1])}
    elif text and re.fullmatch(r"several|multiple|some|many|swarm|a few|dozens|unknown|numerous", text, re.IGNORECASE):
        bounds = {"low": 2} if text.casefold() != "unknown" else {}
        b.unknowns.append(f"how many: the source says {text!r}")
    elif text:
        value = b.number_of("count", whole=True)
        if value is not None:
            bounds = {"low": int(value), "best": int(value), "high": int(value)}
    for name in ("low", "high"):
        value = b.number_of(f"count_{name}", whole=True)
        if value is not None:
            bounds[name] = int(value)
    known = [bounds[n] for n in ("low", "best", "high") if n in bounds]
    if known != sorted(known):
        b.fault("count", "low, best and high are not in rising order")
        return []
    return [{**bounds, "by": by}] if bounds else []


def _attributions(b: Builder, key: str, by: str) -> list[dict[str, Any]]:
    from geodata.countries import find_country

    text = b.get("actor")
    if not text:
        return []
    try:
        actor = find_country(text[:100]).code
    except GeodataError:
        actor = text[:200]
    return [{"actor": actor, "stance": "suspects", "by": by, "sources": [key]}]


def _consequences(b: Builder, key: str) -> list[dict[str, Any]]:
    found = []
    for name, kind in (("deaths", "death"), ("injuries", "injury")):
        value = b.number_of(name, whole=True)
        if value:
            found.append({"type": kind, "caused_by": "unknown", "best": int(value), "unit": "people", "sources": [key]})
    return found


def _title(b: Builder, kind: ObjectClass, site: dict[str, Any] | None) -> str:
    title = " ".join(b.get("title").split())
    if title:
        return shorten(title, 200)
    what = "Unidentified object" if kind is ObjectClass.UNKNOWN else kind.value.replace("_", " ").capitalize()
    named = site is not None and site["name"] != "place not named"
    return shorten(f"{what} reported near {site['name']}" if site and named else f"{what} reported", 200)
