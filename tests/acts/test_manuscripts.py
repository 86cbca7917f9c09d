"""The report as a document: written, handed in, reviewed, frozen, amended."""

from __future__ import annotations

import json
from datetime import date

import pytest

from models.articles import Article
from models.reports import RegisterKind, ReportOrigin
from tests.rules.report_files import of_year
from tests.stories import case_of, published, revision_of, sign, submit
from tests.town import Town
from workflow.articles import acts as articles
from workflow.articles.acts import Return
from workflow.articles.drafts import Draft
from workflow.errors import DoesNotAddUp, InvalidInput, NotPermitted, WrongState
from workflow.reports import handing_in
from workflow.reports.acts import enter_register
from workflow.reports.handing_in import Written
from workflow.reports.manuscripts import Manuscript, manuscript, to_explain
from workflow.reports.prose import SLOTS
from workflow.reports.registers import NewEntry

YEAR = 2023
OWN = {slot.code: f"示例：{slot.lead}" for slot in SLOTS if slot.needed}
LICENCES = [
    NewEntry(RegisterKind.LICENSING, f"示例{n}号", "示例许可", date(YEAR, 5, 6), "示例")
    for n in range(12)
]


def seen(town: Town) -> Manuscript:
    return manuscript(town.session, town.agency.id, YEAR)


def written(town: Town, who: str = "drafter", **reasons: str) -> None:
    row = seen(town).row
    words = Written(OWN, reasons, row.version if row else 0)
    handing_in.write(town.session, town.by(who), YEAR, words)


def handed_in(town: Town, who: str = "drafter") -> Article:
    row = handing_in.hand_in(town.session, town.by(who), YEAR, "rural", ["website"])
    return town.session.get_one(Article, row.article_id)


def out(town: Town, article: Article) -> None:
    submit(town, article)
    sign(town, article, "director")
    sign(town, article, "deputy")
    by = town.by("publisher")
    articles.publish(town.session, by, article.id, revision_of(town, article))


def license_late(town: Town, entry: NewEntry = LICENCES[0]) -> None:
    enter_register(town.session, town.by("registrar"), entry)


def test_it_climbs_the_ladder_and_is_frozen(town: Town) -> None:
    written(town)
    article = handed_in(town)
    case = case_of(town, article)
    assert case.text.title.endswith("2023年政府信息公开工作年度报告")
    assert "三、收到和处理政府信息公开申请情况" in case.text.body
    assert [file.name[-5:] for file in case.text.files] == [".docx"]
    assert not seen(town).is_on_its_way
    submit(town, article)
    assert seen(town).is_on_its_way
    with pytest.raises(WrongState):
        written(town)
    sign(town, article, "director")
    sign(town, article, "deputy")
    by = town.by("publisher")
    articles.publish(town.session, by, article.id, revision_of(town, article))
    assert seen(town).is_frozen
    for again in (written, handed_in):
        with pytest.raises(WrongState):
            again(town)


def test_what_is_published_is_only_amended_with_a_reason(town: Town) -> None:
    written(town)
    out(town, handed_in(town))
    cell = "active.licensing"
    with pytest.raises(WrongState):
        handing_in.amend(town.session, town.by("registrar"), YEAR, cell, "示例")
    license_late(town)
    (drift,) = seen(town).drift
    assert (drift.cell, drift.stated, drift.computed) == (cell, 0, 1)
    with pytest.raises(InvalidInput):
        handing_in.amend(town.session, town.by("registrar"), YEAR, cell, " ")
    with pytest.raises(NotPermitted):
        handing_in.amend(town.session, town.by("drafter"), YEAR, cell, "漏登")
    row = handing_in.amend(town.session, town.by("registrar"), YEAR, cell, "漏登")
    assert (row.before, row.after) == ("0", "1")
    with pytest.raises(WrongState):
        handing_in.amend(town.session, town.by("registrar"), YEAR, cell, "漏登")
    license_late(town, LICENCES[1])
    row = handing_in.amend(town.session, town.by("registrar"), YEAR, cell, "又漏")
    assert (row.before, row.after) == ("1", "2")


def test_nothing_is_handed_in_unwritten(town: Town) -> None:
    with pytest.raises(InvalidInput) as refused:
        handed_in(town)
    assert len(refused.value.fields["report"]) == len(OWN)


def test_the_year_must_be_over(town: Town) -> None:
    with pytest.raises(WrongState, match="还没有结束"):
        handing_in.hand_in(town.session, town.by("drafter"), 2024, "rural", ["website"])


def test_a_rule_broken_keeps_it_back_and_names_itself(town: Town) -> None:
    made = NewEntry(RegisterKind.RULES, "示例令1号", "示例", date(YEAR, 2, 1), "示例")
    license_late(town, made)
    written(town)
    with pytest.raises(DoesNotAddUp) as refused:
        handed_in(town)
    assert refused.value.fields["report"][0].startswith("R12 ")


def take_in_last_year(town: Town) -> None:
    source = {**of_year(YEAR - 1), "prose": {"published": [], "claims": []}}
    source["requests"] = {
        row: [0] * len(cells) for row, cells in source["requests"].items()
    }
    source["active"]["punishment"] = 30
    text = json.dumps(source, ensure_ascii=False)
    row = handing_in.take_in(
        town.session, town.by("registrar"), YEAR - 1, text, "。".join(OWN.values())
    )
    assert row.origin is ReportOrigin.TAKEN_IN


def test_a_big_change_needs_a_word(town: Town) -> None:
    take_in_last_year(town)
    written(town)
    changed = [(one.cell, int(one.by)) for one in seen(town).changes]
    assert changed == [("active.punishment", -30)]
    with pytest.raises(InvalidInput) as refused:
        handed_in(town)
    assert any("行政处罚" in line for line in refused.value.fields["report"])
    now = seen(town)
    reasons = {key: "示例说明" for key, _ in to_explain(now.findings, now.changes)}
    assert "change active.punishment" in reasons
    written(town, **reasons)
    handed_in(town)
    assert seen(town).likeness.per_cent > 0


def test_an_earlier_report_is_of_its_year_and_by_the_registrar(town: Town) -> None:
    text = json.dumps(of_year(2021))
    with pytest.raises(InvalidInput):
        handing_in.take_in(town.session, town.by("registrar"), 2022, text, "")
    with pytest.raises(NotPermitted):
        handing_in.take_in(town.session, town.by("drafter"), 2021, text, "")
    written(town)
    made = json.dumps(of_year(YEAR))
    with pytest.raises(WrongState):
        handing_in.take_in(town.session, town.by("registrar"), YEAR, made, "")


def test_the_same_article_takes_the_new_figures_when_it_came_back(town: Town) -> None:
    written(town)
    article = handed_in(town)
    submit(town, article)
    back = Return("drafting", "请补登记许可。")
    by, revision = town.by("director"), revision_of(town, article)
    articles.send_back(town.session, by, article.id, revision, back)
    license_late(town)
    assert handed_in(town).id == article.id
    assert "行政许可\t1" in case_of(town, article).text.body
    assert seen(town).drift == ()


def test_a_figure_typed_into_the_article_is_found(town: Town) -> None:
    written(town)
    article = handed_in(town)
    case = case_of(town, article)
    draft = Draft(
        case.text.title,
        case.text.body.replace("行政许可\t0", "行政许可\t9"),
        "rural",
        ["website"],
        kept=[file.digest for file in case.text.files],
    )
    by = town.by("drafter")
    articles.revise(town.session, by, article.id, case.revision.id, draft)
    assert "R14" in {one.rule for one in seen(town).errors}


def test_only_writers_write_and_only_a_drafter_hands_in(town: Town) -> None:
    with pytest.raises(NotPermitted):
        written(town, "publisher")
    written(town, "registrar")
    with pytest.raises(NotPermitted):
        handed_in(town, "registrar")
    published(town)
