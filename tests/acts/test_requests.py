from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.database import Database
from models.requests import ApplicantKind, RequestOutcome
from tests.acts.town_on_rounds import Town, clock, found_town, trail
from workflow.errors import (
    CalendarUnknown,
    InvalidInput,
    NotFound,
    NotPermitted,
    Superseded,
)
from workflow.requests import acts, questions
from workflow.requests.rules import NewRequest, Reply

RECEIVED = date(2024, 1, 29)
NEW = NewRequest(RECEIVED, "邮寄", ApplicantKind.NATURAL, "示例申请人", "示例内容")
GRANTED = Reply(RequestOutcome.GRANTED, "予以公开（示例）", "", date(2024, 2, 5))


@pytest.fixture
def sample(database: Database) -> Town:
    return found_town(database)


def register(database: Database, where: Town, new: NewRequest = NEW) -> int:
    with database.writing.begin() as session:
        return acts.register(session, where.by("登记员", clock(30)), new).id


def test_a_request_is_numbered_and_its_clock_runs(
    database: Database, sample: Town
) -> None:
    first = register(database, sample)
    second = register(database, sample)

    with database.reading() as session:
        request = questions.request(session, sample.agency, first)
        assert (request.year, request.serial) == (2024, 1)
        assert request.due_on == date(2024, 2, 29)
        open_ = questions.open_requests(session, sample.agency)
        assert [each.id for each in open_] == [first, second]
        register_ = questions.requests_of(session, sample.agency, 2024)
        assert [each.serial for each in register_] == [1, 2]
        assert trail(session, "request.register")[0].details["due_on"] == "2024-02-29"


def test_a_refused_registration_leaves_no_gap(database: Database, sample: Town) -> None:
    with pytest.raises(InvalidInput):
        register(database, sample, replace(NEW, wants=""))
    with pytest.raises(CalendarUnknown):
        register(database, sample, replace(NEW, received_on=date(2023, 12, 29)))

    register(database, sample)

    with database.reading() as session:
        (request,) = questions.open_requests(session, sample.agency)
        assert request.serial == 1


def test_only_a_registrar_registers_and_answers(
    database: Database, sample: Town
) -> None:
    request = register(database, sample)
    with pytest.raises(NotPermitted) as refused, database.writing.begin() as session:
        acts.register(session, sample.by("甲", clock(30)), NEW)
    assert refused.value.help_from == "登记人员 登记员"
    with pytest.raises(NotPermitted), database.writing.begin() as session:
        acts.answer(session, sample.by("系统", clock(6, month=2)), request, GRANTED)

    with database.reading() as session:
        assert len(trail(session, "request.register")) == 1
        assert trail(session, "request.answer") == []


def test_a_request_is_answered_once(database: Database, sample: Town) -> None:
    request = register(database, sample)
    with database.writing.begin() as session:
        by = sample.by("登记员", clock(6, month=2))
        answered = acts.answer(session, by, request, GRANTED)
        assert answered.outcome is RequestOutcome.GRANTED
        assert questions.open_requests(session, sample.agency) == []
    again = sample.by("登记员", clock(7, month=2))
    with pytest.raises(Superseded) as refused, database.writing.begin() as session:
        acts.answer(session, again, request, GRANTED)

    assert "登记员" in refused.value.message
    with database.reading() as session:
        (entry,) = trail(session, "request.answer")
        assert entry.details["late"] is False


def test_the_same_form_twice_is_one_answer(database: Database, sample: Town) -> None:
    request = register(database, sample)
    by = sample.by("登记员", clock(6, month=2), "form-2")
    for _ in range(2):
        with database.writing.begin() as session:
            assert acts.answer(session, by, request, GRANTED).id == request

    with database.reading() as session:
        assert len(trail(session, "request.answer")) == 1


def test_a_late_answer_is_shown_as_late(database: Database, sample: Town) -> None:
    request = register(database, sample)
    late = replace(GRANTED, answered_on=date(2024, 3, 1))
    with database.writing.begin() as session:
        acts.answer(session, sample.by("登记员", clock(1, month=3)), request, late)

    with database.reading() as session:
        assert trail(session, "request.answer")[0].details["late"] is True


def test_another_agencys_request_is_not_found(database: Database, sample: Town) -> None:
    request = register(database, sample)
    other = found_town(database, code="other")

    with pytest.raises(NotFound), database.writing.begin() as session:
        acts.answer(session, other.by("登记员", clock(6, month=2)), request, GRANTED)
