"""What the store holds, and keeping it tidy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidents.store.faults import explained
from incidents.store.opening import schema_version

if TYPE_CHECKING:
    from incidents.store.store import Store


def info(store: Store) -> dict[str, Any]:
    """Return facts about the store, in the order to show them."""
    database = store.database
    count = {row[0]: row[1] for row in database.rows("SELECT state, count(*) FROM incident GROUP BY state")}
    edited = database.first(
        "SELECT count(*) FROM incident i JOIN revision r ON r.seq = i.seq "
        "WHERE i.origin = 'bundled' AND r.operation <> 'bundled'"
    )
    local = database.first("SELECT count(*) FROM incident WHERE origin = 'local'")
    head = database.first("SELECT seq, hash FROM chain WHERE id = 1")
    queue = database.first("SELECT count(*) FROM candidate WHERE status = 'open'")
    if database.is_postgres:
        size = database.first("SELECT pg_database_size(current_database())")
    else:
        size = database.first("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
    return {
        "store": str(database.target),
        "engine": "PostgreSQL" if database.is_postgres else "SQLite",
        "schema": schema_version(database),
        "data_set": store.meta("dataset") or "none",
        "boundaries": store.meta("boundary_version") or "none",
        "incidents": count.pop("live", 0),
        **dict(sorted(count.items())),
        "edited_here": edited[0] if edited else 0,
        "added_here": local[0] if local else 0,
        "revisions": head[0] if head else 0,
        "open_candidates": queue[0] if queue else 0,
        "bytes": int(size[0]) if size else 0,
        "head": head[1] if head else "",
    }


def vacuum(store: Store) -> None:
    """Give unused space back and refresh the planner's statistics."""
    database = store.database
    with explained(database.target):
        if database.is_postgres:
            with database.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
            return
        connection_ = database.plain()
        connection_.execute("INSERT INTO incident_text(incident_text) VALUES ('optimize')")
        connection_.execute("VACUUM")
        connection_.execute("ANALYZE")
        connection_.execute("PRAGMA wal_checkpoint(TRUNCATE)")
