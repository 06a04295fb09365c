"""A `Query` as SQL. The SQL never excludes what the query means; `Query.matches` has the last word on each record."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from incidents.query import fold
from incidents.store.revision import LIVE

if TYPE_CHECKING:
    from incidents.query import Query

_KM_PER_DEGREE = 110.0
"""Below the length of any degree of latitude on the ellipsoid, so that a box drawn with it is never too small."""
_SMALL_KM = 100.0
_GRAM = 3


@dataclass
class Where:
    """Conditions joined by AND, with bound values. No value ever becomes part of the SQL text."""

    is_postgres: bool
    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: Any) -> str:
        """Return the placeholder of `value`."""
        name = f"p{len(self.values)}"
        self.values[name] = storable(value) if isinstance(value, str) else value
        return f":{name}"

    def any_of(self, column: str, wanted: Iterable[str]) -> str:
        """Return ``column IN (...)``."""
        return f"{column} IN ({', '.join(self.bind(value) for value in sorted(wanted))})"

    def side(self, table: str, condition: str) -> None:
        """Demand a row of a side table."""
        self.conditions.append(f"i.key IN (SELECT key FROM {table} WHERE {condition})")

    @property
    def sql(self) -> str:
        """The WHERE clause."""
        return " AND ".join(self.conditions)


def where(query: Query, *, is_postgres: bool) -> Where:
    """Return the conditions that every match of `query` meets.

    What an earlier view may lack (sources, claims) only ever shrinks, so the filters stay safe with `as_of`; a status
    can differ, so it is not filtered then.
    """
    w = Where(is_postgres)
    w.conditions.append(f"i.state = '{LIVE}'")
    if query.since is not None:
        w.conditions.append(f"i.day_last >= {w.bind(query.since.isoformat())}")
    if query.until is not None:
        w.conditions.append(f"i.day_first <= {w.bind(query.until.isoformat())}")
    if query.as_of is None:
        if query.statuses:
            w.conditions.append(w.any_of("i.status", query.statuses))
        elif not query.include_refuted:
            w.conditions.append("i.status <> 'refuted'")
    if query.classes:
        w.conditions.append(w.any_of("i.legal_class", query.classes))
    if query.countries:
        w.side("incident_country", w.any_of("country", query.countries))
    if query.objects:
        w.side("incident_object", w.any_of("object_class", query.objects))
    if query.actors:
        w.side("incident_actor", w.any_of("actor", {actor.casefold() for actor in query.actors}))
    if query.near is not None:
        _near(w, *query.near)
    for words in (query.text, query.source):
        _text(w, fold(words).split())
    return w


def _near(w: Where, lon: float, lat: float, reach_km: float) -> None:
    reach = f"({w.bind(reach_km)} + radius_km)"
    close = [f"abs(lat - {w.bind(lat)}) * {_KM_PER_DEGREE} <= {reach}"]
    edge = abs(lat) + (reach_km + _SMALL_KM) / _KM_PER_DEGREE
    if edge < 85:
        east = w.bind(_KM_PER_DEGREE * math.cos(math.radians(edge)))
        apart = f"abs(lon - {w.bind(lon)})"
        # A large disc reaches so far north that the narrow degree of `edge` is not narrow enough.
        close.append(f"(radius_km > {_SMALL_KM} OR {apart} * {east} <= {reach} OR (360 - {apart}) * {east} <= {reach})")
    w.side("incident_site", " AND ".join(close))


def _text(w: Where, words: list[str]) -> None:
    """Demand every word as a substring: by the trigram index, and a short one by looking."""
    grams = sorted({gram for word in words for gram in trigrams(word)})
    if grams:
        quote = "'" if w.is_postgres else '"'
        quoted = [quote + _escape(gram, quote) + quote for gram in grams]
        if w.is_postgres:
            matched = f"grams @@ CAST({w.bind(' & '.join(quoted))} AS tsquery)"
        else:
            matched = f"incident_text MATCH {w.bind(' AND '.join(quoted))}"
        w.conditions.append(f"i.key IN (SELECT rowid FROM incident_text WHERE {matched})")
    position = "strpos" if w.is_postgres else "instr"
    for word in words:
        if len(word) < _GRAM and "\0" not in word:
            found = f"{position}(text, {w.bind(word)}) > 0"
            w.conditions.append(f"i.key IN (SELECT rowid FROM incident_text WHERE {found})")


def _escape(gram: str, quote: str) -> str:
    doubled = gram.replace(quote, quote * 2)
    return doubled.replace("\\", "\\\\") if quote == "'" else doubled


def trigrams(text: str) -> set[str]:
    """Return every run of three characters, but none with a NUL, which databases do not store."""
    return {gram for k in range(len(text) - _GRAM + 1) if "\0" not in (gram := text[k : k + _GRAM])}


def storable(text: str) -> str:
    """Return `text` without NUL, which PostgreSQL refuses, and without bytes of the command line that are no text."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
