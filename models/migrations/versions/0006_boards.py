"""Boards, plans, rounds, faults and rectification; patrols; trainings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.base import UTCDateTime

revision = "0006"
down_revision = "0005"
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
)
URGENT_KINDS = ("wrong_statement", "personal_data")
STATES = (
    "found",
    "notified",
    "acknowledged",
    "rectifying",
    "reported",
    "rechecked",
    "returned",
    "closed",
    "exempted",
)
KEEP = """
    CREATE TABLE faults_kept AS
    SELECT id, agency_id, check_id, board_id, kind, note, photo_digest, put_right_by,
        found_at, fixed_at, fixed_seen_by_id
    FROM faults
"""
KEEP_WHAT_THE_OLDER_TABLE_CAN_SAY = (
    KEEP
    + """
    WHERE check_id IS NOT NULL AND kind NOT IN ('wrong_statement', 'personal_data')
"""
)
PUT_BACK = """
    INSERT INTO faults (
        id, agency_id, check_id, board_id, kind, note, photo_digest, put_right_by,
        found_at, fixed_at, fixed_seen_by_id, source, state, version, ladder,
        fixer_name, closed_at, closed_by_id
    )
    SELECT id, agency_id, check_id, board_id, kind, note, photo_digest, put_right_by,
        found_at, fixed_at, fixed_seen_by_id, 'check',
        CASE WHEN fixed_at IS NULL THEN 'notified' ELSE 'closed' END, 1, 0,
        '', fixed_at, fixed_seen_by_id
    FROM faults_kept
"""
PUT_BACK_AS_BEFORE = """
    INSERT INTO faults (
        id, agency_id, check_id, board_id, kind, note, photo_digest, put_right_by,
        found_at, fixed_at, fixed_seen_by_id
    )
    SELECT id, agency_id, check_id, board_id, kind, note, photo_digest, put_right_by,
        found_at, fixed_at, fixed_seen_by_id
    FROM faults_kept
"""
COUNT_ON = """
    SELECT setval(pg_get_serial_sequence('faults', 'id'), max(id))
    FROM faults HAVING max(id) IS NOT NULL
"""


def upgrade() -> None:
    _make_tables()
    _rebuild_faults()
    _make_tables_about_faults()
    op.add_column(
        "boards", sa.Column("sections", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade() -> None:
    op.drop_column("boards", "sections")
    op.drop_table("fault_steps")
    op.drop_table("fault_sightings")
    _take_faults_back()
    for table in (
        "sheets",
        "counted_checks",
        "check_entries",
        "training_attendances",
        "trainings",
        "training_gaps",
        "site_readings",
        "page_visits",
        "inspection_plans",
        "duty_days",
        "patrol_columns",
        "inspection_settings",
        "disclosure_items",
    ):
        op.drop_table(table)


def _rebuild_faults() -> None:
    """A new CHECK on SQLite needs a new table; what stood there is moved over."""
    op.execute(KEEP)
    op.drop_table("faults")
    _make_faults()
    op.execute(PUT_BACK)
    op.drop_table("faults_kept")
    _count_on_from_the_last()


def _take_faults_back() -> None:
    op.execute(KEEP_WHAT_THE_OLDER_TABLE_CAN_SAY)
    op.drop_table("faults")
    _make_faults_as_before()
    op.execute(PUT_BACK_AS_BEFORE)
    op.drop_table("faults_kept")
    _count_on_from_the_last()


def _count_on_from_the_last() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(COUNT_ON)


def _one_of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=name, native_enum=False, create_constraint=True, length=40
    )


def _foreign(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_faults_{column}")


def _make_faults() -> None:
    op.create_table(
        "faults",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=True),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("kind", _one_of("fault_kind", *KINDS, *URGENT_KINDS), nullable=False),
        sa.Column(
            "source",
            _one_of("fault_source", "check", "remote", "public"),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("photo_digest", sa.String(length=64), nullable=True),
        sa.Column("state", _one_of("fault_state", *STATES), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("put_right_by", sa.Date(), nullable=True),
        sa.Column("found_at", UTCDateTime(), nullable=False),
        sa.Column("late_since", UTCDateTime(), nullable=True),
        sa.Column("ladder", sa.Integer(), nullable=False),
        sa.Column("repeat_of_id", sa.Integer(), nullable=True),
        sa.Column("fixer_id", sa.Integer(), nullable=True),
        sa.Column("fixer_name", sa.String(length=80), nullable=False),
        sa.Column("after_digest", sa.String(length=64), nullable=True),
        sa.Column("fixed_at", UTCDateTime(), nullable=True),
        sa.Column("fixed_seen_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state <> 'closed' OR (fixed_at IS NOT NULL AND closed_at IS NOT NULL"
            " AND (fixer_id IS NULL OR fixer_id <> fixed_seen_by_id))",
            name=op.f("ck_faults_closed_by_another"),
        ),
        _foreign("agency_id", "agencies.id"),
        _foreign("board_id", "boards.id"),
        _foreign("check_id", "checks.id"),
        _foreign("item_id", "disclosure_items.id"),
        _foreign("photo_digest", "blobs.digest"),
        _foreign("after_digest", "blobs.digest"),
        _foreign("repeat_of_id", "faults.id"),
        _foreign("fixer_id", "people.id"),
        _foreign("fixed_seen_by_id", "people.id"),
        _foreign("closed_by_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faults")),
    )
    op.create_index("ix_faults_board_id_state", "faults", ["board_id", "state"])
    op.create_index("ix_faults_agency_id_state", "faults", ["agency_id", "state"])
    op.create_index("ix_faults_check_id", "faults", ["check_id"])


def _make_faults_as_before() -> None:
    op.create_table(
        "faults",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("fault_kind", *KINDS), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("photo_digest", sa.String(length=64), nullable=True),
        sa.Column("put_right_by", sa.Date(), nullable=True),
        sa.Column("found_at", UTCDateTime(), nullable=False),
        sa.Column("fixed_at", UTCDateTime(), nullable=True),
        sa.Column("fixed_seen_by_id", sa.Integer(), nullable=True),
        _foreign("agency_id", "agencies.id"),
        _foreign("board_id", "boards.id"),
        _foreign("check_id", "checks.id"),
        _foreign("fixed_seen_by_id", "people.id"),
        _foreign("photo_digest", "blobs.digest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faults")),
    )
    op.create_index("ix_faults_board_id_fixed_at", "faults", ["board_id", "fixed_at"])
    op.create_index("ix_faults_check_id", "faults", ["check_id"])


def _make_tables() -> None:
    op.create_table(
        "disclosure_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "unit_kind",
            sa.Enum(
                "village",
                "residents",
                name="unit_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "frequency",
            sa.Enum(
                "monthly",
                "quarterly",
                "half_yearly",
                "yearly",
                "on_change",
                "event",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_disclosure_items_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_items")),
        sa.UniqueConstraint(
            "agency_id", "code", name=op.f("uq_disclosure_items_agency_id_code")
        ),
    )
    op.create_table(
        "inspection_settings",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("look_back_days", sa.Integer(), nullable=False),
        sa.Column("raise_after_days", sa.Integer(), nullable=False),
        sa.Column("show_days", sa.Integer(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agencies.id"],
            name=op.f("fk_inspection_settings_agency_id"),
        ),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_inspection_settings")),
    )
    op.create_table(
        "patrol_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "home",
                "news",
                "notice",
                "other",
                "account",
                name="column_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("channel", sa.String(length=60), nullable=False),
        sa.Column("section_codes", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("most_days", sa.Integer(), nullable=False),
        sa.Column("warn_days", sa.Integer(), nullable=False),
        sa.Column("exempt_until", sa.Date(), nullable=True),
        sa.Column("exempt_reason", sa.Text(), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_patrol_columns_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_columns")),
        sa.UniqueConstraint(
            "agency_id", "code", name=op.f("uq_patrol_columns_agency_id_code")
        ),
    )
    op.create_table(
        "duty_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("holiday", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", UTCDateTime(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_duty_days_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_duty_days_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_days")),
        sa.UniqueConstraint(
            "agency_id", "day", name=op.f("uq_duty_days_agency_id_day")
        ),
    )
    op.create_table(
        "inspection_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "cycle",
            sa.Enum(
                "daily",
                "weekly",
                "monthly",
                "quarterly",
                name="cycle",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "days",
            sa.Enum(
                "workdays",
                "every_day",
                "roster",
                name="duty_days",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_inspection_plans_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["people.id"], name=op.f("fk_inspection_plans_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_plans")),
        sa.UniqueConstraint(
            "agency_id",
            "code",
            "since",
            name=op.f("uq_inspection_plans_agency_id_code_since"),
        ),
    )
    op.create_table(
        "page_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("found_on", sa.String(length=400), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_page_visits_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["column_id"], ["patrol_columns.id"], name=op.f("fk_page_visits_column_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_visits")),
    )
    with op.batch_alter_table("page_visits", schema=None) as batch_op:
        batch_op.create_index(
            "ix_page_visits_agency_id_at", ["agency_id", "at"], unique=False
        )

    op.create_table(
        "site_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "half",
            sa.Enum(
                "morning",
                "afternoon",
                "duty",
                name="half",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opens_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "done",
                "missed",
                name="check_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("read_at", UTCDateTime(), nullable=True),
        sa.Column("pages_open", sa.Boolean(), nullable=True),
        sa.Column("contents_right", sa.Boolean(), nullable=True),
        sa.Column("links_work", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("missed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'done') = (person_id IS NOT NULL) AND (state = 'done') = (read_at IS NOT NULL)",
            name=op.f("ck_site_readings_done_names_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_site_readings_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_site_readings_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_readings")),
        sa.UniqueConstraint(
            "agency_id", "day", "half", name=op.f("uq_site_readings_agency_id_day_half")
        ),
    )
    op.create_table(
        "training_gaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("found_at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_training_gaps_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["people.id"],
            name=op.f("fk_training_gaps_answered_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_gaps")),
        sa.UniqueConstraint(
            "agency_id",
            "year",
            "quarter",
            name=op.f("uq_training_gaps_agency_id_year_quarter"),
        ),
    )
    op.create_table(
        "trainings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("trainer", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("material_name", sa.String(length=255), nullable=False),
        sa.Column("material_digest", sa.String(length=64), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_trainings_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["people.id"], name=op.f("fk_trainings_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["material_digest"],
            ["blobs.digest"],
            name=op.f("fk_trainings_material_digest"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    with op.batch_alter_table("trainings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_trainings_agency_id_planned_on",
            ["agency_id", "planned_on"],
            unique=False,
        )

    op.create_table(
        "training_attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_training_attendances_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["training_id"],
            ["trainings.id"],
            name=op.f("fk_training_attendances_training_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_attendances")),
        sa.UniqueConstraint(
            "training_id", "name", name=op.f("uq_training_attendances_training_id_name")
        ),
    )
    op.create_table(
        "check_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("receipt", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "recorded",
                "second",
                "late",
                "extra",
                name="entry_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "way",
            sa.Enum(
                "on_site",
                "photo",
                "remote",
                name="check_way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("all_well", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("noted_at", UTCDateTime(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_check_entries_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_check_entries_board_id")
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["checks.id"], name=op.f("fk_check_entries_check_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_check_entries_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_entries")),
        sa.UniqueConstraint(
            "agency_id", "entry_id", name=op.f("uq_check_entries_agency_id_entry_id")
        ),
    )
    with op.batch_alter_table("check_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_check_entries_board_id"), ["board_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_check_entries_check_id"), ["check_id"], unique=False
        )

    op.create_table(
        "counted_checks",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"], ["checks.id"], name=op.f("fk_counted_checks_check_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["checks.id"], name=op.f("fk_counted_checks_from_id")
        ),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_counted_checks")),
    )
    with op.batch_alter_table("counted_checks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_counted_checks_from_id"), ["from_id"], unique=False
        )

    op.create_table(
        "sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_sheets_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_sheets_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_sheets_board_id")
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["checks.id"], name=op.f("fk_sheets_check_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["disclosure_items.id"], name=op.f("fk_sheets_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sheets_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets")),
        sa.UniqueConstraint(
            "board_id", "article_id", name=op.f("uq_sheets_board_id_article_id")
        ),
        sa.UniqueConstraint(
            "board_id",
            "item_id",
            "period",
            name=op.f("uq_sheets_board_id_item_id_period"),
        ),
    )


def _make_tables_about_faults() -> None:
    op.create_table(
        "fault_sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("fault_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_fault_sightings_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["checks.id"], name=op.f("fk_fault_sightings_check_id")
        ),
        sa.ForeignKeyConstraint(
            ["fault_id"], ["faults.id"], name=op.f("fk_fault_sightings_fault_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault_sightings")),
        sa.UniqueConstraint(
            "check_id", "fault_id", name=op.f("uq_fault_sightings_check_id_fault_id")
        ),
    )
    with op.batch_alter_table("fault_sightings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fault_sightings_fault_id"), ["fault_id"], unique=False
        )

    op.create_table(
        "fault_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fault_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "find",
                "notify",
                "acknowledge",
                "start",
                "report",
                "put_right",
                "return",
                "close",
                "exempt",
                "late",
                "raise",
                "see_again",
                name="fault_act",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "found",
                "notified",
                "acknowledged",
                "rectifying",
                "reported",
                "rechecked",
                "returned",
                "closed",
                "exempted",
                name="fault_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("photo_digest", sa.String(length=64), nullable=True),
        sa.Column("put_right_by", sa.Date(), nullable=True),
        sa.Column("ladder", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_fault_steps_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["fault_id"], ["faults.id"], name=op.f("fk_fault_steps_fault_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_fault_steps_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["photo_digest"], ["blobs.digest"], name=op.f("fk_fault_steps_photo_digest")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault_steps")),
        sa.UniqueConstraint(
            "fault_id", "number", name=op.f("uq_fault_steps_fault_id_number")
        ),
    )
