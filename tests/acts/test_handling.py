"""Who looks at what, urging, circulating, taking back, stock phrases."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from models.articles import Article
from models.audit import AuditEntry
from models.notices import NoticeKind
from tests.stories import (
    approved,
    at_deputy,
    case_of,
    cleared,
    drafted,
    published,
    revision_of,
    sign,
    submitted,
    written,
)
from tests.town import Town
from workflow.articles import acts, claims, handling
from workflow.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    Superseded,
    WrongState,
)
from workflow.notices import acts as notices
from workflow.notices import questions
from workflow.people import phrases


def looks(town: Town, article: Article, who: str) -> bool:
    """Somebody opens the review screen; whether a claim was written."""
    by = town.by(who)
    wants = claims.wants_claim(town.session, by, article.id)
    return wants and claims.claim(town.session, by, article.id)


def seen_looking(town: Town, article: Article) -> str:
    """Who is said to be looking."""
    found = claims.looking(town.session, town.by("drafter"), [article.id])
    return found[article.id].name if found else ""


def entries(town: Town, act: str) -> Sequence[AuditEntry]:
    """What the trail has of an act."""
    town.session.commit()
    return town.session.scalars(select(AuditEntry).where(AuditEntry.act == act)).all()


def ids(town: Town, *names: str) -> list[int]:
    return [town.people[who].id for who in names]


def test_who_may_act_and_opens_it_is_said_to_look(town: Town) -> None:
    article = submitted(town)

    assert not looks(town, article, "deputy")
    assert not looks(town, article, "drafter")
    assert looks(town, article, "director")
    assert seen_looking(town, article) == "示例director"


def test_a_claim_ends_after_half_an_hour(town: Town) -> None:
    article = submitted(town)
    looks(town, article, "director")

    town.later(minutes=29)
    assert seen_looking(town, article) == "示例director"
    town.later(minutes=2)
    assert seen_looking(town, article) == ""
    assert looks(town, article, "director")


def test_ones_own_claim_is_renewed_and_keeps_its_beginning(town: Town) -> None:
    article = submitted(town)
    looks(town, article, "director")
    began = town.at
    town.later(minutes=4)
    assert not looks(town, article, "director")
    town.later(minutes=21)
    assert looks(town, article, "director")
    town.later(minutes=25)

    found = claims.looking(town.session, town.by("director"), [article.id])
    assert found[article.id].since == began


def test_the_first_of_two_is_noted_and_the_other_takes_over(town: Town) -> None:
    article = submitted(town)
    town.away("director")
    town.hold("office_director", "colleague")
    assert looks(town, article, "director_b")
    assert not looks(town, article, "colleague")
    assert not claims.claim(town.session, town.by("colleague"), article.id)

    claims.take_over(town.session, town.by("colleague"), article.id)

    assert seen_looking(town, article) == "示例colleague"
    (entry,) = entries(town, "article.take_over")
    assert entry.details["from"] == "示例director_b"
    assert entry.on_behalf_of == "示例director"


def test_a_claim_belongs_to_one_visit(town: Town) -> None:
    article = submitted(town)
    looks(town, article, "director")
    sign(town, article, "director")

    assert seen_looking(town, article) == ""
    assert looks(town, article, "deputy")


def test_a_claim_stops_nobody(town: Town) -> None:
    article = submitted(town)
    town.away("director")
    town.hold("office_director", "colleague")
    looks(town, article, "director_b")

    assert sign(town, article, "colleague").state == "deputy_review"


def test_who_may_not_act_takes_nothing_over(town: Town) -> None:
    article = submitted(town)
    with pytest.raises(NotPermitted):
        claims.take_over(town.session, town.by("deputy"), article.id)


def test_a_drafter_urges_once_a_working_day(town: Town) -> None:
    article = submitted(town)

    handling.urge(town.session, town.by("drafter"), article.id)

    (notice,) = questions.in_tray(town.session, town.by("director"), was_read=False)
    assert notice.kind is NoticeKind.URGED
    assert "示例drafter催办" in notice.title
    with pytest.raises(WrongState) as refused:
        handling.urge(town.session, town.by("drafter"), article.id)
    assert refused.value.rule == "urged-today"
    town.later(days=1)
    handling.urge(town.session, town.by("drafter"), article.id)
    assert len(entries(town, "article.urge")) == 2


def test_the_same_press_urges_once(town: Town) -> None:
    article = submitted(town)

    for _ in range(2):
        handling.urge(town.session, town.by("drafter", "press"), article.id)

    assert questions.unread(town.session, town.by("director")) == 1


@pytest.mark.parametrize(
    ("who", "days", "rule"),
    [("colleague", 0, "not-the-drafter"), ("drafter", 4, "no-working-day")],
)
def test_urging_is_refused(town: Town, who: str, days: int, rule: str) -> None:
    article = submitted(town)
    town.later(days=days)
    with pytest.raises((NotPermitted, WrongState)) as refused:
        handling.urge(town.session, town.by(who), article.id)
    assert refused.value.rule == rule


@pytest.mark.parametrize("story", [drafted, published])
def test_what_nobody_else_holds_is_not_urged(town: Town, story: object) -> None:
    article = drafted(town) if story is drafted else published(town)
    with pytest.raises(WrongState) as refused:
        handling.urge(town.session, town.by("drafter"), article.id)
    assert refused.value.rule == "nobody-to-urge"


def test_what_is_circulated_carries_read_marks(town: Town) -> None:
    article = submitted(town)
    people = ids(town, "deputy", "colleague")
    handling.circulate(town.session, town.by("drafter"), article.id, people, "请阅。")
    (notice,) = questions.in_tray(town.session, town.by("deputy"), was_read=False)
    town.later(hours=1)

    notices.read(town.session, town.by("deputy"), notice.id)

    about = ("article", str(article.id))
    marks = questions.read_marks(town.session, town.agency.id, about)
    assert {m.name: m.read_at for m in marks} == {
        "示例deputy": town.at,
        "示例colleague": None,
    }
    assert entries(town, "notice.read")[0].person_name == "示例deputy"
    (sent,) = entries(town, "article.circulate")
    assert sorted(sent.details["to"]) == ["示例colleague", "示例deputy"]


def test_one_text_is_circulated_to_one_person_once(town: Town) -> None:
    article = submitted(town)
    people = ids(town, "deputy")
    handling.circulate(town.session, town.by("drafter"), article.id, people)

    with pytest.raises(InvalidInput, match="都已收到"):
        handling.circulate(town.session, town.by("drafter"), article.id, people)


@pytest.mark.parametrize("names", [(), ("inspector",), ("drafter",)])
def test_it_goes_to_those_who_may_open_it(town: Town, names: tuple[str, ...]) -> None:
    article = submitted(town)
    with pytest.raises(InvalidInput):
        handling.circulate(
            town.session, town.by("drafter"), article.id, ids(town, *names)
        )


def test_a_stranger_to_the_text_does_not_circulate_it(town: Town) -> None:
    article = submitted(town)
    with pytest.raises(NotPermitted):
        handling.circulate(
            town.session, town.by("colleague"), article.id, ids(town, "deputy")
        )


def test_all_are_marked_but_what_is_to_be_opened(town: Town) -> None:
    article = submitted(town)
    handling.urge(town.session, town.by("drafter"), article.id)
    message = notices.Message("list", NoticeKind.MORNING, "示例")
    notices.tell(town.session, town.by("drafter"), message, ids(town, "director"))

    assert notices.read_all(town.session, town.by("director")) == 1
    (left,) = questions.in_tray(town.session, town.by("director"), was_read=False)
    assert left.kind is NoticeKind.URGED


def test_somebody_elses_message_is_not_there(town: Town) -> None:
    message = notices.Message("m", NoticeKind.URGED, "示例")
    notices.tell(town.session, town.by("drafter"), message, ids(town, "director"))
    (notice,) = questions.in_tray(town.session, town.by("director"), was_read=False)
    with pytest.raises(NotFound):
        notices.read(town.session, town.by("deputy"), notice.id)


def take_back(town: Town, article: Article, who: str) -> Article:
    revision = revision_of(town, article)
    return handling.take_back(town.session, town.by(who), article.id, revision)


def test_ones_own_approval_is_taken_back(town: Town) -> None:
    article = at_deputy(town)

    taken = take_back(town, article, "director")

    assert taken.state == "office_review"
    case = case_of(town, taken)
    assert [s.stage for s in case.standing] == ["self_check"]
    assert case.position.state == "office_review"
    assert entries(town, "article.take_back")[0].post == "党政办主任"
    assert sign(town, taken, "director").state == "deputy_review"


def test_the_last_signature_is_taken_back_before_publication(town: Town) -> None:
    article = cleared(town)

    assert take_back(town, article, "deputy").state == "deputy_review"
    with pytest.raises(WrongState):
        acts.publish(
            town.session,
            town.by("publisher"),
            article.id,
            revision_of(town, article),
        )


@pytest.mark.parametrize("who", ["drafter", "deputy", "director_b", "principal"])
def test_nobody_takes_back_for_another(town: Town, who: str) -> None:
    article = at_deputy(town)
    with pytest.raises(NotPermitted):
        take_back(town, article, who)


def test_once_the_next_has_acted_nothing_is_taken_back(town: Town) -> None:
    article = cleared(town)
    with pytest.raises(NotPermitted):
        take_back(town, article, "director")


def test_what_is_out_is_not_taken_back(town: Town) -> None:
    article = published(town)
    with pytest.raises(NotPermitted):
        take_back(town, article, "deputy")


def test_a_changed_text_is_not_taken_back(town: Town) -> None:
    article = at_deputy(town)
    read = revision_of(town, article)
    new = written(body="3月4日，示例镇召开会议，部署春耕。")
    acts.revise(town.session, town.by("deputy"), article.id, read, new)

    with pytest.raises((WrongState, NotPermitted, Superseded)):
        take_back(town, article, "director")


def test_buttons_are_there_only_when_they_work(town: Town) -> None:
    article = at_deputy(town)

    def offered(who: str) -> handling.Offers:
        case = case_of(town, article)
        return handling.offers(town.session, town.by(who), case)

    director = handling.Offers(
        take_back=True, urge=False, circulate=True, take_over=False
    )
    assert offered("director") == director
    assert offered("drafter").urge
    assert offered("deputy").take_over
    nothing = handling.Offers(
        take_back=False, urge=False, circulate=False, take_over=False
    )
    assert offered("colleague") == nothing


def test_an_approval_after_taking_back_reads_the_checklist_again(town: Town) -> None:
    article = take_back(town, at_deputy(town), "director")
    revision = revision_of(town, article)
    by, said = town.by("director"), approved(town, article, "复核后同意。")

    assert acts.sign(town.session, by, article.id, revision, said).state == (
        "deputy_review"
    )


def test_phrases_are_kept_for_one_person(town: Town) -> None:
    assert phrases.keep(town.session, town.by("director"), "同意。")
    assert not phrases.keep(town.session, town.by("director"), "同意。")
    (mine,) = phrases.phrases(town.session, town.by("director"))

    assert phrases.phrases(town.session, town.by("deputy")) == []
    with pytest.raises(NotFound):
        phrases.drop(town.session, town.by("deputy"), mine.id)
    assert phrases.drop(town.session, town.by("director"), mine.id)
    assert phrases.phrases(town.session, town.by("director")) == []


@pytest.mark.parametrize("words", ["", "长" * 201])
def test_a_phrase_has_its_length(town: Town, words: str) -> None:
    with pytest.raises(InvalidInput):
        phrases.keep(town.session, town.by("director"), words)


def test_there_are_not_too_many_phrases(town: Town) -> None:
    for number in range(phrases.MOST):
        phrases.keep(town.session, town.by("director"), f"第{number}句")
    with pytest.raises(InvalidInput, match="最多20条"):
        phrases.keep(town.session, town.by("director"), "再一句")
