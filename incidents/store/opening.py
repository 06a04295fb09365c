"""Open a store: create it, load the bundled records on first use, migrate an older one."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from incidents.store.database import BUSY_S, Database
from incidents.store.errors import AccessError, StoreVersionError
from incidents.store.faults import explained
from incidents.store.store import Store
from incidents.store.target import Target, parse_target
from incidents.store.version import KNOWN_VERSIONS, SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def open_store(db: str | Path | None = None, *, bundled: bool = True, busy_s: float = BUSY_S) -> Store:
    """Return the store at a path, ``:memory:`` or a ``postgresql://`` URL; by default in the user's data folder.

    Parameters
    ----------
    bundled
        Load the bundled records where that was never done.
    busy_s
        How long to wait for another writer, in seconds.

    Raises
    ------
    AccessError
        If it cannot be opened or is not a store.
    StoreVersionError
        If a newer version of the program wrote it.
    """
    target = parse_target(db)
    database = Database(target, busy_s=busy_s)
    try:
        _make_folder(target)
        version = schema_version(database)
        if version is None:
            _create(database)
        elif version not in KNOWN_VERSIONS:
            raise StoreVersionError(
                f"{target} has schema version {version}; this program knows up to {SCHEMA_VERSION}. Upgrade it."
            )
        elif version != SCHEMA_VERSION:
            from incidents.store.migrate import migrate

            migrate(database, found=version)
        _keep_log(database)
        store = Store(database)
        if bundled and store.meta("dataset") is None:
            from incidents.store.bundled import load

            load(store)
        store.refresh_territory()
    except BaseException:
        database.close()
        raise
    return store


def _make_folder(target: Target) -> None:
    if target.path is None:
        return
    folder = target.path.parent
    try:
        if target.is_default:
            folder.mkdir(parents=True, exist_ok=True)
        if target.path.is_dir():
            raise AccessError(f"{target} is a folder. Give the path of a file.")
        if not folder.is_dir():
            raise AccessError(f"Cannot open {target}: no folder {folder}. Create it first.")
    except OSError as error:
        if isinstance(error, AccessError):
            raise
        raise AccessError(f"Cannot open {target}: {error.strerror}.") from error


def schema_version(database: Database) -> str | None:
    """Return the version of the tables; None where there is no table at all.

    Raises
    ------
    AccessError
        If the database holds something else.
    """
    if not database.is_postgres and database.target.path is not None and not database.target.path.exists():
        return None
    if database.is_postgres:
        listed = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    else:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = {row[0] for row in database.rows(listed)}
    if not tables:
        return None
    if not {"alembic_version", "revision", "chain"} <= tables:
        raise AccessError(
            f"{database.target} is not an incident store: it holds the tables {sorted(tables)[:5]}. "
            "Choose another with --db."
        )
    row = database.first("SELECT version_num FROM alembic_version")
    return None if row is None else str(row[0])


def _create(database: Database) -> None:
    from incidents.store.schema import create_all

    if not database.is_postgres and not database.target.is_memory:
        with explained(database.target):
            _use_log(database)
    with database.writing() as connection_:
        if not _has_tables(connection_):
            create_all(connection_)


def _keep_log(database: Database) -> None:
    """Use write-ahead logging also for a file that another program saved without, so that readers never block."""
    if database.is_postgres or database.target.is_memory or database.is_frozen:
        return
    row = database.first("PRAGMA journal_mode")
    if row is not None and row[0] != "wal":
        with contextlib.suppress(sqlite3.OperationalError):
            _use_log(database)


def _use_log(database: Database) -> None:
    """Switch to write-ahead logging; SQLite does not wait for another program that does so too, so we do."""
    until = time.monotonic() + database.busy_s
    while True:
        try:
            database.plain().execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _has_tables(connection: Connection) -> bool:
    from sqlalchemy import inspect

    return inspect(connection).has_table("alembic_version")
