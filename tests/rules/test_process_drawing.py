from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.process_definitions import changed, jiangkou, small
from workflow.process.drawing import as_mermaid, as_svg, as_text
from workflow.process.reading import read_definition

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314
    return [node.text or "" for node in root.iter(f"{SVG}text")]


def test_the_words_tell_who_does_what_when_and_why() -> None:
    told = as_text(jiangkou())
    assert "2. 党政办审核校对\n   党政办主任：审核、校对（一人一次签字）" in told
    assert "仅当重要程度为重大事项或特殊情况" in told
    assert "期限：1个工作日，急件4小时" in told
    assert "依据：分管负责人负责三级审核和校对。" in told
    assert "不得为同一人：拟稿人自查自校、党政办审核校对" in told


def test_seats_are_told_as_a_number_of_people() -> None:
    actor = 'actor = { any_of = ["chief", "deputy"], count = 2 }'
    text = changed(('actor = { post = "chief" }', actor))
    assert "主任或副镇长：审核（2人）、校对（2人）" in as_text(read_definition(text))


def test_acts_of_different_people_are_told_apart() -> None:
    acts = (
        'acts = [{ kind = "review", actor = { post = "deputy" } },'
        ' { kind = "proofread", when = "special" }]'
    )
    text = changed(('acts = [{ kind = "review" }, { kind = "proofread" }]', acts))
    told = as_text(read_definition(text))
    assert "副镇长：审核，再主任：校对（仅当特殊情况）" in told


def test_constraints_on_persons_are_told() -> None:
    text = as_text(small()) + as_text(
        read_definition(
            changed(("[[exclusive]]", "[[same_person]]"))
            + '\n[[exclusive]]\nid = "acts"\n'
            'acts = ["chief_review.review", "chief_review.proofread"]\n'
        )
    )
    assert "须为同一人：自查、主任审核、领导审定" in text
    assert "不得为同一人：主任审核的审核、主任审核的校对" in text


def test_mermaid_passes_by_the_conditional_rung() -> None:
    lines = as_mermaid(small()).splitlines()
    assert "    chief_review --> decision" in lines
    assert "    chief_review -.-> cleared" in lines
    assert "    check -.-> decision" not in lines


def test_the_drawing_shows_every_rung_and_says_so_in_words() -> None:
    svg = as_svg(jiangkou())
    root = ElementTree.fromstring(svg)  # noqa: S314
    states = [node.get("data-state") for node in root.iter(f"{SVG}g")]
    assert states == [
        "drafting",
        *(stage.id for stage in jiangkou().stages),
        "cleared",
    ]
    assert root.get("role") == "img"
    labelled = (root.get("aria-labelledby") or "").split()
    assert labelled == [node.get("id") for node in root[:2]]
    assert "依次为：拟稿，拟稿人自查自校" in (root[1].text or "")


@pytest.mark.parametrize("lit", ["drafting", "deputy_review", "cleared"])
def test_the_present_rung_is_lit_in_words_too(lit: str) -> None:
    root = ElementTree.fromstring(as_svg(jiangkou(), lit))  # noqa: S314
    lights = [
        node.get("data-state")
        for node in root.iter(f"{SVG}g")
        if "lit" in (node.get("class") or "")
    ]
    assert lights == [lit]
    assert "当前环节：" in (root[1].text or "")


def test_no_rung_is_lit_in_a_state_outside_the_ladder() -> None:
    assert "当前环节" not in as_svg(jiangkou(), "published")


def test_no_line_is_wider_than_its_box() -> None:
    widths = [
        sum(14 if ord(letter) > 255 else 8 for letter in line)
        for line in texts(as_svg(jiangkou()))
    ]
    assert max(widths) <= 520 - 32


def test_script_in_a_name_stays_text() -> None:
    name = '<script>alert(1)</script>&"'
    text = changed(('name = "领导审定"', f"name = '{name}'"))
    definition = read_definition(text)
    assert name in texts(as_svg(definition))
    assert "<script>" not in as_svg(definition)
    assert "<script>" not in as_mermaid(definition)
