"""The rounds of a year in pictures: numbers, table, links to the records."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from models.inspections import CheckWay, FaultKind
from tests.screens.town_with_boards import Boards, with_boards
from tests.small_town import MONDAY, Clock
from tests.web_client import Browserlike
from workflow.inspections import acts, faults
from workflow.inspections.rules import NewFault, Visit

SignIn = Callable[[str], Browserlike]
FRIDAY = date(2024, 3, 8)


@pytest.fixture
def boards(app: Flask, clock: Clock) -> Boards:
    """Two faults due on Friday, one of them seen put right on Thursday."""
    made = with_boards(app)
    for number, kind in enumerate((FaultKind.DIRTY, FaultKind.STALE)):
        fault = NewFault(kind, "", put_right_by=FRIDAY)
        visit = Visit(
            CheckWay.ON_SITE, all_well=False, looked_at=MONDAY, faults=(fault,)
        )
        with made.writing() as session, session.begin():
            by = made.by("inspector")
            acts.log_check(session, by, made.checks()[number].id, visit)
    first = made.faults()[0].id
    with made.writing() as session, session.begin():
        thursday = made.by("inspector", MONDAY + timedelta(days=3))
        faults.fault_fixed(session, thursday, first)
    clock.move(days=6)
    return made


def test_each_picture_says_its_numbers_and_each_number_opens_its_records(
    boards: Boards, signed_in: SignIn
) -> None:
    leader = signed_in("principal")
    page = leader.http.get("/rounds/figures?year=2024").get_data(as_text=True)

    assert page.count('role="img"') == 3
    assert "2024年检查次数" in page
    assert re.search(r"<desc[^>]*>最低的是3月：50%", page)
    assert "50%" in page
    links = re.findall(r'href="(/rounds/figures/records[^"]+)"', page)
    opened = leader.get(links[0].replace("&amp;", "&"))
    assert opened.h1 == ["2024年3月的记录 2"]
    assert "示例0村" in opened.text
    stale = leader.get("/rounds/figures/records?row=stale&year=2024&month=3")
    assert "示例1村" in stale.text
    assert "示例0村" not in stale.text


def test_a_year_without_records_says_so(boards: Boards, signed_in: SignIn) -> None:
    page = signed_in("inspector").get("/rounds/figures?year=2023")

    assert page.text.count("这段时间还没有数据") == 3


def test_a_number_that_is_not_there_is_no_page(
    boards: Boards, signed_in: SignIn
) -> None:
    inspector = signed_in("inspector")
    for asked in ("row=ranking&month=3", "row=dirty&month=13", "row=dirty"):
        inspector.get(f"/rounds/figures/records?year=2024&{asked}", status=404)
