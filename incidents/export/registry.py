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
    "ndjson": Exporter("incidents.export.ndjson:write_ndjson", "whole records, one a line; lossless"),
}
"""By file suffix."""


def find_exporter(path: Path) -> Exporter:
    """Return the exporter for a file name.

    Raises
    ------
    UnknownFormatError
        Naming the known suffixes.
    """
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in EXPORTERS:
        known = ", ".join(f".{name}" for name in sorted(EXPORTERS))
        raise UnknownFormatError(f"Cannot tell a format from {path.name!r}. Known endings: {known}.")
    return EXPORTERS[suffix]


def write_export(records: Sequence[Incident], path: Path) -> None:
    """Write `records` to `path`, atomically, in the format of its suffix."""
    writer = find_exporter(path).writer()
    with replacing(path) as temporary:
        writer(records, temporary)
