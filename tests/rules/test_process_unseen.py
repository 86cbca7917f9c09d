"""Regulations that nobody had in mind when the language was made, and their ruin.

Each was written from REGULATIONS.md alone, after the way such rules read: a college's
news centre, a hospital, a statistics bureau.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.process.definition import Definition, DefinitionFaults
from workflow.process.handover import joined
from workflow.process.plan import make_plan
from workflow.process.reading import read_definition
from workflow.process.scenario.player import play
from workflow.process.scenario.reading import read_scenarios
from workflow.process.scenario.script import Report, ScenarioFaults
from workflow.process.soundness import check

FOLDER = Path(__file__).with_name("unseen")
NAMES = ("college", "hospital", "statistics")

RUINED = {
    "the third review of most sections is forgotten": (
        "college",
        'when = \'not (section == "news"',
        'when = \'(section == "news"',
        "too-few-passes",
    ),
    "an important item is read once less": (
        "college",
        'when = "important", actor = { post = "editor" } },\n]\n\n[[stages]]',
        'when = "not important", actor = { post = "editor" } },\n]\n\n[[stages]]',
        "raise-skips",
    ),
    "the second reviewer must be and must not be the third": (
        "college",
        "[publish]",
        '[[same_person]]\nid = "one"\nstages = ["second", "third_editor"]\n[publish]',
        "contradictory-sets",
    ),
    "silence of the vice president is consent": (
        "hospital",
        'acts = [{ kind = "sign_off" }, {',
        'limit = { amount = 1, unit = "hours", silence = "deemed_approved" }\n'
        'acts = [{ kind = "sign_off" }, {',
        "silence-publishes",
    ),
    "nothing may ever be approved": (
        "hospital",
        "when = 'kind == \"reprint\" and origin not in trusted'",
        'when = \'kind == "reprint" or kind != "reprint"\'',
        "always-blocked",
    ),
    "the president is asked when it is so and not so": (
        "hospital",
        'when = "public_opinion"\nactor',
        'when = "public_opinion and not public_opinion"\nactor',
        "never-true",
    ),
    "who is not declared decides": (
        "hospital",
        'post = "president"',
        'post = "chairman"',
        "unknown-post",
    ),
    "the other agency's silence is consent, nobody says why": (
        "statistics",
        'silence = "escalate"',
        'silence = "deemed_approved"',
        "silence-without-basis",
    ),
    "the limit of the reviews ends nowhere": (
        "statistics",
        'until = "cleared"',
        'until = "some day"',
        "unknown-value",
    ),
    "a limit of one stage cannot end elsewhere": (
        "statistics",
        "urgent = 2, urgent_unit",
        'until = "cleared", urgent = 2, urgent_unit',
        "unknown-key",
    ),
    "what decides the way is signed by nobody": (
        "statistics",
        'acts = [{ kind = "sign_off" }]',
        'acts = [{ kind = "sign_off" }]\nindependent_of = ["attributes.necessary"]',
        "unsigned-attribute",
    ),
}


def text(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def cases(name: str) -> str:
    return (FOLDER / f"{name}.scenarios.toml").read_text(encoding="utf-8")


def definition(name: str) -> Definition:
    return read_definition(text(name))


def played(name: str, told: str) -> Report:
    return play(read_scenarios(told), definition(name))


def codes(source: str) -> set[str]:
    try:
        found = read_definition(source)
    except DefinitionFaults as refused:
        return {fault.code for fault in refused.faults}
    return {fault.code for fault in check(found).faults}


@pytest.mark.parametrize("name", NAMES)
def test_it_needs_no_line_of_code(name: str) -> None:
    assert check(definition(name)).faults == ()
    report = played(name, cases(name))
    assert [mismatch.told for mismatch in report.mismatches] == []
    assert report.played >= 2


@pytest.mark.parametrize("ruin", RUINED)
def test_ruined_it_is_refused_for_its_reason(ruin: str) -> None:
    name, was, now, code = RUINED[ruin]
    source = text(name)
    assert source.count(was) >= 1
    assert code in codes(source.replace(was, now, 1))


def test_declared_sections_leave_an_importance_alone() -> None:
    """A section that is not chosen yet is no reason why raising drops a stage."""
    found = definition("college")
    assert found.attributes["section"].values
    raised = make_plan(found, {**make_plan(found, {}).facts, "important": True})
    assert raised.ids == make_plan(found, {}).ids


def test_a_flag_is_raised_by_being_true() -> None:
    source = text("hospital")
    assert (
        definition("hospital").importance
        == read_definition(source.replace("raised = true\n", "")).importance
    )
    assert codes(source.replace("raised = true", "raised = false")) == {"unknown-value"}


def test_the_limit_of_the_reviews_is_over_when_all_have_signed() -> None:
    told = cases("statistics").replace(
        'who = "局长示例", do = "approve" },',
        'who = "局长示例", do = "approve", expect = { state = "待发布", '
        'due = { publish = "2024-03-05 23:59", whole = "（没有）" } } },',
    )
    assert [m.told for m in played("statistics", told).mismatches] == []
    whole = definition("statistics")
    runs_on = read_definition(text("statistics").replace('until = "cleared"\n', ""))
    assert runs_on.limit != whole.limit
    came = play(read_scenarios(told), runs_on).mismatches
    assert [m.came for m in came] == ["2024-03-06 23:59"]


def test_the_other_agency_may_return_to_our_rungs() -> None:
    both = joined(definition("college"), definition("hospital"))
    first = both.stage("hospital.department")
    assert first.returns_to == ("drafting", *(s.id for s in both.stages[:4]))
    narrow = text("hospital").replace(
        'id = "vice"\n', 'id = "vice"\nreturns_to = ["publicity"]\n'
    )
    both = joined(definition("college"), read_definition(narrow))
    assert both.stage("hospital.vice").returns_to == ("hospital.publicity",)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('posts = ["editor"]', 'posts = ["editr"]', "岗位"),
        ('heads = ["depts"]', 'heads = ["departments"]', "栏目"),
    ],
)
def test_a_person_with_an_undeclared_post_is_told_first(
    was: str, now: str, told: str
) -> None:
    first = played("college", cases("college").replace(was, now, 1)).mismatches[0]
    assert told in first.what
    assert first.step == 0
    assert first.line > 1


def test_time_does_not_run_backwards_nor_b_stand_in_for_nobody() -> None:
    told = cases("hospital").replace("2024-03-04 10:30", "2024-03-03 10:30")
    with pytest.raises(ScenarioFaults) as backwards:
        read_scenarios(told)
    assert [fault.code for fault in backwards.value.faults] == ["time-backwards"]
    told = cases("hospital").replace(
        'posts = ["expert"]', 'posts = ["expert"]\nb_for = ["无此人"]', 1
    )
    with pytest.raises(ScenarioFaults) as nobody:
        read_scenarios(told)
    assert [fault.code for fault in nobody.value.faults] == ["unknown-person"]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ('when = kind == "policy"', "引号"),
        ('"主任" "x"', "等号"),
        ('主任 = "x"', "中文键"),
        ('actor = { post = "a",\n count = 2 }', "写在一行"),
        ("title = “示例”", "英文引号"),
        ('title = "示例', "没有配对"),
        ("[posts]\n[posts]", "写了两次"),
        ("list = [1 2]", "逗号"),
    ],
)
def test_what_is_not_toml_is_told_with_its_remedy(line: str, remedy: str) -> None:
    with pytest.raises(DefinitionFaults) as refused:
        read_definition(f"{line}\n")
    fault = refused.value.faults[0]
    assert fault.code == "not-toml"
    assert remedy in fault.message


@pytest.mark.parametrize(
    ("condition", "remedy"),
    [
        ('kind = "news"', "=="),
        ("kind == “news”", "英文引号"),
        ("important && important", "and"),
        ("people > 500", "是否属性"),
        ("important 且 important", "and"),
    ],
)
def test_a_slip_in_a_condition_is_told_with_its_remedy(
    condition: str, remedy: str
) -> None:
    source = text("college").replace('when = "important"', f"when = '{condition}'", 1)
    with pytest.raises(DefinitionFaults) as refused:
        read_definition(source)
    assert remedy in refused.value.faults[0].message


def test_a_file_from_a_windows_editor_is_read() -> None:
    assert read_definition("\ufeff" + text("college")).id == "college"
