"""Every kind of file that can be imported, and how to tell which one a file is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from incidents.sources.entry import Entry
from incidents.sources.guards import ImportFileError, check_archive, check_size, parse_json, read_whole
from incidents.sources.options import Options


@dataclass
class Reading:
    """An opened file: what it is taken for, what was found out, and its entries, to be read once."""

    fmt: str
    entries: Iterator[Entry]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reader:
    """A kind of file."""

    description: str
    open: Callable[[Path, Options], Reading]


def open_file(path: Path, options: Options) -> Reading:
    """Return a file opened for import, as the format asked for or the one it looks like.

    Raises
    ------
    ImportFileError
        If it cannot be told or is not what it should be.
    """
    if options.fmt != "auto":
        return READERS[options.fmt].open(path, options)
    return READERS[detect(path)].open(path, options)


def detect(path: Path) -> str:
    """Return the format of a file by its suffix and first bytes."""
    if path.is_dir():
        if (path / "datapackage.json").is_file():
            return "package"
        raise ImportFileError(f"{path} is a folder without datapackage.json. Give a file, or a package folder.")
    check_size(path)
    name = path.name.lower()
    if name == "datapackage.json":
        return "package"
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PK"):
        return "kml" if name.endswith(".kmz") else "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportFileError(f"{path.name} is an old Excel file or is encrypted. Save it as .xlsx or CSV.")
    if head.startswith((b"PAR1", b"SQLite format 3", b"%PDF", b"GIF8", b"\x89PNG", b"\xff\xd8\xff")):
        known = ", ".join(READERS)
        raise ImportFileError(
            f"{path.name} is no kind of file we import. Formats: {known}. News goes to incidents ingest."
        )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if name.endswith((".geojson", ".json")) or (start[:1] == b"{" and b'"FeatureCollection"' in head):
        return "ndjson" if name.endswith(".json") and _is_lines(start) else "geojson"
    if name.endswith((".ndjson", ".jsonl")) or start[:1] == b"{":
        return "ndjson"
    if name.endswith(".kml") or (start[:1] == b"<" and b"<kml" in head):
        return "kml"
    if start[:1] == b"<":
        raise ImportFileError(f"{path.name} is HTML or XML, not a table. A web page goes to incidents ingest.")
    return "csv"


def _is_lines(start: bytes) -> bool:
    return b'"assessments"' in start and b'"FeatureCollection"' not in start


def _csv(path: Path, options: Options) -> Reading:
    from incidents.sources.rows import read_delimited

    return _table(read_delimited(path, encoding=options.encoding), options)


def _xlsx(path: Path, options: Options) -> Reading:
    from incidents.sources.package import is_own_workbook, read_own_workbook
    from incidents.sources.rows import read_workbook

    check_archive(path)
    if options.sheet is None and options.fmt in ("auto", "xlsx") and is_own_workbook(path):
        return Reading("workbook of ours", read_own_workbook(path))
    return _table(read_workbook(path, sheet=options.sheet), options)


def _kml(path: Path, options: Options) -> Reading:
    from dataclasses import replace

    from incidents.sources.rows import read_kml

    sheet = read_kml(path)
    if "date" not in {header.casefold() for header in sheet.headers}:
        known = [f"{h}=date" for h in ("begin", "when", "end") if h in sheet.headers][:1]
        ends = ["end=end"] if "end" in sheet.headers and known == ["begin=date"] else []
        names = ["name=title"] if "name" in sheet.headers else []
        options = replace(options, maps=(*known, *ends, *names, *options.maps))
    return _table(sheet, options)


def _geojson(path: Path, options: Options) -> Reading:
    from incidents.sources.records import has_records, read_geojson
    from incidents.sources.rows import features_sheet

    data = parse_json(read_whole(path), name=path.name)
    if has_records(data):
        return Reading("GeoJSON of ours", read_geojson(path))
    return _table(features_sheet(data, name=path.name), options)


def _ndjson(path: Path, _: Options) -> Reading:
    from incidents.sources.records import read_ndjson

    return Reading("records, one a line", read_ndjson(path))


def _package(path: Path, _: Options) -> Reading:
    from incidents.sources.package import read_package

    return Reading("data package", read_package(path))


def _table(sheet: object, options: Options) -> Reading:
    from incidents.sources.flat import is_flat, read_flat
    from incidents.sources.known import read_known
    from incidents.sources.mapping import fold_heading
    from incidents.sources.profiles import PROFILES, find_profile
    from incidents.sources.rows import Sheet
    from incidents.sources.spreadsheet import read_spreadsheet

    assert isinstance(sheet, Sheet)
    if options.fmt in PROFILES:
        return Reading(PROFILES[options.fmt].description, read_known(sheet, options.fmt, options), sheet.notes)
    if not options.maps:
        if is_flat(sheet.headers):
            return Reading("our flat table", read_flat(sheet), sheet.notes)
        name = find_profile([fold_heading(header) for header in sheet.headers])
        if name is not None:
            return Reading(PROFILES[name].description, read_known(sheet, name, options), sheet.notes)
    return Reading("table", read_spreadsheet(sheet, options), sheet.notes)


def _profile(path: Path, options: Options) -> Reading:
    check_size(path)
    with path.open("rb") as stream:
        is_archive = stream.read(2) == b"PK"
    return _xlsx(path, options) if is_archive else _csv(path, options)


READERS: dict[str, Reader] = {
    "csv": Reader("any delimited text, ours or mapped by its headings", _csv),
    "xlsx": Reader("any workbook, ours or mapped by its headings", _xlsx),
    "geojson": Reader("features, with our records or mapped by their properties", _geojson),
    "ndjson": Reader("records, one a line", _ndjson),
    "kml": Reader("placemarks of KML or KMZ", _kml),
    "package": Reader("folder with datapackage.json", _package),
    "acled": Reader("ACLED event export", _profile),
    "faa": Reader("FAA UAS sightings", _profile),
    "gdelt": Reader("GDELT 2 event rows with a header", _profile),
}
"""By the word for ``--format``."""
