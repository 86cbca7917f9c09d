"""What people ask about plans and the roster: what is in force, who is on duty."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.boards import DutyDay, InspectionPlan
from models.inspections import Check, CheckWay
from models.people import Absence, Person, Role
from workflow.calendar import ONE_DAY
from workflow.inspections.duty import Counts, on_duty
from workflow.inspections.permits import INSPECTOR_POST
from workflow.inspections.plans import Plan, in_time
from workflow.occasion import Occasion
from workflow.people.questions import every_holder, people_with_role


@dataclass(frozen=True, slots=True)
class Duty:
    """A day of the roster as it is shown.

    Args:
        stand_in: who is really on duty where the one whose turn it is is absent; empty
            when she is there; ``—`` when nobody is.
    """

    day: DutyDay
    name: str
    stand_in: str


def plans(session: Session, agency_id: int) -> list[Plan]:
    """Every plan that holds or held, with its time; the weekly check always."""
    query = (
        select(InspectionPlan)
        .where(InspectionPlan.agency_id == agency_id)
        .order_by(InspectionPlan.code, InspectionPlan.since)
    )
    return in_time([_plan(row) for row in session.scalars(query)])


def plans_on(session: Session, agency_id: int, on: date) -> list[Plan]:
    """The plans in force on a day."""
    return [plan for plan in plans(session, agency_id) if plan.covers(on)]


def ways_of(known: Iterable[Plan], code: str, on: date) -> frozenset[CheckWay]:
    """How a board may be looked at under the plan of a code on a day."""
    of_code = [plan for plan in known if plan.code == code]
    fit = [plan.ways for plan in of_code if plan.covers(on)]
    later = [plan.ways for plan in of_code if plan.since > on]
    return next(iter((*fit, *later)), frozenset(CheckWay))


def last_periods(session: Session, agency_id: int) -> dict[str, date]:
    """The latest period that was opened, by the plan's code."""
    query = (
        select(Check.plan, func.max(Check.period).label("last"))
        .where(Check.agency_id == agency_id)
        .group_by(Check.plan)
    )
    return {row.plan: row.last for row in session.execute(query)}


def rostered_days(session: Session, agency_id: int) -> set[date]:
    """Every day on which somebody is on duty."""
    query = select(DutyDay.day).where(DutyDay.agency_id == agency_id)
    return set(session.scalars(query))


def inspectors(session: Session, agency_id: int, by: Occasion) -> list[int]:
    """The duty list: holders of inspectors' posts, A before B, then others by role."""
    holders = every_holder(session, agency_id, by.today)
    mine = [one for one in holders if one.post_code == INSPECTOR_POST]
    by_post = [one.person_id for one in sorted(mine, key=lambda one: one.slot)]
    others = people_with_role(session, agency_id, Role.INSPECTOR, by.at)
    return list(dict.fromkeys([*by_post, *(one.id for one in others)]))


def turns_before(session: Session, agency_id: int, first: date) -> Counts:
    """How many turns of each kind were given out before a day."""
    query = (
        select(DutyDay.holiday, func.count().label("turns"))
        .where(DutyDay.agency_id == agency_id, DutyDay.day < first)
        .group_by(DutyDay.holiday)
    )
    found = {row.holiday: row.turns for row in session.execute(query)}
    return Counts(found.get(False, 0), found.get(True, 0))


def duty_day(session: Session, agency_id: int, day: date) -> DutyDay | None:
    """The roster's row of a day."""
    query = select(DutyDay).where(DutyDay.agency_id == agency_id, DutyDay.day == day)
    return session.scalars(query).one_or_none()


def roster(session: Session, by: Occasion, first: date, last: date) -> list[Duty]:
    """The roster of some days, with those who stand in for the absent."""
    query = (
        select(DutyDay, Person.name)
        .join(Person, Person.id == DutyDay.person_id)
        .where(DutyDay.agency_id == by.agency_id, DutyDay.day.between(first, last))
        .order_by(DutyDay.day)
    )
    rows = session.execute(query).all()
    people = inspectors(session, by.agency_id, by)
    away = _away(session, by.agency_id, first, last)
    names = _names(session, people)
    return [_shown(day, name, people, away, names) for day, name in rows]


def person_on_duty(session: Session, by: Occasion, day: date) -> int | None:
    """Who is really on duty on a day; nobody without a roster, or when all are away."""
    row = duty_day(session, by.agency_id, day)
    if row is None:
        return None
    people = inspectors(session, by.agency_id, by)
    absent = _absent(_away(session, by.agency_id, day, day), day)
    return on_duty(row.person_id, people, absent)


def _shown(
    day: DutyDay,
    name: str,
    people: Sequence[int],
    away: Collection[Absence],
    names: dict[int, str],
) -> Duty:
    really = on_duty(day.person_id, people, _absent(away, day.day))
    if really == day.person_id:
        return Duty(day, name, "")
    return Duty(day, name, names.get(really, "—") if really else "—")


def _away(session: Session, agency_id: int, first: date, last: date) -> list[Absence]:
    query = select(Absence).where(
        Absence.agency_id == agency_id,
        Absence.cancelled_at.is_(None),
        Absence.first_day <= last,
        Absence.last_day >= first,
    )
    return list(session.scalars(query))


def _absent(away: Iterable[Absence], day: date) -> set[int]:
    return {one.person_id for one in away if one.first_day <= day <= one.last_day}


def _names(session: Session, people: Sequence[int]) -> dict[int, str]:
    query = select(Person.id, Person.name).where(Person.id.in_(people))
    return {row.id: row.name for row in session.execute(query)}


def _plan(row: InspectionPlan) -> Plan:
    ways = frozenset(CheckWay(way) for way in row.ways)
    return Plan(row.code, row.name, row.cycle, row.days, ways, row.since, row.until)


def month_span(day: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = day.replace(day=1)
    return first, (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
