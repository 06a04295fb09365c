"""GDELT 2 event rows: machine-coded from one article, so every one is a lead and no more."""

from __future__ import annotations

from collections.abc import Mapping

from incidents.model import PositionMethod
from incidents.sources.entry import host_of
from incidents.sources.options import Draft

HEADINGS = frozenset({"globaleventid", "sqldate", "sourceurl"})
_RADIUS_M = {"1": 500_000.0, "2": 300_000.0, "3": 10_000.0, "4": 10_000.0, "5": 150_000.0}
_WORDS = {"1": "a country", "2": "a US state", "3": "a US city", "4": "a city", "5": "a region"}
_DIFFERENT = {
    "BO": "BY",
    "BU": "BG",
    "DA": "DK",
    "EI": "IE",
    "EN": "EE",
    "EZ": "CZ",
    "GM": "DE",
    "IC": "IS",
    "LG": "LV",
    "LH": "LT",
    "LO": "SK",
    "MJ": "ME",
    "PO": "PT",
    "RS": "RU",
    "SP": "ES",
    "SW": "SE",
    "SZ": "CH",
    "TU": "TR",
    "UK": "GB",
    "UP": "UA",
    "AU": "AT",
}
_ALIKE = ("AL", "BE", "CA", "CY", "FI", "FR", "GR", "HR", "HU", "IT", "LU", "MD", "MK", "MT", "NL", "NO", "PL", "RO")
_FIPS = {**{code: code for code in (*_ALIKE, "SI", "US")}, **_DIFFERENT}
"""FIPS 10-4 to ISO 3166, for Europe and North America; the two share codes that mean different states."""


def translate(cells: Mapping[str, str]) -> Draft:
    """Return a row in our names."""
    code = cells.get("actiongeo countrycode", "").strip().upper()
    kind = cells.get("actiongeo type", "").strip()
    place, url = cells.get("actiongeo fullname", ""), cells.get("sourceurl", "")
    fields = {
        "key": cells.get("globaleventid", ""),
        "title": f"Machine-coded event, {place or code or 'place not given'}",
        "country": _FIPS.get(code, code and f"FIPS {code}"),
        "date": cells.get("sqldate", ""),
        "published": cells.get("dateadded", "")[:8],
        "place": place,
        "lon": cells.get("actiongeo long", ""),
        "lat": cells.get("actiongeo lat", ""),
        "source_url": url,
        "publisher": host_of(url),
    }
    unknowns = ["what happened: coded by a machine from one article, which nobody has read"]
    if kind in _WORDS:
        unknowns.append(f"place: GDELT gives {_WORDS[kind]}")
    return Draft(
        fields,
        method=PositionMethod.GAZETTEER if kind in ("3", "4") else PositionMethod.AREA_CENTROID,
        radius_m=_RADIUS_M.get(kind, 500_000.0),
        radius_note=f"GDELT ActionGeo_Type {kind}" if kind in _WORDS else "GDELT gives no precision",
        unknowns=tuple(unknowns),
        namespace="gdelt",
        columns={
            "country": "ActionGeo_CountryCode",
            "date": "SQLDATE",
            "lon": "ActionGeo_Long",
            "lat": "ActionGeo_Lat",
        },
    )
