"""The pre-check's findings, lexicon and ledger."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from models.base import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = (
    "typo",
    "omission",
    "name",
    "wording",
    "punctuation",
    "fact",
    "layout",
    "sensitive",
    "secrecy",
    "privacy",
    "other",
)
OLD = (
    "id",
    "agency_id",
    "article_id",
    "revision_id",
    "stage",
    "kind",
    "quote",
    "start",
    "end",
    "note",
    "raised_by_id",
    "raised_at",
    "answer",
    "reply",
    "answered_by_id",
    "answered_at",
)
BEFORE = sa.table("findings_before", *(sa.column(name) for name in OLD))
NOW = sa.table("findings", *(sa.column(name) for name in OLD))
MORE: dict[str, str | int] = {
    "grade": "warn",
    "part": "body",
    "place": "",
    "rule": "",
    "key": "",
    "levels": "",
    "level": 0,
    "escaped": False,
    "suggestions": "[]",
    "plea": "",
}


def upgrade() -> None:
    _make_new_tables()
    op.execute("CREATE TABLE findings_before AS SELECT * FROM findings")
    op.drop_table("findings")
    _make_findings(new=True)
    new = sa.table("findings", *(sa.column(name) for name in (*OLD, *MORE)))
    given = [_constant(name, value) for name, value in MORE.items()]
    kept = sa.select(*BEFORE.columns, *given)
    op.execute(new.insert().from_select([*OLD, *MORE], kept))
    _end_copying()


def downgrade() -> None:
    op.execute("CREATE TABLE findings_before AS SELECT * FROM findings")
    op.drop_table("findings")
    _make_findings(new=False)
    answer = BEFORE.c.answer
    kept = sa.select(*BEFORE.columns).where(
        BEFORE.c.raised_by_id.is_not(None),
        sa.or_(answer.is_(None), answer.in_(("fixed", "kept"))),
    )
    op.execute(NOW.insert().from_select(list(OLD), kept))
    _end_copying()
    for table in ("town_tables", "town_entries", "file_texts", "prechecks"):
        op.drop_table(table)


def _constant(name: str, value: str | int) -> sa.Label[Any]:
    if isinstance(value, bool):
        return (sa.true() if value else sa.false()).label(name)
    if name == "suggestions":
        empty: sa.ColumnElement[Any] = sa.literal_column("'[]'")
        if op.get_bind().dialect.name == "postgresql":
            empty = sa.cast(empty, sa.JSON)
        return empty.label(name)
    return sa.literal(value, literal_execute=True).label(name)


def _end_copying() -> None:
    op.drop_table("findings_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('findings', 'id'),"
            " COALESCE((SELECT max(id) FROM findings), 0) + 1, false)"
        )


def _words(name: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=name, native_enum=False, create_constraint=True, length=40
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _make_findings(*, new: bool) -> None:
    answers = ("fixed", "kept", "overruled", "lapsed") if new else ("fixed", "kept")
    kept = "answer NOT IN ('kept', 'overruled')" if new else "answer <> 'kept'"
    more: list[sa.schema.SchemaItem] = (
        [
            sa.Column(
                "grade", _words("grade", "block", "warn", "hint"), nullable=False
            ),
            sa.Column("part", sa.String(length=80), nullable=False),
            sa.Column("place", sa.String(length=200), nullable=False),
            sa.Column("rule", sa.String(length=12), nullable=False),
            sa.Column("key", sa.String(length=80), nullable=False),
            sa.Column("levels", sa.String(length=3), nullable=False),
            sa.Column("level", sa.Integer(), nullable=False),
            sa.Column("escaped", sa.Boolean(), nullable=False),
            sa.Column("suggestions", sa.JSON(), nullable=False),
            sa.Column("plea", sa.Text(), nullable=False),
            sa.Column("pleaded_by_id", sa.Integer(), nullable=True),
            sa.Column("pleaded_at", UTCDateTime(), nullable=True),
            _refers("findings", "pleaded_by_id", "people.id"),
            sa.CheckConstraint(
                "(rule = '') = (raised_by_id IS NOT NULL)",
                name=op.f("ck_findings_person_or_rule"),
            ),
        ]
        if new
        else []
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("kind", _words("finding_kind", *KINDS), nullable=False),
        sa.Column("quote", sa.String(length=500), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=new),
        sa.Column("raised_at", UTCDateTime(), nullable=False),
        sa.Column("answer", _words("answer", *answers), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            f"{kept} OR length(reply) > 0", name=op.f("ck_findings_kept_has_reason")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_findings_answer_names_who_and_when"),
        ),
        _refers("findings", "agency_id", "agencies.id"),
        _refers("findings", "answered_by_id", "people.id"),
        _refers("findings", "article_id", "articles.id"),
        _refers("findings", "raised_by_id", "people.id"),
        _refers("findings", "revision_id", "revisions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        *more,
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_findings_article_id_answer", ["article_id", "answer"], unique=False
        )
        if new:
            batch_op.create_index(
                "ix_findings_agency_id_raised_at",
                ["agency_id", "raised_at"],
                unique=False,
            )


def _make_new_tables() -> None:
    op.create_table(
        "prechecks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("packaged", sa.String(length=64), nullable=False),
        sa.Column("town_version", sa.Integer(), nullable=False),
        sa.Column("chars", sa.Integer(), nullable=False),
        sa.Column("silent", sa.JSON(), nullable=False),
        sa.Column("unread", sa.JSON(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        _refers("prechecks", "agency_id", "agencies.id"),
        _refers("prechecks", "article_id", "articles.id"),
        _refers("prechecks", "revision_id", "revisions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prechecks")),
        sa.UniqueConstraint(
            "revision_id",
            "on",
            "packaged",
            "town_version",
            name=op.f("uq_prechecks_revision_id_on_packaged_town_version"),
        ),
    )
    with op.batch_alter_table("prechecks", schema=None) as batch_op:
        batch_op.create_index(
            op.f("ix_prechecks_article_id"), ["article_id"], unique=False
        )
    op.create_table(
        "file_texts",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reader", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=False),
        _refers("file_texts", "digest", "blobs.digest"),
        sa.PrimaryKeyConstraint("digest", "reader", name=op.f("pk_file_texts")),
    )
    op.create_table(
        "town_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _words(
                "entry_kind",
                "leader",
                "village",
                "unit",
                "area_code",
                "word",
                "allowed",
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("more", sa.String(length=120), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("grade", _words("grade", "block", "warn", "hint"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (until IS NULL) AND (ended_at IS NULL) = (ended_by_id IS NULL)",
            name=op.f("ck_town_entries_ended_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "length(reason) > 0", name=op.f("ck_town_entries_reason_given")
        ),
        _refers("town_entries", "agency_id", "agencies.id"),
        _refers("town_entries", "ended_by_id", "people.id"),
        _refers("town_entries", "entered_by_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town_entries")),
    )
    with op.batch_alter_table("town_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_town_entries_agency_id_kind", ["agency_id", "kind"], unique=False
        )
    op.create_table(
        "town_tables",
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("town_tables", "agency_id", "agencies.id"),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_town_tables")),
    )
