"""The life of a request, through its acts, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from models.audit import AuditEntry
from models.request_files import LetterKind, ServiceMethod
from models.requests import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    RequestAmendment,
    RequestEventKind,
    RequestOutcome,
    RequestState,
)
from tests import stories
from tests.requests_town import Desk, asked, day, desk
from workflow.actions import Action
from workflow.articles import acts as articles_acts
from workflow.articles import cases as articles
from workflow.errors import (
    CalendarUnknown,
    InvalidInput,
    NotFound,
    NotPermitted,
    Superseded,
    WorkflowError,
    WrongState,
)
from workflow.requests import acts, cases, questions, replies
from workflow.requests.machine import Trigger
from workflow.requests.moves import Happened, move
from workflow.requests.rules import Confirmation


def trail(at: Desk, act: str) -> list[AuditEntry]:
    at.session.commit()
    query = select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.seq)
    return list(at.session.scalars(query))


def state(request: DisclosureRequest) -> RequestState:
    """Where it stands now; a test reads it again and again."""
    return request.state


def clock(at: Desk, request: DisclosureRequest) -> questions.RequestLine:
    return questions.line(at.session, at.by(), request.id)


def test_a_request_is_numbered_and_its_clock_runs(at: Desk) -> None:
    first = at.register("2025-01-20")
    second = at.register("2025-01-20")

    assert (first.year, first.serial, second.serial) == (2025, 1, 2)
    assert state(first) is RequestState.REGISTERED
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
    assert state(request) is RequestState.ARRIVED
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
    assert state(request) is RequestState.DECIDED
    assert (letter.series, letter.serial) == ("公复", 1)
    at.serve(letter, "2025-10-20", ServiceMethod.POST)

    assert state(request) is RequestState.CLOSED
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
    articles_acts.revise(
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
    articles_acts.reject(
        at.session, at.by("director"), article.article.id, read, "须先征求意见"
    )
    replies.reopen(at.session, at.by(), request.id, "须征求第三方意见")

    assert state(request) is RequestState.REVIEWING
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
    assert state(request) is RequestState.CLOSED


def test_another_agencys_request_is_not_found(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    other = desk(at.session, "other")
    other.on("2025-09-22")

    doing: list[Callable[[], object]] = [
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
    steps: list[Callable[[], object]] = [
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


def test_of_two_who_act_on_what_they_read_the_slower_is_told(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    read = cases.load(at.session, at.town.agency.id, request.id)
    at.session.expunge(request)
    at.session.commit()
    on = day("2025-09-22")
    acts.withdraw(at.session, at.by(), request.id, on, "书面撤回")

    doing = (Action.ASSIGN_REQUEST, Trigger.ASSIGN)
    with pytest.raises(Superseded):
        move(at.session, at.by(), read, doing, Happened(RequestEventKind.ASSIGNED, on))

    story = questions.page_of(at.session, at.by(), request.id).story
    assert [told.kind for told in story][-1] is RequestEventKind.WITHDRAWN
