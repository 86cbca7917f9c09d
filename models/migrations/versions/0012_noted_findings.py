"""Findings that a reviewer adds without a return, and takes back with a reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.base import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "findings"
# Before, nothing could be taken back: what was is kept, by who raised it.
CLOSED = (
    "UPDATE findings SET answer = 'kept', reply = withdrawn_because,"
    " answered_at = withdrawn_at, answered_by_id = raised_by_id"
    " WHERE withdrawn_at IS NOT NULL"
)


def upgrade() -> None:
    op.add_column(
        TABLE,
        sa.Column("noted", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        TABLE, sa.Column("withdrawn_at", UTCDateTime(timezone=True), nullable=True)
    )
    op.add_column(
        TABLE,
        sa.Column("withdrawn_because", sa.Text(), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.execute(CLOSED)
    for column in ("withdrawn_because", "withdrawn_at", "noted"):
        op.drop_column(TABLE, column)
