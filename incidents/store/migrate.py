"""Bring an older store to the present schema, after a copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incidents.store.version import SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from incidents.store.database import Database


def migrate(database: Database, *, found: str) -> Path | None:
    """Run every step after `found` in one transaction and return the backup made before; None on a server.

    Two programs that open an older store at once migrate it once.

    Raises
    ------
    AccessError
        If it cannot be written; nothing is changed then.
    """
    from incidents.store.opening import schema_version

    backup = _copy(database, found)
    with database.writing() as connection:
        if _version(connection) != SCHEMA_VERSION:
            upgrade(connection, SCHEMA_VERSION)
    assert schema_version(database) == SCHEMA_VERSION
    return backup


def _version(connection: Connection) -> str | None:
    value = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if value is None else str(value)


def upgrade(connection: Connection, version: str) -> None:
    """Run Alembic's steps up to `version` over an open transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "incidents.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def _copy(database: Database, found: str) -> Path | None:
    """Return the path of a copy beside the file, made once a version."""
    from incidents.store.backup import backup_sqlite

    path = database.target.path
    if path is None:
        return None
    target = path.with_name(f"{path.stem}-before-{SCHEMA_VERSION}{path.suffix}")
    if not target.exists():
        backup_sqlite(database, target)
    return target
