"""A register filled from an Excel sheet: whole or not at all; repeal; supervision."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from models.database import Database
from models.reports import RegisterKind, SupervisionKind
from tests.acts.town_on_rounds import Town, clock, found_town, trail
from workflow.errors import InvalidInput, NotPermitted, WrongState
from workflow.reports import acts, questions, supervising
from workflow.reports.registers import NewEntry, Repeal
from workflow.reports.sheets import columns_of, empty_sheet
from workflow.reports.supervisions import Mending, NewSupervision

YEAR_END = clock(31, month=12)
KIND = RegisterKind.PUNISHMENT
Row = tuple[object, ...]
GOOD: tuple[Row, ...] = (
    ("示例罚1号", "示例处罚一", datetime(2024, 3, 1), "示例台账"),  # noqa: DTZ001 -- as Excel gives it
    ("示例罚2号", "示例处罚二", "2024年4月2日", "示例台账"),
    ("示例罚3号", "示例处罚三", "2024/5/3", "示例台账"),
)


@pytest.fixture
def sample(database: Database) -> Town:
    return found_town(database)


def sheet_of(*rows: Row, kind: RegisterKind = KIND) -> bytes:
    book = load_workbook(BytesIO(empty_sheet(kind, "示例")))
    for row in rows:
        book.worksheets[0].append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def take(
    database: Database,
    where: Town,
    content: bytes,
    kind: RegisterKind = KIND,
    who: str = "登记员",
) -> int:
    with database.writing.begin() as session:
        return acts.import_register(session, where.by(who, YEAR_END), kind, content)


def entered(database: Database, where: Town, kind: RegisterKind = KIND) -> list[str]:
    with database.reading() as session:
        found = questions.register_entries(session, where.agency, kind)
        return [entry.number for entry in found]


def faults(
    database: Database, where: Town, content: bytes, kind: RegisterKind = KIND
) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        take(database, where, content, kind)
    assert entered(database, where, kind) == []
    return refused.value.fields["file"]


def test_every_line_is_entered_with_one_trace(database: Database, sample: Town) -> None:
    assert take(database, sample, sheet_of(*GOOD)) == 3
    assert entered(database, sample) == ["示例罚3号", "示例罚2号", "示例罚1号"]
    with database.reading() as session:
        assert len(trail(session, "register.import")) == 1


def test_one_bad_line_and_nothing_is_entered(database: Database, sample: Town) -> None:
    rows = (*GOOD, ("示例罚4号", "", "去年", ""), ("示例罚1号", "又", "2024-1-1", "x"))
    told = faults(database, sample, sheet_of(*rows))
    assert told[0].startswith("共2行有问题，没有导入任何一行")
    assert told[1].startswith("第5行：“日期”")
    assert told[2] == "第6行：“文号或编号”与第2行相同。"


def test_what_is_entered_already_is_told_by_its_row(
    database: Database, sample: Town
) -> None:
    take(database, sample, sheet_of(GOOD[1]))
    with pytest.raises(InvalidInput) as refused:
        take(database, sample, sheet_of(*GOOD))
    assert (
        "第3行：文号“示例罚2号”在这一登记簿中已经登记过。"
        in (refused.value.fields["file"])
    )
    assert entered(database, sample) == ["示例罚2号"]


def test_each_register_has_its_own_columns(database: Database, sample: Town) -> None:
    assert columns_of(RegisterKind.FEES)[-1] == "金额（元）"
    fees = sheet_of(
        ("示例费1号", "示例收费", "2024-3-1", "示例账", "1,200.50"),
        kind=RegisterKind.FEES,
    )
    assert take(database, sample, fees, RegisterKind.FEES) == 1
    with database.reading() as session:
        report = questions.annual_report(session, sample.agency, 2024)
    assert str(report.active.figures["fees_wan"]) == "0.12005"


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"PK\x03\x04nothing"])
def test_what_is_no_sheet_is_refused(
    database: Database, sample: Town, content: bytes
) -> None:
    (line,) = faults(database, sample, content)
    assert line.endswith("。")


def test_heads_that_were_changed_are_named(database: Database, sample: Town) -> None:
    book = Workbook()
    book.worksheets[0].append(["文号", "名称"])
    file = BytesIO()
    book.save(file)
    (line,) = faults(database, sample, file.getvalue())
    assert "文号或编号、日期、出处" in line
    (line,) = faults(database, sample, sheet_of())
    assert line == "表里没有可以导入的行。"


def test_a_formula_is_not_computed(database: Database, sample: Town) -> None:
    told = faults(
        database, sample, sheet_of(('=HYPERLINK("x")', "示例", "2024-1-1", "x"))
    )
    assert told[1].startswith("第2行：“文号或编号”请填写。")


def test_only_the_registrar_imports(database: Database, sample: Town) -> None:
    with pytest.raises(NotPermitted):
        take(database, sample, sheet_of(*GOOD), who="巡查员")


def test_a_document_is_repealed_once(database: Database, sample: Town) -> None:
    new = NewEntry(
        RegisterKind.NORMATIVE, "示例规1号", "示例办法", date(2024, 1, 5), "示例文件柜"
    )
    by = sample.by("登记员", YEAR_END)
    repeal = Repeal(date(2024, 6, 1), "示例清理决定")
    with database.writing.begin() as session:
        entry = acts.enter_register(session, by.under("made"), new).id
        early = Repeal(date(2024, 1, 4), "示例")
        with pytest.raises(InvalidInput):
            acts.repeal_entry(session, by.under("early"), entry, early)
    with database.writing.begin() as session:
        acts.repeal_entry(session, by.under("repeal"), entry, repeal)
        with pytest.raises(WrongState):
            acts.repeal_entry(session, by.under("again"), entry, repeal)
        figures = questions.annual_report(session, sample.agency, 2024).active.figures
    row = [figures[f"normative.{cell}"] for cell in ("made", "repealed", "valid")]
    assert row == [1, 1, 0]


def test_a_problem_found_is_followed_to_its_mending(
    database: Database, sample: Town
) -> None:
    by = sample.by("登记员", YEAR_END)
    new = NewSupervision(
        SupervisionKind.ASSESSMENT,
        date(2024, 9, 1),
        "示例区政府办",
        "示例考核",
        "合格",
        "示例通报",
        "更新不及时",
    )
    with database.writing.begin() as session:
        entry = supervising.enter_supervision(session, by.under("found"), new).id
        told = questions.facts(session, sample.agency, 2024)["supervision"]
        assert "接受工作考核1次，社会评议0次，责任追究0次" in told
        assert "指出问题1项，已整改0项" in told
        mending = Mending(date(2024, 10, 1), "已补齐")
        supervising.mend_supervision(session, by.under("mend"), entry, mending)
        with pytest.raises(WrongState):
            supervising.mend_supervision(session, by.under("twice"), entry, mending)
        told = questions.facts(session, sample.agency, 2024)["supervision"]
        assert "已整改1项" in told
    with database.reading() as session:
        assert len(trail(session, "supervision.mend")) == 1
