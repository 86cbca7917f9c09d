"""An article from draft to publication: who may do what, and what it leaves."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.findings import Answer, Finding, FindingKind
from models.signatures import Outcome, Signature
from tests.stories import (
    BODY,
    approved,
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
from workflow.articles import acts
from workflow.articles.acts import Approval
from workflow.articles.findings import NewFinding, Reply
from workflow.errors import (
    ChecklistOpen,
    FindingsOpen,
    InvalidInput,
    NotPermitted,
    OpinionRequired,
    WrongState,
)


def test_an_ordinary_article_climbs_three_rungs_and_goes_out(town: Town) -> None:
    article = published(town)

    assert article.state == "published"
    assert article.published_by_id == town.people["publisher"].id
    assert article.published_at == town.at
    signed = town.session.scalars(select(Signature).order_by(Signature.seq))
    assert [(s.stage, s.outcome) for s in signed] == [
        ("self_check", Outcome.APPROVED),
        ("office_review", Outcome.APPROVED),
        ("deputy_review", Outcome.APPROVED),
        ("cleared", Outcome.PUBLISHED),
    ]


def test_a_major_matter_goes_on_to_the_principal(town: Town) -> None:
    article = at_principal(town)
    assert article.state == "principal_decision"

    article = publish(town, sign(town, article, "principal"))

    assert article.state == "published"


def test_nobody_drafts_without_the_role(town: Town) -> None:
    with pytest.raises(NotPermitted) as refused:
        drafted(town, "director")

    assert refused.value.rule == "not-a-drafter"
    assert "安全管理员" in refused.value.help_from


def test_only_the_office_director_signs_the_second_review(town: Town) -> None:
    article = submitted(town)

    for who in ("colleague", "deputy", "principal", "publisher"):
        with pytest.raises(NotPermitted) as refused:
            sign(town, article, who)
        assert "党政办主任" in refused.value.help_from

    assert sign(town, article, "director").state == "deputy_review"


def test_the_deputy_is_the_one_whose_portfolio_has_the_section(town: Town) -> None:
    article = at_deputy(town, section="safety")

    with pytest.raises(NotPermitted):
        sign(town, article, "deputy")

    assert sign(town, article, "deputy2").state == "cleared"


def test_b_acts_only_while_a_is_away_and_the_record_says_for_whom(town: Town) -> None:
    article = submitted(town)
    with pytest.raises(NotPermitted) as refused:
        sign(town, article, "director_b")
    assert refused.value.rule == "b-only-while-a-away"

    town.away("director")
    sign(town, article, "director_b")

    last = case_of(town, article).signatures[-1]
    assert last.person_id == town.people["director_b"].id
    assert last.on_behalf_of_id == town.people["director"].id
    assert last.on_behalf_of_name == town.people["director"].name


def test_a_does_not_act_while_recorded_absent(town: Town) -> None:
    article = submitted(town)
    town.away("director")

    with pytest.raises(NotPermitted) as refused:
        sign(town, article, "director")

    assert refused.value.rule == "recorded-absent"


def test_one_person_never_signs_two_rungs_in_whatever_post(town: Town) -> None:
    article = submitted(town)
    town.hold("deputy_head", "director")
    sign(town, article, "director")
    town.away("deputy")

    with pytest.raises(NotPermitted) as refused:
        sign(town, article, "director")

    assert refused.value.rule == "persons:different_people"
    assert "谁审核谁负责" in refused.value.basis


def test_a_returned_round_still_counts_against_a_second_rung(town: Town) -> None:
    town.hold("deputy_head", "director")
    article = sent_back(town, at_deputy(town), "deputy")
    submit(town, article)
    town.away("director")
    sign(town, article, "director_b")
    town.away("deputy")
    town.back("director")

    with pytest.raises(NotPermitted):
        sign(town, article, "director")


def test_the_checklist_is_answered_line_by_line(town: Town) -> None:
    article = submitted(town)
    revision = revision_of(town, article)

    with pytest.raises(ChecklistOpen) as refused:
        acts.sign(town.session, town.by("director"), article.id, revision, Approval({}))

    assert len(refused.value.fields) == 6


def test_a_no_on_the_checklist_cannot_be_approved(town: Town) -> None:
    article = submitted(town)
    answers = {**approved(town, article).checklist, "C2-03": "no"}
    revision = revision_of(town, article)

    with pytest.raises(ChecklistOpen, match="退回"):
        acts.sign(
            town.session, town.by("director"), article.id, revision, Approval(answers)
        )


def test_no_opinion_is_ever_filled_in(town: Town) -> None:
    article = published(town)

    assert {s.opinion for s in case_of(town, article).signatures} == {""}


def test_sending_back_needs_a_reason_or_a_finding(town: Town) -> None:
    with pytest.raises(OpinionRequired):
        sent_back(town, submitted(town), "director", reason="  ")


def test_what_was_sent_back_is_answered_before_it_comes_again(town: Town) -> None:
    finding = NewFinding(FindingKind.FACT, "会议日期请核对", "3月4日")
    article = sent_back(town, submitted(town), "director", raised=(finding,))
    assert article.state == "drafting"
    kept = case_of(town, article)
    with pytest.raises(FindingsOpen):
        submit(town, article)

    raised = town.session.scalars(select(Finding)).one()
    assert BODY[raised.start : raised.end] == "3月4日"
    replies = {raised.id: Reply(Answer.KEPT, "会议记录为3月4日")}
    revision = kept.revision.id
    acts.answer_findings(
        town.session, town.by("drafter"), article.id, revision, replies
    )

    assert submit(town, article).state == "office_review"


def test_a_quote_that_is_not_in_the_text_is_refused(town: Town) -> None:
    finding = NewFinding(FindingKind.TYPO, "错字", "没有这句话")

    with pytest.raises(InvalidInput, match="不在现在的正文里"):
        sent_back(town, submitted(town), "director", raised=(finding,))


def test_keeping_the_text_needs_a_reason(town: Town) -> None:
    finding = NewFinding(FindingKind.WORDING, "用词再斟酌")
    article = sent_back(town, submitted(town), "director", raised=(finding,))
    raised = town.session.scalars(select(Finding)).one()
    revision = revision_of(town, article)

    with pytest.raises(InvalidInput, match="理由"):
        acts.answer_findings(
            town.session,
            town.by("drafter"),
            article.id,
            revision,
            {raised.id: Reply(Answer.KEPT)},
        )


def test_a_return_voids_what_stood_from_there_on(town: Town) -> None:
    article = sent_back(town, at_deputy(town), "deputy", to="office_review")

    assert article.state == "office_review"
    assert [s.stage for s in case_of(town, article).standing] == ["self_check"]


def test_a_save_without_a_change_voids_nothing(town: Town) -> None:
    article = cleared(town)
    revision = revision_of(town, article)

    acts.revise(town.session, town.by("drafter"), article.id, revision, written())

    assert article.state == "cleared"
    assert revision_of(town, article) == revision


def test_a_changed_word_after_clearing_voids_every_signature(town: Town) -> None:
    article = cleared(town)
    revision = revision_of(town, article)

    changed = written(body=BODY.replace("春季", "春耕"))
    acts.revise(town.session, town.by("drafter"), article.id, revision, changed)

    assert article.state == "self_check"
    assert case_of(town, article).standing == ()
    with pytest.raises(WrongState):
        publish(town, article)


def test_raising_voids_only_what_depends_on_it(town: Town) -> None:
    article = at_deputy(town)
    revision = revision_of(town, article)

    acts.raise_importance(
        town.session, town.by("deputy"), article.id, revision, "涉及征地补偿"
    )

    case = case_of(town, article)
    assert article.importance == "major"
    assert [s.stage for s in case.standing] == ["self_check", "office_review"]
    assert case.plan.has("principal_decision")
    article = sign(town, article, "deputy")
    assert article.state == "principal_decision"


def test_only_a_level_above_lowers_what_was_raised(town: Town) -> None:
    article = submitted(town)
    revision = revision_of(town, article)
    acts.raise_importance(
        town.session, town.by("director"), article.id, revision, "涉及人事"
    )
    revision = revision_of(town, article)
    with pytest.raises(WrongState) as refused:
        acts.lower_importance(
            town.session, town.by("director"), article.id, revision, "看错了"
        )
    assert refused.value.rule == "only-a-level-above-lowers"

    sign(town, article, "director")
    acts.lower_importance(
        town.session, town.by("deputy"), article.id, revision, "属一般事项"
    )

    assert article.importance == "ordinary"
    assert sign(town, article, "deputy").state == "cleared"


def test_the_drafter_cannot_edit_a_major_matter_down(town: Town) -> None:
    article = sent_back(town, submitted(town), "director")
    revision = revision_of(town, article)
    major = written(attributes={"importance": "major"})
    acts.revise(town.session, town.by("drafter"), article.id, revision, major)
    revision = revision_of(town, article)

    with pytest.raises(WrongState, match="重大事项"):
        acts.revise(town.session, town.by("drafter"), article.id, revision, written())


def test_a_reviewers_correction_is_confirmed_from_below(town: Town) -> None:
    article = at_deputy(town)
    revision = revision_of(town, article)

    changed = written(body=BODY + "\n会议强调，要严格落实责任。")
    acts.revise(town.session, town.by("deputy"), article.id, revision, changed)

    assert article.state == "self_check"


def test_the_drafter_does_not_touch_it_while_it_is_reviewed(town: Town) -> None:
    article = submitted(town)
    revision = revision_of(town, article)

    with pytest.raises(NotPermitted) as refused:
        acts.revise(
            town.session,
            town.by("drafter"),
            article.id,
            revision,
            written(title="改个标题"),
        )

    assert refused.value.rule == "with-the-reviewer"


def test_the_drafter_takes_it_back_while_nobody_has_acted(town: Town) -> None:
    article = submitted(town)
    revision = revision_of(town, article)

    acts.recall(town.session, town.by("drafter"), article.id, revision)

    assert article.state == "drafting"


def test_after_someone_acted_it_cannot_be_taken_back(town: Town) -> None:
    article = at_deputy(town)
    revision = revision_of(town, article)

    with pytest.raises(WrongState):
        acts.recall(town.session, town.by("drafter"), article.id, revision)


def test_holding_keeps_it_where_it_is_until_resumed(town: Town) -> None:
    article = submitted(town)
    revision = revision_of(town, article)
    acts.hold(town.session, town.by("director"), article.id, revision, "待核实")
    assert article.held
    with pytest.raises(WrongState):
        sign(town, article, "director")

    acts.resume(town.session, town.by("director"), article.id, revision)

    assert sign(town, article, "director").state == "deputy_review"


def test_refusing_for_good_needs_a_reason_and_ends_it(town: Town) -> None:
    article = submitted(town)
    revision = revision_of(town, article)
    with pytest.raises(OpinionRequired):
        acts.reject(town.session, town.by("director"), article.id, revision, "")

    acts.reject(town.session, town.by("director"), article.id, revision, "内容重复")

    assert article.state == "rejected"
