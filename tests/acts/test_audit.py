"""Each act leaves one entry in its own transaction; a refusal leaves one of its own."""

from __future__ import annotations

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.articles import Article
from models.database import Database
from models.signatures import Signature
from tests.acts.every_article_act import ACTS, UNREAD
from tests.acts.every_shared_act import Act, Prepare
from tests.stories import (
    at_deputy,
    case_of,
    drafted,
    revision_of,
    sent_back,
    sign,
    submitted,
    written,
)
from tests.town import Town, found_town
from tests.trail import commit, trail
from workflow.actions import Action
from workflow.articles import acts
from workflow.audit import rules
from workflow.audit.acts import Subject, begin, record, record_refusal
from workflow.audit.questions import TrailFilter, entries, verify
from workflow.errors import NotPermitted, TrailBroken, WorkflowError
from workflow.occasion import Occasion

SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(("action", "prepare", "act"), ACTS, ids=[a for a, *_ in ACTS])
def test_an_act_leaves_exactly_one_entry(
    town: Town, action: Action, prepare: Prepare, act: Act
) -> None:
    article = prepare(town)
    before = commit(town)
    digest = revision_digest(town, article)

    act(town, article, revision_of(town, article))

    assert commit(town) == before + 1
    last = trail(town)[-1]
    assert (last.act, last.outcome, last.object_id) == (action, "done", str(article.id))
    assert last.at == town.at
    texts = {digest, revision_digest(town, article)}
    assert last.digest in ({""} if action in UNREAD else texts)
    assert verify(town.session).ok


def revision_digest(town: Town, article: Article) -> str:
    return case_of(town, article).revision.digest


def test_every_act_on_an_article_is_tried() -> None:
    tried = {action for action, *_ in ACTS} | {Action.DRAFT}

    assert tried == {action for action in Action if action.startswith("article.")}


def test_a_draft_leaves_one_entry(town: Town) -> None:
    before = commit(town)

    drafted(town)

    assert commit(town) == before + 1
    assert trail(town)[-1].act == Action.DRAFT


def test_a_save_without_a_change_leaves_none(town: Town) -> None:
    article = drafted(town)
    before = commit(town)

    at = revision_of(town, article)
    acts.revise(town.session, town.by("drafter"), article.id, at, written())

    assert commit(town) == before


def test_the_same_operation_again_leaves_none(town: Town) -> None:
    by = town.by("drafter", "twice")
    acts.draft(town.session, by, written())
    before = commit(town)

    acts.draft(town.session, by, written())

    assert commit(town) == before


def test_a_refused_act_leaves_none_and_its_refusal_leaves_one(town: Town) -> None:
    article = submitted(town)
    before = commit(town)
    with pytest.raises(NotPermitted) as refused:
        sign(town, article, "colleague")
    town.session.rollback()
    assert commit(town) == before

    record_refusal(
        town.session,
        town.by("colleague"),
        refused.value,
        Subject("article", article.id),
    )

    assert commit(town) == before + 1
    last = trail(town)[-1]
    assert (last.act, last.outcome) == (Action.SIGN, "refused")
    assert last.rule == refused.value.rule == "not-your-post"
    assert last.person_id == town.people["colleague"].id


def test_a_commit_that_fails_leaves_neither_act_nor_entry(
    town: Town, database: Database
) -> None:
    article = submitted(town)
    before = commit(town)
    signed = town.session.scalar(select(func.count(Signature.id)))

    def pull_the_plug(_session: Session) -> None:
        raise OSError("the disk is full")

    sign(town, article, "director")
    event.listen(town.session, "before_commit", pull_the_plug)
    with pytest.raises(OSError, match="disk"):
        town.session.commit()
    event.remove(town.session, "before_commit", pull_the_plug)
    town.session.rollback()

    assert commit(town) == before
    assert town.session.scalar(select(func.count(Signature.id))) == signed
    sign(town, article, "director")
    assert commit(town) == before + 1


def test_what_a_savepoint_took_back_leaves_no_entry(town: Town) -> None:
    article = submitted(town)
    before = commit(town)

    drafted(town)
    savepoint = town.session.begin_nested()
    sign(town, article, "director")
    savepoint.rollback()
    town.session.expire_all()
    sent_back(town, article, "director")

    assert commit(town) == before + 2
    assert [e.act for e in trail(town)[-2:]] == [Action.DRAFT, Action.SEND_BACK]


def test_what_a_savepoint_kept_leaves_its_entry(town: Town) -> None:
    article = submitted(town)
    before = commit(town)

    with town.session.begin_nested():
        sign(town, article, "director")

    assert commit(town) == before + 1


def test_without_a_chain_nothing_is_done(town: Town) -> None:
    article = submitted(town)
    commit(town)
    stranger = Occasion(town.agency.id + 99, None, town.at, "nowhere")
    record(town.session, stranger, Action.EXPORT, Subject("article", article.id))

    with pytest.raises(TrailBroken):
        town.session.commit()


FORGERIES = [
    "第一行\n第二行",
    "第一行\r第二行",
    "\x1b[2K覆盖",
    "\x9b31m红",
    "换\x85行",
    "换\u2028行",
    "换\u2029段",
    "倒\u202e序",
    "隐\u2066藏\u2069",
    "阿\u061c拉",
    "零\u200b宽",
    "零\ufeff宽",
    "坏\ud800字",
    "空\x00字",
]


@pytest.mark.parametrize("forgery", FORGERIES, ids=ascii)
def test_no_field_can_forge_a_line(town: Town, forgery: str) -> None:
    by = town.by("drafter", "op-1")
    by = Occasion(by.agency_id, by.person_id, by.at, forgery, forgery, forgery, forgery)
    on = Subject("article", forgery, post=forgery, on_behalf_of=forgery)
    listed = Subject("article", 1, details={"one": forgery, "many": [forgery]})
    record(town.session, by, Action.EXPORT, on)
    record(town.session, by.under("op-2"), Action.EXPORT, listed)
    commit(town)

    first, second = trail(town)[-2:]
    said = [first.operation, first.session, first.address, first.agent]
    said += [first.object_id, first.post, first.on_behalf_of]
    said += [second.details["one"], *second.details["many"]]
    for value in said:
        assert len(value.splitlines()) == 1
        assert "\ufffd" in value
        assert value.isprintable()
    assert verify(town.session).ok


def test_a_refusal_with_overlong_fields_is_still_on_record(town: Town) -> None:
    before = commit(town)
    by = town.by("drafter")
    by = Occasion(
        by.agency_id, by.person_id, by.at, "长" * 500, "会" * 99, agent="a" * 999
    )
    refusal = WorkflowError(rule="r" * 300, action="x" * 300)

    on = Subject("article", "9" * 300, post="岗" * 300, on_behalf_of="人" * 300)
    record_refusal(town.session, by, refusal, on)

    assert commit(town) == before + 1
    assert verify(town.session).ok


def test_sm3_is_that_of_the_standard() -> None:
    if rules.strongest_algorithm() != "sm3":
        pytest.skip("this Python's OpenSSL has no SM3")

    assert rules.digest("sm3", "abc") == SM3_OF_ABC


def test_sha256_is_that_of_the_standard() -> None:
    assert rules.digest("sha256", "abc") == SHA256_OF_ABC
    with pytest.raises(ValueError, match="md5"):
        rules.digest("md5", "abc")


@pytest.mark.parametrize("alg", ["sm3", "sha256"])
def test_a_chain_keeps_the_algorithm_it_began_with(town: Town, alg: str) -> None:
    if alg == "sm3" and rules.strongest_algorithm() != "sm3":
        pytest.skip("this Python's OpenSSL has no SM3")
    other = _agency_with(town, alg)
    by = Occasion(other, None, town.at, "op")
    record(town.session, by, Action.EXPORT, Subject("article", 1))
    commit(town)

    (entry,) = entries(town.session, other, TrailFilter())
    assert entry.alg == alg
    assert verify(town.session).ok


def _agency_with(town: Town, alg: str) -> int:
    agency = Agency(code=f"with-{alg}", name="示例单位", level="town", made_at=town.at)
    town.session.add(agency)
    town.session.flush()
    begin(town.session, agency, alg)
    return agency.id


def test_two_agencies_in_one_transaction_have_a_chain_each(town: Town) -> None:
    other = found_town(town.session, "another-town")
    drafted(other)
    at_deputy(town)
    commit(town)

    assert [e.seq for e in trail(town)] == list(range(1, len(trail(town)) + 1))
    assert [e.seq for e in trail(other)] == list(range(1, len(trail(other)) + 1))
    assert verify(town.session).ok
