"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from incidents.errors import IncidentsError


class OutputError(IncidentsError, OSError):
    """A file or folder could not be written."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside `target` that replaces it on success and vanishes on any failure.

    The temporary name keeps the suffix of `target`, so that writers which go by it work.

    Raises
    ------
    OutputError
        If the folder is missing or not writable.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=target.suffix, dir=target.parent)
    except OSError as error:
        raise OutputError(f"Cannot write {target}: {error.strerror}. Choose an existing, writable folder.") from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        raise OutputError(f"Cannot write {target}: {error.strerror or error}.") from error
    finally:
        temporary.unlink(missing_ok=True)


def write_bytes(target: Path, content: bytes) -> None:
    """Replace `target` by `content` atomically."""
    with replacing(target) as temporary:
        temporary.write_bytes(content)


def write_text(target: Path, content: str) -> None:
    """Replace `target` by `content` atomically, as UTF-8 with the newlines as given."""
    write_bytes(target, content.encode())


_EPOCH = (1980, 1, 1, 0, 0, 0)


def zip_entries(entries: Iterable[tuple[str, bytes]], target: Path) -> None:
    """Write a zip file whose bytes depend on names and contents only."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
