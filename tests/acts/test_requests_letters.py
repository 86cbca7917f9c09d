"""Letters, and what serving them does to the clock, on both databases."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy import select

from models.audit import AuditEntry
from models.request_files import LetterKind, ServiceMethod
from models.requests import (
    DisclosureRequest,
    RequestOutcome,
    RequestState,
)
from tests.requests_town import Desk, day
from workflow.errors import (
    InvalidInput,
    NotPermitted,
    OpinionRequired,
    Superseded,
    WrongState,
)
from workflow.reports.questions import annual_report
from workflow.requests import acts, questions
from workflow.requests.clock import Running
from workflow.requests.fees import FeeFigures, fee_figures
from workflow.requests.letters import acts as letters
from workflow.requests.letters.opinions import Answer


def trail(at: Desk, act: str) -> list[AuditEntry]:
    at.session.commit()
    query = select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.seq)
    return list(at.session.scalars(query))


def state(request: DisclosureRequest) -> RequestState:
    """Where it stands now; a test reads it again and again."""
    return request.state


def clock(at: Desk, request: DisclosureRequest) -> questions.RequestLine:
    return questions.line(at.session, at.by(), request.id)


def test_a_correction_is_asked_for_once(at: Desk) -> None:
    request = at.in_review("2026-02-09")
    at.send(request, LetterKind.CORRECTION, "2026-02-12")
    assert state(request) is RequestState.CORRECTING
    line = clock(at, request)
    assert (line.running, line.due_on) == (Running.STOPPED, None)
    assert line.waits_until == day("2026-03-11")

    at.on("2026-03-10")
    acts.take_correction(at.session, at.by(), request.id, day("2026-03-10"))
    assert state(request) is RequestState.REVIEWING
    assert request.due_on == day("2026-04-08")
    with pytest.raises(WrongState) as refused:
        at.write(request, LetterKind.CORRECTION)
    assert refused.value.rule == "correction-asked-once"
    assert "第三十条" in refused.value.basis


def test_a_correction_asked_late_is_on_record_as_late(at: Desk) -> None:
    request = at.in_review("2026-02-09")
    at.send(request, LetterKind.CORRECTION, "2026-02-26")

    assert trail(at, "request.serve")[-1].details["late"] is True


def test_without_a_correction_a_person_closes_it_after_the_period(at: Desk) -> None:
    request = at.in_review("2026-02-09")
    at.send(request, LetterKind.CORRECTION, "2026-02-12")
    at.on("2026-03-11")
    with pytest.raises(WrongState):
        acts.lapse(at.session, at.by(), request.id)

    at.on("2026-03-12")
    with pytest.raises(OpinionRequired):
        acts.take_correction(at.session, at.by(), request.id, day("2026-03-12"))
    acts.lapse(at.session, at.by(), request.id)

    assert request.outcome is RequestOutcome.OTHER_NO_CORRECTION
    assert request.answered_on == day("2026-03-12")


def test_a_third_party_suspends_the_clock(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    letter = at.send(request, LetterKind.THIRD_PARTY, "2025-09-26", to="示例公司")
    assert state(request) is RequestState.CONSULTING
    assert clock(at, request).waits_until == day("2025-10-23")
    at.opinion(letter, "2025-10-17", Answer.REFUSES)

    assert state(request) is RequestState.REVIEWING
    assert request.due_on == day("2025-11-10")


def test_asking_by_post_counts_from_the_day_it_is_in_hand(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.on("2025-09-24")
    letter = at.write(request, LetterKind.CO_PRODUCER, to="示例局")
    at.serve(letter, "2025-09-24", ServiceMethod.POST)
    assert state(request) is RequestState.REVIEWING

    at.on("2025-09-28")
    letters.letter_reached(at.session, at.by(), letter.id, day("2025-09-26"))
    assert state(request) is RequestState.CONSULTING
    with pytest.raises(WrongState):
        at.opinion(letter, "2025-10-23", Answer.SILENT)
    at.opinion(letter, "2025-10-24", Answer.SILENT)
    assert request.due_on == day("2025-11-14")


def test_two_third_parties_come_back_one_by_one(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    first = at.send(request, LetterKind.THIRD_PARTY, "2025-09-26", to="示例公司")
    second = at.send(request, LetterKind.THIRD_PARTY, "2025-09-29", to="示例商店")
    at.opinion(first, "2025-10-10")
    assert state(request) is RequestState.CONSULTING
    with pytest.raises(WrongState):
        at.opinion(first, "2025-10-11")
    at.opinion(second, "2025-10-17")

    assert state(request) is RequestState.REVIEWING
    assert request.due_on == day("2025-11-10")


def test_a_fee_stops_the_clock_until_it_is_paid(at: Desk) -> None:
    request = at.in_review("2025-04-18")
    letter = at.send(request, LetterKind.FEE, "2025-04-24", {"pages": "72"})
    assert letter.fields["金额"] == "420"
    assert state(request) is RequestState.FEE_PENDING
    assert clock(at, request).waits_until == day("2025-05-26")

    at.on("2025-05-12")
    acts.take_payment(at.session, at.by(), request.id, day("2025-05-12"))
    assert request.due_on == day("2025-06-10")
    with pytest.raises(WrongState) as refused:
        at.write(request, LetterKind.FEE, {"pages": "72"})
    assert refused.value.rule == "fee-asked-once"


def test_an_unpaid_fee_is_taken_as_giving_up(at: Desk) -> None:
    request = at.in_review("2025-04-18")
    at.send(request, LetterKind.FEE, "2025-04-24", {"items": "3", "before": "9"})
    at.on("2025-05-27")
    with pytest.raises(WrongState) as refused:
        acts.take_payment(at.session, at.by(), request.id, day("2025-05-27"))
    assert "109号" in refused.value.basis
    acts.lapse(at.session, at.by(), request.id)

    assert request.outcome is RequestOutcome.OTHER_NO_FEE


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pages": "30"}, "amount"),
        ({"items": "10"}, "amount"),
        ({"pages": "72", "items": "12"}, "items"),
        ({"pages": "许多"}, "pages"),
    ],
)
def test_a_fee_follows_the_tariff(at: Desk, fields: dict[str, str], field: str) -> None:
    request = at.in_review("2025-04-18")

    with pytest.raises(InvalidInput) as refused:
        at.write(request, LetterKind.FEE, fields)

    assert field in refused.value.fields


def test_a_fee_notice_after_the_last_day_is_refused(at: Desk) -> None:
    request = at.in_review("2025-04-18")
    at.on("2025-05-21")

    with pytest.raises(WrongState) as refused:
        at.write(request, LetterKind.FEE, {"pages": "72"})

    assert refused.value.rule == "fee-in-time"


def test_an_extension_is_approved_and_told_in_time_and_once(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.on("2025-10-22")
    with pytest.raises(WrongState) as refused:
        at.write(request, LetterKind.EXTENSION)
    assert refused.value.rule == "extension-not-approved"
    with pytest.raises(NotPermitted):
        letters.approve_extension(at.session, at.by(), request.id, 20, "信息量大")

    leader = at.by("principal")
    letters.approve_extension(at.session, leader, request.id, 20, "信息量大")
    assert request.due_on == day("2025-10-24")
    at.send(request, LetterKind.EXTENSION, "2025-10-24")

    assert request.due_on == day("2025-11-21")
    assert clock(at, request).extended
    with pytest.raises(WrongState):
        letters.approve_extension(at.session, at.by("principal"), request.id, 5, "再延")


def test_an_extension_told_too_late_does_not_count(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.on("2025-10-22")
    letters.approve_extension(
        at.session, at.by("principal"), request.id, 10, "信息量大"
    )
    letter = at.write(request, LetterKind.EXTENSION)
    at.on("2025-10-27")

    with pytest.raises(WrongState) as refused:
        at.serve(letter, "2025-10-27")

    assert refused.value.rule == "extension-served-in-time"
    assert "第三十三条" in refused.value.basis


def test_reasons_that_do_not_convince_lead_to_one_answer_only(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.send(request, LetterKind.REASONS, "2025-09-26")
    assert state(request) is RequestState.EXPLAINING
    at.on("2025-10-10")
    acts.take_reasons(
        at.session, at.by(), request.id, day("2025-10-10"), reasonable=False
    )
    assert state(request) is RequestState.DECIDING
    with pytest.raises(WrongState):
        at.propose(request)
    at.answered(request, "2025-10-13", outcome=RequestOutcome.REFUSE_EXCESSIVE)

    assert request.outcome is RequestOutcome.REFUSE_EXCESSIVE


def test_reasonable_but_too_much_may_be_answered_on_a_later_day(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.send(request, LetterKind.REASONS, "2025-09-26")
    with pytest.raises(WrongState):
        at.write(request, LetterKind.POSTPONEMENT, {"until": "2025-12-19"})
    at.on("2025-10-10")
    acts.take_reasons(
        at.session, at.by(), request.id, day("2025-10-10"), reasonable=True
    )
    at.send(request, LetterKind.POSTPONEMENT, "2025-10-13", {"until": "2025-12-19"})

    assert request.due_on == day("2025-12-19")


def test_a_letter_is_served_once_and_not_before_it_was_written(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    letter = at.on("2025-09-24").write(request, LetterKind.RECEIPT)
    for on in ("2025-09-23", "2025-09-25"):
        with pytest.raises(InvalidInput):
            at.serve(letter, on)
    at.serve(letter, "2025-09-24")

    with pytest.raises(Superseded):
        at.serve(letter, "2025-09-24")


def test_letters_of_a_kind_are_numbered_without_a_gap(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    made = [at.write(request, LetterKind.RECEIPT) for _ in range(3)]

    assert [letter.serial for letter in made] == [1, 2, 3]
    assert all(b.id > a.id for a, b in pairwise(made))


def test_section_six_is_told_of_notices_and_yuan(at: Desk) -> None:
    paid, unpaid = at.in_review("2025-12-01"), at.in_review("2025-12-01")
    at.send(paid, LetterKind.FEE, "2025-12-15", {"pages": "72"})
    at.send(unpaid, LetterKind.FEE, "2025-12-16", {"items": "11"})
    at.on("2026-01-06")
    acts.take_payment(at.session, at.by(), paid.id, day("2026-01-06"))
    at.on("2026-03-02")
    acts.lapse(at.session, at.by(), unpaid.id)

    def told(year: int) -> FeeFigures:
        return fee_figures(at.session, at.town.agency.id, year)

    assert told(2024) == FeeFigures(0, 0, 0, 0)
    assert told(2025) == FeeFigures(2, 520, 0, 0)
    assert told(2026) == FeeFigures(0, 0, 420, 1)
    report = annual_report(at.session, at.town.agency.id, 2025)
    assert (report.fee.notices, report.fee.amount_notified) == (2, 520)
