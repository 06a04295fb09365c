"""GeoPackage with three layers, styled for QGIS."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import quoteattr

from incidents.export.frames import incidents_frame, sites_frame, territories_frame
from incidents.model import Incident

_CLOCK = "2000-01-01T00:00:00.000Z"
"""OGR writes this where it would write the time of the day, so that equal records give equal bytes."""

_STATUS_COLOURS = {
    "confirmed": "0,114,178,255",
    "probable": "86,180,233,255",
    "unresolved": "240,228,66,255",
    "refuted": "153,153,153,255",
}
_DETERMINATION_COLOURS = {
    "inside": "0,158,115,70",
    "indeterminate": "230,159,0,70",
    "disputed": "204,121,167,70",
    "outside": "153,153,153,70",
}
_ROLE_COLOURS = {"entry": "213,94,0,255", "crash": "0,0,0,255", "debris": "0,0,0,255", "shootdown": "204,121,167,255"}


def write_gpkg(records: Sequence[Incident], path: Path) -> None:
    """Write the layers ``incidents`` and ``sites`` (points) and ``territories`` (discs)."""
    import pyogrio

    layers = {
        "incidents": (incidents_frame(records), "Point"),
        "sites": (sites_frame(records), "Point"),
        "territories": (territories_frame(records), "Polygon"),
    }
    path.unlink(missing_ok=True)
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _CLOCK})
    try:
        for name, (frame, geometry) in layers.items():
            pyogrio.write_dataframe(
                frame, path, layer=name, driver="GPKG", geometry_type=geometry, append=path.exists()
            )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
    _write_styles(path)


def _write_styles(path: Path) -> None:
    styles = {
        "incidents": _style("status", _STATUS_COLOURS, "marker"),
        "sites": _style("role", _ROLE_COLOURS, "marker"),
        "territories": _style("determination", _DETERMINATION_COLOURS, "fill"),
    }
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_catalog TEXT(256), f_table_schema TEXT(256), "
            "f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
            "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"
        )
        connection.executemany(
            "INSERT INTO layer_styles VALUES (?, '', '', ?, 'geom', ?, ?, '', 1, '', '', NULL, ?)",
            [(number, name, name, qml, _CLOCK) for number, (name, qml) in enumerate(styles.items(), 1)],
        )
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            [_CLOCK],
        )


def _style(attribute: str, colours: dict[str, str], kind: str) -> str:
    categories, symbols = [], []
    for number, (value, colour) in enumerate([*colours.items(), ("", "120,120,120,200")]):
        name = value.replace("_", " ") or "other"
        categories.append(
            f'<category symbol="{number}" value={quoteattr(value)} label={quoteattr(name)} render="true"/>'
        )
        layer = "SimpleMarker" if kind == "marker" else "SimpleFill"
        edge = "255,255,255,255" if kind == "marker" else colour.rsplit(",", 1)[0] + ",255"
        options = {"color": colour, "outline_color": edge}
        if kind == "marker":
            options |= {"name": "circle", "size": "3", "size_unit": "MM"}
        listed = "".join(f'<Option name="{k}" type="QString" value="{v}"/>' for k, v in options.items())
        symbols.append(
            f'<symbol name="{number}" type="{kind}" alpha="1"><layer class="{layer}" enabled="1" locked="0" pass="0">'
            f'<Option type="Map">{listed}</Option></layer></symbol>'
        )
    return (
        '<!DOCTYPE qgis PUBLIC "http://mrcc.com/qgis.dtd" "SYSTEM"><qgis styleCategories="Symbology">'
        f'<renderer-v2 type="categorizedSymbol" attr="{attribute}" symbollevels="0" enableorderby="0">'
        f"<categories>{''.join(categories)}</categories><symbols>{''.join(symbols)}</symbols></renderer-v2></qgis>"
    )
