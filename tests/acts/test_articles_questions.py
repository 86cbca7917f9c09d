"""What people ask: whose desk, which rows, what may I do, what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from models.articles import Article
from models.people import Role, RoleGrant
from tests.stories import (
    at_deputy,
    at_principal,
    case_of,
    cleared,
    drafted,
    published,
    revision_of,
    sent_back,
    sign,
    submitted,
    written,
)
from tests.town import Town, found_town
from workflow.actions import Action
from workflow.articles import acts, ledger, offers, questions, tasks
from workflow.articles.desks import open_now
from workflow.articles.ledger import LedgerFilter
from workflow.articles.tasks import Box
from workflow.errors import WorkflowError

Prepare = Callable[[Town], Article]


def waiting_for(town: Town, who: str, box: Box = Box.WAITING) -> list[int]:
    desk = tasks.desk(town.session, town.by(who))
    found = [task.article.id for task in tasks.in_box(town.session, desk, box)]
    assert tasks.counts(town.session, desk)[box] == len(found)
    return found


@pytest.mark.parametrize(
    ("prepare", "holder"),
    [
        (drafted, "drafter"),
        (submitted, "director"),
        (at_deputy, "deputy"),
        (at_principal, "principal"),
        (cleared, "publisher"),
    ],
)
def test_each_sees_what_waits_for_her_and_no_other_sees_it(
    town: Town, prepare: Prepare, holder: str
) -> None:
    article = prepare(town)

    seeing = [who for who in town.people if article.id in waiting_for(town, who)]

    assert seeing == [holder]


def test_it_waits_for_the_deputy_of_the_section(town: Town) -> None:
    article = at_deputy(town, section="safety")

    assert waiting_for(town, "deputy2") == [article.id]
    assert waiting_for(town, "deputy") == []


def test_while_a_is_away_b_sees_it_and_a_does_not(town: Town) -> None:
    article = submitted(town)
    assert waiting_for(town, "director_b") == []

    town.away("director")

    assert waiting_for(town, "director_b") == [article.id]
    assert waiting_for(town, "director") == []
    town.back("director")
    assert waiting_for(town, "director") == [article.id]


def test_who_signed_an_exclusive_rung_does_not_see_the_next(town: Town) -> None:
    town.hold("deputy_head", "director")
    article = at_deputy(town)
    other = at_deputy(town, section="safety")

    town.away("deputy")

    assert article.id not in waiting_for(town, "director")
    assert waiting_for(town, "deputy_b") == [article.id]
    assert waiting_for(town, "deputy2") == [other.id]


def test_what_comes_back_waits_for_the_drafter(town: Town) -> None:
    article = sent_back(town, submitted(town), "director")

    assert waiting_for(town, "drafter") == [article.id]
    assert waiting_for(town, "colleague") == []


def test_the_other_boxes_hold_what_they_say(town: Town) -> None:
    draft, running, out = drafted(town), submitted(town), published(town)

    assert waiting_for(town, "drafter", Box.MINE) == [out.id, running.id, draft.id]
    assert waiting_for(town, "director", Box.DONE) == [out.id]
    assert waiting_for(town, "director", Box.RUNNING) == [running.id]
    assert waiting_for(town, "director", Box.ENDED) == [out.id]


def test_another_agency_sees_nothing_of_it(town: Town) -> None:
    other = found_town(town.session, "other-town")
    submitted(town)

    for box in Box:
        assert waiting_for(other, "director", box) == []


def test_most_urgent_first_and_the_next_one_after_this(town: Town) -> None:
    slow = submitted(town)
    hasty = submitted(town, attributes={"urgency": "urgent"})

    assert waiting_for(town, "director") == [hasty.id, slow.id]
    desk = tasks.desk(town.session, town.by("director"))
    assert tasks.next_task(town.session, desk, besides=hasty.id) == slow.id
    sign(town, slow, "director")
    assert tasks.next_task(town.session, desk, besides=hasty.id) is None


def test_late_is_what_is_past_its_limit_and_with_whom(town: Town) -> None:
    article = submitted(town)
    assert tasks.late(town.session, tasks.desk(town.session, town.by("director"))) == []

    town.later(days=3)

    desk = tasks.desk(town.session, town.by("principal"))
    (task,) = tasks.late(town.session, desk)
    assert task.article.id == article.id
    assert town.people["director"].name in task.holders


def rows(town: Town, **wanted: object) -> list[int]:
    asked = replace(LedgerFilter(), **wanted)  # type: ignore[arg-type]
    found = ledger.page(town.session, town.agency.id, asked)
    exported = ledger.every_row(town.session, town.agency.id, asked)
    assert [row.article.id for row in exported] == [r.article.id for r in found][::-1]
    assert ledger.count_up_to(town.session, town.agency.id, asked) == len(found)
    return [row.article.id for row in found]


def test_the_ledger_finds_by_each_filter_and_by_all_together(town: Town) -> None:
    plain = drafted(town)
    safety = submitted(town, section="safety", title="安全生产100%检查_完成")
    major = drafted(town, "colleague", attributes={"importance": "major"})
    town.later(days=2)
    people = drafted(town, section="personnel")

    assert rows(town) == [people.id, major.id, safety.id, plain.id]
    assert rows(town, words="安全生产 检查") == [safety.id]
    assert rows(town, words="100%") == [safety.id]
    assert rows(town, words="%") == [safety.id]
    assert rows(town, words="查_完") == [safety.id]
    assert rows(town, words="春季_农业") == []
    assert rows(town, words=f"2024-000{major.serial}") == [major.id]
    assert rows(town, state="office_review") == [safety.id]
    assert rows(town, section="personnel") == [people.id]
    assert rows(town, report_column="人事信息") == [people.id]
    assert rows(town, importance="major") == [major.id]
    assert rows(town, drafter="colleague") == [major.id]
    assert rows(town, since=town.at - timedelta(days=1)) == [people.id]
    until = town.at - timedelta(days=1)
    assert rows(town, until=until) == [major.id, safety.id, plain.id]
    assert rows(town, section="safety", importance="major") == []


def test_pages_join_without_gap_or_twin_while_others_write(town: Town) -> None:
    made = [drafted(town).id for _ in range(7)]
    asked, seen, before = LedgerFilter(), list[int](), None

    while page := ledger.page(town.session, town.agency.id, asked, before, limit=3):
        seen += [row.article.id for row in page]
        before = seen[-1]
        drafted(town)

    assert seen == made[::-1]


def test_a_row_has_its_number(town: Town) -> None:
    drafted(town)

    (row,) = ledger.page(town.session, town.agency.id, LedgerFilter())

    assert row.number == "2024-0001"
    assert row.drafter == town.people["drafter"].name


def open_acts(town: Town, who: str, article: Article) -> dict[Action, bool]:
    case = case_of(town, article)
    found = questions.acts_open_to(town.session, town.by(who), case)
    for act in found.values():
        if not act.allowed:
            assert act.refusal is not None
            assert act.refusal.message.endswith("。")
    return {action: act.allowed for action, act in found.items()}


def test_the_holder_may_and_others_are_told_why_not(town: Town) -> None:
    article = submitted(town)

    mine = open_acts(town, "director", article)
    assert {action for action, may in mine.items() if may} >= {
        Action.SIGN,
        Action.SEND_BACK,
        Action.HOLD,
        Action.RAISE,
        Action.REVISE,
    }
    case = case_of(town, article)
    seen = questions.acts_open_to(town.session, town.by("colleague"), case)
    refusal = seen[Action.SIGN].refusal
    assert refusal is not None
    assert refusal.rule == "not-your-post"
    assert town.people["director"].name in refusal.help_from
    assert Action.PUBLISH not in seen


def test_publishing_is_offered_when_everything_stands(town: Town) -> None:
    article = cleared(town)

    assert open_acts(town, "publisher", article)[Action.PUBLISH]
    assert not open_acts(town, "director", article)[Action.PUBLISH]


@pytest.mark.parametrize("prepare", [drafted, submitted, at_deputy, cleared, published])
def test_what_is_not_offered_is_refused_by_the_act(
    town: Town, prepare: Prepare
) -> None:
    article = prepare(town)
    by_action = {Action.RECALL: acts.recall, Action.PUBLISH: acts.publish}

    for action, act in by_action.items():
        for who in ("drafter", "colleague", "director", "publisher"):
            offered = open_acts(town, who, article).get(action, False)
            assert offered == is_taken(town, who, article, act)


def is_taken(
    town: Town, who: str, article: Article, act: Callable[..., Article]
) -> bool:
    at = revision_of(town, article)
    savepoint = town.session.begin_nested()
    try:
        act(town.session, town.by(who), article.id, at)
    except WorkflowError:
        return False
    else:
        return True
    finally:
        savepoint.rollback()
        town.session.expire_all()


def test_each_condition_of_publishing_names_who_met_it_or_could(town: Town) -> None:
    article = at_principal(town)
    case = case_of(town, article)

    found = questions.why_publishable(town.session, town.by("publisher"), case)

    assert [condition.met for condition in found] == [True, True, True, False]
    assert found[1].signed is not None
    assert found[1].signed.person_name == town.people["director"].name
    assert town.people["principal"].name in found[3].holders
    assert "重大" in found[3].why


def test_a_voided_signature_is_still_shown(town: Town) -> None:
    article = at_deputy(town)
    revision = revision_of(town, article)
    changed = written(title="改过的标题")
    acts.revise(town.session, town.by("deputy"), article.id, revision, changed)

    case = case_of(town, article)
    found = questions.why_publishable(town.session, town.by("publisher"), case)

    assert found[1].signed is None
    assert found[1].voided is not None
    first, second = questions.matrix(town.session, case)
    assert [cell.signature is not None for cell in first.cells] == [True, True, False]
    assert [cell.counts for cell in first.cells] == [False, False, False]
    assert second.author == town.people["deputy"].name


def test_the_story_tells_everything_oldest_first(town: Town) -> None:
    article = sent_back(town, submitted(town), "director", reason="请核对日期。")

    told = questions.story(town.session, case_of(town, article))

    assert [line.act for line in told] == ["拟稿", "同意", "退回至“拟稿”"]
    assert told[2].opinion == "请核对日期。"
    assert told[2].name == town.people["director"].name
    assert [line.at for line in told] == sorted(line.at for line in told)


def test_b_for_a_stands_in_the_story(town: Town) -> None:
    article = submitted(town)
    town.away("director")
    sign(town, article, "director_b")

    last = questions.story(town.session, case_of(town, article))[-1]

    assert last.on_behalf_of == town.people["director"].name


def test_with_whom_it_lies(town: Town) -> None:
    article = submitted(town)
    assert holders(town, article) == f"党政办主任 {town.people['director'].name}"

    town.away("director")

    assert town.people["director_b"].name in holders(town, article)
    town.back("director")
    assert holders(town, published(town)) == ""


def holders(town: Town, article: Article) -> str:
    case = case_of(town, article)
    return questions.holders_now(town.session, town.by("drafter"), case)


def test_a_drafters_box_needs_no_post(town: Town) -> None:
    grant = RoleGrant(
        person_id=town.people["inspector"].id, role=Role.DRAFTER, since=town.at
    )
    town.session.add(grant)
    town.session.flush()

    article = drafted(town, "inspector")

    assert waiting_for(town, "inspector") == [article.id]


def test_one_signature_for_all_acts_of_a_rung_is_no_choice(town: Town) -> None:
    """一人一次签字: the office director and the deputy are asked nothing."""
    article = at_deputy(town)
    assert len(open_now(case_of(town, article))) > 1
    asked = offers.desk(town.session, town.by("deputy"), case_of(town, article))
    assert asked.acts == ()
