"""Small invented records for logic tests, and strategies that invent many."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from incidents.model import (
    Assessment,
    Attribution,
    Confidence,
    CountClaim,
    CountUnit,
    Incident,
    LegalClass,
    ObjectClass,
    ObjectGroup,
    Outcome,
    PositionMethod,
    Reliability,
    Response,
    ResponseType,
    Site,
    SiteRole,
    Source,
    Stance,
    Status,
    TimeSpan,
)


def make_source(key: str = "agency", **changes: Any) -> Source:
    """Return a source; `changes` override its fields."""
    fields: dict[str, Any] = {
        "key": key,
        "url": f"https://example.org/{key}",
        "publisher": key.title(),
        "published_on": "2025-03-02",
        "supports": ("occurred", "objects", "sites"),
    }
    return Source(**{**fields, **changes})


def make_incident(incident_id: str = "PL-2025-001", **changes: Any) -> Incident:
    """Return a record of one drone over Poland on 1 March 2025; `changes` override its fields."""
    fields: dict[str, Any] = {
        "id": incident_id,
        "title": "A drone crosses the border",
        "countries": (incident_id[:2],),
        "occurred": TimeSpan(earliest="2025-03-01", latest="2025-03-01", text="on Saturday"),
        "legal_class": LegalClass.SOVEREIGN_VIOLATION,
        "assessments": (Assessment(status=Status.PROBABLE, by="editors", on="2025-03-02", sources=("agency",)),),
        "objects": (
            ObjectGroup(object_class=ObjectClass.DRONE, counts=(CountClaim(low=1, best=1, high=1, by="Army"),)),
        ),
        "sources": (make_source(),),
        "confidence": Confidence.MODERATE,
    }
    return Incident(**{**fields, **changes})


_DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2026, 11, 1))
_WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc")), min_size=1, max_size=40
).filter(lambda text: bool(text.strip()))
_CODES = st.sampled_from(["PL", "RO", "EE", "DK", "FI", "SE", "MD", "NO"])
_KEYS = ("agency", "wire", "ministry")


@st.composite
def spans(draw: st.DrawFn) -> TimeSpan:
    """Invent time spans: days, ranges and open intervals."""
    start = draw(_DAYS)
    end = start + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 5, 30, 400])))
    earliest = draw(st.sampled_from([start, start, None]))
    return TimeSpan(earliest=earliest, latest=end, text=draw(st.sampled_from(["", "night of", "on Friday"])))


@st.composite
def counts(draw: st.DrawFn) -> CountClaim:
    """Invent counts whose bounds are in order, each perhaps not known."""
    low, best, high = sorted(draw(st.lists(st.integers(0, 50), min_size=3, max_size=3)))
    keep = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    values = [value if kept else None for value, kept in zip((low, best, high), keep, strict=True)]
    return CountClaim(low=values[0], best=values[1], high=values[2], unit=CountUnit.OBJECTS, by=draw(_WORDS))


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Invent sites, placed or not."""
    fields: dict[str, Any] = {
        "name": draw(_WORDS),
        "role": draw(st.sampled_from(SiteRole)),
        "note": draw(st.just("") | _WORDS),
    }
    if draw(st.booleans()):
        fields |= {
            "lon": draw(st.floats(-180, 180, allow_nan=False)),
            "lat": draw(st.floats(-90, 90, allow_nan=False)),
            "radius_m": float(draw(st.integers(1, 100_000))),
            "method": draw(st.sampled_from(PositionMethod)),
        }
    return Site(**fields, country=draw(st.none() | _CODES), sources=draw(_cited()))


def _cited() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(_KEYS), unique=True, max_size=2).map(tuple)


@st.composite
def incidents(draw: st.DrawFn, number: int | None = None) -> Incident:
    """Invent whole records that keep every rule of the model."""
    span = draw(spans())
    country = draw(_CODES)
    serial = draw(st.integers(1, 999)) if number is None else number
    day = (span.latest + timedelta(days=draw(st.integers(0, 90)))).isoformat()
    later = (span.latest + timedelta(days=draw(st.integers(90, 500)))).isoformat()
    sources = tuple(
        make_source(
            key,
            publisher=draw(_WORDS),
            published_on=draw(st.sampled_from([day, day[:7], later, None])),
            is_official=draw(st.booleans()),
            reliability=draw(st.sampled_from(Reliability)),
            note=draw(st.just("") | _WORDS),
        )
        for key in _KEYS
    )
    statuses = draw(st.lists(st.sampled_from(Status), min_size=1, max_size=3))
    return Incident(
        id=f"{country}-{span.latest.year}-{serial:03}",
        title=draw(_WORDS),
        summary=draw(st.just("") | _WORDS),
        countries=tuple(dict.fromkeys([country, *draw(st.lists(_CODES, max_size=2))])),
        occurred=span,
        first_reported_on=draw(st.sampled_from([None, day])),
        legal_class=draw(st.sampled_from(LegalClass)),
        assessments=tuple(
            Assessment(status=status, by=draw(_WORDS), on=draw(st.sampled_from([day, later])), sources=draw(_cited()))
            for status in statuses
        ),
        objects=tuple(
            ObjectGroup(
                object_class=cls, model=draw(st.just("") | _WORDS), counts=tuple(draw(st.lists(counts(), max_size=2)))
            )
            for cls in draw(st.lists(st.sampled_from(ObjectClass), min_size=1, max_size=2, unique=True))
        ),
        sites=tuple(draw(st.lists(sites(), max_size=3))),
        attributions=tuple(
            Attribution(
                actor=draw(st.sampled_from(["RU", "BY", "smugglers"])),
                stance=stance,
                by=draw(_WORDS),
                sources=draw(_cited()),
            )
            for stance in draw(st.lists(st.sampled_from(Stance), max_size=2))
        ),
        responses=tuple(
            Response(
                type=kind, by=draw(st.just("") | _WORDS), on=draw(st.sampled_from([None, day])), sources=draw(_cited())
            )
            for kind in draw(st.lists(st.sampled_from(ResponseType), max_size=2))
        ),
        outcome=draw(st.sampled_from(Outcome)),
        sources=sources,
        confidence=draw(st.sampled_from(Confidence)),
        unknowns=tuple(draw(st.lists(_WORDS, max_size=2))),
        conflicts=tuple(draw(st.lists(_WORDS, max_size=1))),
        compiled_on="2026-11-21",
    )
