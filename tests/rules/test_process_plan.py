from __future__ import annotations

import pytest

from tests.process_definitions import changed, jiangkou, small
from workflow.errors import InvalidInput
from workflow.process.conditions import Value
from workflow.process.definition import LimitUnit
from workflow.process.plan import (
    limit_of,
    make_plan,
    may_lower,
    publishing_limit,
    state_name,
    targets,
)
from workflow.process.reading import read_definition


@pytest.mark.parametrize(
    ("facts", "climbs_to_the_principal"),
    [
        ({}, False),
        ({"importance": "major"}, True),
        ({"special": True}, True),
        ({"importance": "major", "special": True}, True),
        ({"urgency": "urgent"}, False),
    ],
)
def test_only_major_or_special_matters_go_to_the_principal(
    facts: dict[str, Value], climbs_to_the_principal: bool
) -> None:
    plan = make_plan(jiangkou(), facts)
    assert plan.has("principal_decision") is climbs_to_the_principal


def test_each_stage_says_why_it_is_there() -> None:
    plan = make_plan(jiangkou(), {"special": True})
    assert [item.why for item in plan.stages] == [
        "每件必经",
        "每件必经",
        "每件必经",
        "因特殊情况",
    ]


def test_a_fact_not_given_has_its_default() -> None:
    assert make_plan(small(), {}).facts["importance"] == "ordinary"


@pytest.mark.parametrize(
    "facts",
    [
        {"colour": "red"},
        {"importance": "grave"},
        {"importance": True},
        {"special": "yes"},
        {"channels": frozenset({"radio"})},
        {"channels": "website"},
        {"section": frozenset({"land"})},
    ],
)
def test_an_unknown_fact_or_value_is_refused(facts: dict[str, Value]) -> None:
    with pytest.raises(InvalidInput) as refused:
        make_plan(small(), facts)
    assert list(refused.value.fields) == list(facts)


def test_neighbours_are_found_in_the_plan() -> None:
    plan = make_plan(jiangkou(), {})
    assert plan.first.stage.id == "self_check"
    assert plan.index("deputy_review") == 2
    assert [item.stage.id for item in plan.after("office_review")] == ["deputy_review"]
    assert [item.stage.id for item in plan.before("office_review")] == ["self_check"]
    with pytest.raises(KeyError):
        plan.stage("principal_decision")
    with pytest.raises(ValueError, match="not in tuple"):
        plan.index("principal_decision")


def test_an_act_with_a_condition_is_planned_only_when_it_holds() -> None:
    acts = 'acts = [{ kind = "decide" }]'
    extra = 'acts = [{ kind = "decide" }, { kind = "read_aloud", when = "special" }]'
    definition = read_definition(changed((acts, extra)))
    major = make_plan(definition, {"importance": "major"}).stage("decision")
    special = make_plan(definition, {"special": True}).stage("decision")
    assert major.act_ids == {"decision.decide"}
    assert special.act_ids == {"decision.decide", "decision.read_aloud"}


@pytest.mark.parametrize(
    ("urgency", "office", "publishing"),
    [
        ("ordinary", (1, LimitUnit.WORKING_DAYS), (1, LimitUnit.WORKING_DAYS)),
        ("urgent", (4, LimitUnit.HOURS), (2, LimitUnit.HOURS)),
    ],
)
def test_urgency_shortens_the_clock_and_drops_no_stage(
    urgency: str,
    office: tuple[int, LimitUnit],
    publishing: tuple[int, LimitUnit],
) -> None:
    plan = make_plan(jiangkou(), {"urgency": urgency})
    assert limit_of(plan, "office_review") == office
    assert publishing_limit(plan) == publishing
    assert len(plan.stages) == 3


def test_without_a_limit_there_is_none() -> None:
    plan = make_plan(small(), {})
    assert limit_of(plan, "check") is None
    assert limit_of(plan, "chief_review") == (2, LimitUnit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("raised_at", "stage", "may"),
    [
        ("drafting", "self_check", True),
        ("self_check", "self_check", False),
        ("office_review", "self_check", False),
        ("office_review", "office_review", False),
        ("office_review", "deputy_review", True),
        ("deputy_review", "principal_decision", True),
        ("principal_decision", "principal_decision", True),
        ("principal_decision", "deputy_review", False),
    ],
)
def test_only_the_level_above_may_lower(raised_at: str, stage: str, may: bool) -> None:
    assert may_lower(jiangkou(), raised_at, stage) is may


@pytest.mark.parametrize(
    ("state", "back_to"),
    [
        ("drafting", ()),
        ("check", ("drafting",)),
        ("chief_review", ("drafting", "check")),
        ("decision", ()),
        ("cleared", ("drafting", "check", "chief_review")),
        ("published", ()),
    ],
)
def test_where_it_may_be_sent_back_to(state: str, back_to: tuple[str, ...]) -> None:
    assert targets(make_plan(small(), {}), state) == back_to


def test_states_have_chinese_names() -> None:
    assert state_name(small(), "decision") == "领导审定"
    assert state_name(small(), "cleared") == "待发布"
