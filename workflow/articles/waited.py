"""What keeps a rung from being signed, and a text from going out, besides the rule.

Questions that are not answered, and signers who were added and have not signed.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Person
from models.sharing import Consultation
from workflow.actions import Action
from workflow.articles import added
from workflow.articles.cases import Case
from workflow.articles.witness import every_added_signature_left_its_trace
from workflow.errors import WrongState
from workflow.occasion import Occasion


def nothing_is_waited_for(
    session: Session, by: Occasion, case: Case, action: Action
) -> None:
    """Nobody was asked, and nobody added, whose word is still to come.

    Raises:
        WrongState: somebody's is; says whose.
    """
    if action not in (Action.SIGN, Action.PUBLISH) or not case.shared:
        return
    if action is Action.SIGN:
        _no_question_is_open(session, case)
        _nobody_is_owed(session, case, case.article.state)
    else:
        _no_question_is_open(session, case)
        _nobody_is_owed(session, case)
        every_added_signature_left_its_trace(session, by, case)


def _no_question_is_open(session: Session, case: Case) -> None:
    query = (
        select(Person.name)
        .join(Consultation, Consultation.person_id == Person.id)
        .where(
            Consultation.article_id == case.article.id,
            Consultation.ended_at.is_(None),
        )
        .order_by(Consultation.id)
    )
    names = "、".join(session.scalars(query))
    if names:
        raise WrongState(
            f"正在征求{names}的意见，还没有答复；可等答复，或先撤回征求。",
            rule="opinion-awaited",
            help_from=names,
        )


def _nobody_is_owed(session: Session, case: Case, stage: str = "") -> None:
    waiting = added.owed(session, case, stage)
    if waiting:
        titles = "、".join(one.post_title for one in waiting)
        raise WrongState(
            f"加签的{titles}还没有在这一稿上签字。",
            rule="added-signature-awaited",
            help_from=titles,
        )
