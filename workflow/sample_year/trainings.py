"""The sample year's four trainings, one a quarter, all invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time

from sqlalchemy.orm import Session

from workflow.calendar import WorkingCalendar, town_moment
from workflow.occasion import Occasion
from workflow.sample_year.steps import Step, answer_of
from workflow.sample_year.town import Town
from workflow.trainings import acts
from workflow.trainings.rules import Attendee, Held, NewTraining

TOPICS = (
    (2, "三审三校制度和常见差错（示例）"),
    (5, "村（居）务公开目录和公开栏规范（示例）"),
    (8, "政府信息公开条例和个人信息保护（示例）"),
    (11, "网站栏目更新和政务新媒体管理（示例）"),
)
THE_SIXTEENTH, PLANNED, HELD = 16, time(9, 30), time(17, 0)


def training_steps(
    town: Town, year: int, calendar: WorkingCalendar, name: str
) -> Iterator[Step]:
    """Each training is planned in the morning and recorded in the evening."""
    (post, *_) = town.posts_of("inspector")
    for number, (month, topic) in enumerate(TOPICS, start=1):
        wanted = date(year, month, THE_SIXTEENTH)
        day = calendar.first_working_day_on_or_after(wanted)
        login = town.acting_holder(post, day)
        key = f"{name}/training/{number}"
        new = NewTraining(topic, day, "镇政府会议室（示例）", "党政办（示例）")
        yield Step(town_moment(day, PLANNED), login, key, _planning(new))
        held = Held(day, _attendees(town), "结合本季度检查发现的问题讲解。")
        yield Step(town_moment(day, HELD), login, f"{key}/held", _holding(key, held))


def _attendees(town: Town) -> tuple[Attendee, ...]:
    return tuple(
        Attendee(f"{unit.name}信息员（示例）", unit.name) for unit in town.units
    )


def _planning(new: NewTraining) -> Callable[[Session, Occasion], object]:
    return lambda session, by: acts.plan(session, by, new)


def _holding(planned: str, held: Held) -> Callable[[Session, Occasion], object]:
    return lambda session, by: acts.hold(
        session, by, answer_of(session, by, planned), held
    )
