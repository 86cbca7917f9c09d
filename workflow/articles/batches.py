"""Approving several routine texts of one rung at once (批量同意).

Only rows that wait for this very person, that are routine, and whose present text she
opened.  A major matter, a doubt, a condition that brought in another rung, a finding or
a question that is open: none of these is ever signed in a batch.  Each text is signed
by the same act as alone, with its own signature, trail entry and gate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.articles import Article
from workflow.actions import Action
from workflow.articles import acts, cases, findings
from workflow.articles.approvals import Approval
from workflow.articles.cases import Case
from workflow.articles.openings import opened
from workflow.articles.permits import current_stage, permit
from workflow.articles.tasks import Box, Desk, in_box
from workflow.errors import InvalidInput, WorkflowError
from workflow.occasion import Occasion
from workflow.operations import once
from workflow.process.definition import Stage

MOST = 30
WHY_NOT: Mapping[str, str] = {
    "held": "暂存待用",
    "weighty": "重大或有特殊情况，须单独办理",
    "findings": "还有问题没有答复",
    "shared": "征求过意见或有加签，须单独办理",
    "unopened": "还没有打开看过",
}
ONE_BY_ONE = "只有一般的、改动已经打开看过的稿件可以一起同意；重大的请逐件办理。"


@dataclass(frozen=True, slots=True)
class Row:
    """One text that waits, and why it is not for a batch; empty when it is."""

    case: Case
    why_not: str

    @property
    def fits(self) -> bool:
        """Whether it may be signed together with others."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Batch:
    """The texts that wait for one person at one rung of one rule."""

    key: str
    stage: Stage
    rows: tuple[Row, ...]

    @property
    def fitting(self) -> tuple[Row, ...]:
        """Those that may be signed together."""
        return tuple(row for row in self.rows if row.fits)


def batches(session: Session, by: Occasion, desk: Desk) -> list[Batch]:
    """What waits for a person, rung by rung, with what may be signed together."""
    found: dict[str, list[Case]] = {}
    stages: dict[str, Stage] = {}
    for task in in_box(session, desk, Box.WAITING, limit=MOST):
        case = cases.of(session, task.article)
        stage = current_stage(case)
        if stage is not None and _may_sign(session, by, case):
            key = f"{task.article.definition_id}-{stage.id}"
            found.setdefault(key, []).append(case)
            stages[key] = stage
    return [
        Batch(key, stages[key], tuple(_row(session, by, case) for case in waiting))
        for key, waiting in found.items()
    ]


def approve_together(
    session: Session,
    by: Occasion,
    chosen: Sequence[tuple[int, int]],
    approval: Approval,
) -> list[Article]:
    """Sign each of several texts; all of them or none.

    Args:
        chosen: ids of article and of the revision that was read.
        approval: the answers to the rung's checklist, meant for each of them.

    Raises:
        InvalidInput: nothing chosen, texts of several rungs, or one that is not
            routine or was not opened.
        ChecklistOpen, NotPermitted, Superseded, WrongState: as for one text.
    """
    _check_number(chosen)

    def doing() -> tuple[list[Article], dict[str, int]]:
        _check_fit(session, by, [one for one, _ in chosen])
        done = [_sign(session, by, one, approval) for one in chosen]
        return done, {"number": len(done)}

    def again(_answer: object) -> list[Article]:
        return [session.get_one(Article, article) for article, _ in chosen]

    about = {"together": [list(one) for one in chosen], **approval.as_values()}
    return once(session, by, Action.SIGN, about, doing, again)


def why_not_together(session: Session, by: Occasion, case: Case) -> str:
    """Why a text is to be signed by itself; empty when it may be signed with others."""
    if case.article.held:
        return WHY_NOT["held"]
    if _is_weighty(case):
        return WHY_NOT["weighty"]
    if findings.open_of(session, case.article.id):
        return WHY_NOT["findings"]
    if case.shared:
        return WHY_NOT["shared"]
    if case.revision.id not in opened(session, by, [case.revision.id]):
        return WHY_NOT["unopened"]
    return ""


def _is_weighty(case: Case) -> bool:
    """A major matter, a doubt, or anything that brought in a rung of its own."""
    rule, doubts = case.definition.importance, case.definition.doubts
    facts = case.plan.facts
    if rule is not None and rule.weight(facts[rule.attribute]):
        return True
    if doubts is not None and facts[doubts.attribute]:
        return True
    special = [item for item in case.plan.stages if item.stage.when is not None]
    return any(not item.stage.channels for item in special)


def _row(session: Session, by: Occasion, case: Case) -> Row:
    return Row(case, why_not_together(session, by, case))


def _may_sign(session: Session, by: Occasion, case: Case) -> bool:
    stage = current_stage(case)
    if stage is None or all(act.actor.is_drafter for act in stage.acts):
        return False
    try:
        permit(session, by, case, Action.SIGN)
    except WorkflowError:
        return False
    return True


def _sign(
    session: Session, by: Occasion, at: tuple[int, int], approval: Approval
) -> Article:
    """One of them, by the act that signs a single text."""
    alone = by.under(f"{by.operation}/{at[0]}")
    return acts.sign(session, alone, *at, approval)


def _check_number(chosen: Sequence[tuple[int, int]]) -> None:
    if not chosen:
        raise InvalidInput({"articles": ["请选择要一起同意的稿件。"]})
    if len(chosen) > MOST or len({article for article, _ in chosen}) < len(chosen):
        raise InvalidInput({"articles": [f"一次最多{MOST}件，每件只选一次。"]})


def _check_fit(session: Session, by: Occasion, ids: Sequence[int]) -> None:
    found = [cases.load(session, by.agency_id, one) for one in ids]
    if len({(c.article.definition_id, c.article.state) for c in found}) > 1:
        raise InvalidInput({"articles": ["只能一起同意同一环节的稿件。"]})
    told = [(case, why_not_together(session, by, case)) for case in found]
    lines = [f"《{c.text.title}》{why}。{ONE_BY_ONE}" for c, why in told if why]
    if lines:
        raise InvalidInput({"articles": lines})
