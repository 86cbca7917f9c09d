"""转办: one who may act hands a text to another who may too, on record.

Nobody's right to sign comes or goes with it: only who may act already can be handed a
text.  It leaves the list of the one who handed it on, for this visit of the stage.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, aliased

from models.articles import Article
from models.notices import NoticeKind
from models.people import Person
from models.sharing import Transfer
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles.able import able
from workflow.articles.cases import Case
from workflow.articles.doing import on_article
from workflow.articles.moves import Decision, note, take
from workflow.articles.rules import reason_given
from workflow.errors import InvalidInput
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people.rules import Capacity
from workflow.process.plan import state_name


def may_take(session: Session, by: Occasion, case: Case) -> list[Person]:
    """Whom it may be handed to: who may act on it today, and is not oneself."""
    others = able(session, by, case) - {by.person_id}
    query = select(Person).where(Person.id.in_(others)).order_by(Person.id)
    return list(session.scalars(query))


def transfer(
    session: Session, by: Occasion, article_id: int, revision_id: int, to: int, why: str
) -> Article:
    """Hand it to a colleague, with a reason; she is told.

    Args:
        to: id of a person who may act on it too.
        why: a written reason.

    Raises:
        NotPermitted: not somebody who may act on it now.
        InvalidInput: the other one may not act on it (岗位、回避、不在岗).
        OpinionRequired: no reason.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        reason = reason_given(why)
        names = {one.id: one.name for one in may_take(session, by, case)}
        if to not in names:
            line = "只能转给现在也可以办理这一环节的人；外出、应回避的人不能接。"
            raise InvalidInput({"transfer_to": [line]})
        take(session, case)
        session.add(_row(by, case, to, reason))
        tell(session, by, _message(case, capacity, reason), [to])
        what = Decision(Action.TRANSFER, Outcome.APPROVED, capacity)
        note(session, by, case, what, {"to": names[to], "reason": reason})

    at, values = (article_id, revision_id), {"to": to, "why": why}
    return on_article(session, by, Action.TRANSFER, at, values, doing)


def handed_on(person_id: int, away: Collection[int]) -> ColumnElement[bool]:
    """Whether this person has handed an article on, in this visit of its stage.

    Not when it came back to her, nor when who was to take it is away today.

    Args:
        away: the persons recorded absent today.
    """
    back = aliased(Transfer)
    returned = exists().where(
        back.article_id == Transfer.article_id,
        back.to_id == person_id,
        back.id > Transfer.id,
    )
    return exists().where(
        and_(
            Transfer.article_id == Article.id,
            Transfer.entered_at == Article.entered_at,
            Transfer.from_id == person_id,
            Transfer.to_id.not_in(away),
            ~returned,
        )
    )


def _row(by: Occasion, case: Case, to: int, reason: str) -> Transfer:
    return Transfer(
        agency_id=by.agency_id,
        article_id=case.article.id,
        entered_at=case.article.entered_at,
        stage=case.article.state,
        from_id=by.person_id,
        to_id=to,
        reason=reason,
        made_at=by.at,
    )


def _message(case: Case, capacity: Capacity, reason: str) -> Message:
    stage = state_name(case.definition, case.article.state)
    return Message(
        f"transfer:{case.article.id}:{case.article.version}",
        NoticeKind.HANDOVER,
        f"转办：《{case.text.title}》在“{stage}”，请您办理",
        f"{capacity.words}：{reason}",
        ("article", str(case.article.id)),
    )
