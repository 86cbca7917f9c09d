"""Posts, their A and B holders and portfolios (岗位、AB岗、分管)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.people import Holding, Person, Portfolio, Post, Slot
from workflow.actions import Action
from workflow.agencies import questions as agencies
from workflow.audit.acts import Plain, Subject, record
from workflow.errors import InvalidInput, WrongState
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people import questions, registers
from workflow.people.permit import not_oneself, permit

# with a dot: the post of an agency that a text is handed over to
CODE = re.compile(r"[a-z][a-z0-9_]{1,59}(?:\.[a-z][a-z0-9_]{1,59})?")


def make_post(session: Session, by: Occasion, code: str, title: str) -> Post:
    """Make a post; its code is the word that the process definition uses.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: the code is malformed.
    """
    permit(session, by, Action.MAKE_POST)

    def doing() -> Post:
        if not CODE.fullmatch(code):
            sentence = "代码用小写字母开头，只含小写字母、数字和下划线。"
            raise InvalidInput({"code": [sentence]})
        post = Post(agency_id=by.agency_id, code=code, title=title, open=True)
        session.add(post)
        session.flush()
        _note(session, by, Action.MAKE_POST, post.id, {"code": code, "title": title})
        return post

    about = {"code": code, "title": title}
    return make_once(session, by, ("make_post", about), Post, doing)


def fill_post(  # noqa: PLR0913 -- who, where, as what, from when, instead of whom
    session: Session,
    by: Occasion,
    post_id: int,
    person_id: int,
    slot: Slot,
    since: date,
    *,
    replacing: int | None = None,
) -> Holding:
    """Put a person into a post, as A or as B, from a day on.

    Args:
        since: the first day.
        replacing: id of the holding that ends on that day; ``None`` adds a holder.

    Raises:
        NotPermitted: not the system administrator, or for herself.
        InvalidInput: A and B of one post would be the same person; or she has left.
        NotFound: no such post, person or holding here.
    """
    permit(session, by, Action.FILL_POST)
    not_oneself(by, person_id, Action.FILL_POST, "安排岗位")
    post = registers.post(session, by.agency_id, post_id, lock=True)
    new = Holding(post_id=post.id, person_id=person_id, slot=slot, since=since)
    new.given_by_id = by.person_id
    _check_here(questions.person(session, by.agency_id, person_id), since)

    def doing() -> Holding:
        _end_replaced(session, by, new, replacing)
        _check_apart(session, post, new)
        return _seat(session, by, new)

    asked = {**_details(new), "post": post_id, "replacing": replacing}
    return make_once(session, by, ("fill_post", asked), Holding, doing)


def leave_post(session: Session, by: Occasion, holding_id: int, until: date) -> Holding:
    """End a holding.

    Args:
        until: the first day on which she no longer holds the post.

    Raises:
        NotPermitted: not the system administrator.
        WrongState: the holding has ended already.
        InvalidInput: the day lies before it began.
    """
    permit(session, by, Action.LEAVE_POST)
    holding = registers.holding(session, by.agency_id, holding_id)

    def doing() -> Holding:
        _end(holding, until)
        details: dict[str, Plain] = {"person": holding.person_id}
        details["until"] = until.isoformat()
        _note(session, by, Action.LEAVE_POST, holding.post_id, details)
        return holding

    about = {"holding": holding_id, "until": until}
    return make_once(session, by, ("leave_post", about), Holding, doing)


def set_portfolio(
    session: Session, by: Occasion, post_id: int, section_ids: Collection[int]
) -> Post:
    """Say which sections a deputy's post is in charge of (分管); the list is whole.

    Raises:
        NotPermitted: not the system administrator.
        NotFound: no such post or section here.
    """
    permit(session, by, Action.SET_PORTFOLIO)
    post = registers.post(session, by.agency_id, post_id, lock=True)
    wanted = sorted(set(section_ids))
    for section_id in wanted:
        agencies.section(session, by.agency_id, section_id)

    def doing() -> Post:
        session.execute(delete(Portfolio).where(Portfolio.post_id == post.id))
        session.add_all(Portfolio(post_id=post.id, section_id=one) for one in wanted)
        details = {"sections": [str(one) for one in wanted]}
        _note(session, by, Action.SET_PORTFOLIO, post.id, details)
        return post

    about = {"post": post_id, "sections": wanted}
    return make_once(session, by, ("set_portfolio", about), Post, doing)


def _seat(session: Session, by: Occasion, new: Holding) -> Holding:
    session.add(new)
    session.flush()
    _note(session, by, Action.FILL_POST, new.post_id, _details(new))
    return new


def _note(
    session: Session,
    by: Occasion,
    action: Action,
    post_id: int,
    details: Mapping[str, Plain],
) -> None:
    record(session, by, action, Subject("post", post_id, details=details))


def _details(holding: Holding) -> dict[str, str | int]:
    return {
        "person": holding.person_id,
        "slot": holding.slot.value,
        "since": holding.since.isoformat(),
    }


def _check_here(person: Person, since: date) -> None:
    if person.left_on is not None and person.left_on <= since:
        raise InvalidInput({"person": [f"{person.name}已离岗，不能任岗。"]})


def _end_replaced(
    session: Session, by: Occasion, new: Holding, replacing: int | None
) -> None:
    if replacing is None:
        return
    old = registers.holding(session, by.agency_id, replacing)
    if (old.post_id, old.slot) != (new.post_id, new.slot):
        raise InvalidInput({"replacing": ["要接替的人不在这个岗位上。"]})
    _end(old, new.since)
    session.flush()


def _check_apart(session: Session, post: Post, new: Holding) -> None:
    for other in registers.holdings_from(session, post.id, new.since):
        if other.person_id == new.person_id:
            sentence = (
                f"此人已在“{post.title}”任{other.slot.value}岗，"
                "同一岗位的A岗、B岗须是不同的人。"
            )
            raise InvalidInput(
                {"person": [sentence]},
                rule="a-and-b-differ",
                basis="AB岗须由两人分别担任，A岗不在时由B岗代行。",
                help_from="系统管理员",
            )


def _end(holding: Holding, until: date) -> None:
    if holding.until is not None and holding.until <= until:
        raise WrongState("这次任岗已经结束。", rule="holding-ended")
    if until < holding.since:
        raise InvalidInput({"until": ["结束日期早于开始日期。"]})
    holding.until = until
