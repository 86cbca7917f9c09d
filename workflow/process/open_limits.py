"""Which limits run on an article where it stands; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.process.channels import open_acts, open_stages, releasable
from workflow.process.definition import ACT_NAMES, Act, Definition
from workflow.process.limits import Limit
from workflow.process.plan import Plan, publisher
from workflow.process.states import (
    CLEARED,
    DRAFTING,
    PUBLISHED,
    REJECTED,
    WITHDRAWN,
    Position,
)

WHOLE = "whole"
_IDLE = (DRAFTING, PUBLISHED, WITHDRAWN, REJECTED)


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit that runs on an article.

    Args:
        key: id of the stage or act, ``publish``, ``publish.<channel>`` or ``whole``.
        name: what it is about, in Chinese.
        act: whose it is, when it is an act's.
        pauses: it is an outsider's, and runs on while the others stand still.
    """

    key: str
    name: str
    limit: Limit
    act: Act | None = None
    pauses: bool = False


def clocks_at(plan: Plan, position: Position) -> Iterator[Clock]:
    """Every limit that runs at a position."""
    definition, state = plan.definition, position.state
    whole = definition.limit
    over = (CLEARED,) if whole and whole.until == CLEARED else ()
    if whole and state not in (*over, *_IDLE):
        yield Clock(WHOLE, "审核" if over else "全流程", whole)
    for item in open_stages(plan, position):
        if item.stage.limit:
            yield Clock(item.stage.id, item.stage.name, item.stage.limit)
    for act in open_acts(plan, position):
        if act.limit:
            yield Clock(act.id, ACT_NAMES[act.kind], act.limit, act, act.pauses)
    yield from _publishing(plan, position)
    if state == PUBLISHED:
        yield from _duties(plan, position)


def stands_still(plan: Plan, position: Position) -> bool:
    """Whether an outsider is being asked, so that our own limits stand still."""
    return any(act.pauses for act in open_acts(plan, position))


def every_limit(definition: Definition) -> Iterator[Limit]:
    """Every limit that a definition sets."""
    stages = (stage.limit for stage in definition.stages)
    acts = (act.limit for act in definition.every_act)
    limits = (definition.limit, *stages, *acts)
    return (limit for limit in limits if limit is not None)


def _duties(plan: Plan, position: Position) -> Iterator[Clock]:
    for act in plan.duties:
        if act.limit and act.id not in position.done:
            yield Clock(act.id, ACT_NAMES[act.kind], act.limit, act)


def _publishing(plan: Plan, position: Position) -> Iterator[Clock]:
    definition = plan.definition
    if definition.releases_apart:
        for channel in sorted(releasable(plan, position)):
            limit = publisher(plan, channel).limit
            if limit:
                named = definition.attributes["channels"].named(channel)
                yield Clock(f"publish.{channel}", f"发布到{named}", limit)
    elif position.state == CLEARED and definition.publish.limit:
        yield Clock("publish", "发布", definition.publish.limit)
