"""The review queue: candidates, the steps of their review, and pairs found to be different."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
PROSE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables of the review queue."""
    op.create_table(
        "candidate",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("data", PROSE, nullable=False),
        sa.Column("decision", PROSE, nullable=False),
        comment="What a machine extracted and nobody has accepted yet.",
    )
    op.create_index("ix_candidate_status", "candidate", ["status"])
    op.create_table(
        "candidate_event",
        sa.Column("number", sa.Integer, sa.ForeignKey("candidate.number"), nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("at", CODE, nullable=False),
        sa.Column("author", PROSE, nullable=False),
        sa.Column("reason", PROSE, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("data", PROSE, nullable=False),
        sa.Column("decision", PROSE, nullable=False),
        sa.UniqueConstraint("number", "step"),
    )
    op.create_index("ix_candidate_event_number", "candidate_event", ["number"])
    op.create_table(
        "not_same",
        sa.Column("one", CODE, primary_key=True),
        sa.Column("other", CODE, primary_key=True),
        sa.Column("at", CODE, nullable=False),
        sa.Column("author", PROSE, nullable=False),
        sa.Column("reason", PROSE, nullable=False),
        comment="Pairs somebody looked at and found to be different events.",
    )
