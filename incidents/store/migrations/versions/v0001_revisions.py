"""Revisions, their chain, and the present."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
PROSE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _required(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def upgrade() -> None:
    """Create the tables of the first version."""
    op.create_table("meta", sa.Column("name", CODE, primary_key=True), _required("value", PROSE))
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        _required("seq", sa.Integer()),
        _required("hash", CODE),
        comment="One row: the last revision. Writers lock it, so that revisions are numbered without gaps.",
    )
    op.create_table(
        "issued",
        sa.Column("id", CODE, primary_key=True),
        _required("series", CODE),
        _required("number", sa.Integer()),
        comment="Every id ever given out; none is given out twice.",
    )
    op.create_index("ix_issued_series", "issued", ["series"])
    op.create_table(
        "revision",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        _required("batch", sa.Integer()),
        sa.Column("incident_id", CODE, sa.ForeignKey("issued.id"), nullable=False),
        _required("number", sa.Integer()),
        _required("at", CODE),
        _required("author", PROSE),
        _required("reason", PROSE),
        _required("operation", CODE),
        _required("state", CODE),
        _required("redirect", CODE),
        sa.Column("restores", sa.Integer),
        _required("changed", PROSE),
        _required("record", PROSE),
        _required("hash", CODE),
        sa.UniqueConstraint("incident_id", "number"),
    )
    op.create_index("ix_revision_batch", "revision", ["batch"])
    op.create_table(
        "incident",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("id", CODE, sa.ForeignKey("issued.id"), nullable=False, unique=True),
        sa.Column("seq", sa.Integer, sa.ForeignKey("revision.seq"), nullable=False),
        _required("number", sa.Integer()),
        *[
            _required(name, CODE)
            for name in ("origin", "state", "redirect", "day_first", "day_last", "status", "legal_class")
        ],
        _required("territories", PROSE),
        _required("boundary_version", CODE),
    )
    op.create_index("incident_by_day", "incident", ["state", "day_first", "id"])
    op.create_index("incident_by_status", "incident", ["status", "day_first", "id"])
    op.create_index("incident_by_class", "incident", ["legal_class", "day_first", "id"])
    for table, name in (("country", "country"), ("object", "object_class"), ("actor", "actor")):
        _side(f"incident_{table}", [_required(name, CODE)], index=name)
    places = [_required(name, sa.Float()) for name in ("lat", "lon", "radius_km")]
    _side("incident_site", places, index="lat")
    _search()
    op.execute("INSERT INTO chain (id, seq, hash) VALUES (1, 0, '')")


def _side(table: str, columns: list[sa.Column[Any]], *, index: str) -> None:
    key = sa.Column("key", sa.Integer, sa.ForeignKey("incident.key", ondelete="CASCADE"), nullable=False)
    op.create_table(table, key, *columns)
    op.create_index(f"ix_{table}_key", table, ["key"])
    op.create_index(f"ix_{table}_{index}", table, [index])


def _search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE incident_text USING fts5(text, tokenize='trigram case_sensitive 1', detail=none)"
        )
        op.execute("INSERT INTO incident_text (incident_text, rank) VALUES ('hashsize', 16777216)")
        return
    op.execute(
        "CREATE TABLE incident_text (rowid INTEGER PRIMARY KEY REFERENCES incident (key) ON DELETE CASCADE,"
        ' text TEXT COLLATE "C" NOT NULL, grams tsvector NOT NULL)'
    )
    op.execute("CREATE INDEX incident_text_grams ON incident_text USING gin (grams)")
