"""Tables of the store. `revision` is the truth and only grows; the `incident` tables are derived from it."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Connection

from incidents.store.version import SCHEMA_VERSION

_Code = String().with_variant(String(collation="C"), "postgresql")
_Prose = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", _Code, primary_key=True),
    Column("value", _Prose, nullable=False),
)

chain = Table(
    "chain",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", _Code, nullable=False),
    comment="One row: the last revision. Writers lock it, so that revisions are numbered without gaps.",
)

issued = Table(
    "issued",
    metadata,
    Column("id", _Code, primary_key=True),
    Column("series", _Code, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    comment="Every id ever given out; none is given out twice.",
)

revision = Table(
    "revision",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("batch", Integer, nullable=False, index=True),
    Column("incident_id", _Code, ForeignKey("issued.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", _Code, nullable=False),
    Column("author", _Prose, nullable=False),
    Column("reason", _Prose, nullable=False),
    Column("operation", _Code, nullable=False),
    Column("state", _Code, nullable=False),
    Column("redirect", _Code, nullable=False),
    Column("restores", Integer),
    Column("changed", _Prose, nullable=False),
    Column("record", _Prose, nullable=False),
    Column("hash", _Code, nullable=False),
    UniqueConstraint("incident_id", "number"),
)

incident = Table(
    "incident",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", _Code, ForeignKey("issued.id"), nullable=False, unique=True),
    Column("seq", Integer, ForeignKey("revision.seq"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("origin", _Code, nullable=False),
    Column("state", _Code, nullable=False),
    Column("redirect", _Code, nullable=False),
    Column("day_first", _Code, nullable=False),
    Column("day_last", _Code, nullable=False),
    Column("status", _Code, nullable=False),
    Column("legal_class", _Code, nullable=False),
    Column("territories", _Prose, nullable=False),
    Column("boundary_version", _Code, nullable=False),
    Index("incident_by_day", "state", "day_first", "id"),
    Index("incident_by_status", "status", "day_first", "id"),
    Index("incident_by_class", "legal_class", "day_first", "id"),
)


def _side(name: str, *columns: Column[object]) -> Table:
    key = Column("key", Integer, ForeignKey("incident.key", ondelete="CASCADE"), nullable=False, index=True)
    return Table(name, metadata, key, *columns)


incident_country = _side("incident_country", Column("country", _Code, nullable=False, index=True))
incident_object = _side("incident_object", Column("object_class", _Code, nullable=False, index=True))
incident_actor = _side("incident_actor", Column("actor", _Code, nullable=False, index=True))
incident_site = _side(
    "incident_site",
    Column("lat", Float, nullable=False, index=True),
    Column("lon", Float, nullable=False),
    Column("radius_km", Float, nullable=False),
)
SIDES = (incident_country, incident_object, incident_actor, incident_site)

candidate = Table(
    "candidate",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("status", _Code, nullable=False, index=True),
    Column("data", _Prose, nullable=False),
    Column("decision", _Prose, nullable=False),
    comment="What a machine extracted and nobody has accepted yet.",
)
candidate_event = Table(
    "candidate_event",
    metadata,
    Column("number", Integer, ForeignKey("candidate.number"), nullable=False, index=True),
    Column("step", Integer, nullable=False),
    Column("at", _Code, nullable=False),
    Column("author", _Prose, nullable=False),
    Column("reason", _Prose, nullable=False),
    Column("status", _Code, nullable=False),
    Column("data", _Prose, nullable=False),
    Column("decision", _Prose, nullable=False),
    UniqueConstraint("number", "step"),
)
not_same = Table(
    "not_same",
    metadata,
    Column("one", _Code, primary_key=True),
    Column("other", _Code, primary_key=True),
    Column("at", _Code, nullable=False),
    Column("author", _Prose, nullable=False),
    Column("reason", _Prose, nullable=False),
    comment="Pairs somebody looked at and found to be different events.",
)
LATER = (candidate, candidate_event, not_same)
"""Tables that schema version 1 did not have."""

_SEARCH = {
    "sqlite": [
        "CREATE VIRTUAL TABLE incident_text USING fts5(text, tokenize='trigram case_sensitive 1', detail=none)",
        "INSERT INTO incident_text (incident_text, rank) VALUES ('hashsize', 16777216)",
    ],
    "postgresql": [
        "CREATE TABLE incident_text (rowid INTEGER PRIMARY KEY REFERENCES incident (key) ON DELETE CASCADE,"
        ' text TEXT COLLATE "C" NOT NULL, grams tsvector NOT NULL)',
        "CREATE INDEX incident_text_grams ON incident_text USING gin (grams)",
    ],
}


def create_search(connection: Connection) -> None:
    """Create the full-text index of the engine: FTS5 trigrams, or a tsvector of trigrams."""
    for statement in _SEARCH[connection.dialect.name]:
        connection.execute(text(statement))


def create_all(connection: Connection) -> None:
    """Create every table at the current version, as the migrations would."""
    metadata.create_all(connection)
    create_search(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": SCHEMA_VERSION})
    connection.execute(chain.insert(), {"id": 1, "seq": 0, "hash": ""})
