"""What has to be there before a stage opens or an act is signed: each a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from workflow.articles.cases import Case
from workflow.calendar import WorkingCalendar
from workflow.errors import InvalidInput, WrongState
from workflow.process.actors import ActorKind
from workflow.process.clocks import due
from workflow.process.definition import Act, Definition
from workflow.process.machine import Position
from workflow.process.plan import PlannedStage

PARTICULARS: Mapping[str, str] = {
    "met_on": "会议日期",
    "minutes": "纪要文号",
    "document": "复函文号",
}
LONGEST = 120
_PARTS = {
    "title": "标题",
    "body": "正文",
    "attachments": "附件",
    "section": "栏目",
    "channels": "发布渠道",
}


def complete_for(case: Case, planned: PlannedStage) -> None:
    """What the stage requires before it opens is there.

    Raises:
        InvalidInput: names what is not.
    """
    for need in planned.stage.requires:
        applies = need.when is None or need.when.holds(case.plan.facts)
        if applies and not has_part(case, need.part):
            name = part_name(case.definition, need.part)
            raise InvalidInput(
                {need.part: [f"进入“{planned.stage.name}”前须先补齐：{name}。"]},
                rule="requirement-open",
                basis=need.basis,
            )


def has_part(case: Case, part: str) -> bool:
    """Whether a part, an attribute or a kind of attachment is there."""
    head, _, name = part.partition(".")
    if head == "attachments":
        return any(not name or file.kind == name for file in case.text.files)
    if head == "attributes":
        return bool(case.text.attributes.get(name))
    return bool(getattr(case.text, head))


def part_name(definition: Definition, part: str) -> str:
    """What people call it."""
    head, _, name = part.partition(".")
    if head == "attachments" and name:
        return definition.attachments[name]
    if head == "attributes":
        return definition.attributes[name].label
    return _PARTS[head]


def not_blocked(case: Case, planned: PlannedStage) -> None:
    """Nothing forbids approving here.

    Raises:
        WrongState: quotes the rule; only sending back or rejecting is left.
    """
    for block in planned.stage.blocks:
        if block.when.holds(case.plan.facts):
            raise WrongState(
                f"{block.text}（{block.when.words()}）",
                rule="blocked",
                basis=block.basis,
            )


def nothing_in_the_way(case: Case, planned: PlannedStage, to: Position) -> None:
    """Nothing forbids approving, and what this signature opens has what it needs.

    Args:
        to: where the signature leads.

    Raises:
        WrongState: a rule forbids it while something is so.
        InvalidInput: something is missing for the stage that would open.
    """
    not_blocked(case, planned)
    if to.state != planned.stage.id and case.plan.has(to.state):
        complete_for(case, case.plan.stage(to.state))


def particulars_of(act: Act, given: Mapping[str, str]) -> dict[str, str]:
    """What an answer names beside an opinion, as it stands on record.

    Raises:
        InvalidInput: a collective's decision without its day and its minutes, a day
            that is none, or something too long.
    """
    found = {key: given[key].strip() for key in PARTICULARS if given.get(key, "")}
    faults = {
        key: [f"{PARTICULARS[key]}最多{LONGEST}字。"]
        for key, said in found.items()
        if len(said) > LONGEST
    }
    if "met_on" in found and not _is_day(found["met_on"]):
        faults["met_on"] = ["会议日期请写成 2024-03-05 这样。"]
    if faults:
        raise InvalidInput(faults)
    if act.actor.kind is ActorKind.COLLECTIVE:
        _names_the_meeting(found)
    return found if act.actor.body else {}


def _names_the_meeting(found: Mapping[str, str]) -> None:
    faults = {
        key: [f"集体研究须写明{PARTICULARS[key]}。"]
        for key in ("met_on", "minutes")
        if not found.get(key)
    }
    if faults:
        raise InvalidInput(faults, rule="minutes-required")


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def stated_in_time(
    case: Case, needed_by: datetime | None, at: datetime, calendar: WorkingCalendar
) -> None:
    """The drafter's own deadline is not later than the urgent limit allows.

    Raises:
        InvalidInput: it is later, or has passed already.
    """
    limits = (item.stage.limit for item in case.plan.stages)
    stated = [limit for limit in limits if limit is not None and limit.stated]
    if needed_by is None or not stated:
        return
    if not at < needed_by <= due(case.plan, stated[0], at, calendar):
        raise InvalidInput(
            {"needed_by": ["急件的时限须在现在之后，且不得晚于制度规定的时限。"]},
            rule="stated-too-late",
        )


def asks_when_needed(case: Case) -> bool:
    """Whether the regulation lets the drafter of this text say by when it is needed."""
    limits = (item.stage.limit for item in case.plan.stages)
    return any(limit is not None and limit.stated for limit in limits)
