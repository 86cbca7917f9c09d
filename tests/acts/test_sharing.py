"""转办, 征求意见, 加签 and 减签: none of them weakens what the gate demands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from models.articles import Article
from models.notices import Notice
from models.sharing import AddedSigner, Consultation
from tests.acts.test_handling import entries
from tests.stories import (
    at_deputy,
    case_of,
    cleared,
    revision_of,
    sign,
    submitted,
    written,
)
from tests.town import Town
from workflow.articles import acts, added, consultations, signers, tasks, transfers
from workflow.articles.tasks import Box
from workflow.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    OpinionRequired,
    Superseded,
    WrongState,
)


def box(town: Town, who: str) -> list[int]:
    """The articles that wait for somebody."""
    desk = tasks.desk(town.session, town.by(who))
    found = tasks.in_box(town.session, desk, Box.WAITING)
    return [task.article.id for task in found]


def hand(
    town: Town, article: Article, who: str, to: str, why: str = "本周外出"
) -> None:
    revision = revision_of(town, article)
    person = town.people[to].id
    by = town.by(who)
    transfers.transfer(town.session, by, article.id, revision, person, why)


def ask(town: Town, article: Article, who: str, to: str) -> Consultation:
    revision, person = revision_of(town, article), town.people[to].id
    by = town.by(who)
    words = "数字是否属实？"
    consultations.consult(town.session, by, article.id, revision, person, words)
    query = select(Consultation).order_by(Consultation.id.desc()).limit(1)
    return town.session.scalars(query).one()


def add(town: Town, article: Article, who: str, post: str) -> AddedSigner:
    revision, post_id = revision_of(town, article), town.posts[post].id
    by = town.by(who)
    signers.add_signer(town.session, by, article.id, revision, post_id, "涉及安全")
    query = select(AddedSigner).order_by(AddedSigner.id.desc()).limit(1)
    return town.session.scalars(query).one()


def beside(town: Town, article: Article, who: str, signer: AddedSigner) -> None:
    revision = revision_of(town, article)
    by = town.by(who)
    signers.sign_beside(town.session, by, article.id, revision, signer.id, "属实")


def release(town: Town, article: Article) -> Article:
    revision = revision_of(town, article)
    return acts.publish(town.session, town.by("publisher"), article.id, revision)


# —— 转办 ——


def test_a_text_is_handed_to_another_who_may_act_and_leaves_the_list(
    town: Town,
) -> None:
    article = submitted(town)
    town.hold("office_director", "colleague")
    town.away("director")
    with pytest.raises(NotPermitted):
        hand(town, article, "director", "director_b")
    hand(town, article, "director_b", "colleague")
    assert box(town, "director_b") == []
    assert box(town, "colleague") == [article.id]
    told = town.session.scalars(select(Notice).where(Notice.kind == "handover")).one()
    assert told.person_id == town.people["colleague"].id
    (entry,) = entries(town, "article.transfer")
    assert entry.details["to"] == "示例colleague"
    assert "代" not in entry.details["reason"]
    assert entry.on_behalf_of == "示例director"


def test_handing_on_gives_no_right_and_takes_none(town: Town) -> None:
    article = submitted(town)
    with pytest.raises(InvalidInput) as refused:
        hand(town, article, "director", "director_b")
    assert "transfer_to" in refused.value.fields
    with pytest.raises(InvalidInput):
        hand(town, article, "director", "deputy")
    with pytest.raises(OpinionRequired):
        hand(town, article, "director", "director_b", " ")
    town.hold("office_director", "colleague")
    town.away("director")
    hand(town, article, "director_b", "colleague")
    sign(town, article, "director_b")
    assert case_of(town, article).article.state == "deputy_review"


def test_it_comes_back_and_is_not_lost_while_the_other_is_away(town: Town) -> None:
    article = submitted(town)
    town.hold("office_director", "colleague")
    town.away("director")
    hand(town, article, "director_b", "colleague")
    hand(town, article, "colleague", "director_b", "还是您办")
    assert box(town, "director_b") == [article.id]
    assert box(town, "colleague") == []
    hand(town, article, "director_b", "colleague")
    town.away("colleague")
    assert box(town, "director_b") == [article.id]


# —— 征求意见 ——


def test_a_question_comes_back_answered_and_holds_the_rung_until_then(
    town: Town,
) -> None:
    article = submitted(town)
    question = ask(town, article, "director", "colleague")
    assert box(town, "colleague") == [article.id]
    with pytest.raises(WrongState) as waiting:
        sign(town, article, "director")
    assert waiting.value.rule == "opinion-awaited"
    with pytest.raises(NotPermitted):
        consultations.give_opinion(town.session, town.by("deputy"), question.id, "属实")
    consultations.give_opinion(town.session, town.by("colleague"), question.id, "属实")
    assert box(town, "colleague") == []
    kinds = town.session.scalars(select(Notice.person_id)).all()
    assert town.people["director"].id in kinds
    (one,) = consultations.asked(town.session, article.id)
    assert (one.answered, one.row.answer, one.by) == (True, "属实", "示例director")
    sign(town, article, "director")
    assert case_of(town, article).article.state == "deputy_review"
    assert [e.details["opinion"] for e in entries(town, "article.give_opinion")] == [
        "属实"
    ]


def test_a_question_is_taken_back_on_record(town: Town) -> None:
    article = submitted(town)
    question = ask(town, article, "director", "colleague")
    with pytest.raises(InvalidInput):
        ask(town, article, "director", "colleague")
    with pytest.raises(NotPermitted):
        consultations.end(town.session, town.by("deputy"), question.id)
    consultations.end(town.session, town.by("director"), question.id)
    with pytest.raises(WrongState):
        consultations.give_opinion(
            town.session, town.by("colleague"), question.id, "迟了"
        )
    (one,) = consultations.asked(town.session, article.id)
    assert (one.open, one.answered) == (False, False)
    sign(town, article, "director")
    assert len(entries(town, "article.end_consult")) == 1


def test_who_is_away_or_has_no_business_here_is_not_asked(town: Town) -> None:
    article = submitted(town)
    town.away("colleague")
    for somebody in ("colleague", "inspector"):
        with pytest.raises(InvalidInput) as refused:
            ask(town, article, "director", somebody)
        assert "ask_person" in refused.value.fields
    with pytest.raises(NotPermitted):
        ask(town, article, "drafter", "deputy")


# —— 加签 ——


def test_an_added_signer_is_demanded_before_the_rung_and_before_release(
    town: Town,
) -> None:
    article = at_deputy(town)
    signer = add(town, article, "deputy", "deputy2")
    assert box(town, "deputy2") == [article.id]
    with pytest.raises(WrongState) as waiting:
        sign(town, article, "deputy")
    assert waiting.value.rule == "added-signature-awaited"
    beside(town, article, "deputy2", signer)
    assert box(town, "deputy2") == []
    sign(town, article, "deputy")
    release(town, article)
    assert case_of(town, article).article.state == "published"
    (entry,) = entries(town, "article.sign_beside")
    assert entry.post == "分管安全副镇长"


def test_another_text_asks_the_added_signer_again(town: Town) -> None:
    article = at_deputy(town)
    signer = add(town, article, "deputy", "deputy2")
    beside(town, article, "deputy2", signer)
    revision = revision_of(town, article)
    acts.revise(
        town.session, town.by("deputy"), article.id, revision, written(title="另一标题")
    )
    assert added.owed(town.session, case_of(town, article))
    assert box(town, "deputy2") == []  # back below the rung at which she was added
    for who in ("drafter", "director"):
        sign(town, article, who)
    assert box(town, "deputy2") == [article.id]
    with pytest.raises(WrongState):
        sign(town, article, "deputy")


def test_b_signs_for_the_added_a_only_while_she_is_away(town: Town) -> None:
    article = at_deputy(town)
    signer = add(town, article, "deputy", "deputy2")
    with pytest.raises(NotPermitted) as early:
        beside(town, article, "deputy2_b", signer)
    assert early.value.rule == "b-only-while-a-away"
    town.away("deputy2")
    beside(town, article, "deputy2_b", signer)
    (demand,) = added.demands(town.session, case_of(town, article))
    assert demand.signature is not None
    assert demand.signature.on_behalf_of_name == "示例deputy2"


def test_exclusive_rungs_hold_for_added_signers_both_ways(town: Town) -> None:
    """Who signed one of the rungs kept apart signs no other, added or not."""
    article = at_deputy(town)
    town.hold("principal", "director")
    signer = add(town, article, "deputy", "principal")
    town.away("principal")
    town.away("principal_b")
    with pytest.raises(NotPermitted) as barred:
        beside(town, article, "director", signer)
    assert barred.value.rule.startswith("persons:")
    fresh = submitted(town)
    added_early = add(town, fresh, "director", "deputy")
    beside(town, fresh, "deputy", added_early)
    sign(town, fresh, "director")
    with pytest.raises(NotPermitted) as apart:
        sign(town, fresh, "deputy")
    assert apart.value.rule.startswith("persons:")


def test_a_signer_is_taken_away_with_a_reason_before_she_signed(town: Town) -> None:
    article = at_deputy(town)
    signer = add(town, article, "deputy", "deputy2")
    revision = revision_of(town, article)
    at = (article.id, revision, signer.id)
    with pytest.raises(OpinionRequired):
        signers.remove_signer(town.session, town.by("deputy"), *at, "")
    with pytest.raises(NotPermitted):
        signers.remove_signer(town.session, town.by("drafter"), *at, "不必了")
    signers.remove_signer(town.session, town.by("deputy"), *at, "已电话核实")
    with pytest.raises(WrongState):
        beside(town, article, "deputy2", signer)
    sign(town, article, "deputy")
    assert [e.details["reason"] for e in entries(town, "article.remove_signer")] == [
        "已电话核实"
    ]


def test_only_posts_that_are_held_and_not_this_rungs_are_added(town: Town) -> None:
    article = at_deputy(town)
    with pytest.raises(InvalidInput):
        add(town, article, "deputy", "deputy")
    add(town, article, "deputy", "deputy2")
    with pytest.raises(InvalidInput) as twice:
        add(town, article, "deputy", "deputy2")
    assert "signer_post" in twice.value.fields
    with pytest.raises(NotPermitted):
        add(town, article, "director", "principal")


def test_a_forged_added_signature_lets_nothing_out(town: Town) -> None:
    article = cleared(town)
    signer = AddedSigner(
        agency_id=town.agency.id,
        article_id=article.id,
        stage="deputy_review",
        post_id=town.posts["deputy2"].id,
        added_by_id=town.people["deputy"].id,
        reason="涉及安全",
        added_at=town.at,
    )
    town.session.add(signer)
    town.session.flush()
    with pytest.raises(WrongState) as waiting:
        release(town, article)
    assert waiting.value.rule == "added-signature-awaited"
    case = case_of(town, article)
    town.session.execute(
        text(
            "INSERT INTO added_signatures (agency_id, article_id, signer_id,"
            " revision_id, digest, opinion, person_id, person_name, post_title,"
            " on_behalf_of_name, signed_at) SELECT :agency, :article, :signer,"
            " :revision, :digest, '', :person, '示例', '示例', '', made_at"
            " FROM revisions WHERE id = :revision"
        ),
        {
            "agency": town.agency.id,
            "article": article.id,
            "signer": signer.id,
            "revision": case.revision.id,
            "digest": case.revision.digest,
            "person": town.people["deputy2"].id,
        },
    )
    with pytest.raises(WrongState) as forged:
        release(town, article)
    assert forged.value.rule == "signature-without-trace"


def test_an_added_signature_cannot_be_changed(town: Town) -> None:
    article = at_deputy(town)
    beside(town, article, "deputy2", add(town, article, "deputy", "deputy2"))
    town.session.commit()
    with pytest.raises(Exception, match="append-only"):
        town.session.execute(text("UPDATE added_signatures SET opinion = 'x'"))
    town.session.rollback()


@pytest.mark.parametrize("what", ["transfer", "consult", "add", "beside"])
def test_each_acts_once_and_on_the_text_that_was_read(town: Town, what: str) -> None:
    article = at_deputy(town)
    signer = add(town, article, "deputy", "deputy2")
    old = revision_of(town, article) - 1
    person, by = town.people["colleague"].id, town.by("deputy")
    doing: dict[str, Callable[[], object]] = {
        "transfer": lambda: transfers.transfer(
            town.session, by, article.id, old, person, "外出"
        ),
        "consult": lambda: consultations.consult(
            town.session, by, article.id, old, person, "属实？"
        ),
        "add": lambda: signers.add_signer(
            town.session, by, article.id, old, town.posts["principal"].id, "重要"
        ),
        "beside": lambda: signers.sign_beside(
            town.session, town.by("deputy2"), article.id, old, signer.id, "属实"
        ),
    }
    with pytest.raises((Superseded, NotFound)):
        doing[what]()


def test_the_same_operation_adds_once(town: Town) -> None:
    article = at_deputy(town)
    revision, post = revision_of(town, article), town.posts["deputy2"].id
    by = town.by("deputy", "twice")
    for _ in range(2):
        signers.add_signer(town.session, by, article.id, revision, post, "涉及安全")
    assert len(added.demands(town.session, case_of(town, article))) == 1


def test_a_question_of_nobody_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        consultations.end(town.session, town.by("director"), 999)
