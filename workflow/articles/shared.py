"""Everything shared about one text, as one person sees it and may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.people import Person, Post
from workflow.actions import Action
from workflow.articles import added, beside, consultations, signers, transfers
from workflow.articles.added import Demand
from workflow.articles.cases import Case
from workflow.articles.consultations import Asked
from workflow.articles.desks import Asking
from workflow.articles.permits import permit
from workflow.errors import WorkflowError
from workflow.occasion import Occasion


@dataclass(frozen=True, slots=True)
class Shared:
    """What was asked and added, and what this person may do now.

    Args:
        asks_me: the open question that is hers to answer, if any.
        owed_by_me: what she may sign now as one who was added.
        ends: the open questions that she may take back, by id.
        may: which of handing on, asking, adding and their undoing are hers.
    """

    asked: tuple[Asked, ...]
    demands: tuple[Demand, ...]
    asks_me: Asked | None
    owed_by_me: tuple[Demand, ...]
    ends: frozenset[int]
    may: frozenset[Action]

    @property
    def any(self) -> bool:
        """Whether there is anything to see or to do."""
        return bool(self.asked or self.demands or self.may)

    @property
    def waited_for(self) -> int:
        """How many people's word is still to come."""
        open_ = [one for one in self.asked if one.open]
        return len(open_) + sum(1 for one in self.demands if one.open)

    @property
    def removes(self) -> bool:
        """Whether she may take an added signer away."""
        return Action.REMOVE_SIGNER in self.may


@dataclass(frozen=True, slots=True)
class Partners:
    """Whom she may hand it to, whom she may ask, whose signature she may demand.

    Each is empty when she may not.
    """

    colleagues: Sequence[Person] = ()
    advisers: Sequence[Person] = ()
    posts: Sequence[Post] = ()


def shared(session: Session, by: Occasion, case: Case) -> Shared:
    """What the page of an article says of it."""
    asked = consultations.asked(session, case.article.id)
    demands = added.demands(session, case)
    open_ = [one for one in asked if one.open]
    may = frozenset(a for a in _OFFERED if _may(session, by, case, a))
    return Shared(
        asked=tuple(asked),
        demands=tuple(demands),
        asks_me=next((o for o in open_ if o.row.person_id == by.person_id), None),
        owed_by_me=tuple(o for o in demands if _signs(session, by, case, o)),
        ends=frozenset(
            one.row.id
            for one in open_
            if one.row.asked_by_id == by.person_id or Action.END_CONSULT in may
        ),
        may=may,
    )


def partners(session: Session, by: Occasion, case: Case, found: Shared) -> Partners:
    """With whom she may share it."""
    colleagues: Sequence[Person] = ()
    advisers: Sequence[Person] = ()
    posts: Sequence[Post] = ()
    if Action.TRANSFER in found.may:
        colleagues = transfers.may_take(session, by, case)
    if Action.CONSULT in found.may:
        advisers = consultations.may_be_asked(session, by)
    if Action.ADD_SIGNER in found.may:
        posts = signers.may_be_added(session, by, case)
    return Partners(colleagues, advisers, posts)


_OFFERED = (
    Action.TRANSFER,
    Action.CONSULT,
    Action.END_CONSULT,
    Action.ADD_SIGNER,
    Action.REMOVE_SIGNER,
)


def _may(session: Session, by: Occasion, case: Case, action: Action) -> bool:
    try:
        permit(session, by, case, action)
    except WorkflowError:
        return False
    return True


def _signs(session: Session, by: Occasion, case: Case, demand: Demand) -> bool:
    try:
        beside.capacity(Asking(session, by, case, Action.SIGN_BESIDE), demand)
    except WorkflowError:
        return False
    return True
