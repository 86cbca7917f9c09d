"""Who works where, who keeps which channel, and whom a holder named in writing.

“本人或其书面指定的人”: a regulation that says so lets the named person do the work of
the post beside its holder; both names stand on record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.people import ChannelKeeping, Delegation, Person, Post, Slot, Workplace
from workflow.actions import Action
from workflow.audit.acts import Plain, Subject, record
from workflow.errors import InvalidInput, NotFound, NotPermitted, WrongState
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people import mandates, questions, registers
from workflow.people.permit import permit


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who is named for what, from when until when, by which paper.

    Args:
        since: the first moment; until: the last one, both aware.
        document: what was written: its number or its name.
    """

    post_id: int
    to_id: int
    since: datetime
    until: datetime
    document: str


def delegate(session: Session, by: Occasion, new: Mandate) -> Delegation:
    """A holder names somebody in writing for the work of her own post.

    Raises:
        NotPermitted: she does not hold that post as A today.
        InvalidInput: no paper, an end before the beginning, or she named herself.
        NotFound: no such person here.
    """
    _holds_it(session, by, new.post_id)
    _check(session, by, new)

    def doing() -> Delegation:
        row = Delegation(
            agency_id=by.agency_id,
            by_id=by.person_id or 0,
            recorded_at=by.at,
            **asdict(new),
        )
        session.add(row)
        session.flush()
        details: dict[str, Plain] = {
            "to": new.to_id,
            "until": new.until.isoformat(),
            "document": new.document,
        }
        _note(session, by, Action.DELEGATE, new.post_id, details)
        return row

    return make_once(session, by, ("delegate", asdict(new)), Delegation, doing)


def end_delegation(session: Session, by: Occasion, mandate_id: int) -> Delegation:
    """The holder takes the mandate back; what was done under it stays.

    Raises:
        NotPermitted: somebody else gave it.
        WrongState: it has ended already.
        NotFound: no such mandate here.
    """
    row = mandates.mandate(session, by.agency_id, mandate_id)
    if row is None:
        raise NotFound("没有找到这项书面指定。")
    if row.by_id != by.person_id:
        raise NotPermitted("书面指定由作出指定的人收回。", rule="not-the-giver")

    def doing() -> Delegation:
        if row.ended_at is not None:
            raise WrongState("这项指定已经收回。", rule="mandate-ended")
        row.ended_at = by.at
        _note(session, by, Action.END_DELEGATION, row.post_id, {"to": row.to_id})
        return row

    asked = ("end_delegation", {"mandate": mandate_id})
    return make_once(session, by, asked, Delegation, doing)


def keep_channels(
    session: Session, by: Occasion, post_id: int, channels: Collection[str]
) -> Post:
    """Say which channels a post is in charge of (渠道负责人); the list is whole.

    Raises:
        NotPermitted: not the system administrator.
        NotFound: no such post here.
    """
    permit(session, by, Action.KEEP_CHANNELS)
    post = registers.post(session, by.agency_id, post_id, lock=True)
    wanted = sorted(set(channels))

    def doing() -> Post:
        kept = ChannelKeeping.post_id == post.id
        session.execute(delete(ChannelKeeping).where(kept))
        session.add_all(ChannelKeeping(post_id=post.id, channel=one) for one in wanted)
        _note(session, by, Action.KEEP_CHANNELS, post.id, {"channels": wanted})
        return post

    about = {"post": post_id, "channels": wanted}
    return make_once(session, by, ("keep_channels", about), Post, doing)


def set_workplace(
    session: Session, by: Occasion, person_id: int, section_id: int
) -> Person:
    """Say in which section a person works; her head and deputy follow from it.

    Args:
        section_id: of a section of this agency, looked up by who calls.

    Raises:
        NotPermitted: not the system administrator.
        NotFound: nobody of that id here.
    """
    permit(session, by, Action.SET_WORKPLACE)
    person = questions.person(session, by.agency_id, person_id)

    def doing() -> Person:
        row = session.get(Workplace, person.id) or Workplace(person_id=person.id)
        row.section_id = section_id
        session.add(row)
        session.flush()
        details: dict[str, Plain] = {"section": section_id}
        on = Subject("person", person.id, details=details)
        record(session, by, Action.SET_WORKPLACE, on)
        return person

    about = {"person": person_id, "section": section_id}
    return make_once(session, by, ("set_workplace", about), Person, doing)


def may_be_delegated(session: Session, by: Occasion) -> list[Post]:
    """The posts that a person holds as A today: for these she may name somebody."""
    holders = questions.every_holder(session, by.agency_id, by.today)
    mine = {
        holder.post_id: None
        for holder in holders
        if holder.person_id == by.person_id and holder.slot is Slot.A
    }
    return [registers.post(session, by.agency_id, post_id) for post_id in mine]


def _holds_it(session: Session, by: Occasion, post_id: int) -> None:
    if post_id not in {post.id for post in may_be_delegated(session, by)}:
        raise NotPermitted(
            "只有这一岗位的A岗本人可以书面指定他人。",
            rule="not-your-post",
            action=Action.DELEGATE,
        )


def _check(session: Session, by: Occasion, new: Mandate) -> None:
    faults: dict[str, list[str]] = {}
    if not new.document.strip():
        faults["document"] = ["请写明指定的书面依据。"]
    if new.until < new.since:
        faults["until"] = ["结束时间早于开始时间。"]
    if new.to_id == by.person_id:
        faults["to"] = ["不能指定自己。"]
    if faults:
        raise InvalidInput(faults)
    questions.person(session, by.agency_id, new.to_id)


def _note(
    session: Session,
    by: Occasion,
    action: Action,
    post_id: int,
    details: Mapping[str, Plain],
) -> None:
    record(session, by, action, Subject("post", post_id, details=details))
