"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
