"""Backup and restore. An SQLite backup is a store; a backup of a server is one too, so the two are exchangeable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidents.files import replacing
from incidents.store.errors import AccessError, CorruptStoreError, StoreError
from incidents.store.faults import explained
from incidents.store.target import Target

if TYPE_CHECKING:
    from incidents.store.database import Database
    from incidents.store.store import Store


def backup_sqlite(database: Database, out: Path) -> None:
    """Write a consistent copy of an SQLite database, also while others write."""
    with replacing(out) as temporary, explained(database.target):
        copy = sqlite3.connect(temporary)
        try:
            database.plain().backup(copy)
        finally:
            copy.close()


def backup(store: Store, out: Path) -> int:
    """Write the whole store to one SQLite file and return how many revisions it holds.

    Raises
    ------
    StoreError
        If `out` exists: a backup is never overwritten.
    """
    if out.exists():
        raise StoreError(f"{out} exists. A backup is never overwritten; choose another name.")
    if store.database.is_postgres:
        with replacing(out) as temporary:
            temporary.unlink()
            _copy_rows(store.database, _new(temporary))
    else:
        backup_sqlite(store.database, out)
    from incidents.store.opening import open_store

    with open_store(out, bundled=False) as copy:
        report = copy.verify()
        if report.faults:
            raise CorruptStoreError(f"The backup {out} does not verify: {report.faults[0]}")
    return report.revisions


def restore(source: Path, db: str | Path | None) -> int:
    """Put a verified backup in the place of a store that does not exist yet; return how many revisions it holds.

    Raises
    ------
    StoreError
        If the target exists or the backup does not verify.
    """
    from incidents.store.database import Database
    from incidents.store.opening import open_store, schema_version
    from incidents.store.target import parse_target

    if not source.is_file():
        raise AccessError(f"No backup {source}.")
    target = parse_target(db)
    if target.is_memory:
        raise StoreError("A store in memory cannot be restored to. Give a path or a URL with --db.")
    if target.path is not None and target.path.exists():
        raise StoreError(f"{target} exists. Move it away first, or restore to another path with --db.")
    with open_store(source, bundled=False) as kept:
        report = kept.verify()
        if report.faults:
            raise CorruptStoreError(f"The backup {source} does not verify: {report.faults[0]}")
        if target.path is not None:
            if target.is_default:
                target.path.parent.mkdir(parents=True, exist_ok=True)
            backup_sqlite(kept.database, target.path)
        else:
            server = Database(target)
            try:
                if schema_version(server) is not None:
                    raise StoreError(f"{target} holds a store already. Restore to an empty database.")
                _copy_rows(kept.database, server)
            finally:
                server.close()
    return report.revisions


def _new(path: Path) -> Database:
    from incidents.store.database import Database

    return Database(Target(path=path))


def _copy_rows(source: Database, target: Database) -> None:
    """Copy every table between engines in one transaction; the text index is rebuilt."""
    from incidents.model import Incident
    from incidents.store.database import insert_rows
    from incidents.store.present import write_text
    from incidents.store.schema import create_all, metadata

    with target.writing() as connection:
        create_all(connection)
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns]
            connection.execute(table.delete())
            rows = source.rows(f"SELECT {', '.join(names)} FROM {table.name}")
            for part in _parts(rows):
                insert_rows(connection, table, [dict(zip(names, row, strict=True)) for row in part])
        present = source.rows("SELECT i.key, r.record FROM incident i JOIN revision r ON r.seq = i.seq")
        for part in _parts(present):
            write_text(connection, [(key, Incident.model_validate_json(record)) for key, record in part])
    target.close()


def _parts(rows: Iterator[tuple[Any, ...]], size: int = 2000) -> Iterator[list[tuple[Any, ...]]]:
    """Yield lists of at most `size` rows."""
    while part := list(islice(rows, size)):
        yield part
