"""What people do about an article besides deciding: urge, circulate, take back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.notices import Notice, NoticeKind
from models.people import Person, Role
from models.signatures import Outcome, Signature
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.articles import cases
from workflow.articles.able import able
from workflow.articles.cases import Case
from workflow.articles.doing import on_article
from workflow.articles.moves import Decision, decide
from workflow.articles.permits import permit
from workflow.articles.tasks import ENDED
from workflow.audit.acts import Plain, Subject, record
from workflow.errors import InvalidInput, WorkflowError, WrongState
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.questions import people_with_role
from workflow.people.rules import Capacity
from workflow.process import machine
from workflow.process.machine import DRAFTING, step
from workflow.process.plan import state_name

READERS = (Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER, Role.LEADER)
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Offers:
    """Which of these acts this person may do now."""

    take_back: bool
    urge: bool
    circulate: bool
    take_over: bool


def offers(session: Session, by: Occasion, case: Case) -> Offers:
    """What to show a button for; each act asks again by itself."""
    return Offers(
        take_back=_allows(lambda: _may_take_back(session, by, case)),
        urge=_allows(lambda: _may_urge(session, by, case)),
        circulate=_allows(lambda: permit(session, by, case, Action.CIRCULATE)),
        take_over=by.person_id in able(session, by, case),
    )


def urge(session: Session, by: Occasion, article_id: int) -> Article:
    """The drafter asks those who hold it to get on with it (催办), once a working day.

    Raises:
        NotPermitted: not its drafter.
        WrongState: with nobody else, urged today already, or no working day.
    """

    def doing() -> Article:
        case = cases.load(session, by.agency_id, article_id)
        _may_urge(session, by, case)
        told = tell(session, by, _urging(by, case), able(session, by, case))
        _note(session, by, Action.URGE, case, {"told": len(told)})
        return case.article

    asked = (Action.URGE, {"article": article_id})
    return make_once(session, by, asked, Article, doing)


def may_receive(session: Session, by: Occasion) -> list[Person]:
    """To whom a text may be circulated: whoever may open it, and is not oneself."""
    found = {
        person.id: person
        for role in READERS
        for person in people_with_role(session, by.agency_id, role, by.at)
        if person.left_on is None or person.left_on > by.today
    }
    found.pop(by.person_id or 0, None)
    return [found[key] for key in sorted(found)]


def circulate(
    session: Session,
    by: Occasion,
    article_id: int,
    people: Collection[int],
    note: str = "",
) -> Article:
    """Send the present text to people to read (传阅); each leaves a read mark.

    Raises:
        NotPermitted: neither its drafter nor somebody with a rung of it.
        InvalidInput: nobody chosen, somebody who may not read it, or all have it.
    """

    def doing() -> Article:
        case = cases.load(session, by.agency_id, article_id)
        capacity = permit(session, by, case, Action.CIRCULATE)
        names = _receivers(session, by, people)
        message = _circular(case, note)
        told = tell(session, by, message, sorted(names))
        if not told:
            raise InvalidInput({"people": ["所选人员都已收到这一稿。"]})
        details: dict[str, Plain] = {"to": [names[one] for one in told], "note": note}
        _note(session, by, Action.CIRCULATE, case, details, capacity)
        return case.article

    values = {"article": article_id, "people": sorted(set(people)), "note": note}
    return make_once(session, by, (Action.CIRCULATE, values), Article, doing)


def take_back(
    session: Session, by: Occasion, article_id: int, revision_id: int
) -> Article:
    """Take back one's own approval while the next has not acted (取回).

    The text stands again where it was signed; that signature counts no more.

    Raises:
        NotPermitted: the last decision is not this person's.
        WrongState: somebody has acted since, or the rule knows no way back from there.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        signed = _may_take_back(session, by, case)
        to = step(case.plan, case.position, machine.SendBack(signed.stage))
        what = Decision(
            Action.TAKE_BACK, Outcome.RECALLED, capacity, returned_to=signed.stage
        )
        decide(session, by, case, what, to)

    at = (article_id, revision_id)
    return on_article(session, by, Action.TAKE_BACK, at, {}, doing)


def _allows(asking: Callable[[], object]) -> bool:
    try:
        asking()
    except WorkflowError:
        return False
    return True


def _may_urge(session: Session, by: Occasion, case: Case) -> None:
    permit(session, by, case, Action.URGE)
    others = able(session, by, case) - {case.article.drafter_id}
    if not others:
        raise WrongState("稿件现在不在别人手里，不用催办。", rule="nobody-to-urge")
    if not calendar_of(session, by.agency_id).is_working_day(by.today):
        raise WrongState("今天不是工作日，请到工作日再催办。", rule="no-working-day")
    urged = select(Notice.id).where(
        Notice.agency_id == by.agency_id, Notice.event == _urge_event(by, case)
    )
    if session.scalars(urged.limit(1)).first() is not None:
        raise WrongState(
            "这篇稿件今天已催办过，一个工作日只能催办一次。", rule="urged-today"
        )


def _urge_event(by: Occasion, case: Case) -> str:
    return f"urge:{case.article.id}:{by.today.isoformat()}"


def _urging(by: Occasion, case: Case) -> Message:
    stage = state_name(case.definition, case.article.state)
    return Message(
        _urge_event(by, case),
        NoticeKind.URGED,
        f"{case.drafter.name}催办：《{case.text.title}》在“{stage}”等您办理",
        about=("article", str(case.article.id)),
    )


def _receivers(
    session: Session, by: Occasion, people: Collection[int]
) -> dict[int, str]:
    known = {person.id: person.name for person in may_receive(session, by)}
    if not people:
        raise InvalidInput({"people": ["请选择传阅给谁。"]})
    if not set(people) <= known.keys():
        raise InvalidInput({"people": ["所选人员里有人不能查看稿件，请重新选择。"]})
    return {one: known[one] for one in people}


def _circular(case: Case, note: str) -> Message:
    number = case.revision.number
    return Message(
        f"circulate:{case.article.id}:{number}",
        NoticeKind.CIRCULATED,
        f"传阅：《{case.text.title}》第{number}稿",
        note,
        ("article", str(case.article.id)),
    )


def _may_take_back(session: Session, by: Occasion, case: Case) -> Signature:
    permit(session, by, case, Action.TAKE_BACK)
    signed = case.signatures[-1]
    moved = case.article.state not in (signed.stage, DRAFTING, *ENDED)
    if not moved or signed.revision_id != case.revision.id:
        raise WrongState("稿件已被改动或已办结，不能取回。", rule="acted-since")
    there = {s.person for s in case.standing if s.stage == signed.stage}
    if there - {by.person_id}:
        raise WrongState(
            "这一环节还有别人签字，不能由一人取回；可请下一级退回。",
            rule="signed-together",
        )
    step(case.plan, case.position, machine.SendBack(signed.stage))
    return signed


def _note(
    session: Session,
    by: Occasion,
    action: Action,
    case: Case,
    details: Mapping[str, Plain],
    capacity: Capacity | None = None,
) -> None:
    on = Subject(
        "article",
        case.article.id,
        digest=case.revision.digest,
        post=capacity.post_title if capacity else "",
        on_behalf_of=capacity.on_behalf_of_name if capacity else "",
        details=details,
    )
    record(session, by, action, on)
