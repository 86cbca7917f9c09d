from __future__ import annotations

import pytest

from tests.process_definitions import changed, jiangkou, small
from workflow.process.binding import Event
from workflow.process.machine import (
    CLEARED,
    DRAFTING,
    Position,
    Return,
    Signature,
    barred,
    conflicts,
    missing,
    place,
    standing,
)
from workflow.process.plan import Plan, make_plan
from workflow.process.reading import read_definition

TEXT = dict.fromkeys(jiangkou().parts, "v1")
DRAFTER, DIRECTOR, DEPUTY, PRINCIPAL, STRANGER = 1, 2, 3, 4, 5
RUNGS = {
    "self_check": DRAFTER,
    "office_review": DIRECTOR,
    "deputy_review": DEPUTY,
    "principal_decision": PRINCIPAL,
}


def ordinary() -> Plan:
    return make_plan(jiangkou(), {})


def major() -> Plan:
    return make_plan(jiangkou(), {"importance": "major"})


def signed(
    plan: Plan, stage: str, seq: int, person: int, text: dict[str, str]
) -> Signature:
    return Signature(seq, stage, plan.stage(stage).act_ids, person, text)


def all_signed(plan: Plan, text: dict[str, str] = TEXT) -> list[Signature]:
    return [
        signed(plan, stage, seq, RUNGS[stage], text)
        for seq, stage in enumerate(plan.ids, start=1)
    ]


def stages(signatures: tuple[Signature, ...]) -> list[str]:
    return [item.stage for item in signatures]


def test_all_signed_is_publishable() -> None:
    stood = standing(ordinary(), all_signed(ordinary()), TEXT)
    assert missing(ordinary(), stood) == ()
    assert place(ordinary(), stood) == Position(CLEARED)


def test_nothing_signed_owes_everything_with_its_reason_and_rule() -> None:
    owed = missing(major(), ())
    assert {item.stage for item in owed} == set(major().ids)
    last = owed[-1]
    assert (last.stage, last.act) == ("principal_decision", "principal_decision.decide")
    assert last.why == "因重要程度为重大事项"
    assert last.basis.endswith("需经单位主要负责人审定。")


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("title", []),
        ("body", []),
        ("attachments", []),
        ("section", []),
        ("channels", []),
        ("attributes.disclosure", []),
        ("attributes.personal_data", []),
        ("attributes.importance", ["self_check", "office_review"]),
        ("attributes.special", ["self_check", "office_review"]),
        ("attributes.urgency", ["self_check", "office_review", "deputy_review"]),
    ],
)
def test_a_change_voids_exactly_what_depends_on_it(part: str, left: list[str]) -> None:
    plan = ordinary()
    assert stages(standing(plan, all_signed(plan), {**TEXT, part: "v2"})) == left


def test_a_save_without_a_change_voids_nothing() -> None:
    plan = ordinary()
    assert len(standing(plan, all_signed(plan), dict(TEXT))) == 3


def test_the_same_content_again_counts_again() -> None:
    plan = ordinary()
    history = all_signed(plan)
    assert standing(plan, history, {**TEXT, "body": "v2"}) == ()
    assert len(standing(plan, history, TEXT)) == 3


def test_a_part_that_is_not_known_now_counts_as_changed() -> None:
    plan = ordinary()
    bare = {part: "v1" for part in TEXT if part != "attachments"}
    assert standing(plan, all_signed(plan), bare) == ()
    assert standing(plan, all_signed(plan, bare), bare) == ()


@pytest.mark.parametrize(
    ("to", "left"),
    [
        (DRAFTING, []),
        ("self_check", []),
        ("office_review", ["self_check"]),
        ("deputy_review", ["self_check", "office_review"]),
    ],
)
def test_a_return_voids_what_stood_at_or_above_its_target(
    to: str, left: list[str]
) -> None:
    plan = ordinary()
    history: list[Event] = [*all_signed(plan), Return(9, to)]
    stood = standing(plan, history, TEXT)
    assert stages(stood) == left
    assert place(plan, stood).state == (to if to != DRAFTING else "self_check")


def test_what_is_signed_after_the_return_counts() -> None:
    plan = ordinary()
    again = signed(plan, "deputy_review", 10, DEPUTY, TEXT)
    history: list[Event] = [again, Return(9, "deputy_review"), *all_signed(plan)]
    stood = standing(plan, history, TEXT)
    assert [item.seq for item in stood] == [1, 2, 10]


def test_a_return_to_a_stage_outside_the_plan_still_voids_above_it() -> None:
    plan = major()
    history: list[Event] = [*all_signed(plan), Return(9, "principal_decision")]
    assert stages(standing(plan, history, TEXT)) == list(plan.ids[:-1])
    assert len(standing(ordinary(), history, TEXT)) == 3


def test_raising_asks_the_deputy_and_the_principal_only() -> None:
    raised = {**TEXT, "attributes.importance": "v2"}
    stood = standing(major(), all_signed(ordinary()), raised)
    assert place(major(), stood) == Position("deputy_review")
    assert {item.stage for item in missing(major(), stood)} == {
        "deputy_review",
        "principal_decision",
    }


def test_lowering_after_the_principal_was_counted_on_asks_the_deputy_again() -> None:
    history = all_signed(major(), {**TEXT, "attributes.importance": "v2"})
    assert place(ordinary(), standing(ordinary(), history, TEXT)).state == (
        "deputy_review"
    )


def test_a_joint_stage_is_not_pieced_together() -> None:
    plan = ordinary()
    first, *rest = all_signed(plan)
    halves = [
        Signature(seq, first.stage, frozenset({act}), DRAFTER, TEXT)
        for seq, act in enumerate(sorted(first.acts), start=1)
    ]
    assert place(plan, standing(plan, [*halves, *rest], TEXT)).state == "self_check"


def test_a_higher_signature_that_still_stands_is_kept_ahead() -> None:
    plan = make_plan(small(), {"special": True})
    decided = signed(plan, "decision", 1, PRINCIPAL, TEXT)
    assert place(plan, (decided,)) == Position("check", ahead=decided.acts)


def test_one_person_on_two_exclusive_rungs_does_not_count_twice() -> None:
    plan = ordinary()
    first, second, third = all_signed(plan)
    third = signed(plan, "deputy_review", 3, DIRECTOR, TEXT)
    stood = standing(plan, [first, second, third], TEXT)
    assert [item.signature for item in conflicts(plan, stood)] == [third]
    owed = missing(plan, stood)
    assert {item.stage for item in owed} == {"deputy_review"}
    assert "同一人" in owed[0].why
    assert owed[0].basis.startswith("按照“谁起草谁负责”")
    assert place(plan, stood).state == "deputy_review"


@pytest.mark.parametrize(
    ("person", "stage", "is_barred"),
    [
        (DRAFTER, "office_review", True),
        (DIRECTOR, "office_review", False),
        (DRAFTER, "deputy_review", True),
        (DIRECTOR, "deputy_review", True),
        (DEPUTY, "deputy_review", False),
        (DRAFTER, "self_check", False),
        (STRANGER, "principal_decision", False),
    ],
)
def test_who_is_barred(person: int, stage: str, is_barred: bool) -> None:
    stood = all_signed(major())[:2]
    constraint = barred(major(), stood, person, stage)
    assert (constraint is not None) is is_barred
    assert constraint is None or constraint.id == "different_people"


SEATS = changed(
    (
        'actor = { post = "chief" }\n'
        'acts = [{ kind = "review" }, { kind = "proofread" }]',
        'actor = { any_of = ["chief", "deputy"], count = 2 }\n'
        'acts = [{ kind = "review" }]\nparallel = true',
    )
)


def test_each_seat_of_a_panel_takes_another_person() -> None:
    plan = make_plan(read_definition(SEATS), {})
    one, two = sorted(plan.stage("chief_review").act_ids)
    seated = Signature(1, "chief_review", frozenset({one}), 7, TEXT)
    assert barred(plan, [seated], 7, "chief_review") is not None
    assert barred(plan, [seated], 8, "chief_review") is None
    both = [seated, Signature(2, "chief_review", frozenset({two}), 7, TEXT)]
    assert {item.act for item in missing(plan, both)} >= {two}


def test_one_signature_cannot_fill_two_seats() -> None:
    plan = make_plan(read_definition(SEATS), {})
    acts = plan.stage("chief_review").act_ids
    assert barred(plan, [], 7, "chief_review", acts) is not None


TOGETHER = changed(
    (
        'id = "apart"\nbasis = "各级不得为同一人。"\n'
        'stages = ["check", "chief_review", "decision"]',
        'id = "apart"\nstages = ["check", "chief_review"]\n\n'
        '[[same_person]]\nid = "together"\nbasis = "审核与校对同一人。"\n'
        'acts = ["chief_review.review", "chief_review.proofread"]',
    )
)


def test_a_same_person_set_bars_everybody_else() -> None:
    plan = make_plan(read_definition(TOGETHER), {})
    begun = Signature(1, "chief_review", frozenset({"chief_review.review"}), 7, TEXT)
    assert barred(plan, [begun], 7, "chief_review") is None
    constraint = barred(plan, [begun], 8, "chief_review")
    assert constraint is not None
    assert constraint.basis == "审核与校对同一人。"


def test_a_same_person_set_broken_is_owed_again() -> None:
    plan = make_plan(read_definition(TOGETHER), {})
    acts = ["chief_review.review", "chief_review.proofread"]
    by_two = [
        Signature(seq, "chief_review", frozenset({act}), person, TEXT)
        for seq, (act, person) in enumerate(zip(acts, (7, 8), strict=True))
    ]
    owed = {item.act: item for item in missing(plan, by_two)}
    assert "不是同一人" in owed["chief_review.proofread"].why
    assert "chief_review.review" not in owed


def test_an_earlier_signature_does_not_stand_in_for_a_later_one_that_fails() -> None:
    plan = make_plan(read_definition(TOGETHER), {})
    acts = plan.stage("chief_review").act_ids
    again = frozenset({"chief_review.proofread"})
    history = [
        Signature(1, "chief_review", acts, 7, TEXT),
        Signature(2, "chief_review", again, 8, TEXT),
    ]
    assert "chief_review.proofread" in {item.act for item in missing(plan, history)}
