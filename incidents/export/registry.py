"""Every export format by its file suffix. Adding a format adds a module and its line here."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from incidents.errors import IncidentsError
from incidents.files import replacing
from incidents.model import Incident

Writer = Callable[[Sequence[Incident], Path], None]


class UnknownFormatError(IncidentsError, ValueError):
    """No exporter writes that kind of file."""


@dataclass(frozen=True)
class Exporter:
    """A format: where its writer lives and what it is for."""

    target: str
    """``module:function``, imported when used."""
    description: str

    def writer(self) -> Writer:
        """Return the function that writes records to a path."""
        module, _, name = self.target.partition(":")
        writer: Writer = getattr(importlib.import_module(module), name)
        return writer


EXPORTERS: dict[str, Exporter] = {
    "csv": Exporter("incidents.export.flat:write_csv", "one row an incident, the briefing table"),
    "excel.csv": Exporter("incidents.export.flat:write_excel_csv", "the same for spreadsheets: BOM, semicolons"),
    "hxl.csv": Exporter("incidents.export.hxl:write_hxl", "the same with HXL hashtags"),
    "xlsx": Exporter("incidents.export.xlsx:write_xlsx", "workbook: all tables, filters, data dictionary"),
    "geojson": Exporter("incidents.export.geojson:write_geojson", "RFC 7946, whole record along; lossless"),
    "gpkg": Exporter("incidents.export.geopackage:write_gpkg", "layers incidents, sites, territories; QGIS styles"),
    "kml": Exporter("incidents.export.kml:write_kml", "Google Earth: folders by state, time spans"),
    "kmz": Exporter("incidents.export.kml:write_kmz", "the same, zipped"),
    "parquet": Exporter("incidents.export.parquet:write_parquet", "GeoParquet of the flat columns"),
    "ndjson": Exporter("incidents.export.ndjson:write_ndjson", "whole records, one a line; lossless"),
    "stix.json": Exporter("incidents.export.stix:write_stix", "STIX 2.1 bundle"),
}
"""By the ending of the file name, the longest that fits."""


def find_exporter(path: Path) -> Exporter:
    """Return the exporter for a file name.

    Raises
    ------
    UnknownFormatError
        Naming the known endings.
    """
    fitting = [ending for ending in EXPORTERS if path.name.lower().endswith(f".{ending}")]
    if not fitting:
        known = ", ".join(f".{name}" for name in sorted(EXPORTERS))
        raise UnknownFormatError(f"Cannot tell a format from {path.name!r}. Known endings: {known}.")
    return EXPORTERS[max(fitting, key=len)]


def write_export(records: Sequence[Incident], path: Path) -> None:
    """Write `records` to `path`, atomically, in the format of its suffix."""
    writer = find_exporter(path).writer()
    with replacing(path) as temporary:
        writer(records, temporary)


def write_package(records: Sequence[Incident], folder: Path) -> None:
    """Write the relational package into `folder`."""
    from incidents.export.package import write_package as write

    write(records, folder)
