"""AB岗: nobody is left to act, what B did, what waits at a post that is left."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from models.audit import AuditEntry
from models.database import Database
from models.notices import Notice, NoticeKind
from models.people import Absence, Holding, Role, RoleGrant
from tests.stories import at_deputy, case_of, drafted, sent_back, sign, submitted
from tests.town import MORNING, Town, found_town
from workflow.articles import alarms, handovers
from workflow.articles.able import able, stuck
from workflow.notices import questions
from workflow.occasion import Occasion
from workflow.schedule import tick


def with_helpers(town: Town) -> None:
    """Somebody who can fill posts, and a leader."""
    since = MORNING - timedelta(days=1)
    for who, role in (
        ("registrar", Role.SYSTEM_ADMINISTRATOR),
        ("principal", Role.LEADER),
    ):
        grant = RoleGrant(person_id=town.people[who].id, role=role, since=since)
        town.session.add(grant)
    town.session.flush()


def told(town: Town, who: str) -> list[Notice]:
    return questions.in_tray(town.session, town.by(who), was_read=False)


def system(town: Town, operation: str = "system") -> Occasion:
    return Occasion(town.agency.id, None, town.at, operation)


def test_while_everybody_is_here_nothing_is_stuck(town: Town) -> None:
    article = submitted(town)
    case = case_of(town, article)

    assert stuck(town.session, town.by("drafter"), case, town.at.date()) == ()
    assert able(town.session, town.by("drafter"), case) == {town.people["director"].id}


def test_both_away_is_said_at_once_to_those_who_can_help(town: Town) -> None:
    with_helpers(town)
    article = submitted(town)
    town.away("director")
    town.away("director_b")

    rungs = alarms.watch(town.session, town.by("drafter"), case_of(town, article))
    alarms.watch(town.session, town.by("drafter"), case_of(town, article))

    assert rungs == ("党政办审核校对",)
    for who in ("registrar", "principal"):
        (notice,) = told(town, who)
        assert notice.kind is NoticeKind.ALERT
        assert rungs[0] in notice.title
    town.session.commit()
    query = select(AuditEntry).where(AuditEntry.act == "article.alert")
    assert len(town.session.scalars(query).all()) == 1


def test_one_person_for_two_rungs_that_must_differ_is_stuck(town: Town) -> None:
    """B of both posts while both A are away: heads are enough, persons are not."""
    with_helpers(town)
    article = submitted(town)
    town.hold("office_director", "deputy_b")
    for who in ("director", "director_b", "deputy"):
        town.away(who)

    case = case_of(town, article)
    rungs = stuck(town.session, town.by("drafter"), case, town.at.date())

    assert len(rungs) == 2
    assert alarms.watch_all(town.session, system(town)) == 1


def test_who_signed_an_exclusive_rung_does_not_count(town: Town) -> None:
    town.hold("deputy_head", "director")
    article = at_deputy(town)
    town.away("deputy")
    town.away("deputy_b")

    case = case_of(town, article)
    assert len(stuck(town.session, town.by("drafter"), case, town.at.date())) == 1


def test_a_later_rung_that_is_only_away_today_is_no_alarm(town: Town) -> None:
    article = submitted(town)
    town.away("deputy")
    town.away("deputy_b")

    case = case_of(town, article)
    assert stuck(town.session, town.by("drafter"), case, town.at.date()) == ()


def test_what_is_with_its_drafter_is_never_stuck(town: Town) -> None:
    article = drafted(town)
    case = case_of(town, article)
    assert stuck(town.session, town.by("drafter"), case, town.at.date()) == ()


def test_on_return_she_reads_what_was_done_for_her(town: Town) -> None:
    town.away("director", days=2)
    signed = submitted(town, title="示例一号")
    sign(town, signed, "director_b")
    returned = submitted(town, title="示例二号")
    sent_back(town, returned, "director_b", reason="请核对日期。")
    absence = town.session.scalars(select(Absence)).one()

    assert not handovers.brief(town.session, system(town), absence)
    town.later(days=2)
    assert handovers.brief_returned(town.session, system(town)) == 1
    assert handovers.brief_returned(town.session, system(town)) == 0

    (notice,) = told(town, "director")
    assert "B岗代您办理2件次" in notice.title
    assert "同意《示例一号》" in notice.body
    assert "退回《示例二号》：请核对日期。" in notice.body
    assert told(town, "director_b") == []
    done = handovers.done_during(town.session, town.by("director"), absence)
    assert [one.name for one in done] == ["示例director_b"] * 2


def test_an_absence_that_never_began_needs_no_brief(town: Town) -> None:
    town.away("director", days=2)
    town.back("director")
    absence = town.session.scalars(select(Absence)).one()

    assert not handovers.brief(town.session, system(town), absence)


def test_what_others_did_for_others_is_not_in_it(town: Town) -> None:
    town.away("deputy", days=1)
    sign(town, at_deputy(town), "deputy_b")
    town.away("director", days=1)
    town.later(days=1)

    handovers.brief_returned(town.session, system(town))

    assert "代您办理0件次" in told(town, "director")[0].title
    assert "代您办理1件次" in told(town, "deputy")[0].title


def test_who_leaves_a_post_leaves_the_list_of_what_waits(town: Town) -> None:
    submitted(town, title="示例待审")
    at_deputy(town, title="示例在分管")
    post = town.posts["director"]
    query = select(Holding).where(Holding.post_id == post.id)
    leaving, _ = town.session.scalars(query.order_by(Holding.slot))
    leaving.until = town.at.date()
    town.session.flush()

    assert handovers.hand_over(town.session, town.by("inspector"), leaving) == [
        town.people["director_b"].id
    ]
    (notice,) = told(town, "director_b")
    assert notice.title == "示例director离任“党政办主任”，移交待办1件"
    assert notice.body == "《示例待审》"
    assert handovers.hand_over(town.session, town.by("inspector"), leaving) == []


def test_who_leaves_the_office_hands_over_every_post(town: Town) -> None:
    submitted(town)
    town.hold("principal", "director")
    on = date(2024, 3, 11)
    person = town.people["director"].id
    query = select(Holding).where(Holding.person_id == person)
    for holding in town.session.scalars(query):
        holding.until = on
    town.session.flush()

    by = town.by("inspector")
    assert handovers.hand_over_all(town.session, by, person, on) == 3
    assert len(told(town, "principal")) == 1


def test_the_scheduler_watches_and_briefs(database: Database) -> None:
    with database.writing.begin() as session:
        town = found_town(session)
        with_helpers(town)
        submitted(town)
        town.away("director", days=2)
        town.away("director_b", days=1)

    lines = tick(database, MORNING) + tick(database, MORNING + timedelta(days=2))

    said = [line.partition(" ")[2] for line in lines]
    assert "核对有无人可办：1 件稿件无人可办，已报警" in said
    assert "返岗简报：已给 2 人送去返岗简报" in said


def test_the_list_of_a_and_b_is_sent_each_half_year(town: Town) -> None:
    with_helpers(town)
    town.at = MORNING.replace(month=7)

    sent = [handovers.half_year_list(town.session, system(town)) for _ in range(2)]

    assert sent == [2, 0]
    (notice,) = told(town, "registrar")
    assert notice.title == "2024年下半年AB岗名单，请核对"
    assert "党政办主任：A岗 示例director，B岗 示例director_b" in notice.body


def test_in_other_months_no_list_is_sent(town: Town) -> None:
    with_helpers(town)
    assert handovers.half_year_list(town.session, system(town)) == 0
