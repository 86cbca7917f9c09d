"""What third parties and co-producing organs answer (条例第三十二条、第三十四条)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from models.requests import DisclosureRequest
from models.requests import RequestEventKind as Kind
from workflow.actions import Action
from workflow.calendar import town_day
from workflow.errors import WrongState
from workflow.occasion import Occasion
from workflow.requests import guards
from workflow.requests.cases import Case, on_request
from workflow.requests.clock import Span
from workflow.requests.letters import questions
from workflow.requests.machine import Trigger
from workflow.requests.moves import Happened, move


class Answer(StrEnum):
    """What a third party or a co-producing organ said."""

    AGREES = "agrees"
    REFUSES = "refuses"
    SILENT = "silent"


def take_opinion(
    session: Session, by: Occasion, letter_id: int, on: date, answer: Answer
) -> DisclosureRequest:
    """What a third party or a co-producer said, or that the time passed in silence.

    Silence of a co-producing organ is consent (条例第三十四条); silence of a third
    party leaves the decision to the office (第三十二条).

    Raises:
        WrongState: not asked, answered already, or silence before fifteen days.
    """

    def doing(case: Case) -> None:
        span, others = _awaited(case, letter_id)
        _not_silent_too_early(span, answer, town_day(by.at))
        guards.day_fits("on", on, span.first, town_day(by.at))
        details = {"answer": answer.value}
        happened = Happened(Kind.OPINION, on, letter_id=letter_id, details=details)
        trigger = Trigger.TAKE_OPINION if others else Trigger.TAKE_LAST_OPINION
        move(session, by, case, (Action.TAKE_OPINION, trigger), happened)

    values = {"letter": letter_id, "on": on, "answer": answer.value}
    request_id = questions.letter(session, by.agency_id, letter_id).request_id
    return on_request(session, by, (Action.TAKE_OPINION, request_id, values), doing)


def _awaited(case: Case, letter_id: int) -> tuple[Span, bool]:
    """The asking that this letter began, and whether others wait too.

    Raises:
        WrongState: it began none, or was answered.
    """
    spans = [span for span in case.clock.spans if span.back is None]
    mine = [span for span in spans if span.letter == letter_id]
    if not mine:
        raise WrongState(
            "这份征求意见书还没有被收到，或意见已经登记。", rule="opinion-not-awaited"
        )
    return mine[0], len(spans) > 1


def _not_silent_too_early(span: Span, answer: Answer, today: date) -> None:
    if answer is Answer.SILENT and today <= span.lapse:
        raise WrongState(
            f"征求意见期限到{span.lapse.isoformat()}为止，还没有届满。",
            rule="opinion-period-not-over",
            basis=guards.THIRD_PARTY,
        )
