"""What a person is asked where several things are open: acts, subjects, channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflow.actions import Action
from workflow.articles.cases import Case
from workflow.articles.desks import (
    Asking,
    at_desk,
    hers,
    is_hers,
    planned_stage,
    stage_of,
)
from workflow.articles.rules import subjects_in_doubt
from workflow.errors import WorkflowError
from workflow.occasion import Occasion
from workflow.process.actors import ActorKind
from workflow.process.channels import releasable
from workflow.process.definition import ACT_NAMES, Act, ActKind
from workflow.process.machine import PUBLISHED
from workflow.process.plan import publisher

NEEDED: Mapping[ActorKind, tuple[str, ...]] = {
    ActorKind.COLLECTIVE: ("met_on", "minutes"),
    ActorKind.BODY: ("document",),
}


@dataclass(frozen=True, slots=True)
class Mine:
    """One open act that is this person's.

    Args:
        words: what it is, with its stage, and whose answer it puts on record.
    """

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What the form under a text asks besides an opinion.

    Args:
        acts: those of hers, when there is a choice; empty for a single one.
        kind: of the single act that is hers, since not each is an approval.
        particulars: keys that an answer has to name.
        subjects: code and name of what she may call in question; empty: nothing.
        channels: code and name of the channels on which she may let it out now, where
            each has its own last word.
    """

    acts: tuple[Mine, ...] = ()
    kind: ActKind | None = None
    particulars: tuple[str, ...] = ()
    subjects: tuple[tuple[str, str], ...] = ()
    channels: tuple[tuple[str, str], ...] = ()


def desk(session: Session, by: Occasion, case: Case) -> Desk:
    """What is asked of this person now."""
    mine = hers(Asking(session, by, case, Action.SIGN))
    if case.article.held:
        mine = []
    apart = _signed_apart(case, mine)
    return Desk(
        acts=tuple(_mine(case, act) for act in apart) if len(apart) > 1 else (),
        kind=mine[0].kind if len(mine) == 1 else None,
        particulars=_particulars(mine),
        subjects=_subjects(session, by, case),
        channels=_channels(session, by, case),
    )


def _signed_apart(case: Case, mine: list[Act]) -> list[Act]:
    """One act for each signature: 一人一次签字 is no choice between its acts."""
    seen: dict[str, Act] = {}
    for act in mine:
        planned = planned_stage(case, act)
        joint = planned is not None and planned.stage.joint
        seen.setdefault(stage_of(case, act) if joint else act.id, act)
    return list(seen.values())


def _mine(case: Case, act: Act) -> Mine:
    stages = {stage.id: stage.name for stage in case.definition.stages}
    where = stages.get(stage_of(case, act), "发布后")
    words = f"{where}：{ACT_NAMES[act.kind]}"
    if act.actor.body:
        words += f"（{case.definition.actor_name(act.actor)}）"
    return Mine(act.id, words)


def _particulars(mine: list[Act]) -> tuple[str, ...]:
    keys = (key for act in mine for key in NEEDED.get(act.actor.kind, ()))
    return tuple(dict.fromkeys(keys))


def _subjects(
    session: Session, by: Occasion, case: Case
) -> tuple[tuple[str, str], ...]:
    rule = case.definition.doubts
    if rule is None or case.article.held:
        return ()
    try:
        at, _ = at_desk(Asking(session, by, case, Action.DOUBT))
    except WorkflowError:
        return ()
    if at == PUBLISHED or (rule.raised_at and at not in rule.raised_at):
        return ()
    values = case.definition.attributes[rule.attribute].values
    known = subjects_in_doubt(case)
    return tuple((code, name) for code, name in values.items() if code not in known)


def _channels(
    session: Session, by: Occasion, case: Case
) -> tuple[tuple[str, str], ...]:
    if not case.definition.releases_apart or case.article.held:
        return ()
    asking = Asking(session, by, case, Action.PUBLISH)
    declared = case.definition.attributes["channels"]
    return tuple(
        (channel, declared.named(frozenset({channel})))
        for channel in sorted(releasable(case.plan, case.position))
        if is_hers(asking, publisher(case.plan, channel))
    )
