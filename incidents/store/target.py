"""Which database is meant: a file, memory or a server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from incidents.store.errors import AccessError

MEMORY = ":memory:"
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+):/{2,}")
_POSTGRES = frozenset({"postgres", "postgresql", "postgresql+psycopg"})


@dataclass(frozen=True)
class Target:
    """A database to open."""

    path: Path | None = None
    """SQLite file; None with an empty `url` is a store in memory."""
    url: str = ""
    """PostgreSQL URL, with its password."""
    is_default: bool = False

    @property
    def is_postgres(self) -> bool:
        """Whether it is a server."""
        return bool(self.url)

    @property
    def is_memory(self) -> bool:
        """Whether it vanishes when closed."""
        return self.path is None and not self.url

    def __str__(self) -> str:
        """Return the path or the URL, without its password."""
        if self.url:
            return re.sub(r"(//[^:/@]*):[^@]*@", r"\1:***@", re.sub(r"(password=)[^&]*", r"\1***", self.url))
        return MEMORY if self.path is None else str(self.path)


def default_path() -> Path:
    """Return the store's file in the user's data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("incidents", appauthor=False)) / "incidents.sqlite"


def parse_target(db: str | Path | None) -> Target:
    """Return what `db` names: a path, ``:memory:``, ``sqlite:///PATH``, ``postgresql://...``, or the default.

    Raises
    ------
    AccessError
        If it is a URL of another kind.
    """
    text = str(db or "").strip()
    if not text:
        return Target(path=default_path(), is_default=True)
    if text == MEMORY:
        return Target()
    match = _SCHEME.match(text)
    if match is None:
        return Target(path=Path(text).expanduser())
    scheme = match[1].lower()
    if scheme == "sqlite":
        rest = text.split("://", 1)[1]
        return parse_target(rest.removeprefix("/") or MEMORY)
    if scheme in _POSTGRES:
        return Target(url="postgresql+psycopg://" + text.split("://", 1)[1])
    raise AccessError(f"Cannot open a {scheme} database. Give a file path, :memory: or a postgresql:// URL.")
