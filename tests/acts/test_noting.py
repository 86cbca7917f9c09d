"""Findings noted on the way: what stops, who answers and takes back, what goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from models.articles import Article
from models.audit import AuditEntry
from models.database import Database
from models.findings import Answer, Finding, FindingKind, Grade
from models.notices import Notice
from tests.acts.every_shared_act import in_special_review_with_silence
from tests.acts.test_sharing import add, beside
from tests.stories import (
    BODY,
    at_deputy,
    case_of,
    cleared,
    drafted,
    publish,
    published,
    revision_of,
    sent_back,
    sign,
    submit,
    submitted,
    written,
)
from tests.town import Town, found_town
from workflow.articles import (
    acts,
    added,
    catches,
    noting,
    raised,
    settling,
    silence,
    tasks,
)
from workflow.articles.catches import Period, Wanted
from workflow.articles.findings import NewFinding, Reply
from workflow.articles.raised import Raised
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

SOFT = NewFinding(FindingKind.WORDING, "“抓好”可换一个说法", "抓好", part="body")
HARD = replace(SOFT, grade=Grade.BLOCK, note="“抓好”后面漏了宾语")
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def note(
    town: Town, article: Article, who: str = "director", new: NewFinding = SOFT
) -> Finding:
    town.later(hours=0.1)
    at = (article.id, revision_of(town, article))
    noting.add_finding(town.session, town.by(who), *at, new)
    newest = select(Finding).order_by(Finding.id.desc()).limit(1)
    return town.session.scalars(newest).one()


def spot(town: Town, article: Article, finding: Finding) -> tuple[int, int, int]:
    return article.id, revision_of(town, article), finding.id


def answer(town: Town, article: Article, who: str, finding: Finding, said: str) -> None:
    kept = Answer.KEPT if said else Answer.FIXED
    replies = {finding.id: Reply(kept, said)}
    at = (article.id, revision_of(town, article))
    acts.answer_findings(town.session, town.by(who), *at, replies)


def correct(town: Town, article: Article, who: str) -> None:
    town.later(hours=0.1)
    new = written(body=BODY.replace("抓好", "切实抓好"))
    at = (article.id, revision_of(town, article))
    acts.revise(town.session, town.by(who), *at, new)


def box(town: Town, who: str) -> dict[int, bool]:
    """What waits for her: the articles, and whether for her answer."""
    desk = tasks.desk(town.session, town.by(who))
    found = tasks.in_box(town.session, desk, tasks.Box.WAITING)
    return {task.article.id: task.to_answer for task in found}


def seen(town: Town, article: Article, who: str) -> list[Raised]:
    return raised.raised(town.session, town.by(who), case_of(town, article))


def test_it_is_tied_to_its_span_and_the_text_stays_where_it_is(town: Town) -> None:
    article = submitted(town)
    found = note(town, article)

    body = case_of(town, article).text.body
    assert body[found.start : found.end] == "抓好"
    assert (found.noted, found.level, found.stage) == (True, 2, "office_review")
    assert article.state == "office_review"
    assert found.key.startswith("H-")


def test_what_must_be_changed_stops_ones_own_signature_too(town: Town) -> None:
    article = submitted(town)
    note(town, article, new=HARD)

    with pytest.raises(FindingsOpen, match="漏了宾语") as refused:
        sign(town, article, "director")

    assert refused.value.rule == "noted-open"
    assert refused.value.basis
    for helper in ("示例drafter（答复）", "示例director（撤回）", "副镇长", "裁定"):
        assert helper in refused.value.help_from


def test_lesser_ones_go_along_and_are_seen_by_the_next_level(town: Town) -> None:
    article = submitted(town)
    note(town, article)
    assert sign(town, article, "director").state == "deputy_review"

    (shown,) = seen(town, article, "deputy")
    assert (shown.finding.is_open, shown.stops, shown.by) == (
        True,
        False,
        "示例director",
    )
    publish(town, sign(town, article, "deputy"))
    (afterwards,) = seen(town, article, "drafter")
    assert afterwards.answers
    answer(town, article, "drafter", afterwards.finding, "下次注意")
    (row,) = catches.records(town.session, town.agency.id, Wanted(YEAR, "kept", 2))
    assert row[0].reply == "下次注意"


@pytest.mark.parametrize("grade", list(Grade))
def test_the_drafter_answers_each_before_the_text_leaves_her_again(
    town: Town, grade: Grade
) -> None:
    article = submitted(town)
    found = note(town, article, new=replace(SOFT, grade=grade))
    sent_back(town, article, "director")

    with pytest.raises(FindingsOpen) as refused:
        submit(town, article)
    assert "示例drafter" in refused.value.help_from
    correct(town, article, "drafter")
    answer(town, article, "drafter", found, "")
    assert submit(town, article).state == "office_review"


def test_a_correction_by_the_reviewer_is_answered_by_the_drafter_who_confirms(
    town: Town,
) -> None:
    article = submitted(town)
    found = note(town, article, new=HARD)
    correct(town, article, "director")
    assert article.state == "self_check"

    with pytest.raises(FindingsOpen):
        sign(town, article, "drafter")
    answer(town, article, "drafter", found, "")
    sign(town, article, "drafter")
    assert sign(town, article, "director").state == "deputy_review"


def test_put_right_is_not_said_where_nothing_was_changed(town: Town) -> None:
    article = submitted(town)
    found = note(town, article, new=HARD)

    with pytest.raises(InvalidInput, match="还没有改动") as refused:
        answer(town, article, "drafter", found, "")
    assert refused.value.rule == "nothing-was-changed"
    at = (article.id, revision_of(town, article))
    acts.raise_importance(town.session, town.by("director"), *at, "涉及人事")
    with pytest.raises(InvalidInput, match="还没有改动"):
        answer(town, article, "drafter", found, "")

    answer(town, article, "drafter", found, "通稿如此")
    assert sign(town, article, "director").state == "deputy_review"


def test_nobody_answers_her_own_and_what_blocks_is_the_drafters(town: Town) -> None:
    article = submitted(town)
    own = note(town, article, new=HARD)
    town.hold("office_director", "colleague")
    town.away("director")
    town.away("director_b")

    with pytest.raises(NotPermitted, match="由拟稿人答复") as refused:
        answer(town, article, "colleague", own, "可以")
    assert "示例drafter" in refused.value.help_from
    town.back("director")
    with pytest.raises(NotPermitted, match="不能自己答复") as refused:
        answer(town, article, "director", own, "可以")
    assert refused.value.rule == "not-ones-own-finding"


def test_who_raised_it_takes_it_back_with_a_reason(town: Town) -> None:
    article = submitted(town)
    found = note(town, article, new=HARD)
    at = spot(town, article, found)

    with pytest.raises(OpinionRequired):
        noting.withdraw_finding(town.session, town.by("director"), at, " ")
    for who in ("drafter", "deputy", "publisher"):
        with pytest.raises(NotPermitted, match="自己撤回") as refused:
            noting.withdraw_finding(town.session, town.by(who), at, "算了")
        assert "示例director（撤回）" in refused.value.help_from
    noting.withdraw_finding(town.session, town.by("director"), at, "原文没有错")

    assert not found.is_open
    with pytest.raises(WrongState):
        noting.withdraw_finding(town.session, town.by("director"), at, "再来")
    with pytest.raises(NotFound):
        answer(town, article, "drafter", found, "不采纳")
    assert catches.three_passes(town.session, town.agency.id, YEAR) == []
    assert sign(town, article, "director").state == "deputy_review"


def test_what_came_with_a_return_is_not_taken_back(town: Town) -> None:
    article = submitted(town)
    sent_back(town, article, "director", raised=(SOFT,))
    (found,) = town.session.scalars(select(Finding))
    with pytest.raises(WrongState, match="不能撤回") as refused:
        noting.withdraw_finding(
            town.session, town.by("director"), spot(town, article, found), "算了"
        )
    assert "示例drafter" in refused.value.help_from


def test_the_next_level_over_rules_it_in_writing(town: Town) -> None:
    article = submitted(town)
    found, soft = note(town, article, new=HARD), note(town, article)
    at = spot(town, article, found)

    for who in ("director", "drafter", "principal"):
        with pytest.raises(NotPermitted):
            settling.overrule(town.session, town.by(who), at, "同意保留")
    with pytest.raises(NotFound):
        settling.keep(town.session, town.by("director"), at, "保留")
    lesser = spot(town, article, soft)
    with pytest.raises(NotFound):
        settling.overrule(town.session, town.by("deputy"), lesser, "同意保留")
    settling.overrule(town.session, town.by("deputy"), at, "经核对，原文无误")

    assert found.answer is Answer.OVERRULED
    assert sign(town, article, "director").state == "deputy_review"


@pytest.mark.parametrize("who", ["deputy", "publisher", "inspector", "colleague"])
def test_only_who_has_the_text_in_hand_notes(town: Town, who: str) -> None:
    article = submitted(town)
    with pytest.raises(NotPermitted) as refused:
        note(town, article, who)
    assert refused.value.rule
    assert "示例director" in refused.value.help_from


def test_the_drafter_corrects_her_own_text(town: Town) -> None:
    article = submitted(town)
    correct(town, article, "director")
    with pytest.raises(NotPermitted, match="直接改稿") as refused:
        note(town, article, "drafter")
    assert refused.value.rule == "drafter-corrects"


def test_the_publisher_notes_too_and_stops_the_release(town: Town) -> None:
    article = cleared(town)
    found = note(town, article, "publisher", HARD)
    with pytest.raises(FindingsOpen, match="漏了宾语"):
        publish(town, article)
    answer(town, article, "drafter", found, "通稿如此")
    assert publish(town, article).state == "published"
    with pytest.raises((WrongState, NotPermitted)):
        note(town, published(town), "publisher")


def test_who_was_added_notes_too_and_is_stopped_with_the_rung(town: Town) -> None:
    article = submitted(town)
    add(town, article, "director", "deputy2")
    found = note(town, article, "deputy2", HARD)

    demand = added.demands(town.session, case_of(town, article))[0]
    for doing in (
        lambda: beside(town, article, "deputy2", demand.row),
        lambda: sign(town, article, "director"),
    ):
        with pytest.raises((FindingsOpen, WrongState)) as refused:
            doing()
        assert refused.value.help_from
    answer(town, article, "drafter", found, "通稿如此")
    beside(town, article, "deputy2", demand.row)
    assert sign(town, article, "director").state == "deputy_review"


def test_silence_does_not_consent_where_somebody_spoke(town: Town) -> None:
    article = in_special_review_with_silence(town)
    note(town, article, "principal", replace(HARD, quote="", part="title"))
    town.later(days=3)
    system = Occasion(town.agency.id, None, town.at, "ring")
    silence.let_limits_speak(town.session, system)
    assert "special.law" not in case_of(town, article).position.done


def test_the_drafter_is_told_once_a_draft(town: Town) -> None:
    article = submitted(town)
    note(town, article)
    note(town, article, new=replace(SOFT, quote="春耕"))
    notices = town.session.scalars(
        select(Notice).where(Notice.person_id == town.people["drafter"].id)
    )
    assert [one.title for one in notices if "审校意见" in one.title] == [
        "请答复：《示例镇召开春季农业生产工作会议》有审校意见"
    ]


def test_who_signs_what_was_read_before_it_is_told(town: Town) -> None:
    """The note takes the article: a signature that did not see it comes too late."""
    article = submitted(town)
    version = article.version
    note(town, article)
    assert article.version == version + 1
    old = (article.id, revision_of(town, article) - 1)
    with pytest.raises(Superseded):
        noting.add_finding(town.session, town.by("director"), *old, SOFT)


def test_the_same_press_twice_notes_once(town: Town) -> None:
    article = submitted(town)
    by, at = town.by("director"), (article.id, revision_of(town, article))
    noting.add_finding(town.session, by, *at, SOFT)
    noting.add_finding(town.session, by, *at, SOFT)
    assert len(list(town.session.scalars(select(Finding)))) == 1


def test_the_reason_of_a_return_may_be_what_was_noted(town: Town) -> None:
    article = submitted(town)
    note(town, article)
    sent_back(town, article, "director", reason="")
    assert case_of(town, article).signatures[-1].opinion == SOFT.note


def test_every_act_leaves_its_trace(database: Database) -> None:
    with database.writing.begin() as session:
        town = found_town(session)
        article = at_deputy(town)
        found = note(town, article, "deputy", HARD)
        noting.withdraw_finding(
            session, town.by("deputy"), spot(town, article, found), "看错了"
        )
        answer(town, article, "drafter", note(town, article, "deputy"), "通稿如此")
    with database.reading() as session:
        entries = {e.act: e for e in session.scalars(select(AuditEntry))}
    assert entries["article.add_finding"].details["quote"] == "抓好"
    assert entries["article.add_finding"].details["grade"] == "warn"
    assert entries["article.answer_finding"].details["replies"] == ["通稿如此"]
    assert entries["article.withdraw_finding"].details["reason"] == "看错了"


def test_a_draft_is_not_noted_on(town: Town) -> None:
    with pytest.raises(NotPermitted):
        note(town, drafted(town), "director")


def test_it_waits_on_the_drafters_desk_until_she_answers(town: Town) -> None:
    article = submitted(town)
    assert box(town, "drafter") == {}

    finding = note(town, article)

    assert box(town, "drafter") == {article.id: True}
    assert box(town, "colleague") == {}
    assert box(town, "director") == {article.id: False}
    answer(town, article, "drafter", finding, "上级文件原话如此")
    assert box(town, "drafter") == {}


def test_it_leaves_the_drafters_desk_when_it_is_taken_back(town: Town) -> None:
    article = submitted(town)
    finding = note(town, article)

    at = spot(town, article, finding)
    noting.withdraw_finding(town.session, town.by("director"), at, "看错了")

    assert box(town, "drafter") == {}
