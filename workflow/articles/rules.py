"""What has to hold before an act on an article: pure, each with its sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from workflow.process.definition import ACT_NAMES, CheckItem, Importance, Stage
from workflow.process.machine import CLEARED, DRAFTING, PUBLISHED
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


def reason_for_return(reason: str, raised: Sequence[NewFinding | Finding]) -> str:
    """The reason of a return: written, or made of its findings' own words.

    Args:
        raised: with the return, or noted by the same person before.

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


def findings_are_answered(waiting: Sequence[Finding], helper: str) -> None:
    """Everything that was sent back has an answer.

    Args:
        helper: who answers.

    Raises:
        FindingsOpen: names how many, and quotes the first.
    """
    if waiting:
        line = f"还有{len(waiting)}条意见未答复，首条：“{waiting[0].note[:40]}”。"
        raise FindingsOpen({"findings": [line]}, help_from=f"{helper}（逐条答复）")


def text_is_open(case: Case) -> None:
    """A text may be changed while drafting, at a rung, or cleared; never after.

    Raises:
        WrongState: it is published, withdrawn or refused, or out on one channel.
    """
    state = case.article.state
    if case.released:
        named = case.definition.attributes["channels"].named(case.released)
        raise WrongState(
            f"已在“{named}”发布，各渠道内容须一致，不能再改；需要更正请先撤回。",
            rule="already-released",
        )
    if state in (DRAFTING, CLEARED) or case.plan.has(state):
        return
    raise WrongState(
        "稿件已发布或已了结，原文不能改动；需要更正请撤稿后重新办理。",
        rule="text-closed",
    )


def first_rung_is_the_drafters(case: Case) -> bool:
    """Whether handing in is itself the drafter's first review (拟稿人自查自校)."""
    return all(act.actor.is_drafter for act in case.plan.first.acts)


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
    """The same text, one level weightier: a major matter where there are only two.

    Raises:
        WrongState: it is as weighty as can be already.
    """
    rule = importance_rule(case)
    now = case.text.attributes.get(rule.attribute)
    levels = rule.levels or ("", rule.raised)
    weight = rule.weight(now)
    if weight + 1 >= len(levels):
        raise WrongState("这篇稿件已经是重大事项。", rule="already-raised")
    changed = {**case.text.attributes, rule.attribute: levels[weight + 1]}
    return replace(case.text, attributes=changed)


def lowered(case: Case, at: str = "") -> Text:
    """The same text, one level less weighty.

    Args:
        at: the stage at which it is lowered; where the article stands if left out.

    Raises:
        WrongState: it is none, or this rung is not above the one that raised it.
    """
    rule = importance_rule(case)
    weight = rule.weight(case.text.attributes.get(rule.attribute))
    if weight == 0:
        raise WrongState("这篇稿件不是重大事项。", rule="not-raised")
    if not may_lower(case.definition, raised_at(case), at or case.article.state):
        raise WrongState(
            "重大事项由哪一级提出，须由更高一级才能取消。",
            rule="only-a-level-above-lowers",
            basis=rule.basis,
        )
    ordinary = case.definition.attributes[rule.attribute].default
    below = rule.levels[weight - 1] if rule.levels else ordinary
    changed = {**case.text.attributes, rule.attribute: below}
    return replace(case.text, attributes=changed)


def doubted(case: Case, subjects: Collection[str], at: str) -> Text:
    """The same text with these subjects called in question.

    Args:
        at: the stage at which they are.

    Raises:
        WrongState: the regulation knows no doubts, or not at this stage.
        InvalidInput: none is named, or one that it does not know.
    """
    rule = case.definition.doubts
    if rule is None:
        raise WrongState("本制度没有规定存疑后的专项审核。", rule="no-doubts")
    if rule.raised_at and at not in rule.raised_at:
        raise WrongState(
            "这一环节不能提出专项审核。", rule="no-doubts", basis=rule.basis
        )
    declared = case.definition.attributes[rule.attribute]
    asked = frozenset(subjects)
    if not asked or not declared.accepts(asked):
        raise InvalidInput({"subjects": ["请选择存疑的方面。"]})
    now = asked | subjects_in_doubt(case)
    if now == subjects_in_doubt(case):
        raise WrongState("这些方面已经在专项审核之列。", rule="already-doubted")
    changed = {**case.text.attributes, rule.attribute: now}
    return replace(case.text, attributes=changed)


def subjects_in_doubt(case: Case) -> frozenset[str]:
    """What has been called in question, by anybody."""
    rule = case.definition.doubts
    found = case.text.attributes.get(rule.attribute) if rule else None
    return found if isinstance(found, frozenset) else frozenset()


def doubts_stay(case: Case, text: Text) -> None:
    """Once handed in, a doubt is answered by a special review and not taken off.

    Raises:
        WrongState: the text would quietly lose one.
    """
    rule = case.definition.doubts
    if rule is None or case.article.submitted_at is None:
        return
    now = text.attributes.get(rule.attribute)
    if not subjects_in_doubt(case) <= (now if isinstance(now, frozenset) else set()):
        raise WrongState(
            "提出过的疑问须由专项审核回答，不能取消。",
            rule="doubt-stays",
            basis=rule.basis,
        )


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
    if rule.weight(before.get(rule.attribute)) > rule.weight(after.get(rule.attribute)):
        raise WrongState(
            "稿件提交过以后，重大事项只能由上一级取消并写明理由。",
            rule="only-a-level-above-lowers",
            basis=rule.basis,
        )


def publishable(case: Case, channels: Collection[str] = ()) -> str:
    """The digest that may go out: every demanded act stands on this very text.

    Args:
        channels: only on these; on all when none is named.

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
    return wholly_signed(case, channels)


def wholly_signed(case: Case, channels: Collection[str] = ()) -> str:
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
    owed = owed_before(case, channels)
    if owed and case.article.state not in (DRAFTING, PUBLISHED):
        raise WrongState(
            f"还缺{_owed_words(case, owed)}，不能发布。",
            rule="review-before-publishing",
            basis=owed[0].basis or REVIEW_BEFORE_PUBLISHING,
            missing=[item.act for item in owed],
        )
    return digest


def owed_before(case: Case, channels: Collection[str]) -> list[machine.Missing]:
    """Every act that is owed before it goes out on these channels, each once."""
    found = {
        item.act: item
        for channel in (sorted(channels) or [""])
        for item in machine.missing(case.plan, case.stood, channel)
    }
    return list(found.values())


def _owed_words(case: Case, owed: Sequence[machine.Missing]) -> str:
    first = owed[0]
    named = (
        f"“{stage_of(case, item.stage).name}”的"
        f"{ACT_NAMES[case.definition.act(item.act).kind]}"
        for item in owed
    )
    return f"{'、'.join(dict.fromkeys(named))}（{first.why}）"


def stage_of(case: Case, stage_id: str) -> Stage:
    """The stage of the article's definition."""
    return case.definition.stage(stage_id)
