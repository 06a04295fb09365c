"""Names of sites to positions inside the candidate's country, through the gazetteer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from incidents.extract.candidate import CandidateSite
from incidents.model.vocabulary import PositionMethod, SiteRole

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


def place_site(name: str, *, country: str, kind: str, role: SiteRole, parents: tuple[str, ...] = ()) -> CandidateSite:
    """Return a site with the position of its name, else of the smallest parent that the gazetteer knows."""
    found = look_up(name, country)
    if found is not None and found.is_exact:
        return _placed(found, name, kind, role, is_exact=True)
    for parent in parents:
        above = look_up(parent, country)
        if above is not None and above.is_exact:
            return _placed(above, name, kind, role, is_exact=False)
    return CandidateSite(name=name, kind=kind, role=role)


def _placed(found: Any, name: str, kind: str, role: SiteRole, *, is_exact: bool) -> CandidateSite:
    is_area = kind in _WIDE or str(getattr(found, "kind", "")) in _WIDE
    return CandidateSite(
        name=name,
        kind=kind or str(getattr(found, "kind", "") or ""),
        role=role,
        lon=found.lon,
        lat=found.lat,
        radius_m=found.radius_m,
        method=PositionMethod.AREA_CENTROID if is_area or not is_exact else PositionMethod.GAZETTEER,
        gazetteer_name=found.name,
        is_exact=is_exact,
    )
