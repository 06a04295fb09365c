"""Whose airspace a place lies in on a day, and how sure that is.

The place is a disc: a point and a radius in which the true place lies. `inside` means the whole disc lies in one state
that ever acceded to the North Atlantic Treaty, `outside` that none of it lies in such a state, `indeterminate` that a
border crosses it, `disputed` that two states claim the ground. A disc is widened by the accuracy of the boundaries, so
growing the radius never turns inside into outside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata.borders import Nearest, nearest_border
from geodata.boundaries import claims, units
from geodata.countries import get_country, is_member, members
from geodata.errors import CoordinateError
from geodata.geodesy import Floats, check_coordinates, disc_ring, disc_samples
from geodata.manifest import boundary_version
from geodata.sea import is_sea

HIGH_SEAS = "high seas"
LAND_ACCURACY_KM = 0.25
"""How far two vintages of the source differ at land borders."""
SEA_ACCURACY_KM = 1.0
"""The same at limits of the territorial sea."""
WATCHED = ("RU", "BY", "UA", "MD")
SAMPLES = 256
FEW = 50
"""Up to so many points the polygons are asked one by one; beyond, the cell index answers."""
MAX_RADIUS_M = 1_000_000.0
TOUCH_M, PROBES = 60.0, 12
"""Who is across a border is asked at points around the border point."""


@dataclass(frozen=True)
class Territory:
    """The computed answer for one place."""

    country: str | None
    """ISO alpha-2 of the state whose airspace the centre lies in, member or not; None outside all or disputed."""
    zone: str
    """``land``, ``territorial_sea`` (internal waters included), or ``outside`` of all members."""
    determination: str
    """``inside``, ``outside``, ``indeterminate`` or ``disputed``."""
    candidates: tuple[tuple[str, float], ...]
    """States that may be meant, with their share of the disc, largest first; ``high seas`` for none."""
    border_distance_km: float | None
    """Geodesic to the state's own outline (+, inside), or to the nearest member's (-, outside)."""
    nearest_border: str | None
    """Who is on the other side of that outline; outside, whose outline it is."""
    nearest_member: str | None
    nearest_member_km: float
    """0 inside a member."""
    distance_km_to: dict[str, float]
    """Distance to RU, BY, UA and MD; 0 inside."""
    member_on_date: bool
    """Whether `country` was a member on the day asked about; on any day where none was given."""
    article6: bool
    """Whether the centre lies in the area of Article 6 of a state that was a member on that day."""
    unit: str | None = None
    """Alpha-2 of the territory, such as FO for the Faroe Islands, where `country` is its sovereign."""
    sovereign_zone: str | None = None
    """Zone of `country`, members or not."""
    boundary_version: str = ""
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON: candidates as objects, distances rounded to 0.1 km."""
        plain = asdict(self)
        plain["candidates"] = [{"country": code, "share": round(share, 3)} for code, share in self.candidates]
        plain["border_distance_km"] = _tenth(self.border_distance_km)
        plain["nearest_member_km"] = _tenth(self.nearest_member_km)
        plain["distance_km_to"] = {code: _tenth(km) for code, km in self.distance_km_to.items()}
        plain["notes"] = list(self.notes)
        return plain


def locate(*, lon: float, lat: float, radius_m: float = 0.0, on: date | None = None) -> Territory:
    """Return whose airspace a point lies in.

    Parameters
    ----------
    lon, lat : float
        WGS 84 degrees.
    radius_m : float
        Radius of the disc that holds the true place; 0 for an exact point.
    on : datetime.date, optional
        Day that membership is asked for.

    Raises
    ------
    CoordinateError
        If the coordinates or the radius are out of range; says so where longitude and latitude look swapped.
    """
    return locate_many([lon], [lat], [radius_m], on)[0]


def locate_many(
    lon: ArrayLike,
    lat: ArrayLike,
    radius_m: ArrayLike | None = None,
    on: date | Sequence[date | None] | None = None,
) -> list[Territory]:
    """Return whose airspace each of many points lies in; see `locate`.

    `radius_m` and `on` are one value for all or one a point.
    """
    x, y = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
    radius = np.broadcast_to(np.asarray(0.0 if radius_m is None else radius_m, dtype=float), x.shape)
    _check(x, y, radius)
    x = np.where(x == 180.0, 180.0 - 1e-9, np.where(x == -180.0, -180.0 + 1e-9, x))
    days: Sequence[date | None] = [on] * len(x) if on is None or isinstance(on, date) else list(on)
    if len(days) != len(x):
        raise CoordinateError(f"{len(days)} days for {len(x)} points. Give one day, or one a point.")
    return _Batch(x, y, radius, days).territories()


class _Batch:
    """The stages of an answer over arrays."""

    def __init__(self, lon: Floats, lat: Floats, radius: Floats, days: Sequence[date | None]) -> None:
        self.lon, self.lat, self.radius, self.days = lon, lat, radius, days
        self.size = len(lon)
        self.every = units()
        self.pact = tuple(sorted(item.code for item in members()))

    def territories(self) -> list[Territory]:
        """Return the answers."""
        self.unit = self._classify(self.lon, self.lat)
        owners = np.array([*self.every.sovereigns, ""], dtype=object)
        self.country = owners[self.unit]
        self.dispute = self._disputes()
        inside = np.array([owner in self.pact for owner in self.country], dtype=bool)  # isin would import numpy.ma
        self.signed, self.beyond = np.full(self.size, np.nan), np.full(self.size, None, dtype=object)
        self.limit = np.zeros(self.size)
        self.member_km, self.member = np.zeros(self.size), self.country.copy()
        for code in sorted(set(self.country[inside])):
            self._own(np.flatnonzero(self.country == code), code)
        self._outside(np.flatnonzero(~inside))
        accuracy = np.where(is_sea(*self._finite_limits()), SEA_ACCURACY_KM, LAND_ACCURACY_KM)
        reach = np.where(self.radius > 0, self.radius / 1000 + accuracy, 0.0)
        crossed = (self.radius > 0) & (reach >= np.abs(self.signed))
        watched = {code: self._distance_to(code) for code in WATCHED}
        sea = is_sea(self.lon, self.lat)
        shares = self._shares(np.flatnonzero(crossed), reach)
        version = boundary_version()
        answers = []
        for row in range(self.size):
            answers.append(
                self._answer(
                    row,
                    inside=bool(inside[row]),
                    crossed=bool(crossed[row]),
                    accuracy=float(accuracy[row]),
                    sea=bool(sea[row]),
                    shares=shares.get(row),
                    watched={code: float(values[row]) for code, values in watched.items()},
                    version=version,
                )
            )
        return answers

    def _classify(self, lon: Floats, lat: Floats) -> NDArray[np.int16]:
        if self.size > FEW or len(lon) > FEW * SAMPLES:
            from geodata.cells import CellIndex

            return CellIndex.load().classify(lon, lat)
        answer = np.full(len(lon), -1, dtype=np.int16)
        west, south, east, north = self.every.bounds.T
        near = (west <= lon.max()) & (east >= lon.min()) & (south <= lat.max()) & (north >= lat.min())
        for row in np.flatnonzero(near):
            if len(lon) > 8:
                shapely.prepare(self.every.shapes[row])
            answer[shapely.contains_xy(self.every.shapes[row], lon, lat)] = row
        return answer

    def _disputes(self) -> list[tuple[str, str] | None]:
        found: list[tuple[str, str] | None] = [None] * self.size
        known = claims()
        for pair, shape in zip(known.pairs, known.shapes, strict=True):
            shapely.prepare(shape)
            for row in np.flatnonzero(shapely.contains_xy(shape, self.lon, self.lat)):
                found[row] = pair
        return found

    def _own(self, rows: NDArray[np.int64], code: str) -> None:
        near = nearest_border((code,), self.lon[rows], self.lat[rows])
        self.signed[rows] = near.km
        self._keep_limits(rows, near)
        self.beyond[rows] = self._other_side(code, near.lon, near.lat)

    def _outside(self, rows: NDArray[np.int64]) -> None:
        if not len(rows):
            return
        near = nearest_border(self.pact, self.lon[rows], self.lat[rows])
        self.signed[rows] = -near.km
        self.member_km[rows] = near.km
        owners = np.array(self.every.sovereigns, dtype=object)[near.unit]
        self.beyond[rows] = owners
        self.member[rows] = owners
        self._keep_limits(rows, near)

    def _keep_limits(self, rows: NDArray[np.int64], near: Nearest) -> None:
        if not hasattr(self, "limit_lon"):
            self.limit_lon, self.limit_lat = self.lon.copy(), self.lat.copy()
        self.limit_lon[rows], self.limit_lat[rows] = near.lon, near.lat

    def _finite_limits(self) -> tuple[Floats, Floats]:
        return self.limit_lon, self.limit_lat

    def _other_side(self, code: str, lon: Floats, lat: Floats) -> list[str]:
        """Return which other state touches each point of `code`'s outline."""
        lons, lats = disc_ring(lon, lat, TOUCH_M, PROBES)
        unit = self._classify(lons.ravel(), lats.ravel()).reshape(lons.shape)
        sides = []
        for found in unit:
            others = [owner for row in found if row >= 0 and (owner := self.every.sovereigns[row]) != code]
            sides.append(max(sorted(set(others)), key=others.count) if others else HIGH_SEAS)
        return sides

    def _distance_to(self, code: str) -> Floats:
        away = nearest_border((code,), self.lon, self.lat).km
        away[self.country == code] = 0.0
        return away

    def _shares(self, rows: NDArray[np.int64], reach: Floats) -> dict[int, list[tuple[str, float]]]:
        """Return who holds how much of each disc, boundary accuracy included."""
        shares = {}
        for begin in range(0, len(rows), 2000):
            part = rows[begin : begin + 2000]
            lons, lats = disc_samples(self.lon[part], self.lat[part], reach[part] * 1000, SAMPLES)
            unit = self._classify(lons.ravel(), lats.ravel()).reshape(lons.shape)
            for row, found in zip(part, unit, strict=True):
                codes, counts = np.unique(found, return_counts=True)
                share: dict[str, float] = {}
                for code, count in zip(codes, counts, strict=True):
                    owner = self.every.sovereigns[code] if code >= 0 else HIGH_SEAS
                    share[owner] = share.get(owner, 0.0) + float(count) / SAMPLES
                share.setdefault(str(self.beyond[row]), 0.0)
                shares[int(row)] = sorted(share.items(), key=lambda item: (-item[1], item[0]))
        return shares

    def _answer(
        self,
        row: int,
        *,
        inside: bool,
        crossed: bool,
        accuracy: float,
        sea: bool,
        shares: list[tuple[str, float]] | None,
        watched: dict[str, float],
        version: str,
    ) -> Territory:
        dispute, day = self.dispute[row], self.days[row]
        owner: str | None = self.country[row] or None
        unit = self.every.codes[self.unit[row]] if self.unit[row] >= 0 else None
        own_zone = None if owner is None else "territorial_sea" if sea else "land"
        if dispute:
            determination, country = "disputed", None
            candidates = tuple((code, 0.5) for code in dispute)
            joined = all(is_member(code, day) for code in dispute)
        else:
            country = owner
            determination = "indeterminate" if crossed else "inside" if inside else "outside"
            candidates = tuple(shares) if shares else ((owner or HIGH_SEAS, 1.0),)
            joined = owner is not None and is_member(owner, day)
        in_area = unit is not None and get_country(unit).is_in_article6(float(self.lon[row]), float(self.lat[row]))
        signed = float(self.signed[row])
        return Territory(
            country=country,
            zone=own_zone if inside and own_zone else "outside",
            determination=determination,
            candidates=candidates,
            border_distance_km=signed if math.isfinite(signed) else None,
            nearest_border=self.beyond[row],
            nearest_member=self.member[row] or None,
            nearest_member_km=float(self.member_km[row]),
            distance_km_to=watched,
            member_on_date=joined,
            article6=joined and in_area,
            unit=unit,
            sovereign_zone=own_zone,
            boundary_version=version,
            notes=tuple(self._notes(row, dispute, unit, accuracy, day)),
        )

    def _notes(
        self, row: int, dispute: tuple[str, str] | None, unit: str | None, accuracy: float, day: date | None
    ) -> list[str]:
        notes = []
        owner = self.country[row]
        signed = abs(float(self.signed[row]))
        if dispute:
            notes.append(f"{' and '.join(get_country(code).name for code in dispute)} both claim this ground.")
        if signed <= accuracy:
            notes.append(
                f"On the border: within the boundary accuracy of {accuracy:g} km "
                f"({'limit of the sea' if accuracy == SEA_ACCURACY_KM else 'land border'})."
            )
        if owner and day and get_country(owner).joined and not is_member(owner, day):
            notes.append(f"{get_country(owner).name} joined on {get_country(owner).joined}.")
        if unit and owner and unit != owner:
            notes.append(f"{get_country(unit).name} belongs to {get_country(owner).name}.")
        if unit:
            notes += get_country(unit).notes
        elif self.member[row] == "GR" and signed <= 4 * 1.852:
            notes += get_country("GR").notes
        if not owner and signed > 300 and self._is_swapped(row):
            notes.append(
                f"Far from every member; {self.lat[row]:g} {self.lon[row]:g} would be in "
                f"{self._swapped(row)}. Longitude comes first: are the two swapped?"
            )
        return notes

    def _is_swapped(self, row: int) -> bool:
        return abs(self.lon[row]) <= 90.0 and self._swapped(row) is not None

    def _swapped(self, row: int) -> str | None:
        x, y = float(self.lat[row]), float(self.lon[row])
        west, south, east, north = self.every.bounds.T
        for unit in np.flatnonzero((west <= x) & (east >= x) & (south <= y) & (north >= y)):
            if shapely.contains_xy(self.every.shapes[unit], x, y):
                return get_country(self.every.codes[unit]).name
        return None


def _check(lon: Floats, lat: Floats, radius: Floats) -> None:
    if lon.shape != lat.shape:
        raise CoordinateError(f"{lon.size} longitudes but {lat.size} latitudes. Give as many of each.")
    with np.errstate(invalid="ignore"):
        good = (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0)
        fit = (radius >= 0.0) & (radius <= MAX_RADIUS_M)
    for row in np.flatnonzero(~good)[:1]:
        check_coordinates(lon[row], lat[row])
    for row in np.flatnonzero(~fit)[:1]:
        raise CoordinateError(f"Radius {radius[row]:g} m is out of range 0 to {MAX_RADIUS_M:,.0f}. Give metres.")


def _tenth(km: float | None) -> float | None:
    return None if km is None or not math.isfinite(km) else round(km, 1) + 0.0
