"""What has to hold before an act on an article: pure, each with its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.findings import Finding
from models.signatures import Outcome
from workflow.articles.cases import Case
from workflow.articles.drafts import PUBLICATION
from workflow.articles.findings import NewFinding
from workflow.articles.text import Text, digest_of, parts_of
from workflow.errors import (
    ChecklistOpen,
    FindingsOpen,
    InvalidInput,
    OpinionRequired,
    WrongState,
)
from workflow.process import machine
from workflow.process.definition import CheckItem, Importance, Stage
from workflow.process.machine import CLEARED, DRAFTING
from workflow.process.plan import may_lower

OPINION_MAX = 2000
YES, NOT_APPLICABLE, NO = "yes", "na", "no"
REVIEW_BEFORE_PUBLISHING = "未经审核校对的信息、文稿一律不准发布。"


def checklist_is_done(
    items: Sequence[CheckItem], answers: Mapping[str, str]
) -> dict[str, str]:
    """The answers to exactly the lines of this rung; a "no" forbids approving.

    Raises:
        ChecklistOpen: names every line that is open or answered with "no".
    """
    faults = {
        f"check-{item.id}": [f"“{item.text}”{_fault(answers.get(item.id, ''))}"]
        for item in items
        if answers.get(item.id) not in (YES, NOT_APPLICABLE)
    }
    if faults:
        raise ChecklistOpen(faults)
    return {item.id: answers[item.id] for item in items}


def _fault(answer: str) -> str:
    if answer == NO:
        return "答为“否”，请退回修改，不能同意。"
    return "尚未检查。"


def opinion_fits(opinion: str) -> str:
    """An opinion as it will stand on record; nothing is ever filled in for a person.

    Raises:
        InvalidInput: longer than 2,000 characters.
    """
    text = opinion.strip()
    if len(text) > OPINION_MAX:
        raise InvalidInput({"opinion": [f"意见最多{OPINION_MAX}字。"]})
    return text


def reason_given(reason: str) -> str:
    """A written reason.

    Raises:
        OpinionRequired: there is none.
    """
    text = opinion_fits(reason)
    if not text:
        raise OpinionRequired({"opinion": ["请写明理由。"]})
    return text


def reason_for_return(reason: str, raised: Sequence[NewFinding]) -> str:
    """The reason of a return: written, or made of its findings' own words.

    Raises:
        OpinionRequired: neither is there.
    """
    text = opinion_fits(reason)
    if text:
        return text
    notes = "；".join(finding.note.strip() for finding in raised)
    if not notes:
        raise OpinionRequired({"opinion": ["退回须写明理由，或至少提一条具体意见。"]})
    return opinion_fits(notes[:OPINION_MAX])


def findings_are_answered(waiting: Sequence[Finding]) -> None:
    """Everything that was sent back has an answer.

    Raises:
        FindingsOpen: names how many, and quotes the first.
    """
    if waiting:
        line = f"还有{len(waiting)}条意见未答复，首条：“{waiting[0].note[:40]}”。"
        raise FindingsOpen({"findings": [line]})


def text_is_open(case: Case) -> None:
    """A text may be changed while drafting, at a rung, or cleared; never after.

    Raises:
        WrongState: it is published, withdrawn or refused.
    """
    state = case.article.state
    if state in (DRAFTING, CLEARED) or case.plan.has(state):
        return
    raise WrongState(
        "稿件已发布或已了结，原文不能改动；需要更正请撤稿后重新办理。",
        rule="text-closed",
    )


def first_rung_is_the_drafters(case: Case) -> bool:
    """Whether handing in is itself the drafter's first review (拟稿人自查自校)."""
    return all(
        act.actor.relation == "drafter" and not act.actor.posts
        for act in case.plan.first.acts
    )


def importance_rule(case: Case) -> Importance:
    """What the regulation says of major matters.

    Raises:
        WrongState: it says nothing.
    """
    rule = case.definition.importance
    if rule is None:
        raise WrongState("本单位的审校制度没有区分重大事项。", rule="no-importance")
    return rule


def raised(case: Case) -> Text:
    """The same text, said to be a major matter.

    Raises:
        WrongState: it is one already.
    """
    rule = importance_rule(case)
    if case.text.attributes.get(rule.attribute) == rule.raised:
        raise WrongState("这篇稿件已经是重大事项。", rule="already-raised")
    changed = {**case.text.attributes, rule.attribute: rule.raised}
    return replace(case.text, attributes=changed)


def lowered(case: Case) -> Text:
    """The same text, no longer a major matter.

    Raises:
        WrongState: it is none, or this rung is not above the one that raised it.
    """
    rule = importance_rule(case)
    if case.text.attributes.get(rule.attribute) != rule.raised:
        raise WrongState("这篇稿件不是重大事项。", rule="not-raised")
    at = raised_at(case)
    if not may_lower(case.definition, at, case.article.state):
        raise WrongState(
            "重大事项由哪一级提出，须由更高一级才能取消。",
            rule="only-a-level-above-lowers",
            basis=rule.basis,
        )
    ordinary = case.definition.attributes[rule.attribute].default
    if not isinstance(ordinary, str | bool):
        raise WrongState("重大事项的取值定义有误。", rule="no-ordinary-value")
    changed = {**case.text.attributes, rule.attribute: ordinary}
    return replace(case.text, attributes=changed)


def raised_at(case: Case) -> str:
    """The stage at which it was last raised; ``drafting`` when the drafter said so."""
    stages = [s.stage for s in case.signatures if s.outcome is Outcome.RAISED]
    return stages[-1] if stages else DRAFTING


def importance_is_not_lowered(case: Case, text: Text) -> None:
    """Editing is no way round: once handed in, a major matter stays one.

    Raises:
        WrongState: the text would quietly drop to an ordinary matter.
    """
    rule = case.definition.importance
    if rule is None or case.article.submitted_at is None:
        return
    before, after = case.text.attributes, text.attributes
    if before.get(rule.attribute) == rule.raised != after.get(rule.attribute):
        raise WrongState(
            "稿件提交过以后，重大事项只能由上一级取消并写明理由。",
            rule="only-a-level-above-lowers",
            basis=rule.basis,
        )


def publishable(case: Case) -> str:
    """The digest that may go out: every demanded act stands on this very text.

    Raises:
        WrongState: a reply to one applicant, the text kept is not the text digested,
            or an act is owed.
    """
    if case.article.purpose != PUBLICATION:
        raise WrongState(
            "这是依申请公开的答复，只送达申请人，不对外发布。",
            rule="replies-are-served",
            help_from="依申请公开登记人员",
        )
    return wholly_signed(case)


def wholly_signed(case: Case) -> str:
    """The digest of a text on which every demanded act stands.

    Raises:
        WrongState: the text kept is not the text digested, or an act is owed.
    """
    digest = digest_of(parts_of(case.text))
    if digest != case.revision.digest:
        raise WrongState(
            "正文与存档的摘要不一致，不能发布，请审计管理员核查。",
            rule="text-tampered",
        )
    owed = machine.missing(case.plan, case.standing)
    if owed:
        raise WrongState(
            f"还缺“{stage_of(case, owed[0].stage).name}”的签字（{owed[0].why}），"
            "不能发布。",
            rule="review-before-publishing",
            basis=owed[0].basis or REVIEW_BEFORE_PUBLISHING,
            missing=[item.act for item in owed],
        )
    return digest


def stage_of(case: Case, stage_id: str) -> Stage:
    """The stage of the article's definition."""
    return case.definition.stage(stage_id)
