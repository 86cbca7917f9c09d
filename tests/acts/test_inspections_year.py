"""A year of plans: holidays, swap days, a scheduler that stands still, two machines.

The oracle below counts slots from the plans' words and the list of days alone.
"""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.boards import Cycle, DutyDay, DutyDays
from models.database import Database
from models.inspections import Check, CheckState, CheckWay
from tests.acts.town_on_rounds import (
    FOUNDED,
    OFF_2024,
    WORK_2024,
    Town,
    add_village,
    away,
    found_town,
)
from workflow import schedule
from workflow.audit.questions import verify
from workflow.inspections import acts, plan_questions, planning
from workflow.inspections.planning import NewPlan
from workflow.inspections.rules import Visit
from workflow.schedule import tick

WANTED = ("rosters.draw", "rounds.open", "rounds.close")
ROUNDS = [duty for duty in schedule.DUTIES if duty.name in WANTED]
CLOSING = [duty for duty in ROUNDS if duty.name == "rounds.close"]
STOPPED = (date(2024, 2, 9), date(2024, 2, 17))
JOINS = date(2024, 5, 20)
EVERY_DAY_FROM = date(2024, 7, 1)
OFF = {date.fromisoformat(day) for day in OFF_2024}
WORK = {date.fromisoformat(day) for day in WORK_2024}
YEAR = [date(2024, 1, 1) + timedelta(n) for n in range(366)]
LAST_WEEK = [date(2025, 1, n) for n in range(1, 6)]
ON_SITE = (CheckWay.ON_SITE,)
PLANS = (
    NewPlan(
        "patrol", "日巡查", Cycle.DAILY, DutyDays.WORKDAYS, tuple(CheckWay), YEAR[0]
    ),
    NewPlan("duty", "值班巡查", Cycle.DAILY, DutyDays.ROSTER, tuple(CheckWay), YEAR[0]),
    NewPlan("monthly", "月查", Cycle.MONTHLY, DutyDays.WORKDAYS, ON_SITE, YEAR[0]),
    NewPlan("quarterly", "季查", Cycle.QUARTERLY, DutyDays.WORKDAYS, ON_SITE, YEAR[0]),
)
Slot = tuple[str, int, date]


def works(day: date) -> bool:
    return day in WORK or (day.isoweekday() < 6 and day not in OFF)


def spans() -> dict[str, list[list[date]]]:
    """Plan to its spans, each with the days on which it can be done."""
    weeks: dict[date, list[date]] = {}
    months: dict[int, list[date]] = {}
    quarters: dict[int, list[date]] = {}
    for day in [*YEAR, *LAST_WEEK]:
        if works(day):
            weeks.setdefault(day - timedelta(day.weekday()), []).append(day)
    for day in YEAR:
        if works(day):
            months.setdefault(day.month, []).append(day)
            quarters.setdefault((day.month + 2) // 3, []).append(day)
    daily = [[day] for day in YEAR if day >= EVERY_DAY_FROM or works(day)]
    return {
        "weekly": list(weeks.values()),
        "patrol": daily,
        "duty": [[day] for day in YEAR],
        "monthly": list(months.values()),
        "quarterly": list(quarters.values()),
    }


def first_day(plan: str, day: date) -> date:
    """How a span is called: by its first day on the calendar."""
    if plan == "weekly":
        return day - timedelta(day.weekday())
    if plan in ("patrol", "duty"):
        return day
    month = day.month if plan == "monthly" else (day.month - 1) // 3 * 3 + 1
    return date(day.year, month, 1)


def expected(old: list[int], new: int) -> dict[Slot, tuple[date, date]]:
    """Every slot of the year: when it opens and when it ends."""
    found = {}
    for plan, all_spans in spans().items():
        for days in all_spans:
            boards = [*old, new] if days[0] >= JOINS else old
            for board in boards:
                slot = (plan, board, first_day(plan, days[0]))
                found[slot] = (days[0], days[-1])
    return found


def test_a_years_slots_are_those_that_the_plans_say(database: Database) -> None:
    town = found_town(database, villages=2)
    with database.writing.begin() as session:
        for plan in PLANS:
            planning.set_plan(session, town.by("管理员", FOUNDED), plan)
        planning.draw_roster(session, town.by("管理员", FOUNDED), YEAR[0])
        for day in (date(2024, 3, 5), date(2024, 3, 6), date(2024, 9, 3)):
            away(session, town, "甲", day)
        away(session, town, "乙", date(2024, 3, 6))
    missed_by_looking = _live_through(database, town)

    with database.reading() as session:
        found = list(session.scalars(select(Check)))
        boards = sorted({check.board_id for check in found})
        slots = Counter((check.plan, check.board_id, check.period) for check in found)
        assert set(slots.values()) == {1}, "none twice"
        wanted = expected(boards[:2], boards[2])
        assert set(slots) == set(wanted), "none lost, none invented"
        for check in found:
            opens, last = wanted[check.plan, check.board_id, check.period]
            assert check.opens_at == at(opens, time(0))
            assert check.due_at == at(last, time(23, 59, 59))
        states = Counter(check.state for check in found)
        assert states[CheckState.OPEN] == 0, "each is done or shown as missed"
        assert states[CheckState.MISSED] == len(found) - missed_by_looking
        assert verify(session).first_bad is None
        _roster_is_fair(session, town)


def _live_through(database: Database, town: Town) -> int:
    """Ring every day but while it stands; how many slots were filled."""
    filled = 0
    for day in YEAR:
        if day == EVERY_DAY_FROM - timedelta(1):
            daily = replace(PLANS[0], days=DutyDays.EVERY_DAY, since=EVERY_DAY_FROM)
            with database.writing.begin() as session:
                planning.set_plan(session, town.by("管理员", at(day)), daily)
        if day == JOINS:
            with database.writing.begin() as session:
                add_village(session, town, 9, JOINS)
        if not STOPPED[0] <= day <= STOPPED[1]:
            _ring(database, at(day, time(0, 30)), twice=day.day % 10 == 1)
        if day.day in (5, 18) and works(day):
            filled += _look(database, town, day)
    tick(database, at(date(2025, 1, 6), time(0, 30)), CLOSING)
    return filled


def _ring(database: Database, moment: datetime, *, twice: bool) -> None:
    if not twice:
        tick(database, moment, ROUNDS)
        return
    ready = threading.Barrier(2)

    def machine() -> None:
        ready.wait()
        tick(database, moment, ROUNDS)

    with ThreadPoolExecutor(2) as pool:
        for one in (pool.submit(machine), pool.submit(machine)):
            one.result()


def _look(database: Database, town: Town, day: date) -> int:
    """Somebody looks at one board on the spot: how many slots that one look fills."""
    with database.writing.begin() as session:
        lying_open = (
            select(Check)
            .where(Check.state == CheckState.OPEN, Check.due_at >= at(day, time(10)))
            .order_by(Check.board_id, Check.id)
        )
        rows = list(session.scalars(lying_open))
        board = rows[0].board_id
        weekly = next(c for c in rows if (c.board_id, c.plan) == (board, "weekly"))
        who = "丙" if (day.month, day.day) in ((3, 5), (9, 3)) else "甲"
        visit = Visit(CheckWay.ON_SITE, all_well=True, looked_at=at(day, time(9)))
        by = town.by(who, at(day, time(10)))
        acts.log_check(session, by, weekly.id, visit)
        return len([check for check in rows if check.board_id == board])


def _roster_is_fair(session: Session, town: Town) -> None:
    """Each kind of day goes round in turn; who is away is replaced by the next."""
    query = select(DutyDay).where(DutyDay.day <= YEAR[-1]).order_by(DutyDay.day)
    days = list(session.scalars(query))
    assert [day.day for day in days] == YEAR
    assert [day.holiday for day in days] == [not works(day) for day in YEAR]
    for kind in (True, False):
        counted = Counter(day.person_id for day in days if day.holiday is kind)
        assert max(counted.values()) - min(counted.values()) <= 1
    by = town.by("系统", at(date(2024, 3, 1)))
    order = [town.people[name] for name in ("甲", "乙", "丙")]
    for day in (date(2024, 3, 5), date(2024, 3, 6), date(2024, 9, 3)):
        gone = {"甲", "乙"} if day == date(2024, 3, 6) else {"甲"}
        turn = days[(day - YEAR[0]).days].person_id
        place = order.index(turn)
        rota = [*order[place:], *order[:place]]
        absent = {town.people[name] for name in gone}
        really = next(one for one in rota if one not in absent)
        assert plan_questions.person_on_duty(session, by, day) == really


def at(day: date, hour: time = time(9)) -> datetime:
    """A moment on the town's clock, eight hours before UTC's."""
    return datetime.combine(day, hour, UTC) - timedelta(hours=8)
