"""KML and KMZ for Google Earth: a folder a state, a placemark a site, with time spans."""

from __future__ import annotations

import html
import io
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from incidents.files import zip_entries
from incidents.model import Incident, Site
from incidents.version import DATASET_VERSION
from incidents.wording import country_name, label, status_words, time_words

NAMESPACE = "http://www.opengis.net/kml/2.2"

_COLOURS = {"confirmed": "ffb27200", "probable": "ffe9b456", "unresolved": "ff42e4f0", "refuted": "ff999999"}
"""aabbggrr, Okabe-Ito."""


def render_kml(records: Sequence[Incident]) -> bytes:
    """Return the document as UTF-8 XML."""
    from geodata.manifest import attribution

    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("kml"))
    document = _child(root, "Document")
    _child(document, "name", f"Airspace incidents, data set {DATASET_VERSION}")
    _child(document, "description", attribution())
    for status, colour in _COLOURS.items():
        style = _child(document, "Style", id=status)
        icon = _child(style, "IconStyle")
        _child(icon, "color", colour)
        _child(icon, "scale", "1.0")
        _child(style, "LabelStyle").append(_element("scale", "0.8"))
        line = _child(style, "LineStyle")
        _child(line, "color", colour)
        _child(line, "width", "2")
    for code in sorted({record.countries[0] for record in records}):
        folder = _child(document, "Folder")
        _child(folder, "name", country_name(code))
        for record in records:
            if record.countries[0] == code:
                _add_incident(folder, record)
    ET.indent(root)
    buffer = io.BytesIO()
    ET.ElementTree(root).write(buffer, encoding="utf-8", xml_declaration=True)
    return buffer.getvalue() + b"\n"


def _add_incident(folder: ET.Element, record: Incident) -> None:
    placed = [site for site in record.sites if site.is_placed]
    if not placed:
        placemark = _child(folder, "Placemark")
        _describe(placemark, record, f"{record.id} {record.title} (not placed)")
        return
    inner = _child(folder, "Folder")
    _child(inner, "name", _clean(f"{record.id} {record.title}"))
    for site in placed:
        placemark = _child(inner, "Placemark")
        _describe(placemark, record, f"{site.name} ({label(site.role.value)})", site)
        point = _child(placemark, "Point")
        _child(point, "coordinates", f"{site.lon:.6f},{site.lat:.6f}")


def _describe(placemark: ET.Element, record: Incident, name: str, site: Site | None = None) -> None:
    """Fill a placemark in the order the schema asks for. The description is HTML, so what it holds is escaped."""
    _child(placemark, "name", _clean(name))
    radius = "" if site is None or site.radius_m is None else f" Position within {site.radius_m / 1000:g} km."
    text = f"{record.title}. {time_words(record.occurred)}. {status_words(record)}.{radius} {record.summary}"
    links = " ".join(
        f'<a href="{html.escape(source.url)}">{html.escape(source.publisher)}</a>' for source in record.sources
    )
    _child(placemark, "description", _clean(f"<p>{html.escape(text)}</p><p>Sources: {links}</p>"))
    span = _child(placemark, "TimeSpan")
    if record.occurred.earliest is not None:
        _child(span, "begin", _time(record.occurred.earliest))
    _child(span, "end", _time(record.occurred.latest))
    _child(placemark, "styleUrl", f"#{record.status.value}")
    data = _child(placemark, "ExtendedData")
    values = {
        "id": record.id,
        "status": record.status.value,
        "legal_class": record.legal_class.value,
        "object_class": " ".join(record.object_classes),
        "radius_m": "" if site is None or site.radius_m is None else f"{site.radius_m:g}",
    }
    for key, value in values.items():
        item = _child(data, "Data", name=key)
        _child(item, "value", value)


def _time(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return moment.isoformat()


def _clean(text: str) -> str:
    """Drop what XML 1.0 cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _element(name: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    element = ET.Element(_tag(name), attributes)
    element.text = text
    return element


def _child(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    element = _element(tag, text, **attributes)
    parent.append(element)
    return element


def write_kml(records: Sequence[Incident], path: Path) -> None:
    """Write KML 2.2."""
    path.write_bytes(render_kml(records))


def write_kmz(records: Sequence[Incident], path: Path) -> None:
    """Write KML zipped as ``doc.kml``."""
    zip_entries([("doc.kml", render_kml(records))], path)
