"""Nominatim through geopy, for names the gazetteer lacks: only when asked, one question a second, answers kept."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any, Protocol

from geodata.countries import find_country
from geodata.errors import GeodataError
from geodata.geocode import Place

AGENT = "airspace-incidents"
ATTRIBUTION = "© OpenStreetMap contributors, ODbL (Nominatim)"
KEPT = 2_000
LEAST_RADIUS_M = 250.0
_PAUSE_S = 1.1
_last = [float("-inf")]


class OnlineError(GeodataError):
    """The online service could not be asked."""


class Service(Protocol):
    """What is asked of a geopy geocoder."""

    def geocode(self, query: str, **options: Any) -> Any:
        """Return locations with a `raw` dict, or None."""


def ask(text: str, *, country: str | None = None, limit: int = 5, service: Service | None = None) -> list[Place]:
    """Return what Nominatim answers, never as an exact match.

    Raises
    ------
    OnlineError
        If geopy is not installed or the service does not answer.
    """
    code = find_country(country).code if country else None
    file = cache_file()
    kept = _kept(file)
    mark = json.dumps([text.casefold(), code, limit], ensure_ascii=False)
    if mark not in kept:
        kept[mark] = _fetch(text, code, limit, service or _service())
        _keep(file, kept)
    places = []
    for rank, item in enumerate(kept[mark]):
        try:
            places.append(_place(item, rank))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return places


def cache_file() -> Path:
    """Return the file in the user's cache folder that keeps the answers."""
    import platformdirs

    return Path(os.environ.get("INCIDENTS_CACHE") or platformdirs.user_cache_dir(AGENT)) / "nominatim.json"


def _fetch(text: str, code: str | None, limit: int, service: Service) -> list[dict[str, Any]]:
    time.sleep(max(0.0, _last[0] + _PAUSE_S - time.monotonic()))
    try:
        found = service.geocode(
            text, exactly_one=False, limit=limit, country_codes=code.lower() if code else None, addressdetails=True
        )
    except Exception as error:  # geopy and its adapters raise many kinds
        raise OnlineError(f"Nominatim did not answer for {text!r}: {error}. Try later, or without --online.") from error
    finally:
        _last[0] = time.monotonic()
    return [dict(item.raw) for item in found or []]


def _place(raw: dict[str, Any], rank: int) -> Place:
    from geodata.geodesy import check_coordinates, distance_km

    lon, lat = check_coordinates(float(raw["lon"]), float(raw["lat"]))
    south, north, west, east = (float(value) for value in raw.get("boundingbox") or (lat, lat, lon, lon))
    code = (raw.get("address") or {}).get("country_code")
    return Place(
        name=str(raw.get("name") or str(raw.get("display_name", "")).split(",")[0]),
        country=str(code).upper() if code else None,
        kind=str(raw.get("type") or raw.get("class") or "place"),
        lon=lon,
        lat=lat,
        radius_m=max(LEAST_RADIUS_M, round(distance_km(lon1=west, lat1=south, lon2=east, lat2=north) * 500)),
        score=round(max(0.0, 0.6 - 0.02 * rank), 3),
        is_exact=False,
        reasons=("answered online", ATTRIBUTION),
        admin=str(raw.get("display_name", "")),
        source=ATTRIBUTION,
    )


def _service() -> Service:
    try:
        from geopy.geocoders import Nominatim
    except ImportError as error:
        raise OnlineError("--online needs geopy. Install it: pip install 'airspace-incidents[online]'") from error
    service: Service = Nominatim(user_agent=AGENT, timeout=10)
    return service


def _kept(file: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {mark: items for mark, items in kept.items() if isinstance(items, list)} if isinstance(kept, dict) else {}


def _keep(file: Path, kept: dict[str, list[dict[str, Any]]]) -> None:
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    newest = dict(list(kept.items())[-KEPT:])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(newest, ensure_ascii=False), encoding="utf-8")
        draft.replace(file)
    except OSError:
        return  # answers that cannot be kept are asked for again
