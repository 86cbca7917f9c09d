"""What the acts of an article do not carry out yet: such a rule may not be adopted.

A regulation that counts on more than is enforced would be a promise nobody keeps, so
it is refused with the name of each construct, instead of being adopted and silently not
followed.  Paper cases (``sanshen process try``) play every construct.
"""

from __future__ import annotations

from collections.abc import Iterator

from workflow.process.definition import Definition, Fault

CODE = "not-carried-out-yet"


def not_carried_out(definition: Definition) -> tuple[Fault, ...]:
    """Every construct of this definition that acts would not enforce, with its line."""
    return tuple(_of_the_whole(definition))


def _of_the_whole(definition: Definition) -> Iterator[Fault]:
    for use in definition.uses:
        yield _fault(use.line, "改用另一流程")
    if definition.hand_over:
        yield _fault(definition.hand_over.line, "移交其他单位")


def _fault(line: int, construct: str) -> Fault:
    return Fault(
        line,
        CODE,
        f"稿件办理还不能执行“{construct}”，暂不能启用，可先用事例试行。",
    )
