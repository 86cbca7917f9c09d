"""Doubts that open special reviews on the way, and objections that close them.

“复审对政治导向、意识形态、国家安全、社会稳定、统计数据、法律法规有疑问或异议的，
提请有关部门专项审核，终审前须有答复。”
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from models.articles import Article
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import rules
from workflow.articles.cases import Case
from workflow.articles.changing import change_fact
from workflow.articles.demands import particulars_of
from workflow.articles.desks import (
    Asking,
    at_desk,
    may_do,
    meant,
    planned_stage,
    put_off,
)
from workflow.articles.doing import on_article
from workflow.articles.moves import Decision, decide
from workflow.audit.acts import Plain
from workflow.errors import WrongState
from workflow.occasion import Occasion
from workflow.people.rules import Capacity
from workflow.process import machine
from workflow.process.machine import step
from workflow.process.plan import OBJECTING


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
        details: dict[str, Plain] = {"subjects": sorted(subjects)}
        what = Decision(
            Action.DOUBT,
            Outcome.DOUBTED,
            capacity,
            opinion=opinion,
            stage=at_,
            details=details,
        )
        change_fact(session, by, case, text, what)

    at = (article_id, revision_id)
    values = {"subjects": sorted(subjects), "reason": reason}
    return on_article(session, by, Action.DOUBT, at, values, doing)


def object_to(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    reason: str,
    act: str = "",
    particulars: Mapping[str, str] | None = None,
) -> Article:
    """A special review or a consulted body objects: back to where the rule says.

    What else was asked at the same time ends with it, and the trail says whose.

    Args:
        act: which of the open acts is meant; the first of hers when empty.
        particulars: of an outsider's answer.

    Raises:
        OpinionRequired: there is no reason.
        WrongState: what is open to her is no special review.
    """
    given = dict(particulars or {})

    def doing(case: Case, _capacity: Capacity) -> None:
        opinion = rules.reason_given(reason)
        asking = Asking(session, by, case, Action.OBJECT)
        chosen = meant(asking, act)
        planned = planned_stage(case, chosen)
        if planned is None or chosen.kind not in OBJECTING:
            raise WrongState(
                "只有专项审核和征求意见可以提出异议；其他请退回。", rule="no-objection"
            )
        stage = planned.stage
        wanted = machine.SendBack(stage.objection_to, stage.id)
        to = step(case.plan, case.position, wanted)
        ended = put_off(asking, to)
        details: dict[str, Plain] = {"act": chosen.id}
        what = Decision(
            Action.OBJECT,
            Outcome.OBJECTED,
            may_do(asking, chosen),
            opinion=opinion,
            returned_to=stage.objection_to,
            stage=stage.id,
            particulars=particulars_of(chosen, given) if given else {},
            details={**details, **({"cancelled": ended} if ended else {})},
        )
        decide(session, by, case, what, to)

    at = (article_id, revision_id)
    values = {"reason": reason, "act": act, "particulars": given}
    return on_article(session, by, Action.OBJECT, at, values, doing)
