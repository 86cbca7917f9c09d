"""Limits speak: before, at and after, once for each visit; one list each morning."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models.audit import AuditEntry
from models.database import Database
from models.notices import Notice, NoticeKind, Outgoing
from models.people import Person, Role, RoleGrant
from tests.stories import (
    drafted,
    published,
    sent_back,
    sign,
    submit,
    submitted,
)
from tests.town import MORNING, Town, found_town
from workflow.articles import clocks
from workflow.notices import questions
from workflow.occasion import Occasion
from workflow.schedule import tick


def ring(town: Town) -> int:
    """The clock rings now."""
    system = Occasion(town.agency.id, None, town.at, f"ring-{town.at:%d%H%M}")
    return clocks.remind(town.session, system)


def told(town: Town, who: str) -> list[str]:
    """The titles in somebody's in-tray, oldest first."""
    found = questions.in_tray(town.session, town.by(who), was_read=False)
    return [notice.title for notice in reversed(found)]


def at(day: int, hour: int = 9, minute: int = 30) -> datetime:
    """A moment of March 2024 by the town's clock."""
    return datetime(2024, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def test_two_reminders_one_at_the_limit_then_up_the_ladder(town: Town) -> None:
    """Handed in on Tuesday, due at the end of Wednesday."""
    town.session.add(
        RoleGrant(person_id=town.people["principal"].id, role=Role.LEADER, since=at(1))
    )
    article = submitted(town)

    counts = []
    for day in (5, 6, 7, 8, 11, 12):
        for hour in range(8, 18):
            town.at = max(at(day, hour), town.at)
            ring(town)
        counts.append([len(told(town, who)) for who in ("director", "deputy")])

    assert counts == [[0, 0], [2, 0], [3, 0], [3, 1], [3, 1], [3, 1]]
    assert "今天到期" in told(town, "director")[0]
    assert "已超 1 个工作日" in told(town, "director")[2]
    assert "党政办主任 示例director" in told(town, "deputy")[0]
    assert len(told(town, "principal")) == 2
    assert article.state == "office_review"


def test_a_reminder_is_told_once_however_often_it_rings(town: Town) -> None:
    submitted(town)
    town.at = at(6)

    assert [ring(town), ring(town)] == [1, 0]
    assert len(told(town, "director")) == 1
    assert town.session.query(Outgoing).count() == 1


def test_at_night_and_on_days_off_the_ordinary_is_silent(town: Town) -> None:
    submitted(town)

    for moment in (at(6, 7), at(6, 19), at(9), at(10)):
        town.at = moment
        assert ring(town) == 0


def test_an_urgent_limit_speaks_at_any_hour(town: Town) -> None:
    town.at = at(5, 16)
    submitted(town, attributes={"urgency": "urgent"})
    town.at = at(5, 19, 30)

    assert ring(town) == 1


def test_a_return_starts_the_clock_anew(town: Town) -> None:
    article = submitted(town)
    town.at = at(6, 15)
    assert ring(town) == 1
    sent_back(town, article, "director")
    town.at = at(7, 9)
    assert ring(town) == 0
    submit(town, article)
    assert ring(town) == 0
    town.at = at(8, 15)

    assert ring(town) == 1
    assert len(told(town, "director")) == 2


def test_after_a_standstill_only_the_latest_is_said(town: Town) -> None:
    submitted(town)
    town.at = at(11)

    assert ring(town) == 1
    assert told(town, "director") == told(town, "deputy") == []
    assert len(told(town, "principal")) == 1


def test_the_stand_in_is_told_while_she_is_away(town: Town) -> None:
    submitted(town)
    town.away("director", days=3)
    town.at = at(6)
    ring(town)

    assert told(town, "director") == []
    assert len(told(town, "director_b")) == 1


def test_several_limits_at_once_are_one_message(town: Town) -> None:
    for number in range(3):
        submitted(town, title=f"示例第{number}件")
    town.at = at(6)

    assert ring(town) == 1
    assert told(town, "director") == ["3件稿件快到期限"]


def test_what_is_published_is_silent(town: Town) -> None:
    published(town)
    town.at = at(20)

    assert ring(town) == 0


def test_a_reminder_leaves_its_trace(town: Town) -> None:
    submitted(town)
    town.at = at(6)
    ring(town)
    town.session.commit()

    entry = town.session.scalars(
        select(AuditEntry).where(AuditEntry.act == "article.remind")
    ).one()
    assert entry.person_name == "系统"
    assert entry.details["step"] == "first"


def test_one_list_in_the_morning_for_each_for_whom_something_waits(town: Town) -> None:
    for number in range(22):
        submitted(town, title=f"示例第{number}件")
    sign(town, submitted(town, title="示例在分管"), "director")
    drafted(town, title="示例在拟")
    town.at = at(6, 8)
    system = Occasion(town.agency.id, None, town.at, "morning")

    assert clocks.morning_lists(town.session, system) == 3
    assert clocks.morning_lists(town.session, system) == 0
    assert told(town, "director") == ["今日待办22件：已超期0件，今天到期20件"]
    (notice,) = questions.in_tray(town.session, town.by("director"), was_read=False)
    assert notice.kind is NoticeKind.MORNING
    assert "另有2件" in notice.body
    assert "示例在分管" not in notice.body
    assert told(town, "publisher") == []


def test_no_list_on_a_day_off(town: Town) -> None:
    submitted(town)
    system = Occasion(town.agency.id, None, at(9, 8), "saturday")

    assert clocks.morning_lists(town.session, system) == 0


def test_the_scheduler_rings_the_clocks(database: Database) -> None:
    with database.writing.begin() as session:
        submitted(found_town(session))

    lines = tick(database, at(6)) + tick(database, at(6) + timedelta(minutes=5))

    assert [line.partition(" ")[2] for line in lines] == [
        "今日待办：已给 1 人送去今日待办",
        "到期提醒：已提醒 1 人",
    ]
    with database.reading() as session:
        name = select(Person.name).join(Notice, Notice.person_id == Person.id)
        assert list(session.scalars(name)) == ["示例director"] * 2


def test_two_nodes_ringing_at_once_tell_it_once(database: Database) -> None:
    with database.writing.begin() as session:
        submitted(found_town(session))
    ready = threading.Barrier(2)

    def node() -> list[str]:
        ready.wait()
        return tick(database, at(6))

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(node), pool.submit(node)
        lines = first.result() + second.result()

    assert len(lines) == 2
    with database.reading() as session:
        assert session.query(Notice).count() == 2
        assert session.query(Outgoing).count() == 2


@pytest.mark.parametrize("days", [0, 1])
def test_before_half_of_it_has_passed_nothing_is_said(town: Town, days: int) -> None:
    submitted(town)
    town.at = MORNING + timedelta(hours=days)

    assert ring(town) == 0
