"""Bulletins: what they count, that nothing later changes it, and one a period."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from models.articles import Article, Revision
from models.bulletins import Bulletin, BulletinCycle
from models.inspections import Check, CheckWay, FaultKind, UnitKind
from tests.town import Town
from workflow.articles import acts as articles
from workflow.audit.questions import verify
from workflow.errors import NotFound, NotPermitted, WrongState
from workflow.inspections import acts as rounds
from workflow.inspections import (
    bulletin_figures,
    bulletins,
    faults,
    labels,
    public_reports,
    slots,
)
from workflow.inspections.acts import NewBoard, NewUnit
from workflow.inspections.bulletin_rules import period_of
from workflow.inspections.bulletins import NewBulletin
from workflow.inspections.rules import NewFault, Visit
from workflow.occasion import Occasion

FIRST = date(2024, 1, 1)
NEW = NewBulletin(
    BulletinCycle.QUARTER,
    FIRST,
    "rural",
    ["website"],
    {FaultKind.DIRTY: "栏面脏污"},
)


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2024, month, day, hour - 8, tzinfo=UTC)


@pytest.fixture
def quarter(town: Town) -> Town:
    """A quarter in which three boards were seen, one missed, three faults found."""
    town.at = at(1, 2)
    since = date(2024, 3, 18)
    system = Occasion(town.agency.id, None, town.at, "system")
    for number in range(3):
        unit = NewUnit(f"20{number}", f"示例{number}村", UnitKind.VILLAGE, number)
        board = NewBoard("村务公开栏（示例）", "村口", since)
        rounds.add_unit(town.session, system.under(f"unit {number}"), unit, board)
    town.at = at(3, 19)
    slots.open_due(town.session, system.under("open"), town.at.date())
    first, second, _ = checks(town)
    look(town, first, NewFault(FaultKind.DIRTY, "积灰", put_right_by=date(2024, 3, 22)))
    look(town, second)
    town.at = at(4, 1)
    return town


def checks(town: Town) -> list[Check]:
    return list(town.session.scalars(select(Check).order_by(Check.id)))


def look(town: Town, check: Check, *found: NewFault) -> None:
    visit = Visit(CheckWay.ON_SITE, all_well=not found, looked_at=town.at, faults=found)
    rounds.log_check(town.session, town.by("inspector"), check.id, visit)


def numbers(found: Bulletin) -> dict[str, int]:
    return {one.key: one.value for one in bulletins.figures(found)}


def test_the_numbers_are_those_of_the_records(quarter: Town) -> None:
    made = bulletins.draft(quarter.session, quarter.by("drafter"), NEW)

    said = numbers(made)
    assert (said["planned"], said["done"], said["missed"]) == (3, 2, 1)
    assert (said["well"], said["faulty"], said["on_site"]) == (1, 1, 2)
    assert (said["found"], said["fixed"], said["late"]) == (1, 0, 1)
    article = quarter.session.get_one(Article, made.article_id)
    assert article.state == "drafting"
    assert (
        article.title == "示例镇人民政府关于2024年第一季度村（居）公开栏检查情况的通报"
    )
    assert verify(quarter.session).ok


def test_each_number_opens_its_records(quarter: Town) -> None:
    made = bulletins.draft(quarter.session, quarter.by("drafter"), NEW)

    for figure in bulletins.figures(made):
        again, records = bulletins.records(quarter.session, made, figure.key)
        assert [one.id for one in records] == list(again.ids)
    with pytest.raises(NotFound):
        bulletins.records(quarter.session, made, "no-such-number")


def test_what_happens_later_changes_no_number(quarter: Town) -> None:
    made = bulletins.draft(quarter.session, quarter.by("drafter"), NEW)
    before, cutoff = numbers(made), made.cutoff_at
    (fault,) = bulletins.records(quarter.session, made, "found")[1]

    quarter.later(hours=2)
    faults.fault_fixed(quarter.session, quarter.by("inspector"), fault.id)
    quarter.session.refresh(made)
    assert numbers(made) == before
    assert bulletins.is_whole(made)
    period = period_of(BulletinCycle.QUARTER, FIRST)
    agency = quarter.agency.id
    again = bulletin_figures.count(quarter.session, agency, period, cutoff)
    assert {one.key: one.value for one in again.figures} == before
    now = bulletin_figures.count(quarter.session, agency, period, quarter.at)
    fixed = {one.key: one.value for one in now.figures}["fixed"]
    assert fixed == before["fixed"] + 1


def test_a_changed_number_is_noticed(quarter: Town) -> None:
    made = bulletins.draft(quarter.session, quarter.by("drafter"), NEW)
    made.figures = {**made.figures, "rows": made.figures["rows"][:-1]}

    assert not bulletins.is_whole(made)


def test_the_next_period_tells_what_became_of_this_one(quarter: Town) -> None:
    quarter.at = at(7, 1)
    second = NewBulletin(BulletinCycle.QUARTER, date(2024, 4, 1), "rural", ["website"])
    made = bulletins.draft(quarter.session, quarter.by("drafter"), second)

    said = numbers(made)
    assert (said["last_found"], said["last_fixed"], said["last_open"]) == (1, 0, 1)


def test_one_bulletin_a_period_until_its_article_is_given_up(quarter: Town) -> None:
    session = quarter.session
    made = bulletins.draft(session, quarter.by("drafter"), NEW)
    with pytest.raises(WrongState, match="已经起草"):
        bulletins.draft(session, quarter.by("drafter"), NEW)

    read = session.scalars(
        select(Revision.id).where(Revision.article_id == made.article_id)
    ).one()
    by = quarter.by("drafter")
    articles.withdraw(session, by, made.article_id, read, "另行起草")
    again = bulletins.draft(session, quarter.by("drafter"), NEW)
    assert (made.edition, again.edition) == (1, 2)
    assert [one.id for one, _ in bulletins.bulletins(session, quarter.agency.id)] == [
        again.id,
        made.id,
    ]


def test_the_same_form_sent_twice_drafts_once(quarter: Town) -> None:
    by = quarter.by("drafter", "twice")
    made = bulletins.draft(quarter.session, by, NEW)

    assert bulletins.draft(quarter.session, by, NEW).id == made.id
    assert len(quarter.session.scalars(select(Bulletin)).all()) == 1


def test_only_a_drafter_and_only_when_the_period_is_over(quarter: Town) -> None:
    with pytest.raises(NotPermitted):
        bulletins.draft(quarter.session, quarter.by("inspector"), NEW)
    running = NewBulletin(BulletinCycle.MONTH, date(2024, 4, 1), "rural", ["website"])
    with pytest.raises(WrongState, match="还没有结束"):
        bulletins.draft(quarter.session, quarter.by("drafter"), running)


def test_villagers_reports_are_counted(quarter: Town) -> None:
    session = quarter.session
    quarter.at = at(3, 20)
    labels.make_codes(session, quarter.by("inspector"))
    label = labels.labels(session, quarter.agency.id)[0]
    for number in range(2):
        by = Occasion(quarter.agency.id, None, quarter.at, f"villager {number}")
        told = (FaultKind.STALE, "")
        made = public_reports.report(session, by, label, told, "mark")
    public_reports.accept(session, quarter.by("inspector"), made.id)
    quarter.at = at(4, 1)
    said = numbers(bulletins.draft(session, quarter.by("drafter"), NEW))

    assert (said["reported"], said["accepted"], said["dismissed"]) == (2, 1, 0)
    assert said["found"] == 2
