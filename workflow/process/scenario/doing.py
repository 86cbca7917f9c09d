"""One person doing one thing in a paper case, and whose desk the article lies on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.errors import NotPermitted, WrongState
from workflow.process.channels import open_acts, open_stages, owner
from workflow.process.plan import PlannedStage, publisher, state_name
from workflow.process.scenario.office import Capacity, Person
from workflow.process.scenario.requirements import permit
from workflow.process.scenario.running import Running
from workflow.process.scenario.script import Step
from workflow.process.states import CLEARED, DRAFTING


@dataclass(frozen=True)
class Doing:
    """One person, one verb, one moment."""

    running: Running
    step: Step
    at: datetime

    @property
    def person(self) -> Person:
        """Who does it."""
        return self.running.office.person(self.step.who)

    def note(self, words: str, capacity: Capacity | None = None) -> None:
        """Write into the trail who did it, and for whom."""
        name = capacity.told if capacity else self.person.name
        self.running.note(self.at, f"{name} {words}")

    def warn(self, words: str) -> None:
        """What is allowed but has to be known."""
        self.running.warned.append(words)
        self.running.note(self.at, f"提醒：{words}")


def drafts(doing: Doing, *, anywhere: bool = False) -> None:
    """It is the drafter who acts, and the text lies with her.

    Raises:
        NotPermitted: it is somebody else's article.
        WrongState: it is on its way already.
    """
    running = doing.running
    if doing.person.name != running.paper.drafter:
        message = "只有拟稿人本人可以办理此事（谁起草谁负责）。"
        raise NotPermitted(message, rule="not-the-drafter")
    if running.position.state != DRAFTING and not anywhere:
        now = state_name(running.definition, running.position.state)
        raise WrongState(f"稿件现在处于“{now}”，不能提交。", rule="wrong-state")


def at_the_desk(doing: Doing) -> tuple[PlannedStage | None, Capacity]:
    """The open stage at which this person may act; none when it only waits to go out.

    Raises:
        WrongState: it is at no stage.
        NotPermitted: it is on nobody's desk whom she is or stands in for.
    """
    running, plan = doing.running, doing.running.plan
    if running.position.state == CLEARED:
        act = publisher(plan, min(plan.channels, default=""))
        return None, permit(running, doing.person, act, doing.at)
    stages = open_stages(plan, running.position)
    if not stages:
        now = state_name(running.definition, running.position.state)
        raise WrongState(f"稿件现在处于“{now}”，没有审校环节可办。", rule="wrong-state")
    refusals = []
    for act in open_acts(plan, running.position):
        try:
            capacity = permit(running, doing.person, act, doing.at)
        except NotPermitted as refusal:
            refusals.append(refusal)
        else:
            return owner(plan, act.id), capacity
    raise refusals[0]
