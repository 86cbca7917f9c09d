"""Articles: what the acts of the wider vocabulary keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from models.append_only import triggers
from models.base import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OUTCOMES = (
    "approved",
    "returned",
    "held",
    "resumed",
    "rejected",
    "recalled",
    "raised",
    "lowered",
    "published",
    "withdrawn",
)
WITH_REASON = ("returned", "held", "rejected", "lowered", "withdrawn")
SPEAKING = ("objected", "doubted")
SILENCE = "nobody_only_where_silence_speaks"
NOBODY = "person_id IS NOT NULL OR outcome IN ('approved', 'objected')"


def upgrade() -> None:
    _sign(OUTCOMES + SPEAKING, WITH_REASON + SPEAKING, nobody=True)
    op.add_column("articles", _text("open_acts"))
    op.add_column("articles", sa.Column("needed_by", UTCDateTime(), nullable=True))
    op.add_column("revisions", _string("meaning", 64))
    op.add_column("attachments", _string("kind", 60))
    op.add_column("process_definitions", _text("successor"))
    op.add_column(
        "process_definitions",
        sa.Column("beside", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _make_people()
    _make_clocks()


def _make_people() -> None:
    op.create_table(
        "channel_keepings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=60), nullable=False),
        _to("channel_keepings", "post_id", "posts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_keepings")),
        sa.UniqueConstraint(
            "post_id", "channel", name=op.f("uq_channel_keepings_post_id_channel")
        ),
    )
    op.create_table(
        "workplaces",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        _to("workplaces", "person_id", "people"),
        _to("workplaces", "section_id", "sections"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_workplaces")),
    )
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("document", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "since <= until", name=op.f("ck_delegations_moments_in_order")
        ),
        _to("delegations", "agency_id", "agencies"),
        _to("delegations", "post_id", "posts"),
        _to("delegations", "by_id", "people"),
        _to("delegations", "to_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    op.create_index(
        "ix_delegations_agency_id_until", "delegations", ["agency_id", "until"]
    )


def _make_clocks() -> None:
    op.create_table(
        "article_clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("stood", sa.Integer(), nullable=False),
        sa.Column("standing_since", UTCDateTime(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("reminded_at", UTCDateTime(), nullable=True),
        sa.Column("spoken_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        _to("article_clocks", "agency_id", "agencies"),
        _to("article_clocks", "article_id", "articles"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_clocks")),
        sa.UniqueConstraint(
            "article_id",
            "key",
            "opened_at",
            name=op.f("uq_article_clocks_article_id_key_opened_at"),
        ),
    )
    op.create_index(
        "ix_article_clocks_agency_id_ended_at",
        "article_clocks",
        ["agency_id", "ended_at"],
    )


def downgrade() -> None:
    op.drop_table("article_clocks")
    op.drop_table("delegations")
    op.drop_table("workplaces")
    op.drop_table("channel_keepings")
    op.drop_column("process_definitions", "beside")
    op.drop_column("process_definitions", "successor")
    op.drop_column("attachments", "kind")
    op.drop_column("revisions", "meaning")
    op.drop_column("articles", "needed_by")
    op.drop_column("articles", "open_acts")
    _sign(OUTCOMES, WITH_REASON, nobody=False)


def _sign(
    outcomes: tuple[str, ...], reasoned: tuple[str, ...], *, nobody: bool
) -> None:
    """Change the table of signatures; SQLite copies it, so its triggers are set anew."""
    checks = {
        "outcome": f"outcome IN ({_named(outcomes)})",
        "reason_where_it_is_demanded": (
            f"outcome NOT IN ({_named(reasoned)}) OR length(opinion) > 0"
        ),
    }
    with op.batch_alter_table("signatures") as signatures:
        for name in checks:
            signatures.drop_constraint(op.f(f"ck_signatures_{name}"), type_="check")
        if not nobody:
            signatures.drop_constraint(op.f(f"ck_signatures_{SILENCE}"), type_="check")
    if nobody:
        checks[SILENCE] = NOBODY
    with op.batch_alter_table("signatures") as signatures:
        _change_columns(signatures, nobody=nobody)
        for name, said in checks.items():
            signatures.create_check_constraint(op.f(f"ck_signatures_{name}"), said)
    if op.get_bind().dialect.name == "sqlite":
        for statement in triggers("sqlite"):
            if " ON signatures " in statement:
                op.execute(sa.text(statement))


def _change_columns(signatures: BatchOperations, *, nobody: bool) -> None:
    signatures.alter_column("person_id", existing_type=sa.Integer(), nullable=nobody)
    if nobody:
        signatures.add_column(
            sa.Column("particulars", sa.JSON(), nullable=False, server_default="{}")
        )
    else:
        signatures.drop_column("particulars")


def _named(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _string(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")
    )
