"""The life of a request, through its acts, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import select

from models.audit import AuditEntry
from models.database import Database
from models.request_files import LetterKind, ServiceMethod
from models.requests import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    RequestAmendment,
    RequestOutcome,
    RequestState,
)
from tests import stories
from tests.requests_town import Desk, asked, day, desk
from workflow.articles import cases as articles
from workflow.errors import (
    CalendarUnknown,
    InvalidInput,
    NotFound,
    NotPermitted,
    OpinionRequired,
    Superseded,
    WorkflowError,
    WrongState,
)
from workflow.requests import acts, questions, replies
from workflow.requests.clock import Running
from workflow.requests.letters import acts as letters
from workflow.requests.letters.acts import Answer
from workflow.requests.rules import Confirmation


@pytest.fixture
def at(database: Database) -> Iterator[Desk]:
    with database.writing() as session:
        yield desk(session)


def trail(at: Desk, act: str) -> list[AuditEntry]:
    at.session.commit()
    query = select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.seq)
    return list(at.session.scalars(query))


def clock(at: Desk, request: DisclosureRequest) -> questions.RequestLine:
    return questions.line(at.session, at.by(), request.id)


def test_a_request_is_numbered_and_its_clock_runs(at: Desk) -> None:
    first = at.register("2025-01-20")
    second = at.register("2025-01-20")

    assert (first.year, first.serial, second.serial) == (2025, 1, 2)
    assert first.state is RequestState.REGISTERED
    assert first.due_on == date(2025, 2, 21)
    open_ = questions.open_requests(at.session, at.town.agency.id)
    assert [each.id for each in open_] == [first.id, second.id]
    details = trail(at, "request.register")[0].details
    assert (details["due_on"], details["number"]) == ("2025-02-21", "2025-1")


@pytest.mark.parametrize(
    ("channel", "received"),
    [
        (Channel.IN_PERSON, "2024-03-01"),
        (Channel.SIGNED_POST, "2024-03-01"),
        (Channel.ORAL, "2024-03-01"),
        (Channel.LETTER, "2024-03-04"),
        (Channel.INTERNET, "2024-03-04"),
        (Channel.FAX, "2024-03-04"),
    ],
)
def test_the_day_of_receipt_follows_the_channel(
    at: Desk, channel: Channel, received: str
) -> None:
    at.on("2024-03-05")
    new = asked("2024-03-01", channel=channel, confirmed_on=day("2024-03-04"))

    request = acts.register(at.session, at.by(), new)

    assert request.received_on == day(received)


def test_a_letter_waits_until_both_sides_confirm(at: Desk) -> None:
    at.on("2024-03-01")
    new = asked("2024-03-01", channel=Channel.LETTER, applicant_kind=None)
    request = acts.arrive(at.session, at.by(), new)
    assert request.state is RequestState.ARRIVED
    assert (request.serial, request.received_on, request.due_on) == (None, None, None)

    at.on("2024-03-05")
    assert clock(at, request).unconfirmed == 4
    what = Confirmation(ApplicantKind.LEGAL, day("2024-03-05"))
    acts.confirm(at.session, at.by(), request.id, what)

    assert (request.serial, request.received_on) == (1, day("2024-03-05"))
    with pytest.raises(WrongState):
        acts.confirm(at.session, at.by(), request.id, what)


def test_a_refused_registration_leaves_no_gap(at: Desk) -> None:
    for new in (asked("2024-03-01", wants=""), asked("2023-12-29")):
        with (
            pytest.raises((InvalidInput, CalendarUnknown)),
            at.session.begin_nested(),
        ):
            acts.register(at.session, at.on("2024-03-01").by(), new)

    assert at.register("2024-03-01").serial == 1


def test_only_a_registrar_registers(at: Desk) -> None:
    at.on("2024-03-01")
    with pytest.raises(NotPermitted) as refused:
        acts.register(at.session, at.by("drafter"), asked("2024-03-01"))

    assert "登记人员" in refused.value.help_from


def test_the_same_form_twice_registers_once(at: Desk) -> None:
    at.on("2024-03-01")
    by = at.by(operation="form-1")
    made = [acts.register(at.session, by, asked("2024-03-01")).id for _ in range(2)]

    assert made[0] == made[1]
    assert len(trail(at, "request.register")) == 1


def test_a_whole_request_from_the_counter_to_the_post_office(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.on("2025-10-20")
    at.propose(request)
    at.sign(request)
    letter = at.decide(request)
    assert request.state is RequestState.DECIDED
    assert (letter.series, letter.serial) == ("公复", 1)
    at.serve(letter, "2025-10-20", ServiceMethod.POST)

    assert request.state is RequestState.CLOSED
    assert (request.outcome, request.served_on) == (
        RequestOutcome.GRANTED,
        day("2025-10-20"),
    )
    assert request.keep_until == day("2035-12-31")
    assert not clock(at, request).late
    assert trail(at, "request.serve")[-1].details["late"] is False


def test_posting_on_the_twentieth_day_is_in_time_and_later_is_not(at: Desk) -> None:
    punctual = at.in_review("2025-09-22")
    late = at.in_review("2025-09-22")
    at.answered(punctual, "2025-10-24")
    at.answered(late, "2025-10-27")

    assert not clock(at, punctual).late
    assert clock(at, late).late


def test_a_reply_is_served_only_when_its_article_is_signed(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.on("2025-10-10").propose(request)

    with pytest.raises(WrongState) as refused:
        replies.decide(at.session, at.by(), request.id)
    assert refused.value.rule == "reply-is-signed-first"

    at.sign(request)
    letter = at.decide(request)
    article = articles.load(at.session, at.town.agency.id, request.article_id or 0)
    changed = stories.written(
        title=article.article.title, body="改过的答复。", purpose="reply"
    )
    stories.acts.revise(
        at.session, at.by("drafter"), article.article.id, article.revision.id, changed
    )
    with pytest.raises(WrongState):
        at.serve(letter, "2025-10-10")


def test_a_reply_never_goes_out_to_the_public(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.on("2025-10-10").propose(request)
    at.sign(request)
    article = articles.load(at.session, at.town.agency.id, request.article_id or 0)

    with pytest.raises(WrongState) as refused:
        stories.publish(at.town, article.article)

    assert refused.value.rule == "replies-are-served"


def test_the_outcome_counts_on_the_day_of_signing(at: Desk) -> None:
    request = at.in_review("2025-12-15")
    at.on("2025-12-31", 15).propose(request)
    at.sign(request)
    at.on("2026-01-04")
    at.serve(at.decide(request), "2026-01-04")

    assert request.answered_on == day("2025-12-31")
    assert request.served_on == day("2026-01-04")


def test_a_correction_is_asked_for_once(at: Desk) -> None:
    request = at.in_review("2026-02-09")
    at.send(request, LetterKind.CORRECTION, "2026-02-12")
    assert request.state is RequestState.CORRECTING
    line = clock(at, request)
    assert (line.running, line.due_on) == (Running.STOPPED, None)
    assert line.waits_until == day("2026-03-11")

    at.on("2026-03-10")
    acts.take_correction(at.session, at.by(), request.id, day("2026-03-10"))
    assert request.state is RequestState.REVIEWING
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
    assert request.state is RequestState.CONSULTING
    assert clock(at, request).waits_until == day("2025-10-23")
    at.opinion(letter, "2025-10-17", Answer.REFUSES)

    assert request.state is RequestState.REVIEWING
    assert request.due_on == day("2025-11-10")


def test_asking_by_post_counts_from_the_day_it_is_in_hand(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.on("2025-09-24")
    letter = at.write(request, LetterKind.CO_PRODUCER, to="示例局")
    at.serve(letter, "2025-09-24", ServiceMethod.POST)
    assert request.state is RequestState.REVIEWING

    at.on("2025-09-28")
    letters.letter_reached(at.session, at.by(), letter.id, day("2025-09-26"))
    assert request.state is RequestState.CONSULTING
    with pytest.raises(WrongState):
        at.opinion(letter, "2025-10-23", Answer.SILENT)
    at.opinion(letter, "2025-10-24", Answer.SILENT)
    assert request.due_on == day("2025-11-14")


def test_two_third_parties_come_back_one_by_one(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    first = at.send(request, LetterKind.THIRD_PARTY, "2025-09-26", to="示例公司")
    second = at.send(request, LetterKind.THIRD_PARTY, "2025-09-29", to="示例商店")
    at.opinion(first, "2025-10-10")
    assert request.state is RequestState.CONSULTING
    with pytest.raises(WrongState):
        at.opinion(first, "2025-10-11")
    at.opinion(second, "2025-10-17")

    assert request.state is RequestState.REVIEWING
    assert request.due_on == day("2025-11-10")


def test_a_fee_stops_the_clock_until_it_is_paid(at: Desk) -> None:
    request = at.in_review("2025-04-18")
    letter = at.send(request, LetterKind.FEE, "2025-04-24", {"pages": "72"})
    assert letter.fields["金额"] == "420"
    assert request.state is RequestState.FEE_PENDING
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
    assert request.state is RequestState.EXPLAINING
    at.on("2025-10-10")
    acts.take_reasons(
        at.session, at.by(), request.id, day("2025-10-10"), reasonable=False
    )
    assert request.state is RequestState.DECIDING
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


@pytest.mark.parametrize(
    ("outcome", "rule"),
    [
        (RequestOutcome.DENY_THIRD_PARTY, "outcome-needs-deny_third_party"),
        (RequestOutcome.CANNOT_UNCLEAR, "outcome-needs-cannot_unclear"),
        (RequestOutcome.REFUSE_EXCESSIVE, "outcome-needs-refuse_excessive"),
    ],
)
def test_some_outcomes_need_something_on_file(
    at: Desk, outcome: RequestOutcome, rule: str
) -> None:
    request = at.in_review("2025-09-22")

    with pytest.raises(WrongState) as refused:
        at.propose(request, outcome)

    assert refused.value.rule == rule
    assert "条例" in refused.value.basis


@pytest.mark.parametrize(
    ("outcome", "changes", "field"),
    [
        (RequestOutcome.OTHER_NO_FEE, {}, "outcome"),
        (RequestOutcome.OTHER_MISC, {"note": ""}, "note"),
        (RequestOutcome.GRANTED, {"secrecy": ""}, "secrecy"),
        (RequestOutcome.DENY_LAW, {}, "basis"),
    ],
)
def test_a_proposal_cites_its_article_and_lacks_nothing(
    at: Desk, outcome: RequestOutcome, changes: dict[str, str], field: str
) -> None:
    request = at.in_review("2025-09-22")

    with pytest.raises(InvalidInput) as refused:
        at.propose(request, outcome, **changes)

    assert field in refused.value.fields


def test_the_handler_or_a_registrar_who_drafts_proposes(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    for who in ("colleague", "registrar"):
        with pytest.raises(NotPermitted):
            at.propose(request, who=who)

    assert at.propose(request).state is RequestState.DECIDING
    with pytest.raises(WrongState):
        at.propose(request)


def test_a_refused_draft_opens_the_request_again(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.on("2025-10-10").propose(request)
    article = articles.load(at.session, at.town.agency.id, request.article_id or 0)
    stories.submit(at.town, article.article)
    with pytest.raises(WrongState):
        replies.reopen(at.session, at.by(), request.id, "须征求第三方意见")
    read = stories.revision_of(at.town, article.article)
    stories.acts.reject(
        at.session, at.by("director"), article.article.id, read, "须先征求意见"
    )
    replies.reopen(at.session, at.by(), request.id, "须征求第三方意见")

    assert request.state is RequestState.REVIEWING
    assert (request.article_id, request.proposed) == (None, None)


def test_withdrawing_needs_a_note_and_counts_as_other(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.on("2025-09-29")
    with pytest.raises(InvalidInput):
        acts.withdraw(at.session, at.by(), request.id, day("2025-09-29"), " ")
    acts.withdraw(at.session, at.by(), request.id, day("2025-09-29"), "书面撤回")

    assert request.outcome is RequestOutcome.OTHER_MISC
    assert request.note == "书面撤回"
    with pytest.raises(WrongState):
        acts.withdraw(at.session, at.by(), request.id, day("2025-09-29"), "再撤")


def test_what_has_no_day_of_receipt_cannot_be_withdrawn(at: Desk) -> None:
    at.on("2024-03-01")
    new = asked("2024-03-01", channel=Channel.LETTER)
    request = acts.arrive(at.session, at.by(), new)

    with pytest.raises(WrongState):
        acts.withdraw(at.session, at.by(), request.id, day("2024-03-01"), "撤回")


def test_a_closed_figure_is_put_right_on_a_record(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    with pytest.raises(WrongState):
        replies.amend(at.session, at.by(), request.id, RequestOutcome.PARTIAL, "更正")
    at.answered(request, "2025-10-20")
    with pytest.raises(InvalidInput):
        replies.amend(at.session, at.by(), request.id, RequestOutcome.GRANTED, "更正")
    replies.amend(at.session, at.by(), request.id, RequestOutcome.PARTIAL, "登错")

    (record,) = at.session.scalars(select(RequestAmendment))
    assert (record.before, record.after) == ("granted", "partial")
    assert request.outcome is RequestOutcome.PARTIAL
    assert request.state is RequestState.CLOSED


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


def test_another_agencys_request_is_not_found(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    other = desk(at.session, "other")
    other.on("2025-09-22")

    doing = [
        lambda: acts.lapse(at.session, other.by(), request.id),
        lambda: questions.page_of(at.session, other.by(), request.id),
        lambda: other.write(request, LetterKind.RECEIPT),
        lambda: other.propose(request),
    ]
    for attempt in doing:
        with pytest.raises(NotFound):
            attempt()


def test_a_handler_sees_what_she_handles_and_nothing_else(at: Desk) -> None:
    mine = at.in_review("2025-09-22")
    at.register("2025-09-22")

    lines = questions.lines_of(at.session, at.by("drafter"), 2025)
    assert [line.id for line in lines] == [mine.id]
    assert questions.lines_of(at.session, at.by("colleague"), 2025) == []
    with pytest.raises(NotFound):
        questions.page_of(at.session, at.by("colleague"), mine.id)
    assert len(questions.lines_of(at.session, at.by("principal"), 2025)) == 2


def test_every_refusal_of_a_missing_step_names_its_article(at: Desk) -> None:
    request = at.register("2025-09-22")
    steps = [
        lambda: acts.take_correction(
            at.session, at.by(), request.id, day("2025-09-22")
        ),
        lambda: acts.take_payment(at.session, at.by(), request.id, day("2025-09-22")),
        lambda: acts.lapse(at.session, at.by(), request.id),
        lambda: replies.decide(at.session, at.by(), request.id),
    ]
    for step in steps:
        with pytest.raises(WorkflowError) as refused:
            step()
        assert refused.value.message
        assert refused.value.rule
