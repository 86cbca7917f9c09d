"""Disclosure requests in full: states, events, applicants apart, letters, remedies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.base import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "door_knocks",
    "request_remedies",
    "request_amendments",
    "request_events",
    "request_letters",
    "request_files",
    "request_applicants",
    "disclosure_requests",
    "letter_templates",
)
# The table is made anew, since both databases can do that and neither loses a row.
KEEP = "CREATE TABLE kept_requests AS SELECT * FROM disclosure_requests"
KEEP_WITH_NAMES = """CREATE TABLE kept_requests AS
    SELECT r.*, a.name AS applicant_name FROM disclosure_requests r
    LEFT JOIN request_applicants a ON a.request_id = r.id
    WHERE r.received_on IS NOT NULL AND r.due_on IS NOT NULL"""
PUT_BACK = """INSERT INTO disclosure_requests (
    id, agency_id, year, serial, state, version, channel, arrived_at, confirmed_on,
    received_on, applicant_kind, wants, supply, due_on, handling_unit, outcome,
    basis, note, answered_on, answered_by_id, served_on, registered_by_id,
    registered_at)
    SELECT id, agency_id, year, serial,
    CASE WHEN outcome IS NULL THEN 'registered' ELSE 'closed' END, 1,
    CASE way WHEN '当面' THEN 'in_person' WHEN '邮寄' THEN 'signed_post'
    WHEN '网络' THEN 'internet' WHEN '传真' THEN 'fax' ELSE 'letter' END,
    registered_at, received_on, received_on, applicant_kind, wants, '', due_on, '',
    outcome, basis, answer, answered_on, answered_by_id, answered_on,
    registered_by_id, registered_at FROM kept_requests"""
NAMES = """INSERT INTO request_applicants (
    request_id, agency_id, name, identity, identity_tail, contact, address)
    SELECT id, agency_id, applicant_name, '', '', '', '' FROM kept_requests"""
EVENTS = """INSERT INTO request_events (
    agency_id, request_id, seq, kind, "on", days, note, person_id, at)
    SELECT agency_id, id, 1, 'registered', received_on, 0, '', registered_by_id,
    registered_at FROM kept_requests"""
ANSWERS = """INSERT INTO request_events (
    agency_id, request_id, seq, kind, "on", days, note, person_id, at)
    SELECT agency_id, id, 2, 'decided', answered_on, 0, '', answered_by_id,
    registered_at FROM kept_requests WHERE outcome IS NOT NULL"""
PUT_BACK_OLD = """INSERT INTO disclosure_requests (
    id, agency_id, year, serial, received_on, way, applicant_kind, applicant_name,
    wants, due_on, outcome, answered_on, answer, basis, registered_by_id,
    answered_by_id, registered_at)
    SELECT id, agency_id, year, serial, received_on,
    CASE channel WHEN 'in_person' THEN '当面' WHEN 'internet' THEN '网络'
    WHEN 'fax' THEN '传真' ELSE '邮寄' END,
    applicant_kind, coalesce(applicant_name, ''), wants, due_on, outcome,
    answered_on, note, basis, registered_by_id, answered_by_id, registered_at
    FROM kept_requests"""


def upgrade() -> None:
    op.add_column(
        "articles",
        sa.Column(
            "purpose",
            sa.String(length=20),
            nullable=False,
            server_default="publication",
        ),
    )
    op.execute(KEEP)
    op.drop_table("disclosure_requests")
    _make_tables()
    for statement in (PUT_BACK, NAMES, EVENTS, ANSWERS):
        op.execute(statement)
    op.drop_table("kept_requests")
    _go_on_counting("disclosure_requests", "request_events")


def downgrade() -> None:
    op.execute(KEEP_WITH_NAMES)
    for table in TABLES:
        op.drop_table(table)
    _make_the_old_table()
    op.execute(PUT_BACK_OLD)
    op.drop_table("kept_requests")
    _go_on_counting("disclosure_requests")
    op.drop_column("articles", "purpose")


def _go_on_counting(*tables: str) -> None:
    """PostgreSQL numbers from a sequence, which does not see rows that bring an id."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        rows = sa.table(table, sa.column("id", sa.Integer()))
        last = sa.select(sa.func.max(rows.c.id))
        sequence = sa.func.pg_get_serial_sequence(table, "id")
        following = sa.func.coalesce(last.scalar_subquery(), 0) + 1
        op.execute(sa.select(sa.func.setval(sequence, following, sa.false())))


def _make_tables() -> None:
    op.create_table(
        "letter_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "registration",
                "receipt",
                "correction",
                "reasons",
                "extension",
                "postponement",
                "third_party",
                "third_party_confirm",
                "consult_notice",
                "third_party_told",
                "co_producer",
                "assist",
                "fee",
                "no_correction",
                "no_fee",
                "withdrawal",
                "reply_granted",
                "reply_partial",
                "reply_denied",
                "reply_query",
                "reply_not_held",
                "reply_cannot",
                "reply_petition",
                "reply_repeat",
                "reply_publication",
                "reply_excessive",
                "reply_reissue",
                name="letter_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_letter_templates_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_letter_templates_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_templates")),
        sa.UniqueConstraint(
            "agency_id",
            "kind",
            "number",
            name=op.f("uq_letter_templates_agency_id_kind_number"),
        ),
    )
    op.create_table(
        "disclosure_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "arrived",
                "registered",
                "correcting",
                "explaining",
                "reviewing",
                "consulting",
                "fee_pending",
                "deciding",
                "decided",
                "closed",
                name="request_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "in_person",
                "signed_post",
                "letter",
                "internet",
                "fax",
                "oral",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("arrived_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column(
            "applicant_kind",
            sa.Enum(
                "natural",
                "business",
                "research",
                "nonprofit",
                "legal",
                "other",
                name="applicant_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("supply", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("handling_unit", sa.String(length=120), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("proposed", sa.String(length=40), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partial",
                "deny_state_secret",
                "deny_law",
                "deny_safety",
                "deny_third_party",
                "deny_internal",
                "deny_process",
                "deny_enforcement",
                "deny_query",
                "cannot_not_held",
                "cannot_create",
                "cannot_unclear",
                "refuse_petition",
                "refuse_repeat",
                "refuse_publication",
                "refuse_excessive",
                "refuse_reissue",
                "other_no_correction",
                "other_no_fee",
                "other_misc",
                name="request_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("registered_by_id", sa.Integer(), nullable=True),
        sa.Column("registered_at", UTCDateTime(), nullable=True),
        sa.Column("public_article_id", sa.Integer(), nullable=True),
        sa.Column("receipt_mark", sa.String(length=64), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state <> 'closed' OR outcome IS NOT NULL",
            name=op.f("ck_disclosure_requests_closed_with_an_outcome"),
        ),
        sa.CheckConstraint(
            "state = 'arrived' OR (received_on IS NOT NULL AND applicant_kind IS NOT NULL AND serial IS NOT NULL)",
            name=op.f("ck_disclosure_requests_registered_with_day_and_kind"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_on IS NULL)",
            name=op.f("ck_disclosure_requests_answered_with_an_outcome"),
        ),
        sa.CheckConstraint(
            "answered_on IS NULL OR (received_on IS NOT NULL AND answered_on >= received_on)",
            name=op.f("ck_disclosure_requests_answered_after_receipt"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agencies.id"],
            name=op.f("fk_disclosure_requests_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["people.id"],
            name=op.f("fk_disclosure_requests_answered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_disclosure_requests_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"],
            ["people.id"],
            name=op.f("fk_disclosure_requests_handler_id"),
        ),
        sa.ForeignKeyConstraint(
            ["public_article_id"],
            ["articles.id"],
            name=op.f("fk_disclosure_requests_public_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"],
            ["people.id"],
            name=op.f("fk_disclosure_requests_registered_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_requests")),
        sa.UniqueConstraint(
            "agency_id",
            "year",
            "serial",
            name=op.f("uq_disclosure_requests_agency_id_year_serial"),
        ),
        sa.UniqueConstraint(
            "receipt_mark", name=op.f("uq_disclosure_requests_receipt_mark")
        ),
    )
    op.create_index(
        "ix_disclosure_requests_agency_id_state",
        "disclosure_requests",
        ["agency_id", "state"],
        unique=False,
    )
    op.create_table(
        "request_applicants",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("identity", sa.String(length=60), nullable=False),
        sa.Column("identity_tail", sa.String(length=4), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_request_applicants_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["disclosure_requests.id"],
            name=op.f("fk_request_applicants_request_id"),
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request_applicants")),
    )
    op.create_table(
        "request_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("proves_identity", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_request_files_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["disclosure_requests.id"],
            name=op.f("fk_request_files_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_files")),
    )
    op.create_index(
        op.f("ix_request_files_request_id"),
        "request_files",
        ["request_id"],
        unique=False,
    )
    op.create_table(
        "request_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "registration",
                "receipt",
                "correction",
                "reasons",
                "extension",
                "postponement",
                "third_party",
                "third_party_confirm",
                "consult_notice",
                "third_party_told",
                "co_producer",
                "assist",
                "fee",
                "no_correction",
                "no_fee",
                "withdrawal",
                "reply_granted",
                "reply_partial",
                "reply_denied",
                "reply_query",
                "reply_not_held",
                "reply_cannot",
                "reply_petition",
                "reply_repeat",
                "reply_publication",
                "reply_excessive",
                "reply_reissue",
                name="letter_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(length=120), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "direct",
                "entrusted",
                "post",
                name="service_method",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_request_letters_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"],
            ["people.id"],
            name=op.f("fk_request_letters_issued_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["disclosure_requests.id"],
            name=op.f("fk_request_letters_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["letter_templates.id"],
            name=op.f("fk_request_letters_template_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_letters")),
        sa.UniqueConstraint(
            "agency_id",
            "series",
            "year",
            "serial",
            name=op.f("uq_request_letters_agency_id_series_year_serial"),
        ),
    )
    op.create_index(
        op.f("ix_request_letters_request_id"),
        "request_letters",
        ["request_id"],
        unique=False,
    )
    op.create_table(
        "request_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "arrived",
                "registered",
                "assigned",
                "correction_asked",
                "corrected",
                "reasons_asked",
                "reasons_accepted",
                "reasons_refused",
                "consulted",
                "opinion",
                "extension_approved",
                "extended",
                "postponed",
                "fee_asked",
                "paid",
                "proposed",
                "reopened",
                "decided",
                "served",
                "letter_served",
                "reached",
                "lapsed_correction",
                "lapsed_fee",
                "withdrawn",
                "made_public",
                "amended",
                name="request_event_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_request_events_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["request_letters.id"],
            name=op.f("fk_request_events_letter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_request_events_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["disclosure_requests.id"],
            name=op.f("fk_request_events_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_events")),
        sa.UniqueConstraint(
            "request_id", "seq", name=op.f("uq_request_events_request_id_seq")
        ),
    )
    op.create_table(
        "request_amendments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_request_amendments_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_request_amendments_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["disclosure_requests.id"],
            name=op.f("fk_request_amendments_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_amendments")),
    )
    op.create_index(
        op.f("ix_request_amendments_request_id"),
        "request_amendments",
        ["request_id"],
        unique=False,
    )
    op.create_table(
        "request_remedies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "review",
                "suit_direct",
                "suit_after_review",
                name="remedy_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=120), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "upheld",
                "corrected",
                "other",
                name="remedy_result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("result_note", sa.Text(), nullable=False),
        sa.Column("new_answer_by", sa.Date(), nullable=True),
        sa.Column("new_answered_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'suit_after_review') = (review_id IS NOT NULL)",
            name=op.f("ck_request_remedies_suit_after_a_review"),
        ),
        sa.CheckConstraint(
            "(result IS NULL) = (result_on IS NULL)",
            name=op.f("ck_request_remedies_settled_with_a_day"),
        ),
        sa.CheckConstraint(
            "result_on IS NULL OR result_on >= received_on",
            name=op.f("ck_request_remedies_settled_afterwards"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_request_remedies_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["people.id"],
            name=op.f("fk_request_remedies_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["disclosure_requests.id"],
            name=op.f("fk_request_remedies_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["request_remedies.id"],
            name=op.f("fk_request_remedies_review_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_remedies")),
    )
    op.create_index(
        "ix_request_remedies_agency_id_received_on",
        "request_remedies",
        ["agency_id", "received_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_request_remedies_request_id"),
        "request_remedies",
        ["request_id"],
        unique=False,
    )
    op.create_table(
        "door_knocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_knocks")),
        sa.UniqueConstraint("key", "since", name=op.f("uq_door_knocks_key_since")),
    )
    op.create_index(
        op.f("ix_door_knocks_since"), "door_knocks", ["since"], unique=False
    )


def _make_the_old_table() -> None:
    op.create_table(
        "disclosure_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column(
            "applicant_kind",
            sa.Enum(
                "natural",
                "business",
                "research",
                "nonprofit",
                "legal",
                "other",
                name="applicant_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("applicant_name", sa.String(length=120), nullable=False),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partial",
                "deny_state_secret",
                "deny_law",
                "deny_safety",
                "deny_third_party",
                "deny_internal",
                "deny_process",
                "deny_enforcement",
                "deny_query",
                "cannot_not_held",
                "cannot_create",
                "cannot_unclear",
                "refuse_petition",
                "refuse_repeat",
                "refuse_publication",
                "refuse_excessive",
                "refuse_reissue",
                "other_no_correction",
                "other_no_fee",
                "other_misc",
                name="request_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("registered_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_on IS NULL)",
            name=op.f("ck_disclosure_requests_answered_with_an_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agencies.id"],
            name=op.f("fk_disclosure_requests_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["people.id"],
            name=op.f("fk_disclosure_requests_answered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"],
            ["people.id"],
            name=op.f("fk_disclosure_requests_registered_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_requests")),
        sa.UniqueConstraint(
            "agency_id",
            "year",
            "serial",
            name=op.f("uq_disclosure_requests_agency_id_year_serial"),
        ),
    )
