"""The relational package, as a folder or as our workbook: rows of many tables back to whole records."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from incidents.export.tables import MEASURES, NOTES, TABLES, Table
from incidents.model import Incident
from incidents.sources.entry import Entry, Fault, faults_of
from incidents.sources.guards import MAX_CELL, ImportFileError, check_size, parse_json, read_whole
from incidents.sources.rows import workbook_rows

Cells = dict[str, str]
Tables = dict[str, list[tuple[int, Cells]]]

_BEHAVIOUR = ("flight_plan", "transponder", "radio")
_LISTED = ("countries", "sources", "identified_by", "supports")
_DERIVED = ("time_precision", "status")
_LISTS = tuple(t.name for t in TABLES if t.name not in ("incidents", "counts", "measures", "notes"))


def read_package(path: Path) -> Iterator[Entry]:
    """Yield the records of a package folder, given as the folder or its descriptor.

    Raises
    ------
    ImportFileError
        If a table is missing, or a path of the descriptor leaves the folder.
    """
    folder = path if path.is_dir() else path.parent
    descriptor = parse_json(read_whole(folder / "datapackage.json", 10_000_000), name="datapackage.json")
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list):
        raise ImportFileError("datapackage.json: no list of resources.")
    paths = {r.get("name"): r.get("path") for r in resources if isinstance(r, dict) and isinstance(r.get("name"), str)}
    tables: Tables = {}
    for table in TABLES:
        if table.name not in paths:
            raise ImportFileError(f"datapackage.json: no table {table.name!r}; is it one of our packages?")
        tables[table.name] = _read_table(table, _inside(folder, paths[table.name]))
    return _assemble(tables)


def _inside(folder: Path, name: Any) -> Path:
    if not isinstance(name, str) or "://" in name or "\0" in name:
        raise ImportFileError(f"datapackage.json: {str(name)[:80]!r} is no file in its folder; refused.")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ImportFileError(f"datapackage.json: {name[:80]!r} leaves its folder; refused.")
    return path


def _read_table(table: Table, path: Path) -> list[tuple[int, Cells]]:
    csv.field_size_limit(MAX_CELL)
    check_size(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            header = next(reader, [])
            rows = []
            for cells in reader:
                if len(cells) != len(header):
                    raise ImportFileError(
                        f"{path.name}, line {reader.line_num}: {len(cells)} cells under {len(header)} headings."
                    )
                rows.append((reader.line_num, dict(zip(header, cells, strict=True))))
    except (csv.Error, UnicodeDecodeError) as error:
        raise ImportFileError(f"{path.name}: not UTF-8 CSV: {error}.") from None
    _check_header(table, header, path.name)
    return rows


def _check_header(table: Table, header: list[str], name: str) -> None:
    missing = [field.name for field in table.fields if field.name not in header and field.name not in _DERIVED]
    if missing:
        raise ImportFileError(f"{name}: no column {missing[0]!r}. Columns: {', '.join(f.name for f in table.fields)}.")


def is_own_workbook(path: Path) -> bool:
    """Return whether a workbook is one we wrote."""
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(path) as archive:
            listing = archive.read("xl/workbook.xml")
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, NotImplementedError, RuntimeError):
        return False
    return all(f'name="{table.name}"'.encode() in listing for table in TABLES)


def read_own_workbook(path: Path) -> Iterator[Entry]:
    """Yield the records of a workbook we wrote; what a spreadsheet was kept from running is text again."""
    sheets = workbook_rows(path)
    tables: Tables = {}
    for table in TABLES:
        (_, head), *body = sheets.get(table.name) or [(1, ())]
        header = [str(cell) for cell in head]
        _check_header(table, header, f"sheet {table.name}")
        rows = []
        for number, cells in body:
            texts = [_cell_text(cell) for cell in cells] + [""] * (len(header) - len(cells))
            rows.append((number, dict(zip(header, texts, strict=False))))
        tables[table.name] = rows
    return _assemble(tables)


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    text = str(value)
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in "=+-@＝＋－＠\t\r\n" else text


def _assemble(tables: Tables) -> Iterator[Entry]:
    parts: dict[str, dict[str, list[tuple[int, Cells]]]] = {}
    for name, rows in tables.items():
        if name != "incidents":
            for number, cells in rows:
                parts.setdefault(cells["incident_id"], {}).setdefault(name, []).append((number, cells))
    known = {cells["id"] for _, cells in tables["incidents"]}
    for name, rows in tables.items():
        for number, cells in rows if name != "incidents" else ():
            if cells["incident_id"] not in known:
                rule = f"is no incident of the table incidents, in the table {name}"
                yield Entry(
                    number, None, (Fault(number, "incident_id", cells["incident_id"], rule),), cells=dict(cells)
                )
    for number, cells in tables["incidents"]:
        yield _record(number, cells, parts.get(cells["id"], {}))


def _record(number: int, cells: Cells, parts: Mapping[str, list[tuple[int, Cells]]]) -> Entry:
    try:
        data = _plain(cells, parts)
        return Entry(number, Incident.model_validate_json(json.dumps(data)), cells=dict(cells))
    except ValidationError as error:
        return Entry(number, None, faults_of(error, number), cells=dict(cells))
    except (ValueError, KeyError, IndexError, RecursionError) as error:
        rule = f"the tables do not fit together: {type(error).__name__} {str(error)[:120]}"
        return Entry(number, None, (Fault(number, "id", cells["id"], rule),), cells=dict(cells))


def _plain(cells: Cells, parts: Mapping[str, list[tuple[int, Cells]]]) -> dict[str, Any]:
    data: dict[str, Any] = {"occurred": {}}
    behaviour: dict[str, Any] = {}
    for name, text in cells.items():
        if name in _DERIVED or text == "":
            continue
        if name.startswith("occurred_"):
            data["occurred"][name.removeprefix("occurred_")] = text
        elif name in _BEHAVIOUR:
            behaviour[name] = text
        elif name == "behaviour_sources":
            behaviour["sources"] = words(text)
        else:
            data[name] = words(text) if name in _LISTED else text
    for name in _LISTS:
        data[name] = [_part(name, row) for _, row in _ordered(parts.get(name, []))]
    for _, row in _ordered(parts.get("counts", [])):
        data["objects"][int(row["object"])].setdefault("counts", []).append(_part("counts", row))
    for _, row in parts.get("measures", []):
        if row["quantity"] not in MEASURES:
            raise ValueError(f"{row['quantity']!r} is no quantity; known: {', '.join(MEASURES)}")
        behaviour[row["quantity"]] = _part("measures", row)
    if behaviour:
        data["behaviour"] = behaviour
    for _, row in _ordered(parts.get("notes", [])):
        if row["kind"] not in NOTES:
            raise ValueError(f"{row['kind']!r} is no kind of note; known: {', '.join(NOTES)}")
        data.setdefault(row["kind"], []).append(row["text"])
    return data


def _ordered(rows: list[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
    return sorted(rows, key=lambda pair: int(pair[1]["n"]))


def _part(table: str, row: Cells) -> dict[str, Any]:
    part: dict[str, Any] = {}
    for name, text in row.items():
        if name in ("incident_id", "n", "object", "quantity") or text == "":
            continue
        if table == "territories" and name == "candidates":
            shares = [word.rpartition("=") for word in words(text)]
            part[name] = [{"country": country, "share": float(share)} for country, _, share in shares]
        else:
            part[name] = words(text) if name in _LISTED else text
    if table == "territories":
        part.setdefault("country", None)
    return part


def words(text: str) -> list[str]:
    """Return the words of a cell: see `incidents.export.tables.joined`."""
    if text.startswith("["):
        listed = json.loads(text)
        return [str(word) for word in listed]
    return text.split(" ")
