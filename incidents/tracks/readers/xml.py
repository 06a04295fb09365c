"""XML without its dangers and without namespaces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from incidents.tracks.errors import TrackError
from incidents.tracks.readers.reading import read_bytes


def parse(path: Path) -> Any:
    """Return the root element; entities and external references are refused."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(read_bytes(path), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise TrackError(f"Cannot read {path} as XML: {error!r}.") from error


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def children(element: Any, name: str) -> list[Any]:
    """Return the children with this local name."""
    return [child for child in element if _local(child) == name]


def descendants(element: Any, name: str) -> list[Any]:
    """Return all elements below with this local name, in document order."""
    return [item for item in element.iter() if _local(item) == name]


def child_text(element: Any, name: str) -> str:
    """Return the text of the first child with this local name, or nothing."""
    return next(((child.text or "").strip() for child in children(element, name)), "")
