"""What leaders said by telephone, to be signed afterwards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.append_only import arm
from models.base import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "telephone_instructions"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("leader_name", sa.String(length=80), nullable=False),
        sa.Column("post_title", sa.String(length=120), nullable=False),
        sa.Column("said_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f(f"fk_{TABLE}_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f(f"fk_{TABLE}_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f(f"fk_{TABLE}_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["people.id"], name=op.f(f"fk_{TABLE}_leader_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["people.id"], name=op.f(f"fk_{TABLE}_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(f"ix_{TABLE}_article_id", TABLE, ["article_id"])
    op.create_index(f"ix_{TABLE}_agency_id", TABLE, ["agency_id"])
    for statement in arm(op.get_bind().dialect.name, TABLE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(f"ix_{TABLE}_agency_id", table_name=TABLE)
    op.drop_index(f"ix_{TABLE}_article_id", table_name=TABLE)
    op.drop_table(TABLE)
