"""Setting plans, limits and the duty roster of an agency's rounds."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.boards import Cycle, DutyDay, DutyDays, InspectionPlan, InspectionSetting
from models.inspections import CheckWay, FaultKind
from models.natural_keys import insert_missing
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.calendar import ONE_DAY
from workflow.errors import InvalidInput, NotFound, NotPermitted
from workflow.inspections import plan_questions
from workflow.inspections.duty import draw_up
from workflow.inspections.permits import may_inspect, may_settle
from workflow.inspections.rectification import working_days
from workflow.occasion import Occasion
from workflow.operations import make_once, once
from workflow.people.questions import person

CODE = re.compile(r"[a-z][a-z0-9_]{1,19}")
NAME_MAX = 80
LONGEST_DAYS = 730


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan as it shall hold from a day on.

    Args:
        code: the same code again changes the plan from ``since`` on.
        until: its last day; for ending a plan.
    """

    code: str
    name: str
    cycle: Cycle
    days: DutyDays
    ways: Collection[CheckWay]
    since: date
    until: date | None = None

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return {
            "code": self.code,
            "name": self.name,
            "cycle": self.cycle.value,
            "days": self.days.value,
            "ways": sorted(self.ways),
            "since": self.since,
            "until": self.until,
        }


@dataclass(frozen=True, slots=True)
class NewTerms:
    """Limits by kind of fault, and what a repeat and a delay mean.

    Args:
        limits: kind to ``at_once`` or ``3 working_days``.
    """

    limits: Mapping[FaultKind, str]
    look_back_days: int
    raise_after_days: int
    show_days: int


def set_plan(session: Session, by: Occasion, new: NewPlan) -> InspectionPlan:
    """Make a plan, or change it from a day on; what it opened before stays.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: no name, no way, or a day that is past.
    """
    may_settle(session, by, Action.SET_PLAN)
    _refuse_bad_plan(new, by)

    def doing() -> InspectionPlan:
        _end_earlier(session, by, new)
        values = {**new.as_values(), "cycle": new.cycle, "days": new.days}
        row = InspectionPlan(agency_id=by.agency_id, made_by_id=by.person_id, **values)
        session.add(row)
        session.flush()
        details: dict[str, audit.Plain] = {
            "code": new.code,
            "cycle": new.cycle.value,
            "days": new.days.value,
            "since": new.since.isoformat(),
        }
        subject = Subject("plan", row.id, details=details)
        audit.record(session, by, Action.SET_PLAN, subject)
        return row

    asked = (Action.SET_PLAN, new.as_values())
    return make_once(session, by, asked, InspectionPlan, doing)


def set_terms(session: Session, by: Occasion, new: NewTerms) -> None:
    """Set the limits of rectification.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: a limit that is none, or a number out of range.
    """
    may_settle(session, by, Action.SET_INSPECTION)
    _refuse_bad_terms(new)
    values: dict[str, object] = {
        "limits": {kind.value: limit for kind, limit in new.limits.items()},
        "look_back_days": new.look_back_days,
        "raise_after_days": new.raise_after_days,
        "show_days": new.show_days,
    }

    def doing() -> tuple[None, dict[str, int]]:
        row = session.get(InspectionSetting, by.agency_id)
        row = row or InspectionSetting(agency_id=by.agency_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.changed_at = by.at
        session.add(row)
        session.flush()
        limits = [f"{kind.value} {limit}" for kind, limit in new.limits.items()]
        subject = Subject("inspection", by.agency_id, details={"limits": limits})
        audit.record(session, by, Action.SET_INSPECTION, subject)
        return None, {}

    once(session, by, Action.SET_INSPECTION, values, doing, lambda _: None)


def draw_roster(session: Session, by: Occasion, month: date) -> int:
    """Draw up the duty roster of a month; days that have somebody stay as they are.

    By an inspector, or by the system before the month begins; anybody may be changed
    afterwards.  Days that are past get nobody: a duty cannot be given backwards.

    Returns:
        How many days were newly given out.

    Raises:
        NotPermitted: neither an inspector nor the system administrator.
        InvalidInput: nobody could be on duty.
        CalendarUnknown: the agency has no holiday list.
    """
    _may_roster(session, by, Action.DRAW_ROSTER)

    def doing() -> tuple[int, dict[str, int]]:
        first, _ = plan_questions.month_span(month)
        drawn = insert_missing(session, DutyDay, _turns(session, by, first))
        if drawn:
            details: dict[str, audit.Plain] = {"days": drawn}
            subject = Subject("roster", f"{first:%Y-%m}", details=details)
            audit.record(session, by, Action.DRAW_ROSTER, subject)
        return drawn, {"drawn": drawn}

    contents = {"month": month.replace(day=1)}
    asked = "draw_roster"
    return once(
        session, by, asked, contents, doing, lambda said: int(said["drawn"] or 0)
    )


def change_duty(session: Session, by: Occasion, day: date, person_id: int) -> DutyDay:
    """Put somebody else on duty on a day.

    Raises:
        NotPermitted: neither an inspector nor the system administrator.
        NotFound: nobody is on duty that day, or no such person.
        InvalidInput: the day is past, or the person is no inspector.
    """
    _may_roster(session, by, Action.CHANGE_DUTY)
    if day < by.today:
        raise InvalidInput({"day": ["已过去的日子不能再改值班人。"]})

    def doing() -> DutyDay:
        row = plan_questions.duty_day(session, by.agency_id, day)
        if row is None:
            raise NotFound("这一天还没有排班。")
        name = person(session, by.agency_id, person_id).name
        if person_id not in plan_questions.inspectors(session, by.agency_id, by):
            raise InvalidInput({"person": [f"{name}不是巡查人员，不能排入值班。"]})
        row.person_id, row.changed_at = person_id, by.at
        session.flush()
        details: dict[str, audit.Plain] = {"day": day.isoformat(), "person": name}
        subject = Subject("roster", f"{day:%Y-%m}", details=details)
        audit.record(session, by, Action.CHANGE_DUTY, subject)
        return row

    asked = (Action.CHANGE_DUTY, {"day": day, "person": person_id})
    return make_once(session, by, asked, DutyDay, doing)


def draw_next_month(session: Session, by: Occasion) -> int:
    """In the last week of a month, draw up the next one's roster if a plan needs it."""
    first_after, _ = plan_questions.month_span(by.today + 7 * ONE_DAY)
    rosters = {
        plan.code
        for plan in plan_questions.plans_on(session, by.agency_id, first_after)
        if plan.cycle is Cycle.DAILY and plan.days is DutyDays.ROSTER
    }
    if not rosters or plan_questions.duty_day(session, by.agency_id, first_after):
        return 0
    return draw_roster(session, by.under(f"{by.operation}/roster"), first_after)


def _turns(session: Session, by: Occasion, first: date) -> list[dict[str, object]]:
    people = plan_questions.inspectors(session, by.agency_id, by)
    before = plan_questions.turns_before(session, by.agency_id, first)
    calendar = calendar_of(session, by.agency_id)
    return [
        {
            "agency_id": by.agency_id,
            "day": turn.day,
            "holiday": turn.holiday,
            "person_id": turn.person_id,
            "drawn_at": by.at,
        }
        for turn in draw_up(first, people, calendar, before)
        if turn.day >= by.today
    ]


def _may_roster(session: Session, by: Occasion, action: Action) -> None:
    if by.person_id is None:
        return
    try:
        may_inspect(session, by, action)
    except NotPermitted:
        may_settle(session, by, action)


def _end_earlier(session: Session, by: Occasion, new: NewPlan) -> None:
    earlier = (
        update(InspectionPlan)
        .where(
            InspectionPlan.agency_id == by.agency_id,
            InspectionPlan.code == new.code,
            InspectionPlan.since < new.since,
            InspectionPlan.until.is_(None) | (InspectionPlan.until >= new.since),
        )
        .values(until=new.since - ONE_DAY)
    )
    session.execute(earlier)
    same = select(InspectionPlan).where(
        InspectionPlan.agency_id == by.agency_id,
        InspectionPlan.code == new.code,
        InspectionPlan.since >= new.since,
    )
    if session.scalars(same).first() is not None:
        raise InvalidInput({"since": ["这一计划从这一天或更晚起已有安排，请改日期。"]})


def _refuse_bad_plan(new: NewPlan, by: Occasion) -> None:
    faults: dict[str, list[str]] = {}
    if not CODE.fullmatch(new.code):
        faults["code"] = ["代码用小写字母、数字和下划线，2至20位。"]
    if not 0 < len(new.name.strip()) <= NAME_MAX:
        faults["name"] = [f"请填写名称，不超过{NAME_MAX}个字。"]
    if not new.ways:
        faults["ways"] = ["请至少选一种查看方式。"]
    if new.since < by.today:
        faults["since"] = ["开始日期不能早于今天，已过去的不补排。"]
    if new.until is not None and new.until < new.since:
        faults["until"] = ["结束日期早于开始日期。"]
    if faults:
        raise InvalidInput(faults)


def _refuse_bad_terms(new: NewTerms) -> None:
    faults: dict[str, list[str]] = {}
    for kind, limit in new.limits.items():
        try:
            working_days(limit)
        except InvalidInput as bad:
            faults[f"limit-{kind.value}"] = bad.fields["limits"]
    numbers = {
        "look_back_days": new.look_back_days,
        "raise_after_days": new.raise_after_days,
        "show_days": new.show_days,
    }
    for name, number in numbers.items():
        if not 1 <= number <= LONGEST_DAYS:
            faults[name] = [f"写1至{LONGEST_DAYS}天。"]
    if faults:
        raise InvalidInput(faults)
