"""Names of sites to positions inside the candidate's country, through the gazetteer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from incidents.extract.candidate import CandidateSite
from incidents.model.vocabulary import PositionMethod, SiteRole

_AROUND = frozenset(
    {"near", "close to", "outside", "off", "south of", "north of", "east of", "west of", "around"}
    | {f"{a}-{b} of" for a in ("north", "south") for b in ("east", "west")}
    | {f"{a}{b} of" for a in ("north", "south") for b in ("east", "west")}
)
HOMONYM_RADIUS_M = 50_000.0
"""Reach of a place that shares its name with others of its state."""
_WIDE = frozenset(
    {"county", "district", "region", "province", "voivodeship", "municipality", "sea", "gulf", "country", "peninsula"}
)


@lru_cache(maxsize=4096)
def _look_up(name: str, country: str) -> Any:
    from geodata.geocode import geocode

    places = geocode(name, country=country, limit=1)
    return places[0] if places else None


def look_up(name: str, country: str) -> Any:
    """Return the best `Place` for a name inside a country, or None where there is none or no gazetteer."""
    try:
        return _look_up(name, country)
    except (ImportError, LookupError, ValueError):
        return None


def knows(name: str, country: str) -> bool:
    """Return whether the gazetteer has this very name in this state."""
    found = look_up(name, country)
    return found is not None and bool(found.is_known) and found.country == country


@lru_cache(maxsize=4096)
def only_state(name: str) -> str | None:
    """Return the state of a place that all its namesakes share, None where they differ or none is known."""
    try:
        from geodata.geocode import geocode

        found = [place for place in geocode(name, limit=5) if place.is_known]
    except (ImportError, LookupError, ValueError):
        return None
    states = {place.country for place in found}
    return states.pop() if len(states) == 1 else None


def place_site(
    name: str, *, country: str, kind: str, role: SiteRole, preposition: str = "", parents: tuple[str, ...] = ()
) -> CandidateSite:
    """Return a site with the position of its name, else of the smallest parent that the gazetteer knows.

    The preposition counts: "near" and "off" a place is a wider disc, "south of" it another one.
    """
    found = look_up(f"{preposition} {name}" if preposition in _AROUND else name, country) or look_up(name, country)
    if found is not None and found.is_exact:
        return _placed(found, name, kind, role, is_exact=True)
    for parent in parents:
        above = look_up(parent, country)
        if above is not None and above.is_exact:
            return _placed(above, name, kind, role, is_exact=False)
    if found is not None and found.is_known:
        return _placed(found, name, kind, role, is_exact=False, least_m=HOMONYM_RADIUS_M)
    return CandidateSite(name=name, kind=kind, role=role)


def _placed(found: Any, name: str, kind: str, role: SiteRole, *, is_exact: bool, least_m: float = 0.0) -> CandidateSite:
    is_area = kind in _WIDE or str(getattr(found, "kind", "")) in _WIDE
    return CandidateSite(
        name=name,
        kind=kind or str(getattr(found, "kind", "") or ""),
        role=role,
        lon=found.lon,
        lat=found.lat,
        radius_m=max(found.radius_m, least_m),
        method=PositionMethod.AREA_CENTROID if is_area or not is_exact else PositionMethod.GAZETTEER,
        gazetteer_name=found.name,
        is_exact=is_exact,
    )
