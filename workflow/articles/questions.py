"""What people ask about one article: what may I do, why (not), what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Revision
from models.people import Person
from models.signatures import Outcome, Signature
from workflow.actions import Action
from workflow.articles import rules
from workflow.articles.cases import DIRECT, Case
from workflow.articles.changing import may_sign
from workflow.articles.desks import (
    DRAFTER,
    Asking,
    at_desk,
    desk_of,
    everything_open,
    hers,
    holders_of_act,
    open_now,
)
from workflow.articles.permits import holders_of_stage, permit
from workflow.errors import NotPermitted, WorkflowError
from workflow.occasion import Occasion
from workflow.people import rules as people
from workflow.people.rules import Capacity
from workflow.process import machine
from workflow.process.channels import releasable
from workflow.process.machine import DRAFTING, PUBLISHED
from workflow.process.plan import OBJECTING, state_name, targets

_BY_OUTCOME: Mapping[str, tuple[Action, ...]] = {
    "submit": (Action.SUBMIT,),
    "approve": (Action.SIGN, Action.RAISE, Action.LOWER, Action.OBJECT, Action.DOUBT),
    "send_back": (Action.SEND_BACK,),
    "hold": (Action.HOLD,),
    "resume": (Action.RESUME,),
    "reject": (Action.REJECT,),
    "publish": (Action.PUBLISH,),
    "withdraw": (Action.WITHDRAW,),
    "recall": (Action.RECALL,),
}


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that the regulation allows now, and whether this person may do it.

    Args:
        capacity: in which post, when she may.
        refusal: why not and who can help, when she may not.
    """

    action: Action
    capacity: Capacity | None
    refusal: WorkflowError | None

    @property
    def allowed(self) -> bool:
        """Whether the button works for this person."""
        return self.capacity is not None


def acts_open_to(session: Session, by: Occasion, case: Case) -> dict[Action, OpenAct]:
    """Ladder ∩ permissions: every act possible now, with the answer for this person."""
    found: dict[Action, OpenAct] = {}
    for action in _possible(case):
        try:
            capacity = permit(session, by, case, action)
            _check_beyond_permits(Asking(session, by, case, action))
            found[action] = OpenAct(action, capacity, None)
        except WorkflowError as refusal:
            found[action] = OpenAct(action, None, refusal)
    return found


def _possible(case: Case) -> list[Action]:
    names = machine.possible(case.plan, case.position)
    asked = [action for name in names for action in _BY_OUTCOME.get(name, ())]
    actions = [action for action in asked if _is_known(case, action)]
    try:
        rules.text_is_open(case)
    except WorkflowError:
        return actions
    return [Action.REVISE, Action.ANSWER, *actions]


def _is_known(case: Case, action: Action) -> bool:
    """Whether this regulation, at this point, has such an act at all."""
    afterwards = case.article.state == PUBLISHED
    if action in (Action.RAISE, Action.LOWER):
        return not afterwards
    if action is Action.DOUBT:
        return case.definition.doubts is not None and not afterwards
    if action is Action.OBJECT:
        return any(act.kind in OBJECTING for act in open_now(case))
    return True


def _check_beyond_permits(asking: Asking) -> None:
    check = _BEYOND.get(asking.action)
    if check is not None:
        check(asking)


def _objects(asking: Asking) -> None:
    if not any(act.kind in OBJECTING for act in hers(asking)):
        raise NotPermitted(
            "异议由专项审核、征求意见的办理人提出；其他请退回。", rule="no-objection"
        )


def _doubts(asking: Asking) -> None:
    rule, case = asking.case.definition.doubts, asking.case
    rest = set(case.definition.attributes[rule.attribute].values) if rule else set()
    rules.doubted(case, rest - rules.subjects_in_doubt(case), at_desk(asking)[0])


_BEYOND: Mapping[Action, Callable[[Asking], object]] = {
    Action.SIGN: may_sign,
    Action.OBJECT: _objects,
    Action.DOUBT: _doubts,
    Action.PUBLISH: lambda asking: rules.publishable(
        asking.case, releasable(asking.case.plan, asking.case.position)
    ),
    Action.RAISE: lambda asking: rules.raised(asking.case),
    Action.LOWER: lambda asking: rules.lowered(asking.case, at_desk(asking)[0]),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of publishing: met by whom on which text, or why it is not.

    Args:
        holders: who could meet it today, when it is open.
    """

    stage: str
    why: str
    basis: str
    signed: Signature | None
    voided: Signature | None
    holders: str

    @property
    def met(self) -> bool:
        """Whether the signature stands on the present text."""
        return self.signed is not None


def why_publishable(session: Session, by: Occasion, case: Case) -> list[Condition]:
    """Each rung that this article must climb, met or not, in order."""
    asking = Asking(session, by, case, Action.PUBLISH)
    by_seq = {signature.seq: signature for signature in case.signatures}
    found = []
    for planned in case.plan.stages:
        stage = planned.stage
        standing = [s for s in case.standing if s.stage == stage.id]
        acts = frozenset().union(*(s.acts for s in standing))
        whole = planned.act_ids <= acts
        signed = by_seq[standing[-1].seq] if whole else None
        voided = None if signed else _last_approval(case, stage.id)
        holders = people.names(holders_of_stage(asking, stage)) or case.drafter.name
        found.append(
            Condition(stage.name, planned.why, stage.basis, signed, voided, holders)
        )
    return found


def _last_approval(case: Case, stage: str) -> Signature | None:
    mine = [
        s for s in case.signatures if s.stage == stage and s.outcome is Outcome.APPROVED
    ]
    return mine[-1] if mine else None


def holders_now(session: Session, by: Occasion, case: Case) -> str:
    """With whom the article lies today, as the screens say it."""
    if case.article.state == DRAFTING:
        return f"{DRAFTER} {case.drafter.name}"
    asking = Asking(session, by, case, Action.SIGN)
    acts = [act for _, act in everything_open(case)]
    found = [holder for act in acts for holder in holders_of_act(asking, act)]
    named = people.names(found) if found else ""
    if any("drafter" in act.actor.relations for act in acts):
        own = f"{DRAFTER} {case.drafter.name}"
        return "、".join(filter(None, (own, named)))
    return named


def handed_to(session: Session, by: Occasion, case: Case) -> str:
    """To which rung, and whom, the text goes once its drafter hands it in."""
    own = rules.first_rung_is_the_drafters(case)
    rungs = case.plan.stages[1:] if own else case.plan.stages
    asking = Asking(session, by, case, Action.SUBMIT)
    if not rungs:
        return people.names(holders_of_act(asking, case.definition.publish))
    stage = rungs[0].stage
    return f"{stage.name}（{people.names(holders_of_stage(asking, stage))}）"


def last_return(case: Case) -> Signature | None:
    """The return that is still to be dealt with: nobody has approved since."""
    decided = [
        signature
        for signature in case.signatures
        if signature.outcome in (Outcome.RETURNED, Outcome.APPROVED)
    ]
    returned = bool(decided) and decided[-1].outcome is Outcome.RETURNED
    return decided[-1] if returned else None


def my_last_signature(case: Case, person_id: int) -> Signature | None:
    """What this person last signed of it: the review opens on what changed since."""
    mine = [s for s in case.signatures if s.person_id == person_id]
    return mine[-1] if mine else None


def revisions(session: Session, article_id: int) -> list[Revision]:
    """Every saved text, oldest first."""
    query = select(Revision).where(Revision.article_id == article_id)
    return list(session.scalars(query.order_by(Revision.number)))


@dataclass(frozen=True, slots=True)
class Cell:
    """One revision × rung: the last decision there, and whether it still counts."""

    signature: Signature | None
    counts: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One revision across all rungs."""

    revision: Revision
    author: str
    cells: tuple[Cell, ...]


def matrix(session: Session, case: Case) -> list[MatrixRow]:
    """Revisions × rungs: at a glance which signature belongs to which text."""
    standing = {signature.seq for signature in case.standing}
    rows = []
    for revision in revisions(session, case.article.id):
        author = session.get_one(Person, revision.author_id).name
        cells = tuple(
            _cell(case, revision.id, planned.stage.id, standing)
            for planned in case.plan.stages
        )
        rows.append(MatrixRow(revision, author, cells))
    return rows


def _cell(case: Case, revision_id: int, stage: str, standing: set[int]) -> Cell:
    mine = [
        s
        for s in case.signatures
        if s.revision_id == revision_id
        and s.stage == stage
        and s.outcome in (Outcome.APPROVED, Outcome.RETURNED)
    ]
    last = mine[-1] if mine else None
    return Cell(last, last is not None and last.seq in standing)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line of the story: a decision or a new revision."""

    at: datetime
    name: str
    post: str
    on_behalf_of: str
    act: str
    stage: str
    opinion: str
    revision: int
    waited_from: datetime | None


OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.APPROVED: "同意",
    Outcome.RETURNED: "退回",
    Outcome.HELD: "暂存待用",
    Outcome.RESUMED: "恢复办理",
    Outcome.REJECTED: "不予采用",
    Outcome.RECALLED: "收回",
    Outcome.RAISED: "提为重大事项",
    Outcome.LOWERED: "取消重大事项",
    Outcome.PUBLISHED: "发布",
    Outcome.WITHDRAWN: "撤稿",
    Outcome.OBJECTED: "提出异议，转",
    Outcome.DOUBTED: "存疑，提请专项审核",
}


def story(session: Session, case: Case) -> list[StoryLine]:
    """What happened, oldest first: who, in which post, for whom, what, how long."""
    numbers = {r.id: r.number for r in revisions(session, case.article.id)}
    lines = [_decision_line(case, s, numbers) for s in case.signatures]
    for revision in revisions(session, case.article.id):
        author = session.get_one(Person, revision.author_id).name
        act = "拟稿" if revision.number == 1 else f"改成第{revision.number}稿"
        at, number = revision.made_at, revision.number
        stage = stage_name(case, revision.author_stage)
        line = StoryLine(at, author, "", "", act, stage, revision.reason, number, None)
        lines.append(line)
    return sorted(lines, key=lambda line: line.at)


def _decision_line(
    case: Case, signature: Signature, numbers: Mapping[int, int]
) -> StoryLine:
    act = OUTCOME_WORDS[signature.outcome]
    if signature.returned_to:
        act += f"至“{stage_name(case, signature.returned_to)}”"
    if signature.particulars.get(DIRECT):
        act += "（直达）"
    return StoryLine(
        at=signature.signed_at,
        name=signature.person_name,
        post=signature.post_title,
        on_behalf_of=signature.on_behalf_of_name,
        act=act,
        stage=stage_name(case, signature.stage),
        opinion=signature.opinion,
        revision=numbers[signature.revision_id],
        waited_from=signature.entered_at,
    )


def stage_name(case: Case, state: str) -> str:
    """What the screens call a state of this article."""
    return state_name(case.definition, state)


def return_targets(session: Session, by: Occasion, case: Case) -> list[tuple[str, str]]:
    """Where it may be sent back to from her desk: code and name, lowest first."""
    at = desk_of(session, by, case, Action.SEND_BACK) or case.article.state
    return [(to, stage_name(case, to)) for to in targets(case.plan, at)]


def my_capacity(session: Session, by: Occasion, case: Case) -> Capacity | None:
    """In which post I would act now, if I may."""
    try:
        return at_desk(Asking(session, by, case, Action.SIGN))[1]
    except NotPermitted:
        return None
