from __future__ import annotations

import pytest

from tests.process_definitions import changed, jiangkou
from workflow.process.reading import read_definition
from workflow.process.staffing import Staffing, check_staffing

LIU, WANG, ZHAO, CHEN, SUN, ZHOU = range(1, 7)
NAMES = {LIU: "刘示例", WANG: "王示例", ZHAO: "赵示例", CHEN: "陈示例"}


def town(
    *,
    director: tuple[int, ...] = (WANG,),
    principal: tuple[int, ...] = (CHEN,),
    publisher: tuple[int, ...] = (LIU,),
    drafters: tuple[int, ...] = (LIU, SUN),
    deputies: tuple[int, ...] = (ZHAO,),
) -> Staffing:
    return Staffing(
        posts={
            "office_director": frozenset(director),
            "principal": frozenset(principal),
            "publisher": frozenset(publisher),
        },
        relations={
            "drafter": {"land": frozenset(drafters)},
            "section_deputy": {"land": frozenset(deputies)},
        },
        names=NAMES,
    )


def codes(staffing: Staffing) -> set[str]:
    return {fault.code for fault in check_staffing(jiangkou(), staffing)}


def test_four_people_carry_the_town() -> None:
    assert check_staffing(jiangkou(), town()) == ()


@pytest.mark.parametrize(
    "short",
    [
        town(director=()),
        town(principal=()),
        town(publisher=()),
        town(deputies=()),
    ],
)
def test_an_empty_post_is_named(short: Staffing) -> None:
    assert codes(short) == {"no-holder"}


@pytest.mark.parametrize(
    "short",
    [
        town(director=(ZHAO,)),
        town(principal=(ZHAO,)),
        town(drafters=(WANG,)),
        town(drafters=(LIU, ZHAO)),
        town(director=(WANG, ZHAO), deputies=(WANG, ZHAO), principal=(ZHAO, WANG)),
    ],
)
def test_counting_heads_is_not_enough(short: Staffing) -> None:
    assert codes(short) == {"too-few-people"}


def test_a_second_holder_of_the_post_helps() -> None:
    assert codes(town(director=(ZHAO, WANG))) == set()
    assert codes(town(drafters=(LIU, WANG), director=(WANG, ZHOU))) == set()


def test_the_sentence_names_rungs_and_people() -> None:
    (fault,) = check_staffing(jiangkou(), town(principal=(ZHAO,)))
    assert fault.message == (
        "栏目“land”的“分管负责人审签”、“主要负责人审定”须由不同的人签字，"
        "能办的却只有赵示例。"
    )


def test_only_major_matters_miss_the_principal() -> None:
    (fault,) = check_staffing(jiangkou(), town(principal=()))
    assert fault.message == "“主要负责人审定”没有人能办：单位主要负责人空缺。"


def test_a_section_without_a_deputy_is_found_among_others() -> None:
    staffing = town()
    uncovered = {**staffing.relations, "drafter": {"water": frozenset({SUN})}}
    faults = check_staffing(jiangkou(), Staffing(staffing.posts, uncovered, NAMES))
    assert [fault.message for fault in faults] == [
        "栏目“water”的“分管负责人审签”没有人能办：分管负责人空缺。"
    ]


SMALL_TOWN = Staffing(
    posts={
        "chief": frozenset({1}),
        "deputy": frozenset({2}),
        "clerk": frozenset({1}),
    },
    relations={"drafter": {"": frozenset({9})}},
)


def test_seats_of_a_panel_need_as_many_people() -> None:
    chief = 'actor = { post = "chief" }'
    pair = changed((chief, 'actor = { any_of = ["chief", "deputy"], count = 2 }'))
    trio = changed((chief, 'actor = { any_of = ["chief", "deputy"], count = 3 }'))
    found = check_staffing(read_definition(trio), SMALL_TOWN)
    assert {fault.code for fault in found} == {"too-few-people"}
    assert len(check_staffing(read_definition(pair), SMALL_TOWN)) < len(found)


def test_two_acts_of_one_rung_may_be_one_persons_or_two() -> None:
    two = (
        'acts = [{ kind = "review" }, { kind = "proofread" }]',
        'acts = [{ kind = "review" },'
        ' { kind = "proofread", actor = { any_of = ["chief", "deputy"] } }]',
    )
    assert check_staffing(read_definition(changed(two)), SMALL_TOWN) == ()


def test_one_person_for_two_rungs_must_hold_both_posts() -> None:
    sets = (
        'id = "apart"\nbasis = "各级不得为同一人。"\n'
        'stages = ["check", "chief_review", "decision"]'
    )
    text = changed((sets, 'id = "apart"\nstages = ["check", "chief_review"]')) + (
        '\n[[same_person]]\nid = "one"\nstages = ["chief_review", "decision"]\n'
    )
    found = check_staffing(read_definition(text), SMALL_TOWN)
    assert {fault.code for fault in found} == {"no-shared-holder"}


def test_a_same_person_set_asks_nothing_while_only_one_rung_is_planned() -> None:
    sets = (
        'id = "apart"\nbasis = "各级不得为同一人。"\n'
        'stages = ["check", "chief_review", "decision"]'
    )
    text = changed((sets, 'id = "apart"\nstages = ["check", "chief_review"]')) + (
        '\n[[same_person]]\nid = "one"\nstages = ["check", "decision"]\n'
    )
    (fault, other) = check_staffing(read_definition(text), SMALL_TOWN)
    assert {fault.message, other.message} == {
        "“自查”须与别的环节由同一人办理，却没有人能兼。",
        "“领导审定”须与别的环节由同一人办理，却没有人能兼。",
    }


def test_a_definition_too_entangled_to_match_is_said_to_be_so() -> None:
    flags = " or ".join(f"f{n}" for n in range(15))
    when = "when = 'importance == \"major\" or special'"
    text = changed((when, f"when = '{flags}'")) + "".join(
        f'\n[attributes.f{n}]\nlabel = "f{n}"\ntype = "flag"\n' for n in range(15)
    )
    found = check_staffing(read_definition(text), SMALL_TOWN)
    assert [fault.code for fault in found] == ["too-many-cases"]


def test_articles_without_any_stage_need_nobody() -> None:
    text = changed(
        ('name = "自查"', 'name = "自查"\nwhen = "special"'),
        ('name = "主任审核"', 'name = "主任审核"\nwhen = "special"'),
    )
    nobody = Staffing({"clerk": frozenset({1})}, {})
    found = check_staffing(read_definition(text), nobody)
    assert {fault.code for fault in found} == {"no-holder"}


@pytest.mark.parametrize(
    ("owners", "fits"), [({"website", "wechat"}, True), ({"website"}, False)]
)
def test_each_channel_needs_its_owner(owners: set[str], fits: bool) -> None:
    text = changed(
        ('actor = { post = "chief" }', 'actor = { relation = "channel_owner" }')
    )
    relations = {
        **SMALL_TOWN.relations,
        "channel_owner": {code: frozenset({5}) for code in owners},
    }
    staffing = Staffing(SMALL_TOWN.posts, relations)
    assert (check_staffing(read_definition(text), staffing) == ()) is fits
