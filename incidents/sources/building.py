"""A foreign row to a record: every fault at once, nothing invented, never confirmed on its own word."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any

from pydantic import ValidationError

from geodata.errors import GeodataError
from incidents.curation import NO_ID
from incidents.model import Incident, LegalClass, ObjectClass, Outcome, Status, TimeSpan
from incidents.sources import terms
from incidents.sources.calendar import TimeError, parse_days
from incidents.sources.entry import IMPORT_KEY, Entry, faults_of, host_of, shorten
from incidents.sources.fields import Builder
from incidents.sources.options import Draft, Options
from incidents.sources.placing import site_of
from incidents.sources.times import parse_span

_ID = re.compile(r"[A-Z]{2}-\d{4}-\d{3,}\Z")
_MAX_TEXT = 20_000


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
    site = site_of(b, country)
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
