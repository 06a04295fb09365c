"""The relational package: one CSV a table, described as a Frictionless Data Package (version 2)."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from incidents.errors import IncidentsError
from incidents.export.rows import write_rows
from incidents.export.tables import TABLES, Field, Table, table_rows
from incidents.files import OutputError
from incidents.model import Incident
from incidents.version import DATASET_LICENCE, DATASET_VERSION

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME = "airspace-incidents"
DESCRIPTOR = "datapackage.json"


class PackageExistsError(IncidentsError, FileExistsError):
    """The folder holds something else."""


def write_package(records: Sequence[Incident], folder: Path) -> None:
    """Write the package into `folder`, which must be absent, empty or hold an earlier package.

    All files are written beside it first, then moved in; the descriptor comes last.

    Raises
    ------
    PackageExistsError
        If the folder holds anything else.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / DESCRIPTOR).is_file())):
        raise PackageExistsError(f"{folder} is not empty and holds no data package; choose another folder.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
            fresh = Path(name) / "package"
            fresh.mkdir()
            _write_files(records, fresh)
            if folder.exists():
                for file in sorted(fresh.iterdir(), key=lambda path: path.name == DESCRIPTOR):
                    os.replace(file, folder / file.name)
            else:
                os.replace(fresh, folder)
    except OSError as error:
        raise OutputError(f"Cannot write {folder}: {error.strerror}. Choose a folder that can be written.") from error


def _write_files(records: Sequence[Incident], folder: Path) -> None:
    for table in TABLES:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            write_rows(stream, [field.name for field in table.fields], table_rows(table, records))
    descriptor = json.dumps(describe(), ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTOR).write_text(descriptor, encoding="utf-8")
    (folder / "README.md").write_text(readme(records), encoding="utf-8")


def describe() -> dict[str, Any]:
    """Return the descriptor: types, enumerations, keys, descriptions, licence and version."""
    from geodata.manifest import attribution

    return {
        "$schema": PROFILE,
        "name": NAME,
        "title": "Airspace incidents over NATO members",
        "description": "Reported airspace incidents with claims, sources and computed territory. "
        + attribution(places=True),
        "version": DATASET_VERSION,
        "licenses": [{"name": DATASET_LICENCE, "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.title,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_describe_field(field) for field in table.fields],
            "missingValues": [{"value": "", "label": "not reported"}],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [
                {"fields": list(own), "reference": {"resource": other, "fields": list(theirs)}}
                for own, other, theirs in table.foreign_keys
            ],
        },
    }


def _describe_field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    constraints: dict[str, Any] = {}
    if field.is_required:
        constraints["required"] = True
    if field.enum:
        constraints["enum"] = list(field.enum)
    if constraints:
        described["constraints"] = constraints
    return described


def readme(records: Sequence[Incident]) -> str:
    """Return the text that lies beside the tables."""
    from geodata.manifest import attribution, boundary_version

    lines = [
        "# Airspace incidents over NATO members: data package",
        "",
        f"{len(records)} incidents, data set {DATASET_VERSION} ({DATASET_LICENCE}), boundaries {boundary_version()}.",
        attribution(places=True),
        "",
        "`datapackage.json` describes every table, its keys and vocabularies. An empty cell means *not reported*;",
        "`unknown` means somebody looked and it is not known. Counts are never zero for want of a number.",
        "",
        "| table | holds |",
        "| --- | --- |",
        *(f"| {table.name} | {table.title} |" for table in TABLES),
    ]
    return "\n".join(lines) + "\n"
