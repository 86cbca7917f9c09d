"""Two towns with a row of every kind in each: what every screen can show is there.

The first is the small town, where people sign in; the second is a neighbour whose rows
nobody of the first may see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.agencies import ProcessDefinition, Section
from models.articles import Attachment
from models.boards import Frequency
from models.database import Database, open_database
from models.findings import FindingKind
from models.inspections import Check, CheckWay, Fault, FaultKind, UnitKind
from models.notices import Notice, NoticeKind
from models.patrols import ColumnKind, Half, SiteReading
from models.people import Holding, Post, Role, RoleGrant
from models.trainings import TrainingGap
from tests import furnished_findings, reviewing_town, stories
from tests.furnished_boards import of_bulletins, of_labels
from tests.furnished_doubts import a_mandate, in_doubt
from tests.furnished_reports import registers_of, reports_of
from tests.furnished_requests import requests_of
from tests.furnished_sharing import of_shared
from tests.pictures import PNG
from tests.requests_town import asked
from tests.small_town import CAST, MONDAY, add
from tests.small_town import Town as SmallTown
from tests.town import JIANGKOU, Town, found_town
from workflow.agencies import regulations
from workflow.articles import acts as articles
from workflow.articles.files import NewFile
from workflow.articles.findings import NewFinding
from workflow.inspections import acts as rounds
from workflow.inspections import (
    catalogue,
    planning,
    slots,
)
from workflow.inspections.acts import NewBoard, NewUnit
from workflow.inspections.catalogue import NewItem
from workflow.inspections.rules import NewFault, Visit
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.patrols import acts as patrols
from workflow.patrols.rules import NewColumn
from workflow.people import phrases, tokens
from workflow.people.absences import record_absence
from workflow.people.tokens import NewToken
from workflow.requests.acts import register
from workflow.trainings import acts as trainings
from workflow.trainings.rules import Attendee, Held, NewTraining

# the smallest file that begins as a PDF does
PDF = b"%PDF-1.4 sample"
ROLES = {**{login: role for login, (_, role) in CAST.items()}, "reader": Role.READER}
NEIGHBOUR = "邻镇"
FINANCE = NewItem("finance", "财务", "集体收支明细", Frequency.MONTHLY, 10)
Ids = Mapping[str, Any]


@dataclass(frozen=True)
class Furnished:
    """Ids by what they name: of the articles by story, of the rest by URL argument."""

    mine: Ids
    neighbours: Ids


def furnish(path: Path) -> Furnished:
    """Build both towns as a new SQLite file."""
    reviewing_town.build_at(path)
    database = open_database(f"sqlite:///{path.as_posix()}")
    try:
        mine = _small(database)
        return Furnished(mine, _neighbour(database))
    finally:
        database.close()


def _small(database: Database) -> Ids:
    with reviewing_town.stage(database) as town:
        small = SmallTown(
            town.agency.id, {login: one.id for login, one in town.people.items()}
        )
        add(town.session, small, "reader", "示例读者", Role.READER)
        return _rows(town, "farming", "sysadmin")


def _neighbour(database: Database) -> Ids:
    with database.writing.begin() as session:
        town = found_town(session, "neighbour")
        town.agency.name = f"示例{NEIGHBOUR}人民政府"
        town.at = MONDAY
        person = town.people["auditor"].id
        since = MONDAY - timedelta(days=60)
        role = Role.SYSTEM_ADMINISTRATOR
        session.add(RoleGrant(person_id=person, role=role, since=since))
        session.flush()
        return _rows(town, "rural", "auditor", NEIGHBOUR)


def _rows(town: Town, section: str, administrator: str, mark: str = "") -> Ids:
    rows = {
        "year": 1999 if mark else 2024,
        **_articles(town, section, mark),
        **of_shared(town, section),
        **_of_people(town, section, administrator),
        **_of_rounds(town, administrator),
        **of_labels(town),
        **of_bulletins(town, section),
        **_of_registers(town),
        **_of_desks(town),
    }
    reports_of(town, section)
    return rows


def _articles(town: Town, section: str, mark: str) -> Ids:
    def told(story: str, **changes: object) -> int:
        title = f"示例{mark}镇{story}"
        made = getattr(stories, story)(town, section=section, title=title, **changes)
        return int(made.id)

    made = {
        name: told(name)
        for name in ("drafted", "submitted", "at_deputy", "at_principal", "cleared")
    }
    added = (NewFile("示例附件.pdf", PDF),)
    made["published"] = told("published", added=added)
    made |= {"returned": _returned(town, section), "again": _again(town, section)}
    made |= in_doubt(town, section)
    made |= furnished_findings.prechecked(town, section)
    made |= furnished_findings.noted(town, section)
    file = town.session.scalars(select(Attachment).order_by(Attachment.id.desc()))
    rule = town.session.scalars(
        select(ProcessDefinition).where(
            ProcessDefinition.agency_id == town.agency.id,
            ProcessDefinition.beside.is_(False),
        )
    )
    first = file.first()
    assert first is not None
    made |= {"article_id": made["published"], "attachment_id": first.id}
    return {**made, "definition_id": rule.one().id}


def _returned(town: Town, section: str) -> int:
    """Sent back with one finding that waits for its answer."""
    article = stories.submitted(town, section=section)
    finding = NewFinding(FindingKind.FACT, "日期与通知不符。", "3月4日")
    return stories.sent_back(town, article, "director", raised=(finding,)).id


def _again(town: Town, section: str) -> int:
    """Signed by the director, sent back by the deputy, handed in another time."""
    article = stories.at_deputy(town, section=section)
    stories.sent_back(town, article, "deputy")
    body = stories.BODY.replace("3月4日", "3月5日")
    read = stories.revision_of(town, article)
    new = stories.written(section=section, body=body)
    articles.revise(town.session, town.by("drafter"), article.id, read, new)
    return stories.submit(town, article).id


def _of_people(town: Town, section: str, administrator: str) -> Ids:
    session, by = town.session, town.by(administrator)
    following = JIANGKOU.read_text("utf-8").replace("number = 1\n", "number = 2\n", 1)
    regulations.save_draft(session, town.by(administrator), following, "")
    person = town.people["publisher"].id
    days = date(2024, 4, 8), date(2024, 4, 9)
    absence = record_absence(session, by, person, *days, "参加培训")
    posts = select(Post).where(Post.agency_id == town.agency.id).order_by(Post.id)
    post = session.scalars(posts.where(Post.code == "principal")).first()
    assert post is not None
    sections = session.scalars(
        select(Section.id).where(
            Section.agency_id == town.agency.id, Section.code == section
        )
    )
    holdings = select(Holding).where(Holding.post_id == post.id, Holding.slot == "B")
    return {
        "person_id": person,
        "post_id": post.id,
        "holding_id": session.scalars(holdings).one().id,
        "section_id": sections.one(),
        "absence_id": absence.id,
    }


def _of_rounds(town: Town, administrator: str) -> Ids:
    """This week's round: one board has a fault with its photo, two are still open."""
    session, code = town.session, town.agency.code
    for number in range(3):
        unit = NewUnit(f"20{number}", f"示例{code}村", UnitKind.VILLAGE, number)
        board = NewBoard("村务公开栏（示例）", "村委会门口", MONDAY.date())
        rounds.add_unit(session, town.by(administrator), unit, board)
    system = Occasion(town.agency.id, None, town.at, "this-week")
    slots.open_due(session, system, MONDAY.date())
    query = select(Check).where(Check.agency_id == town.agency.id).order_by(Check.id)
    done, open_, _ = session.scalars(query)
    fault = NewFault(FaultKind.DIRTY, "玻璃积灰", PNG, date(2024, 3, 8))
    visit = Visit(CheckWay.ON_SITE, all_well=False, looked_at=town.at, faults=(fault,))
    rounds.log_check(session, town.by("inspector"), done.id, visit)
    faults = select(Fault.id).where(Fault.agency_id == town.agency.id)
    inspector = town.people["inspector"].id
    planning.draw_roster(session, town.by("inspector"), MONDAY.date())
    catalogue.set_item(session, town.by(administrator), FINANCE)
    return {
        **_of_patrols(town, administrator),
        "check_id": open_.id,
        "fault_id": session.scalars(faults).one(),
        "done": done.id,
        "board_id": done.board_id,
        "number": 1,
        "duty_person": inspector,
    }


def _of_patrols(town: Town, administrator: str) -> Ids:
    """A column with a reading that lies open; trainings, and a quarter without one."""
    session = town.session
    home = NewColumn("home", "首页", ColumnKind.HOME, 14, 3)
    patrols.set_column(session, town.by(administrator), home)
    system = Occasion(town.agency.id, None, town.at, "readings")
    patrols.open_readings(session, system, MONDAY.date())
    reading = select(SiteReading.id).where(
        SiteReading.agency_id == town.agency.id, SiteReading.half == Half.AFTERNOON
    )
    planned = NewTraining("示例培训", MONDAY.date())
    training = trainings.plan(session, town.by("inspector"), planned)
    held = trainings.plan(session, town.by("inspector"), planned)
    material = ("示例材料.pdf", PDF)
    there = Held(MONDAY.date(), (Attendee("李示例"),), "", material)
    trainings.hold(session, town.by("inspector"), held.id, there)
    gap = TrainingGap(agency_id=town.agency.id, year=2023, quarter=4, found_at=town.at)
    session.add(gap)
    session.flush()
    return {
        "reading_id": session.scalars(reading).one(),
        "training_id": training.id,
        "held_id": held.id,
        "gap_id": gap.id,
    }


def _of_desks(town: Town) -> Ids:
    """A message in the drafter's in-tray, a phrase and a key of hers."""
    session, by = town.session, town.by("publisher")
    drafter = town.people["drafter"].id
    message = Message("sample", NoticeKind.URGED, "示例消息")
    tell(session, by, message, [drafter])
    phrases.keep(session, town.by("drafter"), "同意。")
    notice = session.scalars(
        select(Notice).where(Notice.event == "sample", Notice.person_id == drafter)
    ).one()
    (phrase,) = phrases.phrases(session, town.by("drafter"))
    tokens.make(session, town.by("drafter"), NewToken("示例程序", 90))
    (key,) = tokens.mine(session, town.by("drafter"))
    ids = {"notice_id": notice.id, "phrase_id": phrase.id, "token_id": key.id}
    ids["mandate_id"] = a_mandate(town)
    return {**ids, "table_entry": furnished_findings.table_entry(town)}


def _of_registers(town: Town) -> Ids:
    session, by = town.session, town.by("registrar")
    request = register(session, by, asked("2024-03-01", wants="村道养护资金情况"))
    return {**requests_of(town, request.id), **registers_of(town)}
