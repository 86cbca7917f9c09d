from __future__ import annotations

from dataclasses import replace

import pytest

from tests.process_definitions import SMALL, changed, jiangkou, line_of, small
from workflow.process.cases import cases_of
from workflow.process.definition import Definition
from workflow.process.machine import Signature, missing, standing
from workflow.process.plan import make_plan
from workflow.process.reading import read_definition
from workflow.process.soundness import Proof, check
from workflow.process.walk import Walk

CHECK_PARTS = 'independent_of = ["attributes.importance"]'
CHIEF = 'name = "主任审核"'
DECISION = 'name = "领导审定"'
CHIEF_ACTS = 'acts = [{ kind = "review" }, { kind = "proofread" }]'
WHEN = "when = 'importance == \"major\" or special'"
APART = 'stages = ["check", "chief_review", "decision"]'
FREE = 'independent_of = ["{}"]'
ONE = '[[same_person]]\nid = "one"\n'
PACE = """\
[urgency]
attribute = "pace"
urgent = "now"

[attributes.pace]
label = "缓急"
values = { calm = "平件", now = "急件" }
"""
NO_CHIEF = (CHIEF, f"{CHIEF}\nwhen = 'special'")

EVERYBODY_LOOKS_AWAY = [
    (
        (CHECK_PARTS, f'independent_of = ["{part}", "attributes.importance"]'),
        (CHIEF, f'{CHIEF}\nindependent_of = ["{part}"]'),
    )
    for part in ("title", "body", "attachments", "section", "channels")
]

UNSOUND: list[tuple[tuple[tuple[str, str], ...], str, str | None]] = [
    *(
        (swaps, "unsigned-part", 'id = "chief_review"')
        for swaps in EVERYBODY_LOOKS_AWAY
    ),
    (((CHIEF, f'{CHIEF}\nindependent_of = ["body"]'),), "unsigned-part", None),
    (
        ((CHIEF, f'{CHIEF}\nindependent_of = ["attributes.importance"]'),),
        "unsigned-attribute",
        None,
    ),
    (
        (
            (CHECK_PARTS, 'independent_of = ["attributes.special"]'),
            (CHIEF, f'{CHIEF}\nindependent_of = ["attributes.special"]'),
        ),
        "unsigned-attribute",
        None,
    ),
    (((WHEN, "when = 'special and not special'"),), "never-true", None),
    (
        ((WHEN, 'when = \'importance == "major" and importance == "ordinary"\''),),
        "never-true",
        None,
    ),
    (
        ((WHEN, 'when = \'"wechat" in channels and "wechat" not in channels\''),),
        "never-true",
        None,
    ),
    (
        (
            (
                'acts = [{ kind = "decide" }]',
                'acts = [{ kind = "decide", when = "not special" }]',
            ),
            (WHEN, "when = 'special'"),
        ),
        "idle-stage",
        None,
    ),
    (
        (
            NO_CHIEF,
            ('name = "自查"', "name = \"自查\"\nwhen = 'special'"),
        ),
        "empty-plan",
        None,
    ),
    (
        (
            ('{ kind = "proofread" }, { kind = "review" }', '{ kind = "proofread" }'),
            ('{ kind = "review" }, { kind = "proofread" }', '{ kind = "proofread" }'),
        ),
        "nobody-approves",
        None,
    ),
    ((NO_CHIEF,), "drafter-alone", None),
    ((('post = "chief"', 'relation = "drafter"'),), "drafter-alone", None),
    (((CHIEF, f"{CHIEF}\nreturns_to = []"),), "no-return", 'id = "chief_review"'),
    (
        (
            ("joint = true", "joint = true\nwhen = 'special'"),
            (CHIEF, f'{CHIEF}\nreturns_to = ["check"]'),
        ),
        "no-return",
        None,
    ),
    (
        (
            (
                APART,
                f'{APART}\n\n{ONE}stages = ["check", "decision"]',
            ),
        ),
        "contradictory-sets",
        None,
    ),
    (
        (
            (
                APART,
                f'{APART}\n\n[[exclusive]]\nid = "split"\n'
                'acts = ["check.review", "check.proofread"]',
            ),
        ),
        "contradictory-sets",
        None,
    ),
    (
        (
            (
                'actor = { post = "chief" }',
                'actor = { any_of = ["chief", "deputy"], count = 2 }',
            ),
            (
                APART,
                f'{APART}\n\n[[same_person]]\nid = "one"\nacts = '
                '["chief_review.review.1", "chief_review.review.2"]',
            ),
        ),
        "contradictory-sets",
        None,
    ),
    (
        (('actor = { post = "deputy" }', 'actor = { relation = "drafter" }'),),
        "drafter-excluded",
        "[[exclusive]]",
    ),
    (
        ((CHIEF, f"{CHIEF}\nwhen = 'importance == \"ordinary\"'"),),
        "raise-skips",
        'id = "chief_review"',
    ),
    (
        (
            ("[importance]", f"{PACE}\n[importance]"),
            (CHIEF, f"{CHIEF}\nwhen = 'pace != \"now\"'"),
        ),
        "raise-skips",
        'id = "chief_review"',
    ),
]


def proof_of(*swaps: tuple[str, str]) -> Proof:
    return check(read_definition(changed(*swaps)))


@pytest.mark.parametrize(("swaps", "code", "marker"), UNSOUND)
def test_an_unsound_definition_is_caught_for_its_own_reason(
    swaps: tuple[tuple[str, str], ...], code: str, marker: str | None
) -> None:
    proof = proof_of(*swaps)
    assert not proof.sound
    assert proof.proven == ()
    found = [fault for fault in proof.faults if fault.code == code]
    assert found, [fault.code for fault in proof.faults]
    if marker is not None:
        block = line_of(changed(*swaps), marker)
        assert abs(found[0].line - block) <= 1


@pytest.mark.parametrize("definition", [small(), jiangkou()], ids=["small", "town"])
def test_a_sound_definition_is_proved(definition: Definition) -> None:
    proof = check(definition)
    assert proof.sound
    assert proof.facts == 4
    assert proof.states > 30
    assert any("凡缺一项" in sentence for sentence in proof.proven)


def test_the_counter_example_really_happens() -> None:
    definition = read_definition(changed(*EVERYBODY_LOOKS_AWAY[1]))
    fault = check(definition).faults[0]
    assert fault.path[-2:] == ("改动“正文”", "发布")
    plan = make_plan(definition, {})
    before = dict.fromkeys(definition.parts, "v1")
    history = [
        Signature(seq, item.stage.id, item.act_ids, seq, before)
        for seq, item in enumerate(plan.stages)
    ]
    unread = {**before, "body": "没有人看过"}
    assert missing(plan, standing(plan, history, unread)) == ()


def test_the_shortest_way_to_an_empty_plan_is_told() -> None:
    both = (NO_CHIEF, ('name = "自查"', "name = \"自查\"\nwhen = 'special'"))
    (fault,) = [f for f in proof_of(*both).faults if f.code == "empty-plan"]
    assert fault.path == ("提交", "发布")


def test_every_kind_of_article_is_looked_at() -> None:
    cases = cases_of(jiangkou())
    plans = {make_plan(jiangkou(), facts).ids for facts in cases.every()}
    assert cases.combinations == 4
    assert len(plans) == 2


def test_a_walk_reaches_every_state_of_the_ladder() -> None:
    definition = jiangkou()
    walk = Walk(definition, cases_of(definition).clusters[0], {})
    assert walk.run() is None
    reached = {spot.position.state for spot in walk.came}
    stages = {stage.id for stage in definition.stages}
    assert reached == {
        "drafting",
        *stages,
        "cleared",
        "published",
        "withdrawn",
        "rejected",
    }
    assert any(spot.position.ahead for spot in walk.came)  # 直达 leaves some alone
    assert any(spot.position.held for spot in walk.came)


def test_a_walk_meets_signatures_that_stand_ahead() -> None:
    text = changed((CHIEF, f'{CHIEF}\nindependent_of = ["title"]'))
    definition = read_definition(text)
    walk = Walk(definition, cases_of(definition).clusters[0], {})
    assert walk.run() is None
    assert any(spot.position.ahead for spot in walk.came)


def test_twelve_stages_and_twenty_attributes_are_proved() -> None:
    proof = check(read_definition(big(stages=12, attributes=20)))
    assert proof.sound
    assert proof.facts == 2**20
    assert proof.states > 1000


def test_conditions_too_entangled_to_check_are_refused() -> None:
    flags = " or ".join(f"f{n}" for n in range(15))
    text = changed((WHEN, f"when = '{flags}'")) + "".join(
        f'\n[attributes.f{n}]\nlabel = "f{n}"\ntype = "flag"\n' for n in range(15)
    )
    assert [fault.code for fault in check(read_definition(text)).faults] == [
        "too-many-cases"
    ]


def test_too_many_kinds_of_article_are_refused() -> None:
    text = SMALL + "".join(
        f'\n[attributes.f{n}]\nlabel = "f{n}"\ntype = "flag"\n' for n in range(12)
    )
    stages = "".join(
        f'[[stages]]\nid = "x{n}"\nname = "x{n}"\nwhen = "f{n}"\n'
        'actor = { post = "chief" }\nacts = [{ kind = "review" }]\n\n'
        for n in range(12)
    )
    definition = read_definition(text.replace("[publish]", f"{stages}[publish]"))
    assert [fault.code for fault in check(definition).faults] == ["too-many-cases"]


def test_urgency_that_leaves_nothing_at_all_is_refused() -> None:
    slow = "when = 'pace != \"now\"'"
    proof = proof_of(
        ("[importance]", f"{PACE}\n[importance]"),
        ('name = "自查"', f'name = "自查"\n{slow}'),
        (CHIEF, f"{CHIEF}\n{slow}"),
    )
    assert {"empty-plan", "raise-skips"} <= {fault.code for fault in proof.faults}


def test_the_walk_finds_the_shortest_way_to_an_unsafe_publication() -> None:
    one = f'{APART}\n\n{ONE}stages = ["check", "chief_review"]'
    definition = read_definition(changed((APART, one)))
    walk = Walk(definition, cases_of(definition).clusters[0], {})
    trouble = walk.run()
    assert trouble is not None
    assert trouble.code == "unsafe-publish"
    assert trouble.path == (
        "提交",
        "自查：同意",
        "主任审核：同意",
        "主任审核：同意",
        "发布",
    )


def test_a_definition_that_slipped_past_the_reader_is_caught_by_the_walk() -> None:
    sound = small()
    check_, chief, decision = sound.stages
    review, proofread = chief.acts
    waiting = replace(review, follows=frozenset({proofread.id}))
    stuck = replace(chief, acts=(waiting, proofread))
    (fault,) = check(replace(sound, stages=(check_, stuck, decision))).faults
    assert fault.code == "stranded"
    assert fault.path == ()


def test_a_walk_that_is_too_long_says_so() -> None:
    definition = jiangkou()
    walk = Walk(definition, cases_of(definition).clusters[0], {}, most=5)
    trouble = walk.run()
    assert trouble is not None
    assert trouble.code == "too-many-states"


def test_a_value_of_a_text_or_a_choice_is_told_apart_from_all_others() -> None:
    when = 'importance in ["major"] or section == "land" or special'
    definition = read_definition(changed((WHEN, f"when = '{when}'")))
    proof = check(definition)
    assert proof.sound
    assert proof.facts == 2 * 2 * 2


def big(stages: int, attributes: int) -> str:
    """Every second stage on conditions of its own; sample data."""
    head = SMALL[: SMALL.index("[attributes.importance]")]
    flags = "".join(
        f'[attributes.f{n}]\nlabel = "f{n}"\ntype = "flag"\n' for n in range(attributes)
    )
    conditional = stages // 2
    share = attributes // conditional
    rungs = []
    for number in range(stages):
        which = number // 2
        last = attributes if which == conditional - 1 else (which + 1) * share
        names = [f"f{n}" for n in range(which * share, last)]
        when = f"when = '{' or '.join(names)}'\n" if number % 2 else ""
        free = 'independent_of = ["attachments"]\n' if number % 3 else ""
        rungs.append(
            f'[[stages]]\nid = "s{number}"\nname = "第{number}级"\n{when}{free}'
            'actor = { post = "chief" }\nacts = [{ kind = "review" }]\n'
        )
    return "".join((head, flags, *rungs, '[publish]\nactor = { post = "clerk" }\n'))
