"""What to select: one object for every read command, for the store and for records in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from incidents.model import LegalClass, ObjectClass, Stance, Status

if TYPE_CHECKING:
    from incidents.model import Incident

TOWARDS = (Stance.ASSERTS, Stance.SUSPECTS)
"""What to say of an actor that points to it."""


@dataclass(frozen=True)
class Query:
    """Criteria that all must hold; an empty one does not restrict. Values within one criterion are alternatives."""

    countries: frozenset[str] = frozenset()
    """ISO alpha-2 codes of affected states."""
    since: date | None = None
    until: date | None = None
    """Local days, both included; an incident counts if any part of its interval overlaps."""
    objects: frozenset[ObjectClass] = frozenset()
    statuses: frozenset[Status] = frozenset()
    classes: frozenset[LegalClass] = frozenset()
    actors: frozenset[str] = frozenset()
    """Actors somebody asserts or suspects, case-insensitive."""
    near: tuple[float, float, float] | None = None
    """lon, lat (degrees) and distance (km): a site's disc reaches into that circle."""
    text: str = ""
    """Words that all occur in title, summary, places or sources, case- and accent-insensitive."""
    source: str = ""
    """Words within the publisher or address of one source, case- and accent-insensitive."""
    as_of: date | None = None
    include_refuted: bool = False

    def matches(self, incident: Incident) -> bool:
        """Return whether `incident`, as it stands, meets every criterion (`as_of` apart: see `select`)."""
        return (
            (self.include_refuted or Status.REFUTED in self.statuses or incident.status is not Status.REFUTED)
            and (not self.countries or not self.countries.isdisjoint(incident.countries))
            and incident.occurred.overlaps(self.since, self.until)
            and (not self.objects or not self.objects.isdisjoint(incident.object_classes))
            and (not self.statuses or incident.status in self.statuses)
            and (not self.classes or incident.legal_class in self.classes)
            and (not self.actors or self._names_actor(incident))
            and (self.near is None or self._is_near(incident))
            and (not self.text or self._has_words(incident))
            and (not self.source or self._has_source(incident))
        )

    def _names_actor(self, incident: Incident) -> bool:
        wanted = {actor.casefold() for actor in self.actors}
        return any(a.actor.casefold() in wanted for a in incident.attributions if a.stance in TOWARDS)

    def _is_near(self, incident: Incident) -> bool:
        from geodata.geodesy import distance_km

        assert self.near is not None
        lon, lat, reach_km = self.near
        return any(
            distance_km(lon1=lon, lat1=lat, lon2=site.lon, lat2=site.lat) <= reach_km + (site.radius_m or 0) / 1000
            for site in incident.sites
            if site.lon is not None and site.lat is not None
        )

    def _has_words(self, incident: Incident) -> bool:
        haystack = fold(searchable_text(incident))
        return all(word in haystack for word in fold(self.text).split())

    def _has_source(self, incident: Incident) -> bool:
        words = fold(self.source).split()
        return any(
            all(word in haystack for word in words)
            for haystack in (fold(f"{source.publisher} {source.url}") for source in incident.sources)
        )


def excluding(records: Iterable[Incident], query: Query) -> list[str]:
    """Return the criteria that each alone keep everything out; none where something matches or several are at fault."""
    listed = list(records)
    if select(listed, query):
        return []
    found = []
    for field in fields(Query):
        neutral: Any = True if field.name == "include_refuted" else getattr(Query(), field.name)
        changes: dict[str, Any] = {field.name: neutral}
        if getattr(query, field.name) != neutral and select(listed, replace(query, **changes)):
            found.append(OPTION_NAMES[field.name])
    return found


OPTION_NAMES = {
    "countries": "--country",
    "since": "--since",
    "until": "--until",
    "objects": "--object",
    "statuses": "--status",
    "classes": "--class",
    "actors": "--actor",
    "near": "--near",
    "text": "--text",
    "source": "--source",
    "as_of": "--as-of",
    "include_refuted": "refuted incidents (see --include-refuted)",
}
"""How each criterion is called on the command line."""


def searchable_text(incident: Incident) -> str:
    """Return the text that full-text search looks at."""
    parts = [incident.id, incident.title, incident.summary]
    parts += [site.name for site in incident.sites]
    parts += [group.model for group in incident.objects]
    parts += [f"{source.publisher} {source.title} {source.url}" for source in incident.sources]
    return "\n".join(part for part in parts if part)


def fold(text: str) -> str:
    """Return `text` without case and accents.

    >>> fold("Sønderborg, Tărpiu")
    'sonderborg, tarpiu'
    """
    import unicodedata

    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    for letter, plain in _LETTERS.items():
        decomposed = decomposed.replace(letter, plain)
    for mark in sorted(c for c in set(decomposed) if unicodedata.combining(c)):
        decomposed = decomposed.replace(mark, "")
    return decomposed


_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}


def select(records: Iterable[Incident], query: Query) -> list[Incident]:
    """Return what matches `query`, first by day, then by id; with `as_of`, each record as it was known that day."""
    from incidents.asof import as_of

    known: Iterable[Incident | None] = records if query.as_of is None else (as_of(r, query.as_of) for r in records)
    return sorted((r for r in known if r is not None and query.matches(r)), key=lambda r: (r.day, r.id))
