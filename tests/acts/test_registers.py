from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.agencies import Agency, ProcessDefinition, Section
from models.articles import Article, Revision
from models.database import Database
from models.releases import Release
from models.reports import RegisterKind
from models.requests import ApplicantKind, Channel
from tests.acts.town_on_rounds import FOUNDED, Town, clock, found_town, trail
from workflow.errors import InvalidInput, NotFound, NotPermitted
from workflow.reports import acts, questions
from workflow.reports.comparison import compare
from workflow.reports.reading import read_report
from workflow.reports.registers import NewEntry
from workflow.reports.rules import check, has_errors
from workflow.reports.writing import write_report
from workflow.requests import acts as requests
from workflow.requests.rules import NewApplicant, NewRequest

PENALTY = NewEntry(
    RegisterKind.PUNISHMENT, "示例1号", "示例处罚", date(2024, 5, 6), "示例台账"
)
YEAR_END = clock(31, month=12)
APPLICANT = NewApplicant("示例申请人", contact="示例联系方式")


@pytest.fixture
def sample(database: Database) -> Town:
    return found_town(database)


def enter(database: Database, where: Town, *entries: NewEntry) -> None:
    with database.writing.begin() as session:
        for entry in entries:
            acts.enter_register(session, where.by("登记员", YEAR_END), entry)


def answered(
    session: Session, where: Town, kind: ApplicantKind, received: date, on: date | None
) -> None:
    """Registered on a day, and withdrawn on another, if it was."""
    new = NewRequest(Channel.IN_PERSON, received, APPLICANT, "示例内容", kind)
    request = requests.register(session, where.by("登记员", YEAR_END), new)
    if on is not None:
        later = where.by("登记员", datetime(2025, 6, 1, tzinfo=UTC))
        requests.withdraw(session, later, request.id, on, "示例撤回")


def definition(session: Session, where: Town) -> ProcessDefinition:
    made = ProcessDefinition(
        agency_id=where.agency,
        code="sample",
        number=1,
        title="示例流程",
        source="",
        digest="0",
        adopted_at=FOUNDED,
    )
    session.add(made)
    return made


def section(session: Session, where: Town, column: str, position: int) -> Section:
    made = Section(
        agency_id=where.agency,
        code=f"s{position}",
        name=column,
        report_column=column,
        position=position,
    )
    session.add(made)
    return made


def released(
    session: Session, where: Town, at: datetime, in_: Section, rule: ProcessDefinition
) -> Release:
    """A published item as the register of releases has it, on two channels."""
    drafter = where.people["甲"]
    serial = session.query(Article).count() + 1
    article = Article(
        agency_id=where.agency,
        year=at.year,
        serial=serial,
        definition_id=rule.id,
        drafter_id=drafter,
        section_id=in_.id,
        title=f"示例稿件{serial}",
        state="published",
        made_at=at,
        entered_at=at,
        published_at=at,
        published_by_id=drafter,
        published_digest="0",
    )
    session.add(article)
    session.flush()
    text = Revision(
        article_id=article.id,
        number=1,
        title=article.title,
        body="示例",
        section_id=in_.id,
        channels=["site", "account"],
        attributes={},
        parts={},
        digest="0",
        author_id=drafter,
        author_stage="draft",
        made_at=at,
    )
    session.add(text)
    session.flush()
    rows = [_release(article, text, channel, at) for channel in text.channels]
    session.add_all(rows)
    session.flush()
    return rows[0]


def _release(article: Article, text: Revision, channel: str, at: datetime) -> Release:
    return Release(
        agency_id=article.agency_id,
        article_id=article.id,
        revision_id=text.id,
        channel=channel,
        digest="0",
        released_at=at,
        released_by_id=article.drafter_id,
    )


def test_a_register_entry_is_made_once(database: Database, sample: Town) -> None:
    enter(database, sample, PENALTY)
    with pytest.raises(InvalidInput) as refused:
        enter(database, sample, replace(PENALTY, title="另一件"))

    assert list(refused.value.fields) == ["number"]
    enter(database, sample, replace(PENALTY, kind=RegisterKind.COERCION))
    with database.reading() as session:
        kind = RegisterKind.PUNISHMENT
        (entry,) = questions.register_entries(session, sample.agency, kind)
        assert entry.source == "示例台账"
        assert len(trail(session, "register.enter")) == 2


def test_only_a_registrar_enters_registers(database: Database, sample: Town) -> None:
    with pytest.raises(NotPermitted), database.writing.begin() as session:
        acts.enter_register(session, sample.by("甲", YEAR_END), PENALTY)


def test_section_two_counts_the_registers_of_the_year(
    database: Database, sample: Town
) -> None:
    old = replace(PENALTY, number="示例0号", dated=date(2023, 12, 31))
    rule = replace(PENALTY, kind=RegisterKind.NORMATIVE)
    repealed = replace(
        rule,
        number="示例2号",
        dated=date(2023, 1, 5),
        repealed_on=date(2024, 12, 31),
    )
    fee = replace(PENALTY, kind=RegisterKind.FEES, amount_yuan=Decimal("12345.60"))
    more = replace(fee, number="示例3号", amount_yuan=Decimal("0.10"))
    enter(database, sample, PENALTY, old, rule, repealed, fee, more)

    with database.reading() as session:
        active = questions.annual_report(session, sample.agency, 2024).active.figures
        before = questions.annual_report(session, sample.agency, 2023).active.figures
        behind = questions.records_behind(
            session, sample.agency, 2024, "active.punishment"
        )
    assert active["punishment"] == 1
    assert [record.title for record in behind] == ["示例处罚"]
    normative = [active[f"normative.{part}"] for part in ("made", "repealed", "valid")]
    assert normative == [1, 1, 1]
    assert active["fees_wan"] == Decimal("1.23457")
    assert before["normative.valid"] == 1
    assert before["fees_wan"] == 0


def test_section_three_is_carried_from_year_to_year(
    database: Database, sample: Town
) -> None:
    with database.writing.begin() as session:
        natural, business = ApplicantKind.NATURAL, ApplicantKind.BUSINESS
        answered(session, sample, natural, date(2024, 3, 1), date(2024, 3, 8))
        answered(session, sample, natural, date(2024, 11, 1), date(2025, 1, 2))
        answered(session, sample, business, date(2024, 12, 2), None)

    with database.reading() as session:
        year = questions.annual_report(session, sample.agency, 2024).requests
        next_ = questions.annual_report(session, sample.agency, 2025).requests
        behind = questions.records_behind(
            session, sample.agency, 2025, "requests.carried_in.natural"
        )
    assert year["new"] == (2, 1, 0, 0, 0, 0, 3)
    assert year["other_misc"] == (1, 0, 0, 0, 0, 0, 1)
    assert year["total"] == (1, 0, 0, 0, 0, 0, 1)
    assert year["carried_out"] == next_["carried_in"] == (1, 1, 0, 0, 0, 0, 2)
    assert next_["total"] == (1, 0, 0, 0, 0, 0, 1)
    assert next_["carried_out"] == (0, 1, 0, 0, 0, 0, 1)
    assert [record.on for record in behind] == [date(2024, 11, 1)]


def test_published_items_count_once_in_the_year_they_first_went_out(
    database: Database, sample: Town
) -> None:
    with database.writing.begin() as session:
        rule = definition(session, sample)
        news = section(session, sample, "工作动态", 2)
        plans = section(session, sample, "计划总结", 1)
        session.flush()
        first_second = datetime(2023, 12, 31, 16, tzinfo=UTC)
        released(session, sample, first_second, news, rule)
        released(session, sample, clock(5, month=6), news, rule)
        released(session, sample, clock(6, month=6), plans, rule)
        released(session, sample, datetime(2023, 12, 31, 15, tzinfo=UTC), plans, rule)
        gone = released(session, sample, clock(7, month=6), news, rule)
        for row in session.query(Release).filter_by(article_id=gone.article_id):
            row.taken_down_at = clock(8, month=6)
        half = released(session, sample, clock(9, month=6), news, rule)
        half.taken_down_at = clock(10, month=6)

    with database.reading() as session:
        report = questions.annual_report(session, sample.agency, 2024)
        total, again = report.published
        behind = questions.records_behind(
            session, sample.agency, 2024, "published.工作动态"
        )
        every = questions.records_behind(session, sample.agency, 2024, "published")
    assert list(total.by_column.items()) == [("计划总结", 1), ("工作动态", 3)]
    assert total.total == again.total == 4
    assert [record.on for record in behind] == [
        date(2024, 1, 1),
        date(2024, 6, 5),
        date(2024, 6, 9),
    ]
    assert len(every) == 4


def test_the_report_reads_back_and_adds_up(database: Database, sample: Town) -> None:
    enter(database, sample, PENALTY)
    with database.writing.begin() as session:
        kind, day = ApplicantKind.LEGAL, date(2024, 3, 1)
        answered(session, sample, kind, day, date(2024, 3, 8))

    with database.reading() as session:
        report = questions.annual_report(session, sample.agency, 2024)
        agency = session.get_one(Agency, sample.agency)
    text = write_report(report)
    printed = json.loads(text)

    assert compare(report, read_report(text)) == ()
    assert not has_errors(check(report))
    assert printed["organ"]["name"] == agency.name
    assert printed["requests"]["new"] == [0, 0, 0, 0, 1, 0, 1]
    assert printed["sections"][5] == "六、其他需要报告的事项"
    claims = {claim["claim"]: claim["value"] for claim in printed["prose"]["claims"]}
    assert claims == {
        "requests.new": 1,
        "requests.total": 1,
        "requests.granted": 0,
        "requests.denied": 0,
        "requests.partial": 0,
    }


@pytest.mark.parametrize(
    "cell", ["", "active", "active.nothing", "requests.new.nobody", "remedies.review"]
)
def test_a_cell_that_is_not_in_the_report_is_not_found(
    database: Database, sample: Town, cell: str
) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        questions.records_behind(session, sample.agency, 2024, cell)
