"""What the acts of an article do not carry out yet: such a rule may not be adopted.

The language of definitions is wider than what ``workflow/articles`` enforces today.  A
regulation that counts on more would be a promise nobody keeps, so it is refused with
the name of each construct, instead of being adopted and silently not followed.  Paper
cases (``sanshen process try``) play every construct.
"""

from __future__ import annotations

from collections.abc import Iterator

from workflow.process.definition import Act, Definition, Fault
from workflow.process.limits import Limit, Silence

CODE = "not-carried-out-yet"


def not_carried_out(definition: Definition) -> tuple[Fault, ...]:
    """Every construct of this definition that acts would not enforce, with its line."""
    acts = (act for act in definition.every_act)
    found = [
        *_of_the_whole(definition),
        *(fault for stage in definition.stages for fault in _of_limit(stage.limit)),
        *(fault for act in acts for fault in _of_act(act)),
    ]
    return tuple(dict.fromkeys(found))


def _of_the_whole(definition: Definition) -> Iterator[Fault]:
    if definition.limit:
        yield _fault(1, "全程总期限")
    for use in definition.uses:
        yield _fault(use.line, "改用另一流程")
    if definition.hand_over:
        yield _fault(definition.hand_over.line, "移交其他单位")


def _of_act(act: Act) -> Iterator[Fault]:
    if act.pauses:
        yield _fault(act.line, "暂停计时")
    if act.limit and act.kind.value != "publish":
        yield _fault(act.line, "单个事项的期限")
    yield from _of_limit(act.limit)


def _of_limit(limit: Limit | None) -> Iterator[Fault]:
    if limit is not None and limit.silence not in (Silence.ESCALATE, Silence.REMIND):
        yield _fault(1, "这一种逾期处理")


def _fault(line: int, construct: str) -> Fault:
    return Fault(
        line,
        CODE,
        f"稿件办理还不能执行“{construct}”，暂不能启用，可先用事例试行。",
    )
