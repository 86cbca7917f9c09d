"""The machine's findings as work: fixed, kept, pleaded, over-ruled; open ones stop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from models.articles import Article
from models.audit import AuditEntry
from models.database import Database
from models.findings import Answer, Finding, FindingKind, Grade, Precheck
from models.notices import Notice
from models.town_tables import EntryKind
from tests.stories import (
    case_of,
    drafted,
    publish,
    published,
    revision_of,
    sign,
    submit,
    submitted,
    written,
)
from tests.town import Town, found_town
from web.app import equip
from workflow.articles import acts, settling
from workflow.articles.findings import NewFinding
from workflow.errors import (
    FindingsOpen,
    InvalidInput,
    NotFound,
    NotPermitted,
    OpinionRequired,
    Superseded,
    WrongState,
)
from workflow.occasion import Occasion
from workflow.proofreading import acts as tables
from workflow.proofreading.acts import NewEntry

CLEAN = "3月4日，示例镇召开春季农业生产会议。"
BLOCKED = "我镇己完成全部整改任务。"
WARNED = "其它事项另行通知。"
HALF = "会议指出,要压实责任。"


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    with equip(database).writing() as session:
        yield found_town(session)


def text(*lines: str) -> dict[str, str]:
    return {"body": "\n".join([CLEAN, *lines])}


def findings(town: Town, article: Article, rule: str = "") -> list[Finding]:
    query = select(Finding).where(Finding.article_id == article.id)
    if rule:
        query = query.where(Finding.rule == rule)
    town.session.flush()
    return list(town.session.scalars(query.order_by(Finding.id)))


def only(town: Town, article: Article, rule: str) -> Finding:
    (found,) = findings(town, article, rule)
    return found


def at(town: Town, article: Article, finding: Finding) -> tuple[int, int, int]:
    return article.id, revision_of(town, article), finding.id


def test_a_draft_is_read_and_each_finding_has_its_exact_span(town: Town) -> None:
    article = drafted(town, **text(BLOCKED))

    found = only(town, article, "T15")
    body = case_of(town, article).text.body

    assert (found.grade, found.level, found.part) == (Grade.BLOCK, 1, "body")
    assert body[found.start : found.end] == found.quote
    assert "己" in found.quote
    assert found.raised_by_id is None


def test_an_open_blocking_finding_stops_the_self_check_and_is_named(
    town: Town,
) -> None:
    article = drafted(town, **text(BLOCKED))

    with pytest.raises(FindingsOpen, match="T15") as refused:
        submit(town, article)

    assert refused.value.rule == "precheck-open"
    assert "党政办主任" in refused.value.help_from
    assert "己" in refused.value.message


def test_an_open_warning_stops_it_too_and_a_hint_does_not(town: Town) -> None:
    article = drafted(town, **text(WARNED))
    with pytest.raises(FindingsOpen, match="其它"):
        submit(town, article)

    hinted = drafted(town, **text("果品以最佳品质上市，镇长亲自到现场。"))
    assert {f.grade for f in findings(town, hinted)} == {Grade.HINT}
    assert submit(town, hinted).state == "office_review"


def test_one_click_writes_one_suggestion_into_the_text(town: Town) -> None:
    article = drafted(town, **text(BLOCKED, WARNED))

    settling.fix(
        town.session, town.by("drafter"), at(town, article, only(town, article, "T15"))
    )

    body = case_of(town, article).text.body
    assert "已完成" in body
    assert "其它" in body, "one by one"
    assert only(town, article, "T15").answer is Answer.FIXED
    assert only(town, article, "T08").answer is None
    place = only(town, article, "T08")
    assert body[place.start : place.end] == place.quote, "the rest is placed anew"


def test_a_warning_is_kept_with_a_reason_and_stays_settled(town: Town) -> None:
    article = drafted(town, **text(WARNED))
    found = only(town, article, "T08")
    with pytest.raises(OpinionRequired):
        settling.keep(town.session, town.by("drafter"), at(town, article, found), " ")

    settling.keep(
        town.session, town.by("drafter"), at(town, article, found), "引用原件的写法"
    )
    revise(town, article, **text("会前新加的一段话，与此无关。", WARNED))

    assert only(town, article, "T08").answer is Answer.KEPT
    assert submit(town, article).state == "office_review"


def revise(town: Town, article: Article, who: str = "drafter", **changes: str) -> None:
    town.later(hours=0.1)
    revision = revision_of(town, article)
    new = written(**changes)
    acts.revise(town.session, town.by(who), article.id, revision, new)


def test_what_blocks_is_not_kept_but_over_ruled_by_the_next_level(town: Town) -> None:
    article = drafted(town, **text(BLOCKED))
    found = only(town, article, "T15")
    spot = at(town, article, found)

    with pytest.raises(NotPermitted, match="不能自行保留"):
        settling.keep(town.session, town.by("drafter"), spot, "地名如此")
    for who in ("drafter", "colleague", "deputy"):
        with pytest.raises(NotPermitted):
            settling.overrule(town.session, town.by(who), spot, "同意")
    settling.plead(town.session, town.by("drafter"), spot, "“己完成”是原件用字")
    told = {n.person_id for n in town.session.scalars(select(Notice))}
    assert town.people["director"].id in told
    with pytest.raises(OpinionRequired):
        settling.overrule(town.session, town.by("director"), spot, "")
    settling.overrule(town.session, town.by("director"), spot, "经核对原件，予以保留")

    assert found.answer is Answer.OVERRULED
    assert submit(town, article).state == "office_review"


def test_punctuation_belongs_to_the_second_proofread(town: Town) -> None:
    article = submitted(town, **text(HALF))
    found = only(town, article, "P01")
    assert (found.level, found.levels) == (2, "2")

    with pytest.raises(FindingsOpen, match="P01"):
        sign(town, article, "director")
    with pytest.raises(NotPermitted):
        settling.keep(town.session, town.by("drafter"), at(town, article, found), "x")
    settling.fix(town.session, town.by("director"), at(town, article, found))

    assert article.state == "self_check", "the drafter confirms what was corrected"
    assert "指出，要" in case_of(town, article).text.body
    sign(town, article, "drafter")
    assert sign(town, article, "director").state == "deputy_review"


def test_a_later_proofreads_finding_is_not_settled_before(town: Town) -> None:
    article = drafted(town, **text(HALF))
    found = only(town, article, "P01")

    with pytest.raises(WrongState, match="后面的校次"):
        settling.keep(
            town.session, town.by("drafter"), at(town, article, found), "先放着"
        )


def test_what_was_read_on_another_revision_is_refused(town: Town) -> None:
    article = drafted(town, **text(BLOCKED))
    found = only(town, article, "T15")
    spot = at(town, article, found)
    revise(town, article, **text(BLOCKED, "又加一段。"))

    with pytest.raises(Superseded):
        settling.fix(town.session, town.by("drafter"), spot)
    with pytest.raises(NotFound):
        settling.fix(town.session, town.by("drafter"), at(town, article, found), 7)


def test_the_same_press_twice_fixes_once(town: Town) -> None:
    article = drafted(town, **text(BLOCKED))
    spot = at(town, article, only(town, article, "T15"))
    by = town.by("drafter")

    settling.fix(town.session, by, spot)
    settling.fix(town.session, by, spot)

    assert case_of(town, article).revision.number == 2


def test_another_day_reads_again_and_a_deadline_that_passed_is_new(town: Town) -> None:
    body = text("请各村于3月8日前报送材料。")
    article = submitted(town, **body)
    assert findings(town, article) == []
    town.later(days=10)

    with pytest.raises(FindingsOpen, match="D06"):
        sign(town, article, "director")


def test_an_allowed_word_lets_the_finding_lapse(town: Town) -> None:
    article = drafted(town, **text("其它事项另行通知。"))
    enter(town, EntryKind.ALLOWED, "其它事项")

    assert submit(town, article).state == "office_review"
    assert only(town, article, "T08").answer is Answer.LAPSED


def test_a_word_of_the_towns_own_list_is_found_from_its_day_on(town: Town) -> None:
    article = submitted(town, **text("各村委居委要做好准备。"))
    enter(town, EntryKind.WORD, "村委居委", more="村（居）", grade=Grade.BLOCK)

    with pytest.raises(FindingsOpen, match="L01"):
        sign(town, article, "director")


def enter(
    town: Town,
    kind: EntryKind,
    words: str,
    more: str = "",
    grade: Grade = Grade.WARN,
) -> None:
    by = town.by("director")
    new = NewEntry(kind, words, by.today, "依据示例文件", more=more, grade=grade)
    tables.enter(town.session, by, new)


def test_an_empty_table_silences_its_rules_visibly(town: Town) -> None:
    article = drafted(town)
    (run,) = town.session.scalars(select(Precheck))
    assert "S01" in run.silent

    enter(town, EntryKind.LEADER, "陈志远", "镇长")
    revise(town, article, **text("镇长陈志元主持会议。"))

    assert only(town, article, "S01").suggestions == ["陈志远"]
    newest = list(town.session.scalars(select(Precheck).order_by(Precheck.id)))[-1]
    assert "S01" not in newest.silent


def test_nothing_that_blocks_goes_out(town: Town) -> None:
    article = submitted(town, **text("各村委居委要做好准备。"))
    sign(town, sign(town, article, "director"), "deputy")
    enter(town, EntryKind.WORD, "村委居委", more="村（居）", grade=Grade.BLOCK)

    with pytest.raises(FindingsOpen, match="村委居委"):
        publish(town, article)


def test_a_fault_that_escaped_is_put_on_record(town: Town) -> None:
    article = published(town)
    note = NewFinding(FindingKind.FACT, "群众来电指出日期有误", "3月4日")
    revision = revision_of(town, article)

    settling.report_escaped(
        town.session, town.by("principal"), article.id, revision, note
    )

    (row,) = findings(town, article)
    assert (row.escaped, row.level) == (True, 0)
    unpublished = drafted(town)
    with pytest.raises(WrongState):
        settling.report_escaped(
            town.session,
            town.by("principal"),
            unpublished.id,
            revision_of(town, unpublished),
            note,
        )


def test_every_settling_leaves_its_trace(database: Database) -> None:
    with equip(database).writing.begin() as session:
        town = found_town(session)
        article = drafted(town, **text(BLOCKED, WARNED))
        spot = at(town, article, only(town, article, "T08"))
        settling.keep(session, town.by("drafter"), spot, "引用原件的写法")
        spot = at(town, article, only(town, article, "T15"))
        settling.fix(session, town.by("drafter"), spot)

    with database.reading() as session:
        entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    acts_done = [entry.act for entry in entries]
    assert acts_done.count("article.keep_finding") == 1
    assert acts_done.count("article.fix_finding") == 1
    (kept,) = (e for e in entries if e.act == "article.keep_finding")
    assert kept.details["rule"] == "T08"
    assert kept.details["reason"] == "引用原件的写法"


def test_entries_are_dated_and_ended_with_who_when_and_why(town: Town) -> None:
    by = town.by("director")
    new = NewEntry(EntryKind.VILLAGE, "石桥村", by.today, "依据示例文件")
    row = tables.enter(town.session, by, new)
    with pytest.raises(WrongState, match="已经在册"):
        tables.enter(town.session, town.by("director"), new)
    with pytest.raises(InvalidInput):
        tables.end(town.session, town.by("director"), row.id, by.today, "")

    town.later(days=3)
    ended = tables.end(
        town.session, town.by("deputy"), row.id, town.by("deputy").today, "撤并"
    )

    assert (ended.entered_by_id, ended.ended_by_id) == (
        town.people["director"].id,
        town.people["deputy"].id,
    )
    assert ended.end_reason == "撤并"
    with pytest.raises(WrongState):
        tables.end(
            town.session, town.by("deputy"), row.id, town.by("deputy").today, "再"
        )


@pytest.mark.parametrize("who", ["drafter", "inspector", "auditor", "publisher"])
def test_others_do_not_keep_the_tables(town: Town, who: str) -> None:
    by = town.by(who)
    new = NewEntry(EntryKind.VILLAGE, "石桥村", by.today, "依据示例文件")
    with pytest.raises(NotPermitted, match="审核人员"):
        tables.enter(town.session, by, new)


def test_one_letter_lets_nothing_through_by_itself(town: Town) -> None:
    by: Occasion = town.by("director")
    for text_, fault in (("", "请填写"), ("镇", "两个字")):
        new = NewEntry(EntryKind.ALLOWED, text_, by.today, "依据")
        with pytest.raises(InvalidInput, match=fault):
            tables.enter(town.session, town.by("director"), new)
