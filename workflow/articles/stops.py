"""Which open findings stop a signature, and how that is said; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.findings import Finding, Grade
from workflow.articles.cases import Case
from workflow.errors import FindingsOpen
from workflow.process.definition import ActKind, Stage
from workflow.process.machine import CLEARED, DRAFTING

LAST = 3
SAID_MOST = 5
DECIDING = frozenset(
    {
        ActKind.PROOFREAD,
        ActKind.REVIEW,
        ActKind.SIGN_OFF,
        ActKind.DECIDE,
        ActKind.FINALISE,
    }
)
BASIS_BY_HAND = (
    "审核人提出的“必须改”的意见，拟稿人答复、提出人写明理由撤回或上一级书面裁定以前，"
    "各级都不能签字；提出人也可以退回。"
)
BASIS = "预检发现的问题，须改正，或写明理由保留；必须处理的，由上一级书面裁定。"


def level_of(case: Case) -> int:
    """Which proofread (一校、二校、三校) belongs to where the article stands."""
    ids = case.plan.ids
    state = case.article.state
    if state in ids:
        return min(ids.index(state) + 1, LAST)
    return LAST if state == CLEARED or case.article.published_at else 1


def concerns(finding: Finding, level: int) -> bool:
    """Whether a machine's finding belongs to this proofread or an earlier one."""
    return any(int(one) <= level for one in finding.levels)


def by_people(waiting: Sequence[Finding], *, with_drafter: bool) -> list[Finding]:
    """Those of people that stop a signature now.

    What came with a return always does.  What was noted on the way does where it
    blocks, or where the text is with its drafter, who answers each.
    """
    return [
        one
        for one in waiting
        if not one.rule and (not one.noted or with_drafter or one.grade is Grade.BLOCK)
    ]


def noted_and_blocking(waiting: Sequence[Finding]) -> list[Finding]:
    """What people noted as to be put right, and nobody has answered."""
    return [one for one in waiting if one.noted and one.grade is Grade.BLOCK]


def is_with_drafter(case: Case) -> bool:
    """Whether the signature that is next is the drafter's own."""
    state = case.article.state
    if not case.plan.has(state):
        return state == DRAFTING
    return all(act.actor.is_drafter for act in case.plan.stage(state).stage.acts)


def nothing_noted_blocks(
    waiting: Sequence[Finding], names: Mapping[int, str], helpers: Sequence[str]
) -> None:
    """Nothing that people noted as to be put right is open.

    Args:
        names: of who raised them, by id.
        helpers: who else can settle it.

    Raises:
        FindingsOpen: names each, and who raised it.
    """
    found = noted_and_blocking(waiting)
    if not found:
        return
    raised = [names[one.raised_by_id or 0] for one in found]
    lines = [
        f"{who}提出必须改的“{one.quote[:20] or one.place or '全文'}”：{one.note[:60]}"
        "，还没有答复。"
        for who, one in zip(raised, found, strict=True)
    ]
    others = [f"{who}（撤回）" for who in dict.fromkeys(raised)]
    raise FindingsOpen(
        {"findings": lines[:SAID_MOST]},
        rule="noted-open",
        basis=BASIS_BY_HAND,
        help_from="、".join([*helpers, *others]),
    )


def by_machine(waiting: Sequence[Finding], level: int) -> list[Finding]:
    """Those of the machine that this proofread has to settle; hints may be left."""
    return [
        one
        for one in waiting
        if one.rule and one.grade is not Grade.HINT and concerns(one, level)
    ]


def machine_is_answered(waiting: Sequence[Finding], level: int, helper: str) -> None:
    """Everything the machine holds against this text is settled.

    Args:
        helper: who may over-rule a blocking one.

    Raises:
        FindingsOpen: names each, by its words and its rule.
    """
    found = by_machine(waiting, level)
    if not found:
        return
    lines = [_said(one) for one in found[:SAID_MOST]]
    if len(found) > SAID_MOST:
        lines.append(f"另有{len(found) - SAID_MOST}条预检问题未处理。")
    blocks = any(one.grade is Grade.BLOCK for one in found)
    raise FindingsOpen(
        {"findings": lines},
        rule="precheck-open",
        basis=BASIS,
        help_from=helper if blocks else "",
    )


def nothing_blocks(waiting: Sequence[Finding], helper: str) -> None:
    """Nothing of the blocking grade is open, whatever its proofread: before release.

    Raises:
        FindingsOpen: names each.
    """
    blocking = [one for one in waiting if one.grade is Grade.BLOCK]
    machine_is_answered(blocking, LAST, helper)


def _said(finding: Finding) -> str:
    must = (
        "必须改正，或请上一级书面裁定"
        if finding.grade is Grade.BLOCK
        else "须改正，或写明保留的理由"
    )
    quote = finding.quote[:20] or finding.place
    return f"{finding.rule} “{quote}”：{finding.note}{must}。"


def stage_above(case: Case) -> Stage:
    """The next level of the regulation, on this article's way or not.

    At the top there is nobody above: the highest level itself.
    """
    stages = [s for s in case.definition.stages if _decides(s)]
    at = case.article.state
    if at == CLEARED:
        at = case.plan.ids[-1]
    ids = [stage.id for stage in stages]
    place = ids.index(at) if at in ids else 0
    return stages[min(place + 1, len(stages) - 1)]


def _decides(stage: Stage) -> bool:
    return any(act.kind in DECIDING for act in stage.acts)
