"""Which open findings stop a signature, and how that is said; pure."""

from __future__ import annotations

from collections.abc import Sequence

from models.findings import Finding, Grade
from workflow.articles.cases import Case
from workflow.errors import FindingsOpen
from workflow.process.definition import ActKind, Stage
from workflow.process.machine import CLEARED

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


def by_people(waiting: Sequence[Finding]) -> list[Finding]:
    """Those that a person raised."""
    return [one for one in waiting if not one.rule]


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
