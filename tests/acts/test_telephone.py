"""电话指示: put on record with its missing signature; it never stands for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from models.articles import Article
from models.notices import Notice
from models.telephone import TelephoneInstruction
from tests.acts.calling import WORDS, call
from tests.acts.test_handling import entries
from tests.stories import (
    at_deputy,
    at_principal,
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
from tests.town import Town
from workflow.articles import acts, instructions, ledger, telephone
from workflow.articles.instructions import Instruction
from workflow.articles.ledger import LedgerFilter
from workflow.articles.telephone import Said
from workflow.errors import InvalidInput, NotPermitted, Superseded, WrongState


def told(town: Town, article: Article) -> list[Instruction]:
    return instructions.instructions(town.session, case_of(town, article))


def is_open(town: Town, article: Article) -> bool:
    """On the article, in the list and in the ledger alike."""
    (only,) = told(town, article)
    listed = instructions.open_defects(town.session, town.agency.id, 10)
    wanted = LedgerFilter(unsigned=True)
    found = ledger.page(town.session, town.agency.id, wanted)
    assert [one.row.id for one in listed] == ([only.row.id] if only.open else [])
    assert [row.article.id for row in found] == ([article.id] if only.open else [])
    assert instructions.count_open(town.session, town.agency.id) == len(listed)
    return only.open


def names(town: Town, who: str, article: Article) -> list[str]:
    found = telephone.leaders(town.session, town.by(who), case_of(town, article))
    return [one.name for one in found]


def test_it_says_who_when_what_and_on_which_text(town: Town) -> None:
    article = at_deputy(town)
    town.away("deputy")
    call(town, article, "director", "deputy")
    (one,) = told(town, article)
    assert (one.row.leader_name, one.row.recorded_by_name) == (
        "示例deputy",
        "示例director",
    )
    assert (one.row.words, one.row.said_at, one.number) == (WORDS, town.at, 1)
    assert one.row.digest == case_of(town, article).revision.digest
    assert one.row.stage == "deputy_review"
    (entry,) = entries(town, "article.record_telephone")
    assert entry.details["opinion"] == f"示例deputy电话指示：{WORDS}"
    assert entry.details["leader"] == "示例deputy"
    notice = town.session.scalars(select(Notice).where(Notice.kind == "handover")).one()
    assert notice.person_id == town.people["deputy"].id
    assert "待补签" in notice.title


def test_it_is_no_signature_and_lets_nothing_out(town: Town) -> None:
    article = at_deputy(town)
    before = case_of(town, article)
    call(town, article, "director", "deputy")
    after = case_of(town, article)
    assert after.standing == before.standing
    assert after.position == before.position
    assert article.state == "deputy_review"
    with pytest.raises((NotPermitted, WrongState)):
        publish(town, article)


def test_the_leaders_own_signature_on_that_text_closes_it(town: Town) -> None:
    article = at_deputy(town)
    call(town, article, "director", "deputy")
    assert is_open(town, article)
    sign(town, article, "deputy")
    assert not is_open(town, article)
    (one,) = told(town, article)
    assert one.signed is not None
    assert one.signed.person_id == town.people["deputy"].id


def test_who_stands_in_moves_the_text_and_leaves_the_defect(town: Town) -> None:
    article = at_deputy(town)
    town.away("deputy")
    call(town, article, "director", "deputy")
    sign(town, article, "deputy_b")
    publish(town, article)
    assert article.published_at is not None
    assert is_open(town, article)
    at = revision_of(town, article)
    acts.withdraw(town.session, town.by("publisher"), article.id, at, "有误")
    assert is_open(town, article)


def test_a_signature_on_another_text_does_not_close_it(town: Town) -> None:
    article = at_deputy(town)
    call(town, article, "director", "deputy")
    sent_back(town, article, "deputy")
    at = revision_of(town, article)
    changed = written(body="3月4日，示例镇召开会议，改期另行通知。")
    acts.revise(town.session, town.by("drafter"), article.id, at, changed)
    submit(town, article)
    sign(town, article, "director")
    sign(town, article, "deputy")
    assert is_open(town, article)


def test_an_earlier_signature_does_not_close_a_later_instruction(town: Town) -> None:
    article = at_principal(town)
    sent_back(town, article, "principal", to="deputy_review")
    call(town, article, "director", "deputy")
    assert is_open(town, article)
    sign(town, article, "deputy")
    assert not is_open(town, article)


@pytest.mark.parametrize("who", ["director", "drafter"])
def test_who_handles_it_and_who_wrote_it_write_it_down(town: Town, who: str) -> None:
    article = submitted(town)
    call(town, article, who, "deputy")
    assert is_open(town, article)


def test_the_office_writes_it_down_whoever_has_the_text(town: Town) -> None:
    article = at_deputy(town)
    with pytest.raises(NotPermitted):
        call(town, article, "director_b", "deputy")
    town.away("director")
    call(town, article, "director_b", "deputy")
    (entry,) = entries(town, "article.record_telephone")
    assert entry.on_behalf_of == "示例director"


@pytest.mark.parametrize("who", ["colleague", "publisher", "principal", "auditor"])
def test_nobody_else_does(town: Town, who: str) -> None:
    article = at_deputy(town)
    with pytest.raises(NotPermitted):
        call(town, article, who, "deputy")
    assert told(town, article) == []


def test_only_a_leader_whose_signature_the_plan_demands_is_named(town: Town) -> None:
    article = at_deputy(town)
    assert names(town, "director", article) == ["示例deputy"]
    for other in ("principal", "deputy2", "deputy_b", "director"):
        with pytest.raises(InvalidInput) as refused:
            call(town, article, "drafter", other)
        assert set(refused.value.fields) == {"leader"}
    major = submitted(town, attributes={"importance": "major"})
    found = names(town, "drafter", major)
    assert found == ["示例director", "示例deputy", "示例principal"]
    town.away("deputy")
    assert "示例deputy_b" in names(town, "drafter", major)
    assert names(town, "director", major)[0] != "示例director"


def test_once_every_signature_is_there_nobody_can_be_named(town: Town) -> None:
    article = cleared(town)
    assert names(town, "drafter", article) == []
    shown = telephone.calls(town.session, town.by("drafter"), case_of(town, article))
    assert not shown.may


def test_words_and_times_that_cannot_be_are_refused(town: Town) -> None:
    article = at_deputy(town)
    leader, at = town.people["deputy"].id, revision_of(town, article)
    made = case_of(town, article).revision.made_at

    def refused(said: Said) -> set[str]:
        by = town.by("director")
        with pytest.raises(InvalidInput) as found:
            telephone.record_call(town.session, by, article.id, at, said)
        return set(found.value.fields)

    assert refused(Said(leader, town.at, "  ")) == {"words"}
    later = town.at + timedelta(minutes=1)
    assert refused(Said(leader, later, WORDS)) == {"said_at"}
    earlier = made - timedelta(minutes=2)
    assert refused(Said(leader, earlier, WORDS)) == {"said_at"}
    assert told(town, article) == []


def test_on_another_revision_than_was_read_it_is_refused(town: Town) -> None:
    article = drafted(town)
    read = revision_of(town, article)
    changed = written(title="改后的标题")
    acts.revise(town.session, town.by("drafter"), article.id, read, changed)
    said = Said(town.people["deputy"].id, town.at, WORDS)
    with pytest.raises(Superseded):
        telephone.record_call(town.session, town.by("drafter"), article.id, read, said)


def test_after_it_is_out_nothing_is_added(town: Town) -> None:
    article = published(town)
    with pytest.raises(WrongState) as refused:
        call(town, article, "drafter", "deputy")
    assert refused.value.rule == "ended-already"


def test_the_same_operation_writes_it_once(town: Town) -> None:
    article = at_deputy(town)
    call(town, article, "director", "deputy", operation="one-call")
    call(town, article, "director", "deputy", operation="one-call")
    assert len(told(town, article)) == 1
    assert len(entries(town, "article.record_telephone")) == 1


@pytest.mark.parametrize("change", ["set words = '不同意'", ""])
def test_what_was_written_down_is_never_changed(town: Town, change: str) -> None:
    article = at_deputy(town)
    call(town, article, "director", "deputy")
    verb = f"update telephone_instructions {change}" if change else ""
    with pytest.raises(DatabaseError):
        town.session.execute(text(verb or "delete from telephone_instructions"))


def test_a_neighbours_defects_are_not_listed(town: Town) -> None:
    article = at_deputy(town)
    call(town, article, "director", "deputy")
    assert instructions.open_defects(town.session, town.agency.id + 1, 10) == []
    rows = town.session.scalars(select(TelephoneInstruction)).all()
    assert [row.agency_id for row in rows] == [town.agency.id]
