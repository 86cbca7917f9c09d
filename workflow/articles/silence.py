"""What happens when a limit runs out and nobody acted: told, or noted by the system.

Silence is consent only where the regulation says so, for a consultation or a special
review, and stands on record as the system's; a person's approval it never is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.articles import Article
from models.clocks import ArticleClock
from models.notices import NoticeKind
from models.people import Role
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import cases, findings, limits, stops
from workflow.articles.able import able
from workflow.articles.cases import Case
from workflow.articles.desks import stage_of
from workflow.articles.moves import Decision, decide, note
from workflow.audit.acts import SYSTEM_NAME, Plain
from workflow.calendar import town_day
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people import rules as people
from workflow.people.questions import people_with_role
from workflow.people.rules import Capacity
from workflow.people.staffing import staffing
from workflow.process import machine
from workflow.process.definition import Act
from workflow.process.limits import Limit, Silence
from workflow.process.machine import step
from workflow.process.open_limits import Clock

SYSTEM = Capacity(None, "", SYSTEM_NAME)


def let_limits_speak(session: Session, by: Occasion) -> int:
    """Do what the regulation says of every limit that has run out, or soon will.

    May be rung as often as one likes: each clock speaks once.  An article that was put
    aside waits.

    Returns:
        For how many limits something was done.
    """
    spoken = 0
    while (row := _next(session, by)) is not None:
        _speak(session, by, row)
        session.flush()
        spoken += 1
    return spoken + _remind_before(session, by)


def _next(session: Session, by: Occasion) -> ArticleClock | None:
    query = (
        _running(by)
        .where(ArticleClock.due_at < by.at, ArticleClock.spoken_at.is_(None))
        .order_by(ArticleClock.due_at, ArticleClock.id)
    )
    return session.scalars(query.limit(1)).first()


def _running(by: Occasion) -> Select[ArticleClock]:
    return (
        select(ArticleClock)
        .join(Article, Article.id == ArticleClock.article_id)
        .where(
            ArticleClock.agency_id == by.agency_id,
            ArticleClock.ended_at.is_(None),
            Article.held.is_(False),
        )
    )


def _speak(session: Session, by: Occasion, row: ArticleClock) -> None:
    row.spoken_at = by.at
    case = cases.load(session, by.agency_id, row.article_id)
    clock = limits.clock_of(case, row.key)
    if clock is None:
        return
    silence = clock.limit.silence
    if silence is Silence.DEEMED_APPROVED and _is_blocked(session, case):
        _tell_late(session, by, case, clock, row)
    elif silence is Silence.DEEMED_APPROVED and clock.act is not None:
        _consents(session, by, case, clock.act, clock.limit)
    elif silence is Silence.DEEMED_REJECTED and clock.act is not None:
        _objects(session, by, case, clock.act, clock.limit)
    else:
        _tell_late(session, by, case, clock, row)


def _is_blocked(session: Session, case: Case) -> bool:
    """Nobody is silent who noted what is to be put right."""
    return bool(stops.noted_and_blocking(findings.open_of(session, case.article.id)))


def _consents(
    session: Session, by: Occasion, case: Case, act: Act, limit: Limit
) -> None:
    """视为同意: only where the regulation says so, and never without saying so."""
    acts = frozenset({act.id})
    to = step(case.plan, case.position, machine.Approve(acts))
    what = Decision(
        Action.DEEM,
        Outcome.APPROVED,
        SYSTEM,
        acts=acts,
        opinion=f"逾期未复，视为同意。依据：{limit.basis}",
        stage=stage_of(case, act),
        details={"act": act.id, "deemed": True},
    )
    decide(session, by, case, what, to)
    limits.mark(session, by, case)


def _objects(
    session: Session, by: Occasion, case: Case, act: Act, limit: Limit
) -> None:
    stage = case.definition.stage(stage_of(case, act))
    back = machine.SendBack(stage.objection_to, stage.id)
    to = step(case.plan, case.position, back)
    what = Decision(
        Action.DEEM,
        Outcome.OBJECTED,
        SYSTEM,
        opinion=f"逾期未复，视为不同意。依据：{limit.basis or stage.basis}",
        returned_to=stage.objection_to,
        stage=stage.id,
        details={"act": act.id, "deemed": True},
    )
    decide(session, by, case, what, to)
    limits.mark(session, by, case)


def _tell_late(
    session: Session, by: Occasion, case: Case, clock: Clock, row: ArticleClock
) -> None:
    """催办 or 上报; nothing of the article changes."""
    urging = clock.limit.silence is Silence.REMIND
    to = able(session, by, case) if urging else _above(session, by, clock.limit)
    words = "已逾期，请尽快办理" if urging else "已逾期，上报"
    message = _message(case, clock, row, words, NoticeKind.REMINDER)
    tell(session, by, message, sorted(to))
    details: dict[str, Plain] = {"limit": clock.key, "late": True}
    what = Decision(Action.REMIND, Outcome.APPROVED, SYSTEM)
    note(session, by, case, what, details)


def _above(session: Session, by: Occasion, limit: Limit) -> set[int]:
    """The holders of the post that is told; the leaders where none is named."""
    if limit.escalate_to:
        staff = staffing(session, by.agency_id, town_day(by.at), whole=False)
        mine = [h for h in staff.holders if h.post_code == limit.escalate_to]
        return {holder.person_id for holder in people.acting(mine)}
    leaders = people_with_role(session, by.agency_id, Role.LEADER, by.at)
    return {leader.id for leader in leaders}


def _remind_before(session: Session, by: Occasion) -> int:
    query = _running(by).where(
        ArticleClock.reminded_at.is_(None), ArticleClock.due_at >= by.at
    )
    return sum(_reminded(session, by, row) for row in session.scalars(query).all())


def _reminded(session: Session, by: Occasion, row: ArticleClock) -> bool:
    case = cases.load(session, by.agency_id, row.article_id)
    clock = limits.clock_of(case, row.key)
    if clock is None or not _is_near(clock.limit, row, by.at):
        return False
    row.reminded_at = by.at
    message = _message(case, clock, row, "即将到期", NoticeKind.REMINDER)
    tell(session, by, message, sorted(able(session, by, case)))
    return True


def _is_near(limit: Limit, row: ArticleClock, at: datetime) -> bool:
    ahead = timedelta(hours=limit.remind_hours)
    return bool(limit.remind_hours and row.due_at and at >= row.due_at - ahead)


def _message(
    case: Case, clock: Clock, row: ArticleClock, words: str, kind: NoticeKind
) -> Message:
    opened = f"{row.opened_at:%Y%m%dT%H%M%S%f}"
    return Message(
        f"limit:{case.article.id}:{clock.key}:{opened}:{words[:3]}",
        kind,
        f"《{case.text.title}》的“{clock.name}”{words}",
        about=("article", str(case.article.id)),
    )
