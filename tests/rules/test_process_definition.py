from __future__ import annotations

import pytest

from tests.broken_definitions import BROKEN, CHIEF_ACTOR, CHIEF_ACTS, DECIDE
from tests.process_definitions import (
    SMALL,
    changed,
    faults_of,
    jiangkou,
    jiangkou_text,
    line_of,
    small,
)
from workflow.errors import DefinitionRefused
from workflow.process.definition import (
    ActKind,
    ActorKind,
    DefinitionFaults,
    LimitUnit,
    Silence,
)
from workflow.process.reading import LONGEST, read_definition


def test_jiangkou_is_read_with_its_four_rungs() -> None:
    definition = jiangkou()
    assert [stage.id for stage in definition.stages] == [
        "self_check",
        "office_review",
        "deputy_review",
        "principal_decision",
    ]
    assert definition.stage("deputy_review").acts[0].actor.relation == "section_deputy"
    assert definition.publish.kind is ActKind.PUBLISH


def test_each_jiangkou_rung_quotes_its_rule_and_owns_up_to_its_limits() -> None:
    definition = jiangkou()
    assert all(stage.basis for stage in definition.stages)
    assert all(stage.limit is None or stage.limit.note for stage in definition.stages)


def test_each_jiangkou_checklist_has_four_to_six_lines() -> None:
    assert all(4 <= len(stage.checklist) <= 6 for stage in jiangkou().stages)


def test_raising_the_importance_leaves_the_first_two_rungs_alone() -> None:
    binds = {
        stage.id: "attributes.importance" in stage.depends_on
        for stage in jiangkou().stages
    }
    assert binds == {
        "self_check": False,
        "office_review": False,
        "deputy_review": True,
        "principal_decision": True,
    }


def test_the_digest_is_of_the_text() -> None:
    assert small().digest == small().digest
    assert small().digest != read_definition(SMALL + "# 改\n").digest


def test_what_is_not_written_has_its_default() -> None:
    stage = small().stage("decision")
    assert stage.depends_on == frozenset(small().parts) - {"attributes.importance"}
    last = small().stage("chief_review")
    assert last.depends_on == frozenset(small().parts)
    assert stage.returns_to == ("drafting", "check", "chief_review")
    assert (stage.joint, stage.parallel, stage.limit) == (False, False, None)


def test_a_limit_keeps_its_unit_and_escalates_by_default() -> None:
    limit = small().stage("chief_review").limit
    assert limit is not None
    assert (limit.amount, limit.unit) == (2, LimitUnit.WORKING_DAYS)
    assert limit.silence is Silence.ESCALATE


def test_all_of_gives_each_post_its_own_seat() -> None:
    text = changed((CHIEF_ACTOR, 'actor = { all_of = ["chief", "deputy"] }'))
    acts = read_definition(text).stage("chief_review").acts
    assert [(act.id, act.actor.posts) for act in acts[:2]] == [
        ("chief_review.review.1", ("chief",)),
        ("chief_review.review.2", ("deputy",)),
    ]


def test_a_count_gives_seats_that_different_people_must_fill() -> None:
    actor = 'actor = { any_of = ["chief", "deputy"], count = 2 }'
    definition = read_definition(changed((CHIEF_ACTOR, actor)))
    assert [act.actor.quorum for act in definition.stage("chief_review").acts] == [
        2
    ] * 4
    assert ("chief_review.review.1", "chief_review.review.2") in [
        apart.acts for apart in definition.exclusive
    ]


def test_either_a_post_or_a_relation_may_be_asked_for() -> None:
    text = changed((CHIEF_ACTOR, 'actor = { any_of = ["section_deputy", "chief"] }'))
    definition = read_definition(text)
    actor = definition.stage("chief_review").acts[0].actor
    assert actor.kind is ActorKind.EITHER
    assert definition.actor_name(actor) == "分管负责人或主任"


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_definition_is_refused_for_its_own_reason(name: str) -> None:
    swap, code, marker = BROKEN[name]
    text = changed(swap)
    found = [fault for fault in faults_of(text) if fault.code == code]
    assert found, [fault.code for fault in faults_of(text)]
    if marker is not None:
        assert found[0].line == line_of(text, marker)


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = changed(("number = 1", "number = 0"), (CHIEF_ACTS, "acts = []"))
    lines = [fault.line for fault in faults_of(text)]
    assert len(lines) >= 2
    assert lines == sorted(lines)


def test_the_refusal_says_the_line_in_chinese() -> None:
    with pytest.raises(DefinitionRefused) as refused:
        read_definition(changed(("number = 1", "number = 0")))
    assert "第3行" in refused.value.message
    assert refused.value.fields["definition"]


def test_a_line_inside_an_array_of_tables_is_found() -> None:
    text = jiangkou_text().replace('id = "C2-03"', 'id = "C2-02"')
    (fault,) = faults_of(text)
    second = text.splitlines()[fault.line - 1]
    assert fault.code == "duplicate-id"
    assert "C2-02" in second
    assert "标题、层次" in second


def test_lines_after_a_text_of_several_lines_are_still_right() -> None:
    long = 'basis = """\n[[stages]]\nid = 1\n"""'
    text = changed(('basis = "主任审核后再校对。"', long), (DECIDE, "acts = []"))
    (fault,) = faults_of(text)
    assert fault.line == line_of(text, "acts = []")


def test_a_set_may_have_members_from_the_start() -> None:
    flag = 'type = "flag"'
    text = changed(
        (flag, 'type = "set"\nvalues = { a = "甲", b = "乙" }\ndefault = ["a"]'),
        ("or special'", 'or "b" in special\''),
    )
    assert read_definition(text).attributes["special"].default == frozenset({"a"})


def test_a_stage_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(KeyError):
        small().stage("nowhere")


@pytest.mark.parametrize(
    "text", ["", "x" * (LONGEST + 1), "a = " + "[" * 5000, "\0", "[[stages]]\n"]
)
def test_nonsense_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(DefinitionFaults):
        read_definition(text)
