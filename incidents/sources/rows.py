"""Rows of any table: CSV, TSV, XLSX, KML and GeoJSON properties, each with the number a user sees."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from incidents.sources.guards import (
    MAX_CELL,
    MAX_COLUMNS,
    ImportFileError,
    check_archive,
    check_size,
    detect_encoding,
    iterate_xml,
    open_text,
    parse_json,
    read_member,
    read_whole,
)

Value = str | int | float | bool | date | datetime | time | None
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 60


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, and what stands under each heading."""

    number: int
    cells: dict[str, Value]
    surplus: int = 0
    """Cells beyond the last heading."""


@dataclass
class Sheet:
    """A table: its headings, and its rows, to be read once."""

    headers: list[str]
    rows: Iterator[Row]
    what: str = "row"
    notes: list[str] = field(default_factory=list)
    """What was found out on the way, such as the encoding."""


def read_delimited(path: Path, *, encoding: str | None = None) -> Sheet:
    """Return the table of a delimited text file, streaming.

    Raises
    ------
    ImportFileError
        If it has no header row or is no text.
    """
    if encoding is None:
        encoding = detect_encoding(path)
    else:
        check_size(path)
    try:
        with open_text(path, encoding) as stream:
            sample = stream.read(200_000)
    except (UnicodeError, LookupError) as error:
        raise ImportFileError(f"{path.name}: cannot be decoded as {encoding}: {error}.") from None
    delimiter = detect_delimiter(sample)
    rows = _delimited(path, encoding, delimiter)
    first = next(rows, None)
    if first is None:
        raise ImportFileError(f"{path.name} has no header row.")
    headers = headings(first[1], name=path.name)
    shown = {"\t": "tab"}.get(delimiter, delimiter)
    return Sheet(headers, _numbered(headers, rows), notes=[f"encoding {encoding}, delimiter {shown}"])


def detect_delimiter(sample: str) -> str:
    """Return the delimiter that splits the first lines into the most columns, evenly."""
    lines = sample.splitlines(keepends=True)[:_SAMPLE]
    best, score = ",", (0, 0.0)
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        if widths and widths[0] > 1:
            found = (sum(w == widths[0] for w in widths) * 100 // len(widths), float(widths[0]))
            if found > score:
                best, score = delimiter, found
    return best


def _delimited(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, Sequence[Value]]]:
    csv.field_size_limit(MAX_CELL)
    with open_text(path, encoding) as stream:
        reader = csv.reader(_bounded(stream, path), delimiter=delimiter)
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, cells
        except csv.Error as error:
            raise ImportFileError(f"{path.name}, line {reader.line_num}: {error}.") from None
        except UnicodeError as error:
            raise ImportFileError(f"{path.name}: cannot be decoded as {encoding}: {error}.") from None


def _bounded(stream: TextIO, path: Path) -> Iterator[str]:
    """Yield lines, refusing one that would fill the memory."""
    limit = MAX_CELL * 10
    while line := stream.readline(limit):
        if len(line) >= limit:
            raise ImportFileError(f"{path.name} holds a line longer than {limit:,} characters; is it a table?")
        yield line


def headings(cells: Sequence[Value], *, name: str) -> list[str]:
    """Return a unique name for each column.

    Raises
    ------
    ImportFileError
        If there are more than a table can have.
    """
    if len(cells) > MAX_COLUMNS:
        raise ImportFileError(f"{name} has {len(cells):,} columns; at most {MAX_COLUMNS:,}.")
    found: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        text = " ".join(str("" if cell is None else cell).split())[:200] or f"column {number}"
        unique, serial = text, 2
        while unique in found:
            unique, serial = f"{text} ({serial})", serial + 1
        found[unique] = None
    return list(found)


def _numbered(headers: list[str], rows: Iterable[tuple[int, Sequence[Value]]]) -> Iterator[Row]:
    for number, cells in rows:
        padded = [*cells[: len(headers)], *[None] * (len(headers) - len(cells))]
        yield Row(number, dict(zip(headers, padded, strict=True)), max(0, len(cells) - len(headers)))


def read_workbook(path: Path, *, sheet: str | None = None) -> Sheet:
    """Return the table of one sheet of an XLSX workbook: the named one, or the first that has rows.

    Raises
    ------
    ImportFileError
        If it is no workbook or has no such sheet.
    """
    sheets = workbook_rows(path)
    if sheet is not None and sheet not in sheets:
        raise ImportFileError(f"{path.name} has no sheet {sheet!r}. Sheets: {', '.join(map(repr, sheets))}.")
    chosen = sheet or next((name for name, rows in sheets.items() if len(rows) > 1), None)
    if chosen is None:
        raise ImportFileError(f"{path.name} has no sheet with a header row and rows.")
    rows = sheets[chosen]
    top = next((n for n, (_, cells) in enumerate(rows[:20]) if sum(c is not None for c in cells) > 1), 0)
    headers = headings(_trimmed(rows[top][1]), name=path.name)
    return Sheet(headers, _numbered(headers, iter(rows[top + 1 :])), notes=[f"sheet {chosen!r}"])


def _trimmed(cells: Sequence[Value]) -> Sequence[Value]:
    last = max((n for n, cell in enumerate(cells) if cell is not None), default=-1)
    return cells[: last + 1]


def workbook_rows(path: Path) -> dict[str, list[tuple[int, Sequence[Value]]]]:
    """Return the filled rows of every sheet with their numbers."""
    import warnings

    check_archive(path)
    found: dict[str, list[tuple[int, Sequence[Value]]]] = {}
    try:
        import openpyxl

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in book.worksheets:
                    found[sheet.title] = [
                        (number, _trimmed(cells))
                        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1), 1)
                        if any(cell not in (None, "") for cell in cells)
                    ]
            finally:
                book.close()
    except ImportFileError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it trip over
        raise ImportFileError(f"{path.name} is not a readable workbook: {str(error)[:200]}.") from None
    return found


def read_features(path: Path) -> Sheet:
    """Return the properties of GeoJSON features as a table; a point becomes ``lon`` and ``lat``."""
    return features_sheet(parse_json(read_whole(path), name=path.name), name=path.name)


def features_sheet(data: Any, *, name: str) -> Sheet:
    """Return parsed GeoJSON as a table.

    Raises
    ------
    ImportFileError
        If it is not a feature collection.
    """
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise ImportFileError(f"{name}: not a GeoJSON FeatureCollection: no list of features.")
    rows = []
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            raise ImportFileError(f"{name}, feature {number}: not an object.")
        properties = feature.get("properties")
        cells: dict[str, Value] = {
            str(key)[:200]: value if isinstance(value, str | int | float | bool | None) else str(value)
            for key, value in (properties if isinstance(properties, dict) else {}).items()
        }
        if "id" in feature and isinstance(feature["id"], str | int):
            cells.setdefault("id", feature["id"])
        rows.append(Row(number, cells | _point(feature.get("geometry"))))
    headers = list(dict.fromkeys(key for row in rows for key in row.cells))
    if len(headers) > MAX_COLUMNS:
        raise ImportFileError(f"{name} has {len(headers):,} properties; at most {MAX_COLUMNS:,}.")
    return Sheet(headers, iter(rows), what="feature")


def _point(geometry: Any) -> dict[str, Value]:
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return {}
    place = geometry.get("coordinates")
    if not isinstance(place, list) or len(place) < 2 or not all(isinstance(x, int | float) for x in place[:2]):
        return {"lon": "?", "lat": str(place)[:60]}
    return {"lon": place[0], "lat": place[1]}


def read_kml(path: Path) -> Sheet:
    """Return the placemarks of KML or KMZ as a table."""
    if path.suffix.lower() == ".kmz":
        names = [name for name in check_archive(path) if name.lower().endswith(".kml")]
        if not names:
            raise ImportFileError(f"{path.name} holds no KML.")
        content = read_member(path, names[0])
    else:
        content = read_whole(path)
    rows = list(islice(_placemarks(content, path.name), 1_000_000))
    if not rows:
        raise ImportFileError(f"{path.name} holds no placemark.")
    return Sheet(list(dict.fromkeys(key for row in rows for key in row.cells)), iter(rows), what="placemark")


def _placemarks(content: bytes, name: str) -> Iterator[Row]:
    number = 0
    for element in iterate_xml(content, name=name):
        if _local(element.tag) != "Placemark":
            continue
        number += 1
        cells: dict[str, Value] = {}
        for child in element.iter():
            tag, text = _local(child.tag), (child.text or "").strip()
            if tag in ("name", "description", "begin", "end", "when") and text:
                cells.setdefault(tag, text[:MAX_CELL])
            elif tag == "coordinates" and text and "lon" not in cells:
                lon, _, rest = text.split()[0].partition(",")
                cells |= {"lon": lon, "lat": rest.partition(",")[0]}
            elif tag == "Data" and child.get("name"):
                value = "".join(child.itertext()).strip()
                cells.setdefault(str(child.get("name"))[:200], value[:MAX_CELL])
            elif tag == "SimpleData" and child.get("name") and text:
                cells.setdefault(str(child.get("name"))[:200], text[:MAX_CELL])
        element.clear()
        yield Row(number, cells)


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]
