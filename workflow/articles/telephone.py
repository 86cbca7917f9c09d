"""电话指示: a leader who is away says it by telephone; a named person writes it down.

It puts on record who said what, when, about which text, and that the signature is still
missing.  It is no signature, counts as none and lets nothing out: the gate does not
read it.  (three-reviews.md section 9; R16.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.articles import Article
from models.notices import NoticeKind
from models.people import Slot
from models.signatures import Outcome
from models.telephone import TelephoneInstruction
from workflow.actions import Action
from workflow.articles.cases import Case
from workflow.articles.desks import Asking, barring, holders_of_act
from workflow.articles.doing import on_article
from workflow.articles.instructions import Instruction, instructions
from workflow.articles.moves import Decision, note, take
from workflow.articles.permits import permit
from workflow.articles.rules import opinion_fits
from workflow.articles.tasks import ENDED
from workflow.audit.acts import Plain, actor_name
from workflow.errors import InvalidInput, WorkflowError, WrongState
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people import rules as people
from workflow.process.definition import Act
from workflow.process.plan import state_name


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody whose signature the plan still demands, and at which stage."""

    person_id: int
    name: str
    post_title: str
    stage: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, as it was written down.

    Args:
        leader: id of the person who said it.
        at: when it was said.
    """

    leader: int
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Calls:
    """What was said by telephone about one text, and whether this person may add."""

    instructions: tuple[Instruction, ...]
    may: bool

    @property
    def open(self) -> tuple[Instruction, ...]:
        """Those whose signature is missing."""
        return tuple(one for one in self.instructions if one.open)


def calls(session: Session, by: Occasion, case: Case) -> Calls:
    """What the page of an article says of it."""
    found = tuple(instructions(session, case))
    return Calls(found, _may(session, by, case))


def leaders(session: Session, by: Occasion, case: Case) -> list[Leader]:
    """Whose signature the present plan demands and has not got, besides one's own.

    Nobody can be named for an outside body or a collective, nor who is kept apart from
    what she signed already.
    """
    asking = Asking(session, by, case, Action.TELEPHONE)
    found: dict[int, Leader] = {}
    for stage, act in _missing(case):
        holders = holders_of_act(asking, act)
        acting = people.acting(holders)
        for one in holders:
            named = one.slot is Slot.A or one in acting
            if named and barring(case, one.person_id, act) is None:
                who = Leader(one.person_id, one.person_name, one.post_title, stage)
                found.setdefault(one.person_id, who)
    found.pop(by.person_id or 0, None)
    return list(found.values())


def record_call(
    session: Session, by: Occasion, article_id: int, revision_id: int, said: Said
) -> Article:
    """Write down what a leader said by telephone about the present text.

    Raises:
        NotPermitted: neither who handles it now, nor its drafter, nor the office.
        Superseded: another revision was saved, or somebody acted first.
        WrongState: it is published, withdrawn or rejected.
        InvalidInput: no words; not a leader whose signature is still demanded; not
            said yet, or before this text was there.
    """

    def doing(case: Case, capacity: people.Capacity) -> None:
        _is_running(case)
        leader = _checked(session, by, case, said)
        take(session, case)
        session.add(_row(session, by, case, leader, said))
        session.flush()
        tell(session, by, _message(case, leader, said), [leader.person_id])
        what = Decision(Action.TELEPHONE, Outcome.APPROVED, capacity)
        note(session, by, case, what, _told(case, leader, said))

    at = (article_id, revision_id)
    values = {"leader": said.leader, "at": said.at.isoformat(), "words": said.words}
    return on_article(session, by, Action.TELEPHONE, at, values, doing)


def _may(session: Session, by: Occasion, case: Case) -> bool:
    try:
        _is_running(case)
        permit(session, by, case, Action.TELEPHONE)
    except WorkflowError:
        return False
    return bool(leaders(session, by, case))


def _is_running(case: Case) -> None:
    if case.article.state in ENDED:
        raise WrongState(
            "稿件已办结，不能再登记电话指示；已登记而没有补签的仍列为缺项。",
            rule="ended-already",
        )


def _missing(case: Case) -> Iterator[tuple[str, Act]]:
    """Stage and act of what the plan demands and nobody has signed."""
    for planned in case.plan.stages:
        here = (s.acts for s in case.standing if s.stage == planned.stage.id)
        signed = frozenset[str]().union(*here)
        for act in planned.acts:
            if act.id not in signed and not (act.actor.is_drafter or act.actor.body):
                yield planned.stage.id, act


def _checked(session: Session, by: Occasion, case: Case, said: Said) -> Leader:
    faults: dict[str, list[str]] = {}
    if not opinion_fits(said.words):
        faults["words"] = ["请照原话写明指示的内容。"]
    if said.at > by.at:
        faults["said_at"] = ["通话时间不能晚于现在。"]
    elif said.at < case.revision.made_at.replace(second=0, microsecond=0):
        line = "这一稿那时还没有；指示的是旧稿的，请就现在这一稿重新请示。"
        faults["said_at"] = [line]
    known = {one.person_id: one for one in leaders(session, by, case)}
    if said.leader not in known:
        faults["leader"] = ["只能登记这一稿还须由其签字的领导，本人在场的请直接签字。"]
    if faults:
        raise InvalidInput(faults)
    return known[said.leader]


def _row(
    session: Session, by: Occasion, case: Case, leader: Leader, said: Said
) -> TelephoneInstruction:
    return TelephoneInstruction(
        agency_id=by.agency_id,
        article_id=case.article.id,
        revision_id=case.revision.id,
        digest=case.revision.digest,
        stage=leader.stage,
        after_seq=case.signatures[-1].seq if case.signatures else 0,
        leader_id=leader.person_id,
        leader_name=leader.name,
        post_title=leader.post_title,
        said_at=said.at,
        words=opinion_fits(said.words),
        recorded_by_id=by.person_id,
        recorded_by_name=actor_name(session, by),
        recorded_at=by.at,
    )


def _told(case: Case, leader: Leader, said: Said) -> Mapping[str, Plain]:
    return {
        "leader": leader.name,
        "post": leader.post_title,
        "stage": leader.stage,
        "said_at": said.at.isoformat(),
        "opinion": f"{leader.name}电话指示：{opinion_fits(said.words)}",
        "revision": case.revision.number,
    }


def _message(case: Case, leader: Leader, said: Said) -> Message:
    stage = state_name(case.definition, leader.stage)
    return Message(
        f"telephone:{case.article.id}:{case.article.version}",
        NoticeKind.HANDOVER,
        f"电话指示待补签：《{case.text.title}》第{case.revision.number}稿（{stage}）",
        f"登记的指示：{opinion_fits(said.words)}。请核对原话，并在这一稿上补签；"
        "补签以前不算签字，列为缺项。",
        ("article", str(case.article.id)),
    )
