"""What a foreign file may not do to us: fill the memory, hide in an archive, call on entities, break the decoder."""

from __future__ import annotations

import codecs
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from incidents.errors import IncidentsError

MAX_FILE_BYTES = 1_000_000_000
MAX_WHOLE_BYTES = 300_000_000
"""Limit of formats that are read in one piece."""
MAX_LINE = 10_000_000
MAX_CELL = 1_000_000
MAX_COLUMNS = 4_000
MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 1_500_000_000
MAX_RATIO = 400

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError)
"""What reading a damaged archive raises."""


class ImportFileError(IncidentsError, ValueError):
    """A file cannot be read as what it claims to be; the message says where and why."""


def check_size(path: Path, limit: int = MAX_FILE_BYTES) -> int:
    """Return the size of a file.

    Raises
    ------
    ImportFileError
        If it is missing, empty or too large.
    """
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise ImportFileError(f"Cannot read {path}: {getattr(error, 'strerror', None) or error}.") from None
    if size == 0:
        raise ImportFileError(f"{path.name} is empty.")
    if size > limit:
        raise ImportFileError(f"{path.name} has {size / 1e6:,.0f} MB; at most {limit / 1e6:,.0f}. Split it.")
    return size


def read_whole(path: Path, limit: int = MAX_WHOLE_BYTES) -> bytes:
    """Return the content of a file of acceptable size."""
    check_size(path, limit)
    try:
        return path.read_bytes()
    except OSError as error:
        raise ImportFileError(f"Cannot read {path}: {error.strerror}.") from None


def detect_encoding(path: Path) -> str:
    """Return the encoding of a text file: by its byte order mark, UTF-8 if all of it is, else the likeliest.

    Raises
    ------
    ImportFileError
        If it is no text.
    """
    check_size(path)
    with path.open("rb") as stream:
        head = stream.read(_BLOCK)
        for mark, name in _BOMS:
            if head.startswith(mark):
                return name
        if b"\0" in head:
            raise ImportFileError(f"{path.name} is not text: it holds zero bytes. Export it as CSV or XLSX.")
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            block = head
            while block:
                decoder.decode(block)
                block = stream.read(_BLOCK)
            decoder.decode(b"", final=True)
            return "utf-8"
        except UnicodeDecodeError:
            return _likeliest(head[:200_000])


def _likeliest(head: bytes) -> str:
    import charset_normalizer

    found = charset_normalizer.from_bytes(head, cp_exclusion=["utf_7"]).best()
    return "cp1252" if found is None or found.encoding == "ascii" else found.encoding


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[TextIO]:
    """Yield the decoded text; bytes the encoding does not know become the replacement character."""
    with path.open("r", encoding=encoding, errors="replace", newline="") as stream:
        yield stream


def parse_json(text: str | bytes, *, name: str) -> Any:
    """Return parsed JSON; NaN and infinity are no JSON.

    Raises
    ------
    ImportFileError
        Naming line and column.
    """

    def refuse(word: str) -> Any:
        raise ValueError(f"{word} is not a number")

    try:
        return json.loads(text, parse_constant=refuse)
    except RecursionError:
        raise ImportFileError(f"{name}: nested too deeply to be data.") from None
    except json.JSONDecodeError as error:
        raise ImportFileError(
            f"{name}: not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        ) from None
    except UnicodeDecodeError:
        raise ImportFileError(f"{name}: not UTF-8 text. Save it as UTF-8.") from None
    except ValueError as error:
        raise ImportFileError(f"{name}: not valid JSON: {str(error)[:200]}.") from None


def check_archive(path: Path) -> list[str]:
    """Return the names of the files in an archive; refuse one that unpacks to more than it should, leaves its folder,
    or declares XML entities.

    Raises
    ------
    ImportFileError
    """
    check_size(path, MAX_WHOLE_BYTES)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise ImportFileError(f"{path.name} holds {len(members)} files; at most {MAX_MEMBERS}.")
            unpacked = sum(member.file_size for member in members)
            packed = sum(member.compress_size for member in members) or 1
            if unpacked > MAX_UNPACKED_BYTES or (unpacked > 50_000_000 and unpacked / packed > MAX_RATIO):
                raise ImportFileError(f"{path.name} unpacks from {packed:,} to {unpacked:,} bytes; refused.")
            for member in members:
                _check_member(path, archive, member)
            return [member.filename for member in members]
    except (*_DAMAGE, NotImplementedError, ValueError, RuntimeError) as error:
        if isinstance(error, ImportFileError):
            raise
        raise ImportFileError(f"{path.name} is a damaged archive: {error}.") from None


def _check_member(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    name = member.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
        raise ImportFileError(f"{path.name} holds a path that leaves its folder: {name[:80]!r}; refused.")
    if member.flag_bits & 1:
        raise ImportFileError(f"{path.name} is encrypted. Save it without a password.")
    if name.lower().endswith((".xml", ".rels", ".kml")):
        with archive.open(member) as stream:
            head = stream.read(4096)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise ImportFileError(f"{path.name}: {name} declares XML entities; refused.")


def read_member(path: Path, name: str, limit: int = MAX_WHOLE_BYTES) -> bytes:
    """Return one file of a checked archive."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as stream:
            content = stream.read(limit + 1)
    except (*_DAMAGE, KeyError, NotImplementedError, RuntimeError) as error:
        raise ImportFileError(f"{path.name} is a damaged archive: {error}.") from None
    if len(content) > limit:
        raise ImportFileError(f"{path.name}: {name} unpacks to more than {limit / 1e6:,.0f} MB; refused.")
    return content


def iterate_xml(content: bytes | BinaryIO, *, name: str) -> Iterator[Any]:
    """Yield the elements of an XML document as they end; entities, DTDs and external references are refused."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        for _, element in iterparse(stream, forbid_dtd=True):
            yield element
    except ParseError as error:
        raise ImportFileError(f"{name}: not well-formed XML: {error}.") from None
    except DefusedXmlException as error:
        raise ImportFileError(f"{name}: declares entities or a DTD; refused ({type(error).__name__}).") from None
    except (ValueError, LookupError, RecursionError) as error:
        raise ImportFileError(f"{name}: not readable XML: {error}.") from None
