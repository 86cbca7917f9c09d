from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.process_definitions import changed, jiangkou, small
from workflow.errors import WrongState
from workflow.process.machine import (
    CLEARED,
    DRAFTING,
    PUBLISHED,
    REJECTED,
    WITHDRAWN,
    Approve,
    Hold,
    Outcome,
    Position,
    Publish,
    Recall,
    Reject,
    Replan,
    Resume,
    SendBack,
    Submit,
    Withdraw,
    possible,
    step,
)
from workflow.process.plan import Plan, make_plan
from workflow.process.reading import read_definition

OUTCOMES: dict[str, Outcome] = {
    "submit": Submit(),
    "send_back": SendBack(DRAFTING),
    "hold": Hold(),
    "resume": Resume(),
    "reject": Reject(),
    "publish": Publish(),
    "withdraw": Withdraw(),
    "recall": Recall(),
    "replan": Replan("self_check"),
}
WAITING = "approve send_back hold reject withdraw replan"
PUT_ASIDE = "send_back resume reject withdraw replan"

MATRIX = {
    Position(DRAFTING): "submit withdraw",
    Position("self_check"): f"{WAITING} recall",
    Position("office_review"): f"{WAITING} recall",
    Position("deputy_review"): WAITING,
    Position("principal_decision"): WAITING,
    Position(CLEARED): "send_back hold reject publish withdraw replan",
    Position("self_check", held=True): PUT_ASIDE,
    Position("office_review", held=True): PUT_ASIDE,
    Position("deputy_review", held=True): PUT_ASIDE,
    Position("principal_decision", held=True): PUT_ASIDE,
    Position(CLEARED, held=True): PUT_ASIDE,
    Position(PUBLISHED): "withdraw",
    Position(WITHDRAWN): "",
    Position(REJECTED): "",
}


def major() -> Plan:
    return make_plan(jiangkou(), {"importance": "major"})


def approve_all(plan: Plan, position: Position) -> Approve:
    known = plan.has(position.state)
    acts = plan.stage(position.state).act_ids if known else frozenset({"self_check"})
    return Approve(acts)


def walk(plan: Plan, *outcomes: Outcome) -> Position:
    position = Position(DRAFTING)
    for outcome in outcomes:
        position = step(plan, position, outcome)
    return position


@pytest.mark.parametrize("name", ["approve", *OUTCOMES])
@pytest.mark.parametrize("position", MATRIX, ids=str)
def test_every_outcome_in_every_state(position: Position, name: str) -> None:
    plan = major()
    outcome = OUTCOMES.get(name) or approve_all(plan, position)
    if name in MATRIX[position].split():
        assert step(plan, position, outcome) != position or name == "replan"
        return
    with pytest.raises(WrongState) as refused:
        step(plan, position, outcome)
    assert refused.value.facts["possible"] == possible(plan, position)


@pytest.mark.parametrize("position", MATRIX, ids=str)
def test_what_is_possible_is_exactly_what_works(position: Position) -> None:
    assert sorted(possible(major(), position)) == sorted(MATRIX[position].split())


def test_the_matrix_knows_every_state() -> None:
    plan = major()
    states = {DRAFTING, *plan.ids, CLEARED, PUBLISHED, WITHDRAWN, REJECTED}
    assert {position.state for position in MATRIX} == states


def test_the_whole_climb() -> None:
    plan = major()
    position = walk(plan, Submit())
    seen = [position.state]
    while position.state != CLEARED:
        position = step(plan, position, approve_all(plan, position))
        seen.append(position.state)
    assert seen == [*plan.ids, CLEARED]
    assert step(plan, position, Publish()) == Position(PUBLISHED)


def test_an_ordinary_matter_skips_the_principal() -> None:
    plan = make_plan(jiangkou(), {})
    at_deputy = Position("deputy_review")
    assert step(plan, at_deputy, approve_all(plan, at_deputy)) == Position(CLEARED)


def test_acts_in_order_are_done_one_after_the_other() -> None:
    plan = make_plan(small(), {})
    position = Position("chief_review")
    with pytest.raises(WrongState, match="依次"):
        step(plan, position, Approve(frozenset({"chief_review.proofread"})))
    half = step(plan, position, Approve(frozenset({"chief_review.review"})))
    assert half == Position("chief_review", frozenset({"chief_review.review"}))
    whole = step(plan, half, Approve(frozenset({"chief_review.proofread"})))
    assert whole == Position(CLEARED)


def test_parallel_acts_are_done_in_any_order() -> None:
    name = 'name = "主任审核"'
    text = changed((name, f"{name}\nparallel = true"))
    plan = make_plan(read_definition(text), {})
    half = step(
        plan, Position("chief_review"), Approve(frozenset({"chief_review.proofread"}))
    )
    assert half.done == {"chief_review.proofread"}


def test_a_joint_stage_takes_one_signature_for_all() -> None:
    plan = make_plan(small(), {})
    with pytest.raises(WrongState, match="一并签字"):
        step(plan, Position("check"), Approve(frozenset({"check.review"})))


@pytest.mark.parametrize(
    "acts", [frozenset[str](), frozenset({"decision.decide"}), frozenset({"x"})]
)
def test_only_open_acts_of_the_present_stage_can_be_signed(
    acts: frozenset[str],
) -> None:
    with pytest.raises(WrongState):
        step(make_plan(small(), {}), Position("chief_review"), Approve(acts))


def test_an_act_is_not_signed_twice() -> None:
    done = frozenset({"chief_review.review"})
    with pytest.raises(WrongState):
        step(make_plan(small(), {}), Position("chief_review", done), Approve(done))


def test_a_stage_is_sent_back_only_where_the_rule_allows() -> None:
    name = 'name = "领导审定"'
    text = changed((name, f'{name}\nreturns_to = ["check"]'))
    plan = make_plan(read_definition(text), {"special": True})
    decision = Position("decision")
    assert step(plan, decision, SendBack("check")) == Position("check")
    with pytest.raises(WrongState) as refused:
        step(plan, decision, SendBack("chief_review"))
    assert refused.value.facts["targets"] == ("check",)
    assert "自查" in refused.value.message


@pytest.mark.parametrize("to", ["office_review", "deputy_review", CLEARED, "nowhere"])
def test_sending_back_goes_down_only(to: str) -> None:
    with pytest.raises(WrongState):
        step(major(), Position("office_review"), SendBack(to))


def test_hold_and_resume_lose_nothing() -> None:
    plan = make_plan(small(), {"special": True})
    position = Position(
        "chief_review",
        frozenset({"chief_review.review"}),
        ahead=frozenset({"decision.decide"}),
    )
    held = step(plan, position, Hold())
    assert held.held
    assert step(plan, held, Resume()) == position


def test_recall_ends_when_someone_else_has_begun() -> None:
    plan = make_plan(small(), {})
    assert step(plan, Position("chief_review"), Recall()) == Position(DRAFTING)
    begun = Position("chief_review", frozenset({"chief_review.review"}))
    with pytest.raises(WrongState):
        step(plan, begun, Recall())


def test_recall_ends_when_a_higher_signature_still_stands() -> None:
    plan = make_plan(small(), {"special": True})
    below = Position("check", ahead=frozenset({"decision.decide"}))
    assert "recall" not in possible(plan, below)


def test_a_stage_signed_ahead_is_passed() -> None:
    plan = make_plan(small(), {"special": True})
    below = Position("check", ahead=plan.stage("chief_review").act_ids)
    after = step(plan, below, Approve(plan.stage("check").act_ids))
    assert after == Position("decision")


def test_a_stage_half_signed_ahead_is_met_half_done() -> None:
    plan = make_plan(small(), {})
    below = Position("check", ahead=frozenset({"chief_review.review"}))
    after = step(plan, below, Approve(plan.stage("check").act_ids))
    assert after == Position("chief_review", frozenset({"chief_review.review"}))


def test_an_article_whose_stage_was_planned_away_can_be_replanned() -> None:
    plan = make_plan(jiangkou(), {})
    stray = Position("principal_decision", held=True)
    assert possible(plan, stray) == ("replan",)
    assert step(plan, stray, Replan(CLEARED)) == Position(CLEARED, held=True)


@pytest.mark.parametrize("to", [DRAFTING, PUBLISHED, "principal_decision", "x"])
def test_replanning_opens_no_back_door(to: str) -> None:
    with pytest.raises(WrongState):
        step(make_plan(jiangkou(), {}), Position("office_review"), Replan(to))


def test_the_refusal_says_where_it_is_and_what_can_be_done() -> None:
    with pytest.raises(WrongState) as refused:
        step(major(), Position("office_review"), Publish())
    assert refused.value.message == (
        "稿件现在处于“党政办审核校对”，不能“发布”；"
        "现在可以：同意、退回、暂存待用、不予采用、撤稿、收回。"
    )


def test_transitions_is_imported_by_the_two_machines_only() -> None:
    root = Path(__file__).parents[2]
    users = [
        path.relative_to(root).as_posix()
        for folder in ("config", "models", "web", "workflow")
        for path in (root / folder).rglob("*.py")
        if "from transitions" in path.read_text(encoding="utf-8")
        or "import transitions" in path.read_text(encoding="utf-8")
    ]
    machines = [f"workflow/{room}/machine.py" for room in ("process", "requests")]
    assert sorted(users) == machines


def test_the_engine_knows_no_database_no_web_and_no_other_subject() -> None:
    code = (
        "import sys, workflow.process.soundness, workflow.process.drawing,"
        " workflow.process.staffing, workflow.process.reading\n"
        "print([m for m in sys.modules if m.split('.')[0] in"
        " ('sqlalchemy', 'flask', 'models', 'web', 'config')])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "[]"
