"""Doubts that open special reviews on the way, and objections that close them.

“复审对政治导向、意识形态、国家安全、社会稳定、统计数据、法律法规有疑问或异议的，
提请有关部门专项审核，终审前须有答复。”
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.orm import Session

from models.articles import Article
from models.notices import NoticeKind
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import cases, rules
from workflow.articles.approvals import Approval
from workflow.articles.cases import Case
from workflow.articles.changing import change_fact
from workflow.articles.demands import particulars_of
from workflow.articles.desks import (
    Asking,
    able_to,
    at_desk,
    may_do,
    meant,
    open_now,
    planned_stage,
    put_off,
    stage_of,
)
from workflow.articles.doing import on_article
from workflow.articles.moves import Decision, decide
from workflow.audit.acts import Plain
from workflow.errors import WrongState
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people.rules import Capacity
from workflow.process.definition import Act, ActKind, Stage
from workflow.process.machine import SendBack, step
from workflow.process.plan import OBJECTING, state_name


def raise_doubt(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    subjects: Collection[str],
    reason: str,
) -> Article:
    """Call subjects in question: their special reviews open, all at once.

    The signatures below stay; the stage above waits for every answer.

    Raises:
        OpinionRequired: there is no reason.
        WrongState: the regulation knows no doubts, or not at this stage.
        InvalidInput: no subject, or an unknown one.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        opinion = rules.reason_given(reason)
        at_, _ = at_desk(Asking(session, by, case, Action.DOUBT))
        text = rules.doubted(case, subjects, at_)
        what = Decision(
            Action.DOUBT, Outcome.DOUBTED, capacity, opinion=opinion, stage=at_
        )
        details: dict[str, Plain] = {"subjects": sorted(subjects)}
        change_fact(session, by, case, text, replace(what, details=details))
        _tell_who_is_asked(session, by, case, opinion)

    at = (article_id, revision_id)
    values = {"subjects": sorted(subjects), "reason": reason}
    return on_article(session, by, Action.DOUBT, at, values, doing)


def _tell_who_is_asked(session: Session, by: Occasion, case: Case, reason: str) -> None:
    """Whoever may do a special review that this doubt brought in, in the in-tray.

    Args:
        case: as it was before the doubt.
    """
    now, before = cases.of(session, case.article), _special(case)
    staff, open_ = Asking(session, by, now, Action.DOUBT).staffing, open_now(now)
    for act in (one for one in _special(now) if one not in before):
        people = set(able_to(staff, now, act)) - {by.person_id}
        when = "现在可以办理" if act in open_ else "到这一环节时办理"
        tell(session, by, _asking(now, act, reason, when), sorted(people))


def _special(case: Case) -> list[Act]:
    acts = (act for planned in case.plan.stages for act in planned.acts)
    return [act for act in acts if act.kind is ActKind.SPECIAL_REVIEW]


def _asking(case: Case, act: Act, reason: str, when: str) -> Message:
    stage = state_name(case.definition, stage_of(case, act))
    return Message(
        f"doubt:{case.article.id}:{case.revision.number}:{act.id}",
        NoticeKind.HANDOVER,
        f"提请“{stage}”：《{case.text.title}》第{case.revision.number}稿，{when}",
        reason,
        ("article", str(case.article.id)),
    )


def object_to(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    said: Approval,
) -> Article:
    """A special review or a consulted body objects: back to where the rule says.

    What else was asked at the same time ends with it, and the trail says whose.

    Args:
        said: the opinion is the reason; the act, where several are open to her; the
            particulars of an outsider's answer.

    Raises:
        OpinionRequired: there is no reason.
        WrongState: what is open to her is no special review.
    """

    def doing(case: Case, _capacity: Capacity) -> None:
        opinion = rules.reason_given(said.opinion)
        asking = Asking(session, by, case, Action.OBJECT)
        act = meant(asking, said.act)
        capacity, stage = may_do(asking, act), _objecting(case, act)
        to = step(case.plan, case.position, SendBack(stage.objection_to, stage.id))
        what = _objection(stage, capacity, opinion)
        what = replace(
            what,
            particulars=particulars_of(act, said.particulars),
            details=_ended_with(act, put_off(asking, to)),
        )
        decide(session, by, case, what, to)

    at = (article_id, revision_id)
    return on_article(session, by, Action.OBJECT, at, said.as_values(), doing)


def _objection(stage: Stage, capacity: Capacity, opinion: str) -> Decision:
    return Decision(
        Action.OBJECT,
        Outcome.OBJECTED,
        capacity,
        opinion=opinion,
        returned_to=stage.objection_to,
        stage=stage.id,
    )


def _objecting(case: Case, act: Act) -> Stage:
    planned = planned_stage(case, act)
    if planned is None or act.kind not in OBJECTING:
        raise WrongState(
            "只有专项审核和征求意见可以提出异议；其他请退回。", rule="no-objection"
        )
    return planned.stage


def _ended_with(act: Act, ended: list[str]) -> dict[str, Plain]:
    details: dict[str, Plain] = {"act": act.id}
    return {**details, "cancelled": ended} if ended else details
