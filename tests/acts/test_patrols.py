"""Columns with clocks, readings on duty, veto items, visits to the agency's pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from models.boards import DutyDay
from models.database import Database
from models.inspections import CheckState
from models.notices import Notice
from models.patrols import ColumnKind, Half, PageVisit, SiteReading
from tests.acts.town_on_rounds import (
    Town,
    away,
    clock,
    found_town,
    refused,
    trail,
)
from web import site_visits
from workflow import visiting
from workflow.errors import InvalidInput, NotPermitted, Superseded, WrongState
from workflow.patrols import acts, questions
from workflow.patrols.acts import Read, Visited
from workflow.patrols.rules import NewColumn, Page, VetoState

HOME = NewColumn("home", "首页", ColumnKind.HOME, 14, 3, updated_on=date(2024, 1, 2))
WELL = Read(pages_open=True, contents_right=True, links_work=True)


@pytest.fixture
def sample(database: Database) -> Town:
    return found_town(database)


def watched(database: Database, town: Town, *columns: NewColumn) -> None:
    with database.writing.begin() as session:
        for column in columns or (HOME,):
            acts.set_column(session, town.by("管理员", clock(1)), column)


def opened(database: Database, town: Town, at: datetime) -> int:
    with database.writing.begin() as session:
        return acts.open_readings(session, town.by("系统", at), at.date())


def readings(database: Database) -> list[SiteReading]:
    with database.reading() as session:
        return session.query(SiteReading).order_by(SiteReading.id).all()


def test_two_readings_on_a_working_day_one_by_the_duty_else(
    database: Database, sample: Town
) -> None:
    watched(database, sample)
    with database.writing.begin() as session:
        session.add(
            DutyDay(
                agency_id=sample.agency,
                day=date(2024, 1, 6),
                holiday=True,
                person_id=sample.people["甲"],
                drawn_at=clock(1),
            )
        )
    assert opened(database, sample, clock(5)) == 2
    assert opened(database, sample, clock(9)) == 5, "Saturday's duty, two workdays"
    assert opened(database, sample, clock(9)) == 0

    kinds = [(one.day.day, one.half) for one in readings(database)]
    both = [Half.MORNING, Half.AFTERNOON]
    assert kinds == [
        *((5, half) for half in both),
        (6, Half.DUTY),
        *((day, half) for day in (8, 9) for half in both),
    ]


def test_an_agency_that_watches_nothing_is_asked_for_nothing(
    database: Database, sample: Town
) -> None:
    assert opened(database, sample, clock(5)) == 0


def test_a_reading_is_recorded_once_in_its_time_by_who_is_on_duty(
    database: Database, sample: Town
) -> None:
    watched(database, sample)
    opened(database, sample, clock(5))
    morning, afternoon = (one.id for one in readings(database))
    wrong = replace(WELL, links_work=False)
    early = sample.by("甲", clock(5, 9))
    refused(database, WrongState, lambda s: acts.log_reading(s, early, afternoon, WELL))
    refused(
        database, InvalidInput, lambda s: acts.log_reading(s, early, morning, wrong)
    )
    outsider = sample.by("外人", clock(5, 9))
    refused(
        database, NotPermitted, lambda s: acts.log_reading(s, outsider, morning, WELL)
    )
    with database.writing.begin() as session:
        away(session, sample, "甲", date(2024, 1, 5))
        by = sample.by("乙", clock(5, 9))
        acts.log_reading(session, by, morning, replace(wrong, note="已报修"))
    refused(
        database,
        Superseded,
        lambda s: acts.log_reading(s, sample.by("丙", clock(5, 10)), morning, WELL),
    )

    with database.writing.begin() as session:
        assert acts.close_readings(session, sample.by("系统", clock(8))) == 1
        assert acts.close_readings(session, sample.by("系统", clock(8))) == 0
    states = [one.state for one in readings(database)]
    assert states == [CheckState.DONE, CheckState.MISSED]
    with database.reading() as session:
        (entry,) = trail(session, "reading.log")
    assert (entry.person_name, entry.on_behalf_of) == ("乙", "甲")


def test_a_column_warns_before_its_limit_and_once_over_it(
    database: Database, sample: Town
) -> None:
    exempt = replace(
        HOME,
        code="wechat",
        name="公众号",
        kind=ColumnKind.ACCOUNT,
        exempt_until=date(2024, 2, 1),
        exempt_reason="平台迁移",
    )
    watched(database, sample, HOME, exempt)
    told = []
    for day in (10, 13, 14, 17, 18):
        with database.writing.begin() as session:
            told.append(acts.warn_of_clocks(session, sample.by("系统", clock(day))))
    with database.reading() as session:
        titles = [notice.title for notice in session.query(Notice)]
        shown = questions.columns_now(session, sample.agency, date(2024, 1, 17))

    assert told == [0, 1, 0, 1, 0]
    assert titles == ["“首页”快到更新时限", "“首页”超过更新时限"]
    assert [one.clock.state.value for one in shown] == ["stale", "exempt"]


def test_the_veto_items_are_named(database: Database, sample: Town) -> None:
    watched(database, sample)
    found = [
        Visited(1, "http://home", clock(17) - timedelta(hours=n), 200, 50, opened=n > 0)
        for n in range(10)
    ]
    with database.writing.begin() as session:
        acts.record_visits(session, sample.by("系统", clock(17)), found)
    with database.reading() as session:
        items = {
            v.name: v for v in questions.vetoes_now(session, sample.agency, clock(17))
        }

    assert items["首页不更新"].state is VetoState.TOUCHED
    assert items["站点无法访问"].state is VetoState.TOUCHED, "one in ten"
    assert items["栏目不更新"].state is VetoState.BY_HAND
    assert "首页" in items["首页不更新"].because


def test_only_the_administrator_sets_a_column(database: Database, sample: Town) -> None:
    by = sample.by("甲", clock(1))
    refused(database, NotPermitted, lambda s: acts.set_column(s, by, HOME))
    admin = sample.by("管理员", clock(1))
    bad = replace(HOME, most_days=0, exempt_until=date(2024, 2, 1), address="ftp://x")
    error = refused(database, InvalidInput, lambda s: acts.set_column(s, admin, bad))
    assert isinstance(error, InvalidInput)
    assert set(error.fields) == {"most_days", "warn_days", "exempt_reason", "address"}


class Site(BaseHTTPRequestHandler):
    """A small site: a page with links, one dead, one that leads away."""

    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.path)
        if self.path == "/":
            body = (
                '<a href="/well">1</a> <a href="gone#x">2</a> <a href="/away">3</a>'
                '<a href="/home">4</a><a href="http://127.0.0.1:1/other">5</a>'
                '<a href="mailto:a@example.invalid">6</a><a href="/well">7</a>'
            )
            self._say(200, body.encode())
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://localhost:1/elsewhere")
            self.end_headers()
        elif self.path == "/home":
            self.send_response(302)
            self.send_header("Location", "/well")
            self.end_headers()
        else:
            self._say(200 if self.path == "/well" else 404, b"text")

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def site() -> Iterator[tuple[str, list[str]]]:
    seen: list[str] = []
    handler = type("OneSite", (Site,), {"seen": seen})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", seen
    finally:
        server.shutdown()
        server.server_close()


def test_only_the_agencys_own_host_is_visited() -> None:
    with site() as (address, seen):
        found = site_visits.visit([Page(1, address)], clock(5))

    wrong = {one.address.removeprefix(address): one.fault for one in found if one.fault}
    assert wrong == {"gone": "打开出错（404）", "away": "转到了别的网站，没有跟去"}
    assert found[0].opened
    assert sorted(seen) == ["/", "/away", "/gone", "/home", "/well", "/well"]


def test_a_site_that_is_down_is_said_to_be(database: Database, sample: Town) -> None:
    with site() as (address, _):
        pass
    watched(database, sample, replace(HOME, address=address))
    at = datetime(2024, 1, 5, 1, 20, tzinfo=UTC)

    (line,) = visiting.visit_pages(database, at, site_visits.visit)

    assert line == "示例镇人民政府 网页访问：1 处打不开"
    assert visiting.visit_pages(database, at, site_visits.visit) == [], "once an hour"
    with database.reading() as session:
        (kept,) = session.query(PageVisit).all()
        assert (kept.opened, kept.fault, kept.status) == (False, "打不开", 0)
        assert len(trail(session, "visits.record")) == 1


@pytest.mark.parametrize("address", ["file:///etc/passwd", "gopher://x", "http://"])
def test_what_is_no_page_of_the_web_is_not_opened(address: str) -> None:
    (found,) = site_visits.visit([Page(1, address)], clock(5))

    assert (found.opened, found.fault) == (False, "打不开")
