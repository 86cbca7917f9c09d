from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from queue import Queue

import pytest
from sqlalchemy.orm import Session

from models.agencies import CalendarYear
from models.database import Database
from models.inspections import CheckState
from tests.acts.town_on_rounds import Town, checks, clock, found_town, trail
from workflow import board_duties, schedule
from workflow.audit.questions import verify
from workflow.occasion import Occasion
from workflow.schedule import Duty, due_duties, tick

ROUNDS = [duty for duty in schedule.DUTIES if duty.name.startswith("rounds.")]


@pytest.fixture
def sample(database: Database) -> Town:
    return found_town(database)


def test_a_duty_is_due_since_its_latest_moment_on_the_towns_clock() -> None:
    opening, closing, *_ = due_duties(datetime(2024, 1, 8, 16, 7, tzinfo=UTC))

    assert opening.planned_at == datetime(2024, 1, 8, 16, 5, tzinfo=UTC)
    assert closing.planned_at == datetime(2024, 1, 7, 16, 10, tzinfo=UTC)


def test_a_tick_opens_the_round_once(database: Database, sample: Town) -> None:
    (line,) = tick(database, clock(2), ROUNDS)

    assert line == "示例镇人民政府 开启巡查：开启巡查 1 轮（2024-01-01 起）"
    assert tick(database, clock(2), ROUNDS) == []
    with database.reading() as session:
        assert len(checks(session)) == 3


def test_after_a_standstill_what_was_missed_is_shown_as_missed(
    database: Database, sample: Town
) -> None:
    tick(database, clock(2), ROUNDS)

    lines = tick(database, clock(23), ROUNDS)

    assert [line.partition("：")[2] for line in lines] == [
        "开启巡查 3 轮（2024-01-08、2024-01-15、2024-01-22 起）",
        "9 个公开栏逾期未查，已记为未查",
    ]
    with database.reading() as session:
        states = [check.state for check in checks(session)]
        assert states == [CheckState.MISSED] * 9 + [CheckState.OPEN] * 3
        assert verify(session).first_bad is None


def test_two_machines_ticking_at_once_do_it_once(
    database: Database, sample: Town
) -> None:
    ready = threading.Barrier(2)

    def machine() -> list[str]:
        ready.wait()
        return tick(database, clock(23), ROUNDS)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(machine), pool.submit(machine)
        lines = first.result() + second.result()

    assert len(lines) == 2
    with database.reading() as session:
        assert len(checks(session)) == 12
        assert len(trail(session, "checks.open")) == 4
        assert len(trail(session, "check.miss")) == 9


def test_one_agencys_trouble_does_not_stop_another(
    database: Database, sample: Town
) -> None:
    other = found_town(database, code="other")
    with database.writing.begin() as session:
        session.query(CalendarYear).filter_by(agency_id=sample.agency).delete()

    lines = tick(database, clock(2), ROUNDS)

    assert len(lines) == 2
    assert "未办。工作日历没有覆盖" in lines[0]
    with database.reading() as session:
        assert {check.agency_id for check in checks(session)} == {other.agency}


def test_a_refused_duty_is_tried_again(database: Database, sample: Town) -> None:
    with database.writing.begin() as session:
        kept = session.query(CalendarYear).one()
        session.delete(kept)
    tick(database, clock(2), ROUNDS)
    with database.writing.begin() as session:
        again = CalendarYear(
            agency_id=sample.agency,
            year=2024,
            source=kept.source,
            off=kept.off,
            work=kept.work,
            entered_at=kept.entered_at,
        )
        session.add(again)

    assert len(tick(database, clock(2), ROUNDS)) == 1


def test_a_failing_duty_is_logged_and_leaves_nothing(
    database: Database, sample: Town, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(session: Session, by: Occasion) -> str:
        board_duties.open_rounds(session, by)
        raise RuntimeError("broken on purpose")

    duty = Duty("breaks", "出错的事", time(0, 5), "", breaks)
    with caplog.at_level(logging.ERROR):
        (line,) = tick(database, clock(2), [duty])

    assert line.endswith("出错的事：未办，程序出错，详见运行日志。")
    assert "broken on purpose" in caplog.text
    with database.reading() as session:
        assert checks(session) == []


def test_every_duty_says_what_becomes_of_a_missed_moment() -> None:
    assert all(duty.title and duty.if_missed for duty in schedule.DUTIES)
    assert len({duty.name for duty in schedule.DUTIES}) == len(schedule.DUTIES)


def test_the_alarm_rings_at_once_and_keeps_nothing(
    database: Database, sample: Town
) -> None:
    said: Queue[str] = Queue()
    scheduler = schedule.alarm(database, lambda: clock(2), said.put)
    running = threading.Thread(target=scheduler.start)
    running.start()

    assert "开启巡查 1 轮" in said.get(timeout=20)
    scheduler.shutdown()
    running.join(timeout=20)
    assert not running.is_alive()
