"""Rules that look across records, places and registries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from incidents.checks.finding import Finding
from incidents.model import Incident, RelationType
from incidents.query import fold

_PILE = 4
"""So many differently named sites on one exact point are a default point, not a place."""

_NOWHERE = (0.0, 0.0)

_SHORT = timedelta(days=3)
"""An event that may have taken longer says too little about its day to be compared by it."""


def unknown_code(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """Every two-letter code is a state or territory in the registry."""
    from geodata.countries import all_countries

    known = {country.code for country in all_countries()}
    for record in records:
        codes = [("countries", code) for code in record.countries]
        codes += [(f"sites[{i}].country", s.country) for i, s in enumerate(record.sites) if s.country]
        codes += [(f"territory_claims[{i}].country", c.country) for i, c in enumerate(record.territory_claims)]
        codes += [(f"attributions[{i}].actor", a.actor) for i, a in enumerate(record.attributions) if _is_code(a.actor)]
        for field, code in codes:
            if code not in known:
                yield Finding(
                    "unknown-code",
                    record.id,
                    field,
                    f"{code!r} is no state in the registry.",
                    "Use an ISO 3166 alpha-2 code that `incidents countries` lists, or add the state.",
                )


def _is_code(text: str) -> bool:
    return len(text) == 2 and text.isalpha() and text.isupper()


def default_point(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """No point stands for many different places."""
    names: defaultdict[tuple[float, float], set[str]] = defaultdict(set)
    for record in records:
        for site in record.sites:
            if site.lon is not None and site.lat is not None:
                names[site.lon, site.lat].add(site.name.casefold())
    for record in records:
        for index, site in enumerate(record.sites):
            if site.lon is None or site.lat is None:
                continue
            point = (site.lon, site.lat)
            places = _distinct_places(names[point])
            if point == _NOWHERE or (places >= _PILE and (site.radius_m or 0) < 20_000):
                yield Finding(
                    "default-point",
                    record.id,
                    f"sites[{index}]",
                    f"{site.name} stands at {point}, as do {places - 1} other places.",
                    "Give its own position, a radius that says how little is known, or none.",
                )


def _distinct_places(names: set[str]) -> int:
    """Return how many places the names mean; those that share the commonest word are one ("near Periprava")."""
    words = [{word for word in re.findall(r"\w+", fold(name)) if len(word) > 3} for name in names]
    common = Counter(word for listed in words for word in listed).most_common(1)
    if not common:
        return len(names)
    return 1 + sum(common[0][0] not in listed for listed in words)


def site_outside(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """A site said to be in an affected state is not, disc and all, somewhere else."""
    for record in records:
        for territory in record.territories:
            site = record.sites[territory.site]
            if site.country is not None and site.country not in record.countries:
                continue
            if record.legal_class == "approach_no_entry" or (site.role in ("exit", "closest") and site.country is None):
                continue
            possible = {territory.country, *(candidate.country for candidate in territory.candidates)} - {None}
            if possible.isdisjoint(record.countries):
                where = ", ".join(sorted(code for code in possible if code and _is_code(code))) or "no state's airspace"
                yield Finding(
                    "site-outside",
                    record.id,
                    f"sites[{territory.site}]",
                    f"{site.name} lies in {where}, not in {', '.join(record.countries)}.",
                    "Correct the position, widen its radius, or name the state in the site's `country`.",
                )


def duplicate_id(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """An id is used once."""
    for key, number in Counter(record.id for record in records).items():
        if number > 1:
            yield Finding("duplicate-id", key, "id", f"Used {number} times.", "Give all but the first a new id.")


def near_duplicate(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """Two records of one state, day, object and place are linked, or are one."""
    by_day: defaultdict[tuple[str, date], list[Incident]] = defaultdict(list)
    for record in records:
        first, last = record.occurred.first_day, record.occurred.last_day
        days = {first + timedelta(days=n) for n in range((last - first).days + 1)} if last - first < _SHORT else {last}
        for country in record.countries:
            for day in days:
                by_day[country, day].append(record)
    seen = set()
    for group in by_day.values():
        for a, b in combinations(group, 2):
            if a.id == b.id or (a.id, b.id) in seen or _are_related(a, b) or not _share_place(a, b):
                continue
            seen.add((a.id, b.id))
            yield Finding(
                "near-duplicate",
                b.id,
                "relations",
                f"Same state, day and place as {a.id}.",
                "Merge the two, or relate them (same_wave, same_object, not_duplicate_of).",
            )


def _are_related(a: Incident, b: Incident) -> bool:
    return any(r.to == b.id for r in a.relations) or any(r.to == a.id for r in b.relations)


def _share_place(a: Incident, b: Incident) -> bool:
    if not set(a.object_classes) & set(b.object_classes):
        return False
    places = [
        {(round(s.lon, 2), round(s.lat, 2)) for s in record.sites if s.lon is not None and s.lat is not None}
        for record in (a, b)
    ]
    if places[0] and places[1]:
        return not places[0].isdisjoint(places[1])
    return not {s.name.casefold() for s in a.sites}.isdisjoint(s.name.casefold() for s in b.sites)


def dangling_relation(records: Sequence[Incident], today: date) -> Iterator[Finding]:
    """A relation leads to a record, and a symmetric one leads back."""
    by_id = {record.id: record for record in records}
    symmetric = (RelationType.SAME_WAVE, RelationType.SAME_OBJECT, RelationType.NOT_DUPLICATE_OF)
    for record in records:
        for index, relation in enumerate(record.relations):
            other = by_id.get(relation.to)
            if other is None:
                message, remedy = f"No live incident {relation.to}.", "Correct the id, or remove the relation."
            elif relation.type in symmetric and not any(
                back.to == record.id and back.type is relation.type for back in other.relations
            ):
                message, remedy = f"{relation.to} does not relate back as {relation.type}.", "Add it on both sides."
            else:
                continue
            yield Finding("dangling-relation", record.id, f"relations[{index}]", message, remedy)
