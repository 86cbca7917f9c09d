"""Villagers' reports: taken without a name, limited, judged once by an inspector."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from models.audit import AuditEntry
from models.database import Database
from models.inspections import FaultKind, FaultSource
from models.public_reports import BoardCode, PublicReport, ReportDecision
from tests.acts.town_on_rounds import Town, clock, found_town, refused, trail
from workflow.audit.questions import verify
from workflow.errors import (
    NotFound,
    NotPermitted,
    OpinionRequired,
    Superseded,
    TooOften,
    WorkflowError,
)
from workflow.inspections import fault_questions, labels, public_reports
from workflow.inspections.labels import Label
from workflow.occasion import Occasion

NOON = clock(3, 12)
DIRTY = (FaultKind.DIRTY, "玻璃上都是灰")


@pytest.fixture
def sample(database: Database) -> Town:
    made = found_town(database)
    with database.writing.begin() as session:
        assert labels.make_codes(session, made.by("甲", NOON)) == 3
    return made


def label(database: Database, number: int = 0) -> tuple[int, Label]:
    with database.reading() as session:
        codes = list(session.scalars(select(BoardCode.code).order_by(BoardCode.id)))
        return labels.board_of(session, codes[number].lower())


def nobody(sample: Town, operation: str) -> Occasion:
    return Occasion(sample.agency, None, NOON, operation)


def send(
    database: Database, sample: Town, operation: str, mark: str = "a", number: int = 0
) -> str:
    _, where = label(database, number)
    with database.writing.begin() as session:
        by = nobody(sample, operation)
        return public_reports.report(session, by, where, DIRTY, mark).receipt


def only_report(database: Database) -> PublicReport:
    with database.reading() as session:
        return session.scalars(select(PublicReport)).one()


def test_codes_are_made_once_and_lead_to_their_board(
    database: Database, sample: Town
) -> None:
    with database.writing.begin() as session:
        assert labels.make_codes(session, sample.by("甲", NOON)) == 0
        found = labels.labels(session, sample.agency)
    assert len({one.code for one in found}) == 3
    agency, where = label(database, 1)
    assert (agency, where.board.id) == (sample.agency, found[1].board.id)
    refused(database, NotFound, lambda session: labels.board_of(session, "NOSUCH22"))


def test_a_report_keeps_nothing_about_who_sent_it(
    database: Database, sample: Town
) -> None:
    receipt = send(database, sample, "one")
    assert send(database, sample, "one") == receipt

    found = only_report(database)
    assert (found.kind, found.note) == DIRTY
    with database.reading() as session:
        (entry,) = trail(session, "public_report.send")
        assert (entry.person_id, entry.address, entry.agent) == (None, "", "")
        shown = public_reports.by_receipt(session, found.board_id, receipt.lower())
        assert shown.report.decision is None


def test_an_accepted_report_becomes_a_fault(database: Database, sample: Town) -> None:
    send(database, sample, "one")
    found = only_report(database)
    for _ in range(2):
        with database.writing.begin() as session:
            by = sample.by("甲", NOON, "accept")
            done = public_reports.accept(session, by, found.id)
            assert done.decision is ReportDecision.ACCEPTED
            assert done.fault_id is not None
            case = fault_questions.case(session, sample.agency, done.fault_id)
            assert case.fault.source is FaultSource.PUBLIC
            assert case.fault.note == DIRTY[1]
    with database.reading() as session:
        assert len(trail(session, "public_report.judge")) == 1
        assert public_reports.count_waiting(session, sample.agency) == 0
        assert verify(session).ok


def test_only_an_inspector_judges_and_a_reason_is_given(
    database: Database, sample: Town
) -> None:
    send(database, sample, "one")
    id_ = only_report(database).id

    def tried(who: str, why: str) -> WorkflowError | None:
        try:
            with database.writing.begin() as session:
                public_reports.dismiss(session, sample.by(who, NOON), id_, why)
        except WorkflowError as refusal:
            return refusal
        return None

    assert isinstance(tried("登记员", "核实过"), NotPermitted)
    assert isinstance(tried("甲", " "), OpinionRequired)
    assert only_report(database).decision is None
    assert tried("甲", "已当场擦净") is None
    assert isinstance(tried("丙", "重复"), Superseded)
    assert only_report(database).reason == "已当场擦净"


def test_another_agency_sees_and_judges_nothing(
    database: Database, sample: Town
) -> None:
    other = found_town(database, code="other")
    send(database, sample, "one")
    id_ = only_report(database).id
    with database.reading() as session:
        assert public_reports.waiting(session, other.agency) == []
    refused(
        database,
        NotFound,
        lambda session: public_reports.accept(session, other.by("甲", NOON), id_),
    )


def test_one_address_is_limited_and_others_are_not(
    database: Database, sample: Town
) -> None:
    for number in range(3):
        send(database, sample, f"a{number}", "one-address")
    with pytest.raises(TooOften):
        send(database, sample, "a3", "one-address")
    send(database, sample, "b", "another-address")


def test_many_at_once_do_not_pass_the_limit_of_a_board(
    database: Database, sample: Town
) -> None:
    """Ten an hour, however many arrive together and by whichever node."""

    def tried(number: int) -> bool:
        try:
            send(database, sample, f"many-{number}", f"address-{number}")
        except TooOften:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(tried, range(16)))
    assert sum(taken) == 10
    with database.reading() as session:
        assert len(session.scalars(select(PublicReport)).all()) == 10
        acts = session.scalars(select(AuditEntry.act)).all()
        assert acts.count("public_report.send") == 10
