"""AB岗 around an absence or a change of post: what was done for her, what waits.

On return A learns what B did in her name; who leaves a post leaves to its other
holders the list of what waits there.  (three-reviews.md section 4; AB岗工作制.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.notices import NoticeKind
from models.people import Absence, Holding, Post, Slot
from models.signatures import Outcome, Signature
from workflow.actions import Action
from workflow.articles import tasks
from workflow.articles.alarms import can_help
from workflow.articles.cases import definition_of
from workflow.articles.questions import OUTCOME_WORDS
from workflow.audit.acts import Subject, record
from workflow.calendar import town_moment
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people import registers
from workflow.people.questions import name_of
from workflow.people.registers import PostLine, holdings_from
from workflow.process.plan import state_name

HALF_YEARS = (1, 7)
LOOK_BACK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class DoneForHer:
    """One decision that a B holder took in an A holder's name."""

    at: datetime
    name: str
    post: str
    article_id: int
    title: str
    stage: str
    outcome: Outcome
    opinion: str


def done_for(
    session: Session, by: Occasion, person_id: int, since: datetime, until: datetime
) -> list[DoneForHer]:
    """What others decided in a person's name, oldest first.

    Args:
        since: the first moment, aware; until: the first moment that is not asked for.
    """
    query = (
        select(Signature, Article.title, Article.definition_id)
        .join(Article, Article.id == Signature.article_id)
        .where(
            Signature.agency_id == by.agency_id,
            Signature.on_behalf_of_id == person_id,
            Signature.signed_at >= since,
            Signature.signed_at < until,
        )
        .order_by(Signature.signed_at, Signature.id)
    )
    return [
        _done(session, signature, title, definition_id)
        for signature, title, definition_id in session.execute(query)
    ]


def done_during(session: Session, by: Occasion, absence: Absence) -> list[DoneForHer]:
    """What was done in a person's name from the first day of an absence on."""
    since = town_moment(absence.first_day, time.min)
    last = max(absence.last_day, absence.first_day) + timedelta(days=2)
    return done_for(session, by, absence.person_id, since, town_moment(last, time.min))


def brief(session: Session, by: Occasion, absence: Absence) -> bool:
    """Put what B did into the in-tray of her who is back; whether it was sent now.

    Once for each absence; nothing is sent while she is still away.
    """
    if _still_away(by, absence):
        return False
    done = done_during(session, by, absence)
    if absence.cancelled_at is not None and not done:
        return False
    message = _brief_message(absence, done)
    told = tell(session, by, message, [absence.person_id])
    if told:
        details = {"person": absence.person_id, "done": len(done)}
        on = Subject("absence", absence.id, details=details)
        record(session, by, Action.BRIEF, on)
    return bool(told)


def brief_returned(session: Session, by: Occasion) -> int:
    """Brief everybody whose absence has ended in the last month; how many were told."""
    query = select(Absence).where(
        Absence.agency_id == by.agency_id,
        Absence.last_day >= by.today - LOOK_BACK,
        Absence.first_day < by.today,
    )
    return sum(
        1
        for one in session.scalars(query.order_by(Absence.id))
        if brief(session, by, one)
    )


def hand_over(session: Session, by: Occasion, holding: Holding) -> list[int]:
    """Give the other holders of a post the list of what waits there.

    Nothing is ever assigned to a person, so nothing has to be moved: who holds the
    post can act already, and is told what is there.

    Returns:
        The persons who were told.
    """
    post = session.get_one(Post, holding.post_id)
    day = holding.until or by.today
    others = [
        one.person_id
        for one in holdings_from(session, post.id, day)
        if one.person_id != holding.person_id
    ]
    waiting = _waiting_at(session, by, post)
    message = _handover_message(session, holding, post, waiting)
    told = tell(session, by, message, others)
    if told:
        details = {"person": holding.person_id, "waiting": len(waiting)}
        record(session, by, Action.HAND_OVER, Subject("post", post.id, details=details))
    return told


def hand_over_all(session: Session, by: Occasion, person_id: int, on: date) -> int:
    """Hand over every post that a person leaves on a day; how many people were told."""
    query = (
        select(Holding)
        .join(Post, Post.id == Holding.post_id)
        .where(
            Post.agency_id == by.agency_id,
            Holding.person_id == person_id,
            Holding.until == on,
        )
        .order_by(Holding.id)
    )
    return sum(len(hand_over(session, by, one)) for one in session.scalars(query))


def half_year_list(session: Session, by: Occasion) -> int:
    """Send the list of A and B holders for checking, in January and in July.

    To the system administrators, who keep it, and the leaders; once each half-year.
    """
    if by.today.month not in HALF_YEARS:
        return 0
    lines = registers.post_lines(session, by.agency_id, by.today)
    if not lines:
        return 0
    half = "上" if by.today.month == 1 else "下"
    event = f"ab-list:{by.today.year}-{by.today.month}"
    title = f"{by.today.year}年{half}半年AB岗名单，请核对"
    body = "\n".join(_post_in_words(line) for line in lines)
    message = Message(event, NoticeKind.AB_LIST, title, body)
    return len(tell(session, by, message, can_help(session, by)))


def _post_in_words(line: PostLine) -> str:
    a, b = (
        "、".join(seat.person.name for seat in line.of(slot)) or f"缺{slot.value}岗"
        for slot in Slot
    )
    return f"{line.post.title}：A岗 {a}，B岗 {b}"


def _still_away(by: Occasion, absence: Absence) -> bool:
    return absence.cancelled_at is None and absence.last_day >= by.today


def _done(
    session: Session, signature: Signature, title: str, definition_id: int
) -> DoneForHer:
    definition = definition_of(session, definition_id)
    return DoneForHer(
        at=signature.signed_at,
        name=signature.person_name,
        post=signature.post_title,
        article_id=signature.article_id,
        title=title,
        stage=state_name(definition, signature.stage),
        outcome=signature.outcome,
        opinion=signature.opinion,
    )


def _brief_message(absence: Absence, done: Sequence[DoneForHer]) -> Message:
    first, last = absence.first_day, max(absence.first_day, absence.last_day)
    span = f"{first.month}月{first.day}日至{last.month}月{last.day}日"
    title = f"返岗简报：{span}外出期间，B岗代您办理{len(done)}件次"
    lines = [
        f"{one.name}（{one.post}，代您）在“{one.stage}”{OUTCOME_WORDS[one.outcome]}"
        f"《{one.title}》" + (f"：{one.opinion}" if one.opinion else "")
        for one in done
    ]
    about = ("absence", str(absence.id))
    event = f"absence:{absence.id}"
    return Message(event, NoticeKind.BRIEF, title, "\n".join(lines), about)


def _waiting_at(session: Session, by: Occasion, post: Post) -> list[Article]:
    desk = tasks.desk(session, by)
    portfolio = desk.staffing.portfolios.get(post.id, set())
    return [
        article
        for article in tasks.running(session, desk)
        if tasks.waits_at(session, desk, article, post.code, portfolio)
    ]


def _handover_message(
    session: Session, holding: Holding, post: Post, waiting: Sequence[Article]
) -> Message:
    leaving = name_of(session, holding.person_id)
    title = f"{leaving}离任“{post.title}”，移交待办{len(waiting)}件"
    body = "\n".join(f"《{article.title}》" for article in waiting)
    until = holding.until.isoformat() if holding.until else ""
    event = f"handover:{holding.id}:{until}"
    return Message(event, NoticeKind.HANDOVER, title, body, ("post", str(post.id)))
