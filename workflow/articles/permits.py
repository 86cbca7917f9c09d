"""Who may do what to an article: one table, predicates named as sentences.

An action that is not in the table is refused.  "Not now" is the machine's answer, "not
you" is this one's; they stay two different answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from models.people import Role
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import added, beside
from workflow.articles.cases import Case
from workflow.articles.desks import (
    DRAFTER,
    Asking,
    as_drafter,
    at_desk,
    capacity_for,
    first_capacity,
    holders_of_act,
    publishing_now,
)
from workflow.articles.stops import stage_above
from workflow.errors import NotPermitted, WorkflowError
from workflow.occasion import Occasion
from workflow.people import questions as people
from workflow.people import rules
from workflow.people.permissions import TITLES
from workflow.people.rules import Capacity, Holder
from workflow.people.staffing import OFFICE_POST
from workflow.process import machine
from workflow.process.definition import Stage

Predicate = Callable[[Asking], Capacity]


def permit(session: Session, by: Occasion, case: Case, action: Action) -> Capacity:
    """The capacity in which the person may do it.

    Raises:
        NotPermitted: which rule, and who can help.
    """
    asking = Asking(session, by, case, action)
    refusals = []
    for predicate in PERMITS.get(action, ()):
        try:
            return predicate(asking)
        except NotPermitted as refusal:
            refusals.append(refusal)
    raise _told(refusals[0] if refusals else NotPermitted(rule="nobody-may"), asking)


def _told(refusal: NotPermitted, asking: Asking) -> NotPermitted:
    refusal.facts.update(action=asking.action, subject=asking.case.article.id)
    return refusal


def wrote_it(asking: Asking) -> Capacity:
    """谁起草谁负责: the drafter, by name, and nobody in her place."""
    return as_drafter(asking)


def wrote_it_and_it_is_with_her(asking: Asking) -> Capacity:
    """The drafter, while the text lies with her or is cleared and not yet published."""
    capacity = wrote_it(asking)
    stage = current_stage(asking.case)
    if stage is not None and not _is_drafters(stage):
        raise NotPermitted(
            f"稿件正在{stage.name}，拟稿人不能改动；可先取回，或请审核人退回。",
            rule="with-the-reviewer",
            help_from=rules.names(holders_of_stage(asking, stage)),
        )
    return capacity


def holds_this_rung(asking: Asking) -> Capacity:
    """A holder of the post that an open act names, who signed no exclusive one."""
    return at_desk(asking)[1]


def holds_the_publishing_post(asking: Asking) -> Capacity:
    """A holder of the post that the regulation lets publish, here or there."""
    definition = asking.case.definition
    acts = publishing_now(asking.case) or (
        definition.publish,
        *definition.publishers.values(),
    )
    return first_capacity(asking, acts)


def holds_the_publishing_post_now(asking: Asking) -> Capacity:
    """The publisher, once every signature is there."""
    if asking.case.article.state != machine.CLEARED:
        raise NotPermitted("稿件还没有到发布环节。", rule="not-yet-cleared")
    return first_capacity(asking, publishing_now(asking.case))


def holds_a_rung_of_this_article(asking: Asking) -> Capacity:
    """Removing is safe, publishing is not: any reviewer of it may take it down."""
    for planned in asking.case.plan.stages:
        try:
            return capacity_in(asking, planned.stage)
        except NotPermitted:
            continue
    raise NotPermitted(
        "撤稿由发布岗或本稿任一级审核人办理。",
        rule="not-a-reviewer-of-this",
        help_from=rules.names(holders_of_act(asking, asking.case.definition.publish)),
    )


def signed_it_last(asking: Asking) -> Capacity:
    """Whose approval is the last thing decided, and who may still act at its rung."""
    signed = asking.case.signatures[-1] if asking.case.signatures else None
    if (
        signed is None
        or signed.person_id != asking.by.person_id
        or signed.outcome is not Outcome.APPROVED
        or not asking.case.plan.has(signed.stage)
    ):
        raise NotPermitted(
            "只有刚刚签字同意、下一级还没有办理的人可以取回。",
            rule="not-the-last-signer",
        )
    return capacity_in(asking, asking.case.plan.stage(signed.stage).stage)


def holds_the_rung_above(asking: Asking) -> Capacity:
    """A holder of the next level, who may over-rule in writing what blocks."""
    return rules.capacity(
        holders_of_stage(asking, stage_above(asking.case)), asking.person
    )


def names_above(asking: Asking) -> str:
    """Who could over-rule today, with their posts."""
    return rules.names(holders_of_stage(asking, stage_above(asking.case)))


def leads_the_office(asking: Asking) -> Capacity:
    """A holder of the office director's post, where calls come in."""
    holders = [h for h in asking.staffing.holders if h.post_code == OFFICE_POST]
    return rules.capacity(holders, asking.person)


def signs_beside(asking: Asking) -> Capacity:
    """One who was added and has not signed this text yet."""
    case = asking.case
    for demand in added.owed(asking.session, case) if case.shared else ():
        try:
            return beside.capacity(asking, demand)
        except WorkflowError:
            continue
    raise NotPermitted("这篇稿件现在没有请您加签。", rule="not-added")


def works_with_articles(asking: Asking) -> Capacity:
    """Anybody who drafts, reviews, publishes or leads here."""
    held = people.roles_of(asking.session, asking.person, asking.by.at)
    for role in (Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER, Role.LEADER):
        if role in held:
            return Capacity(None, role.value, TITLES[role])
    raise NotPermitted(
        "此事需要拟稿、审核、发布人员或领导角色。",
        rule="works-with-no-texts",
        help_from="安全管理员（授予角色）",
    )


PERMITS: Mapping[Action, tuple[Predicate, ...]] = {
    Action.REVISE: (
        wrote_it_and_it_is_with_her,
        holds_this_rung,
        holds_the_publishing_post_now,
    ),
    Action.SUBMIT: (wrote_it,),
    Action.RECALL: (wrote_it,),
    Action.ANSWER: (wrote_it, holds_this_rung),
    Action.FIX: (wrote_it_and_it_is_with_her, holds_this_rung),
    Action.KEEP: (wrote_it_and_it_is_with_her, holds_this_rung),
    Action.PLEAD: (wrote_it_and_it_is_with_her, holds_this_rung),
    Action.OVERRULE: (holds_the_rung_above,),
    Action.ESCAPED: (works_with_articles,),
    Action.ADD_FINDING: (
        holds_this_rung,
        holds_the_publishing_post_now,
        signs_beside,
    ),
    Action.WITHDRAW_FINDING: (
        holds_this_rung,
        holds_the_publishing_post_now,
        works_with_articles,
    ),
    Action.SIGN: (holds_this_rung,),
    Action.SEND_BACK: (holds_this_rung, holds_the_publishing_post_now),
    Action.HOLD: (holds_this_rung, holds_the_publishing_post_now),
    Action.RESUME: (holds_this_rung, holds_the_publishing_post_now),
    Action.REJECT: (holds_this_rung, holds_the_publishing_post_now),
    Action.OBJECT: (holds_this_rung,),
    Action.DOUBT: (holds_this_rung,),
    Action.RAISE: (holds_this_rung,),
    Action.LOWER: (holds_this_rung,),
    Action.PUBLISH: (holds_the_publishing_post,),
    Action.WITHDRAW: (holds_the_publishing_post, holds_a_rung_of_this_article),
    Action.TAKE_BACK: (signed_it_last,),
    Action.TAKE_OVER: (holds_this_rung, holds_the_publishing_post_now),
    Action.TRANSFER: (holds_this_rung, holds_the_publishing_post_now),
    Action.CONSULT: (holds_this_rung, holds_the_publishing_post_now),
    Action.END_CONSULT: (holds_this_rung, holds_the_publishing_post_now),
    Action.ADD_SIGNER: (holds_this_rung,),
    Action.REMOVE_SIGNER: (holds_this_rung, holds_the_publishing_post_now),
    Action.TELEPHONE: (
        holds_this_rung,
        holds_the_publishing_post_now,
        wrote_it,
        leads_the_office,
    ),
    Action.URGE: (wrote_it,),
    Action.CIRCULATE: (
        wrote_it,
        holds_a_rung_of_this_article,
        holds_the_publishing_post,
    ),
}


def may_draft(session: Session, by: Occasion) -> Capacity:
    """Whether the person may begin an article, as a drafter (信息员).

    Raises:
        NotPermitted: she has not the role.
    """
    roles = people.roles_of(session, by.person_id or 0, by.at)
    if Role.DRAFTER not in roles:
        raise NotPermitted(
            "起草稿件需要拟稿人角色。",
            rule="not-a-drafter",
            help_from="安全管理员（授予角色）",
            action=Action.DRAFT,
        )
    return Capacity(None, "drafter", DRAFTER)


def current_stage(case: Case) -> Stage | None:
    """The rung that the article stands at, if it stands at one."""
    for planned in case.plan.stages:
        if planned.stage.id == case.article.state:
            return planned.stage
    return None


def capacity_in(asking: Asking, stage: Stage) -> Capacity:
    """The capacity in which the person may act at a stage.

    Raises:
        NotPermitted: none of its acts is this person's.
    """
    if _is_drafters(stage):
        return wrote_it(asking)
    refusals = []
    for act in stage.acts:
        try:
            return capacity_for(asking, act)
        except NotPermitted as refusal:
            refusals.append(refusal)
    raise refusals[0]


def holders_of_stage(asking: Asking, stage: Stage) -> list[Holder]:
    """Everyone who holds a post that an act of this stage names."""
    found: dict[tuple[int, int], Holder] = {}
    for act in stage.acts:
        for holder in holders_of_act(asking, act):
            found.setdefault((holder.post_id, holder.person_id), holder)
    return list(found.values())


def _is_drafters(stage: Stage) -> bool:
    return all(act.actor.is_drafter for act in stage.acts)
