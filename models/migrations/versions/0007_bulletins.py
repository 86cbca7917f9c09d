"""Reports from the public, bulletins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.base import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KINDS = (
    "no_board",
    "empty",
    "dirty",
    "damaged",
    "stale",
    "no_finance_page",
    "badly_pasted",
    "covered",
    "badly_placed",
    "wrong_statement",
    "personal_data",
)


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(
        *values, name=name, native_enum=False, create_constraint=True, length=40
    )


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}")
    )


def upgrade() -> None:
    op.create_table(
        "board_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        _key("board_codes", "agency_id", "agencies"),
        _key("board_codes", "board_id", "boards"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_board_codes_code")),
        sa.UniqueConstraint("board_id", name=op.f("uq_board_codes_board_id")),
    )
    op.create_table(
        "public_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=12), nullable=False),
        sa.Column("kind", _enum(*KINDS, name="fault_kind"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column(
            "decision",
            _enum("accepted", "dismissed", name="report_decision"),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("fault_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)"
            " AND (decision IS NULL) = (decided_by_id IS NULL)"
            " AND (decision IS NULL OR (decision = 'accepted') ="
            " (fault_id IS NOT NULL))",
            name=op.f("ck_public_reports_decided_names_who_and_when"),
        ),
        _key("public_reports", "agency_id", "agencies"),
        _key("public_reports", "board_id", "boards"),
        _key("public_reports", "decided_by_id", "people"),
        _key("public_reports", "fault_id", "faults"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_reports")),
        sa.UniqueConstraint("receipt", name=op.f("uq_public_reports_receipt")),
    )
    op.create_index(op.f("ix_public_reports_board_id"), "public_reports", ["board_id"])
    op.create_index(
        "ix_public_reports_agency_id_decision",
        "public_reports",
        ["agency_id", "decision"],
    )
    op.create_table(
        "bulletins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "cycle", _enum("month", "quarter", name="bulletin_cycle"), nullable=False
        ),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("cutoff_at", UTCDateTime(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", UTCDateTime(), nullable=False),
        _key("bulletins", "agency_id", "agencies"),
        _key("bulletins", "article_id", "articles"),
        _key("bulletins", "drafted_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins")),
        sa.UniqueConstraint(
            "agency_id",
            "cycle",
            "period",
            "edition",
            name=op.f("uq_bulletins_agency_id_cycle_period_edition"),
        ),
    )
    op.create_index(op.f("ix_bulletins_article_id"), "bulletins", ["article_id"])


def downgrade() -> None:
    for table in (
        "bulletins",
        "public_reports",
        "board_codes",
    ):
        op.drop_table(table)
