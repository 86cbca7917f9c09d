"""Signing a rung, and changing what is signed: what follows for the position."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import cases, precheck, rules
from workflow.articles.approvals import Approval
from workflow.articles.cases import Case
from workflow.articles.choosing import Begun
from workflow.articles.demands import nothing_in_the_way, particulars_of
from workflow.articles.desks import (
    Asking,
    is_wide,
    may_do,
    meant,
    one_for_two,
    planned_stage,
    put_off,
    stage_of,
)
from workflow.articles.drafts import importance_of, new_revision, section_row
from workflow.articles.moves import Decision, decide, move, note, put_on_record, take
from workflow.articles.text import Text, changed_parts, digest_of, facts_of, parts_of
from workflow.audit.acts import Plain
from workflow.occasion import Occasion
from workflow.process import machine
from workflow.process.definition import Act
from workflow.process.machine import CLEARED, Position, step
from workflow.process.plan import Plan, make_plan


def sign_rung(
    session: Session, by: Occasion, case: Case, action: Action, approval: Approval
) -> None:
    """Sign one act of an open stage; all that is left of it where it is joint.

    Raises:
        WrongState: no stage is open, or something forbids approving there.
        NotPermitted: none of what is open is this person's.
        InvalidInput: what this signature needs, or the stage that it opens, is missing.
    """
    asking = Asking(session, by, case, action)
    act = meant(asking, approval.act)
    acts = signed_with(case, act)
    to = step(case.plan, case.position, machine.Approve(acts))
    checklist = _answers(case, act, approval)
    may_sign(asking, act.id)
    what = Decision(
        action,
        Outcome.APPROVED,
        may_do(asking, act),
        acts=acts,
        opinion=rules.opinion_fits(approval.opinion),
        checklist=checklist,
        stage=stage_of(case, act),
        particulars=particulars_of(act, approval.particulars),
        details=_beside(asking, act, acts, to),
    )
    decide(session, by, case, what, to)


def _answers(case: Case, act: Act, approval: Approval) -> dict[str, str]:
    planned = planned_stage(case, act)
    items = planned.stage.checklist if planned else ()
    return rules.checklist_is_done(items, approval.checklist)


def may_sign(asking: Asking, wanted: str = "") -> Act:
    """The act that this person would sign, if nothing is in the way of it.

    Args:
        wanted: which one she means; the first of hers when empty.

    Raises:
        WrongState: nothing is open, or a rule forbids it.
        NotPermitted: none of what is open is hers.
        InvalidInput: something is missing for the stage that would open.
    """
    case, act = asking.case, meant(asking, wanted)
    planned = planned_stage(case, act)
    to = step(case.plan, case.position, machine.Approve(signed_with(case, act)))
    if planned is not None:
        nothing_in_the_way(case, planned, to)
    return act


def signed_with(case: Case, act: Act) -> frozenset[str]:
    """The acts that one signature on this act completes: all, where it is joint."""
    planned = planned_stage(case, act)
    if planned is None or not planned.stage.joint:
        return frozenset({act.id})
    return planned.act_ids - case.position.done - case.position.ahead


def _beside(
    asking: Asking, act: Act, acts: frozenset[str], to: Position
) -> dict[str, Plain]:
    """What the trail says beside a signature: whose tasks ended, what to look at."""
    details: dict[str, Plain] = {}
    if is_wide(asking.case.definition):
        details["acts"] = sorted(acts)
    if ended := put_off(asking, to):
        details["cancelled"] = ended
    if warned := one_for_two(asking.case, asking.person, act, acts):
        details["warned"] = warned
    return details


def replace_text(
    session: Session, by: Occasion, case: Case, start: Begun, what: Decision
) -> None:
    """Save another revision if anything changed, and stand where that leaves us."""
    text = start.text
    before, after = parts_of(case.text), parts_of(text)
    if digest_of(before) == digest_of(after):
        return
    take(session, case)
    number = case.revision.number + 1
    new_revision(session, by, case.article, text, number, what.opinion)
    changed = changed_parts(before, after)
    _stand_anew(session, by, case, start, number)
    now = cases.of(session, case.article)
    precheck.run(session, by, now)
    voided = [
        s.stage for s in case.standing if s.seq not in {t.seq for t in now.standing}
    ]
    details: dict[str, Plain] = {
        "revision": number,
        "changed": changed,
        "voided": voided,
        **replanned(case, now.plan),
    }
    note(session, by, now, what, details)


def change_fact(
    session: Session, by: Occasion, case: Case, text: Text, what: Decision
) -> None:
    """Put on record who changed what the text is said to be, then plan anew."""
    take(session, case)
    plan = make_plan(case.definition, facts_of(text))
    details = {**what.details, **replanned(case, plan)}
    put_on_record(session, by, case, replace(what, details=details))
    number = case.revision.number + 1
    new_revision(session, by, case.article, text, number, what.opinion)
    same = Begun(case.article.definition_id, case.definition, text)
    _stand_anew(session, by, case, same, number)


def replanned(case: Case, plan: Plan) -> dict[str, Plain]:
    """Which stages came in, and why, and which fell away."""
    before = {item.stage.id for item in case.plan.stages}
    after = {item.stage.id for item in plan.stages}
    came = [f"{i.stage.name}：{i.why}" for i in plan.stages if i.stage.id not in before]
    went = [i.stage.name for i in case.plan.stages if i.stage.id not in after]
    details: dict[str, Plain] = {}
    if came:
        details["stages_added"] = came
    if went:
        details["stages_dropped"] = went
    return details


def _stand_anew(
    session: Session, by: Occasion, case: Case, start: Begun, number: int
) -> None:
    text = start.text
    also = {
        "definition_id": start.definition_id,
        "title": text.title,
        "section_id": section_row(session, by.agency_id, text.section).id,
        "importance": importance_of(start.definition, text),
        "revision_number": number,
    }
    session.flush()
    now = cases.of(session, case.article)
    move(session, by, now, _position_after(now), also)


def _position_after(now: Case) -> Position:
    """Where a changed text stands: the first rung whose signature no longer counts."""
    state = now.article.state
    running = state == CLEARED or state in {s.id for s in now.definition.stages}
    if not running:
        return now.position
    placed = machine.place(now.plan, now.stood)
    outcome = machine.Replan(placed.state, placed.done, placed.ahead)
    position = Position(state, held=now.article.held, released=now.released)
    return step(now.plan, position, outcome)
