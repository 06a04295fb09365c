"""Schema version, apart from the tables so that opening a store needs no SQLAlchemy."""

from __future__ import annotations

SCHEMA_VERSION = "0002"
KNOWN_VERSIONS = ("0001", "0002")
