"""Connections: a plain one to read SQLite with little ado, SQLAlchemy for the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidents.store.faults import explained
from incidents.store.target import Target

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection, Engine

BUSY_S = 30.0
_LOCK_KEY = 0x41495243
_CHUNK = 500


class Database:
    """An open database. Reads see the last committed state; one write at a time, whole or not at all."""

    def __init__(self, target: Target, *, busy_s: float = BUSY_S) -> None:
        self.target = target
        self.busy_s = busy_s

    @property
    def is_postgres(self) -> bool:
        """Whether it is a server."""
        return self.target.is_postgres

    @property
    def is_frozen(self) -> bool:
        """Whether it is a file that can only be read."""
        return self.target.path is not None and _is_frozen(self.target.path)

    @cached_property
    def _plain(self) -> sqlite3.Connection:
        if self.target.is_memory:
            return connect_sqlite(None, busy_s=self.busy_s)
        assert self.target.path is not None
        if self.is_frozen:
            return sqlite3.connect(
                f"{self.target.path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None
            )
        return connect_sqlite(self.target.path, busy_s=self.busy_s)

    def plain(self) -> sqlite3.Connection:
        """Return the plain connection of an SQLite database."""
        return self._plain

    @cached_property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, made when first needed."""
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import NullPool, StaticPool

        if self.is_postgres:
            return create_engine(self.target.url, connect_args={"connect_timeout": 10, "application_name": "incidents"})
        if self.target.is_memory:
            engine = create_engine("sqlite://", creator=lambda: self._plain, poolclass=StaticPool)
        else:
            path, busy_s = self.target.path, self.busy_s
            engine = create_engine("sqlite://", creator=lambda: connect_sqlite(path, busy_s=busy_s), poolclass=NullPool)
        event.listen(engine, "begin", _begin_immediate)
        return engine

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a SELECT with ``:name`` placeholders, streaming."""
        with explained(self.target):
            if self.is_postgres:
                yield from self._server_rows(sql, values or {})
            elif self.target.is_memory:
                yield from self._plain.execute(sql, values or {}).fetchall()
            else:
                cursor = self._plain.execute(sql, values or {})
                try:
                    while chunk := cursor.fetchmany(_CHUNK):
                        yield from chunk
                finally:
                    cursor.close()

    def _server_rows(self, sql: str, values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        from sqlalchemy import text

        with self.engine.connect() as connection:
            streaming = connection.execution_options(stream_results=True, max_row_buffer=_CHUNK)
            with streaming.execute(text(sql), dict(values)) as result:
                for row in result:
                    yield tuple(row)

    def first(self, sql: str, values: Mapping[str, Any] | None = None) -> tuple[Any, ...] | None:
        """Return the first row, or None."""
        return next(iter(list(self.rows(sql, values))), None)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a transaction no other writer shares; commit at the end, roll back on any error."""
        with explained(self.target), self.engine.begin() as connection:
            if self.is_postgres:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(self.busy_s * 1000)}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        if "engine" in self.__dict__:
            self.engine.dispose()
        if "_plain" in self.__dict__:
            self._plain.close()


def connect_sqlite(path: Path | None, *, busy_s: float = BUSY_S) -> sqlite3.Connection:
    """Return a connection that leaves transactions to us; to memory where `path` is None."""
    connection = sqlite3.connect(":memory:" if path is None else path, timeout=busy_s, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -32768")
    return connection


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns, without SQLAlchemy's work on every single one."""
    if not rows:
        return
    from sqlalchemy import insert

    compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    if compiled.positional:
        names = list(compiled.positiontup or ())
        connection.exec_driver_sql(compiled.string, [tuple(row[name] for name in names) for row in rows])
    else:
        connection.exec_driver_sql(compiled.string, [dict(row) for row in rows])


def _is_frozen(path: Path) -> bool:
    """Return whether nobody here can write the file, nor the log that SQLite would need beside it to read it."""
    import os

    log = path.with_name(f"{path.name}-wal")
    return path.exists() and not log.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
