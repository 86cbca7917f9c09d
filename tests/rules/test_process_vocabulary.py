"""Shapes that real regulations have, said in the language and played through.

The texts are sample data in the manner of those regulations.
"""

from __future__ import annotations

import pytest

from workflow.errors import WrongState
from workflow.process.binding import Event
from workflow.process.conditions import Value
from workflow.process.definition import Definition
from workflow.process.machine import (
    CLEARED,
    Approve,
    Position,
    Publish,
    Return,
    Signature,
    Submit,
    barred,
    missing,
    place,
    standing,
    step,
)
from workflow.process.plan import make_plan
from workflow.process.reading import read_definition
from workflow.process.soundness import check

HEAD = """\
[process]
id = "sample"
number = 1
title = "示例制度"
issuer = "示例单位"

[posts]
principal = "单位主要领导"
proofreader = "校对人员"
secrecy = "保密员"
legal = "法制审核人员"
secrecy_head = "保密和宣传负责人"
publicity_head = "宣传负责人"
secrecy_deputy = "保密和宣传分管领导"
office = "办公室"

[attributes.importance]
label = "重要程度"
values = { ordinary = "一般", major = "重要信息" }

[attributes.doubts]
label = "存疑"
type = "set"
values = { secrecy = "保密", law = "法律" }

[publish]
actor = { post = "office" }
"""

THREE_REVIEWS_THEN_PROOFS = (
    HEAD
    + """
[[stages]]
id = "review1"
name = "初审"
actor = { relation = "drafter" }
acts = [{ kind = "review" }]

[[stages]]
id = "review2"
name = "复审"
actor = { relation = "section_head" }
acts = [{ kind = "review" }]
independent_of = ["attributes.doubts"]

[[stages]]
id = "special"
name = "专项审核"
parallel = true
when = '"secrecy" in doubts or "law" in doubts'

[[stages.acts]]
id = "special.secrecy"
kind = "special_review"
when = '"secrecy" in doubts'
actor = { post = "secrecy" }

[[stages.acts]]
id = "special.law"
kind = "special_review"
when = '"law" in doubts'
actor = { post = "legal" }

[[stages]]
id = "review3"
name = "终审"
actor = { any_of = ["section_deputy", "principal"] }
acts = [{ kind = "review" }, { kind = "sign_off" }]
joint = true

[[stages]]
id = "proofs"
name = "校对"
actor = { post = "proofreader" }
acts = [
  { id = "proof1", kind = "proofread", actor = { relation = "drafter" } },
  { id = "proof2", kind = "proofread", actor = { relation = "section_head" } },
  { id = "proof3", kind = "proofread" },
  { id = "proof4", kind = "proofread", when = 'importance == "major"' },
]

[[exclusive]]
id = "reviews"
basis = "任意两个环节的审核不能同时由一人担任"
stages = ["review1", "review2", "review3"]
"""
)

FOURTH_HAND_FIXES_THE_VERSION = (
    HEAD
    + """
[[stages]]
id = "level1"
name = "一审一校"
joint = true
actor = { relation = "section_head" }
acts = [{ kind = "review" }, { kind = "proofread" }]

[[stages]]
id = "level2"
name = "二审二校"
joint = true
actor = { relation = "section_deputy" }
acts = [{ kind = "review" }, { kind = "proofread" }]

[[stages]]
id = "level3"
name = "三审三校"
parallel = true
acts = [
  { kind = "review", actor = { post = "secrecy_head" } },
  { kind = "proofread", actor = { any_of = ["publicity_head", "section_deputy"] } },
]

[[stages]]
id = "final"
name = "审校定版"
actor = { post = "secrecy_deputy" }
acts = [{ kind = "finalise" }]

[[stages]]
id = "decision"
name = "请示审定"
when = 'importance == "major"'
actor = { post = "principal" }
acts = [{ kind = "decide" }]
"""
)
CHEN, LI, WANG, MA = 1, 2, 3, 4


class Desk:
    """One article on its way, kept as a test would tell it."""

    def __init__(self, text: str, **facts: Value) -> None:
        self.definition: Definition = read_definition(text)
        self.plan = make_plan(self.definition, facts)
        self.parts = dict.fromkeys(self.definition.parts, "v1")
        self.history: list[Event] = []
        self.position = step(self.plan, Position("drafting"), Submit())

    def sign(self, person: int, *acts: str) -> None:
        stage = self.position.state
        chosen = frozenset(acts) or self.plan.stage(stage).act_ids
        assert barred(self.plan, self.stood, person, stage, chosen) is None
        self.position = step(self.plan, self.position, Approve(chosen))
        seq = len(self.history)
        self.history.append(Signature(seq, stage, chosen, person, dict(self.parts)))

    @property
    def stood(self) -> tuple[Signature, ...]:
        return standing(self.plan, self.history, self.parts)


@pytest.mark.parametrize(
    "text", [THREE_REVIEWS_THEN_PROOFS, FOURTH_HAND_FIXES_THE_VERSION]
)
def test_the_shape_is_sound(text: str) -> None:
    assert check(read_definition(text)).faults == ()


def test_the_drafter_may_be_the_first_reviewer() -> None:
    desk = Desk(THREE_REVIEWS_THEN_PROOFS)
    for person in (CHEN, LI, WANG):
        desk.sign(person)
    desk.sign(CHEN, "proof1")
    desk.sign(LI, "proof2")
    desk.sign(MA, "proof3")
    assert desk.position == Position(CLEARED)
    assert missing(desk.plan, desk.stood) == ()


def test_no_two_reviews_by_one_person_in_whatever_post() -> None:
    desk = Desk(THREE_REVIEWS_THEN_PROOFS)
    desk.sign(LI)
    constraint = barred(desk.plan, desk.stood, LI, "review2")
    assert constraint is not None
    assert "不能同时由一人担任" in constraint.basis


def test_the_final_review_waits_for_every_special_review() -> None:
    desk = Desk(THREE_REVIEWS_THEN_PROOFS, doubts=frozenset({"secrecy", "law"}))
    desk.sign(CHEN)
    desk.sign(LI)
    desk.sign(MA, "special.law")
    assert desk.position == Position("special", frozenset({"special.law"}))
    with pytest.raises(WrongState):
        step(desk.plan, desk.position, Publish())


def test_only_the_doubted_subject_is_reviewed() -> None:
    desk = Desk(THREE_REVIEWS_THEN_PROOFS, doubts=frozenset({"law"}))
    assert desk.plan.stage("special").act_ids == {"special.law"}
    assert desk.plan.stage("special").why == "因存疑含法律"


def test_a_doubt_raised_in_mid_flow_adds_a_stage_and_keeps_the_review() -> None:
    desk = Desk(THREE_REVIEWS_THEN_PROOFS)
    desk.sign(CHEN)
    desk.sign(LI)
    plan = make_plan(desk.definition, {"doubts": frozenset({"secrecy"})})
    parts = {**desk.parts, "attributes.doubts": "v2"}
    stood = standing(plan, desk.history, parts)
    assert [item.stage for item in stood] == ["review2"]
    assert place(plan, stood) == Position("review1", ahead=stood[0].acts)


def test_an_important_item_needs_one_more_pass() -> None:
    desk = Desk(THREE_REVIEWS_THEN_PROOFS, importance="major")
    for person in (CHEN, LI, WANG):
        desk.sign(person)
    for person, act in ((CHEN, "proof1"), (LI, "proof2"), (MA, "proof3")):
        desk.sign(person, act)
    assert [item.act for item in missing(desk.plan, desk.stood)] == ["proof4"]


def test_the_version_cannot_be_fixed_while_a_proofread_is_open() -> None:
    desk = Desk(FOURTH_HAND_FIXES_THE_VERSION)
    desk.sign(LI)
    desk.sign(WANG)
    desk.sign(MA, "level3.review")
    assert desk.position.state == "level3"
    desk.sign(WANG, "level3.proofread")
    assert desk.position.state == "final"


def test_a_comma_after_the_version_was_fixed_reopens_it() -> None:
    desk = Desk(FOURTH_HAND_FIXES_THE_VERSION)
    desk.sign(LI)
    desk.sign(WANG)
    desk.sign(MA, "level3.review")
    desk.sign(WANG, "level3.proofread")
    desk.sign(CHEN)
    assert missing(desk.plan, desk.stood) == ()
    desk.parts["body"] = "多一个逗号"
    assert "final.finalise" in {item.act for item in missing(desk.plan, desk.stood)}


def test_a_return_to_the_first_level_asks_everyone_again() -> None:
    desk = Desk(FOURTH_HAND_FIXES_THE_VERSION)
    desk.sign(LI)
    desk.sign(WANG)
    desk.history.append(Return(9, "level1"))
    assert desk.stood == ()
