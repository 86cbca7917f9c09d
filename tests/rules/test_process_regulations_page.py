"""Every example of REGULATIONS.md is executed; every code stands on the page."""

from __future__ import annotations

import re

import pytest

from tests.regulations import (
    PAGE,
    ROOT,
    Example,
    definition_text,
    examples,
    fences,
    whole,
)
from workflow.process.definition import ActKind, Definition, DefinitionFaults
from workflow.process.handover import with_successor
from workflow.process.reading import read_definition
from workflow.process.scenario.player import play
from workflow.process.scenario.reading import read_scenarios
from workflow.process.scenario.script import EXPECTATIONS, VERBS
from workflow.process.soundness import check

_CODE = re.compile(
    r'(?:Fault\(\s*[^"]*?|\.add\(\s*[^"]*?|fault\(\s*"?\w*"?,\s*)"([a-z]+(?:-[a-z]+)+)"'
)


def codes(text: str) -> set[str]:
    try:
        definition = read_definition(text)
    except DefinitionFaults as refused:
        return {fault.code for fault in refused.faults}
    return {fault.code for fault in check(definition).faults}


def others() -> dict[str, Definition]:
    named = ("base", "portal", "channels")
    return {name: read_definition(definition_text(name)) for name in named}


def test_no_example_goes_unexecuted() -> None:
    marked = examples("definition", "fragment", "fault", "scenario")
    assert len(marked) == fences()


@pytest.mark.parametrize("example", examples("definition"), ids=lambda e: e.told)
def test_a_whole_example_is_sound(example: Example) -> None:
    definition = with_successor(read_definition(example.text), others())
    assert check(definition).faults == ()


@pytest.mark.parametrize("example", examples("fragment"), ids=lambda e: e.told)
def test_a_fragment_makes_a_sound_definition(example: Example) -> None:
    definition = read_definition(whole(example.text))
    assert check(definition).faults == ()


@pytest.mark.parametrize("example", examples("fault"), ids=lambda e: e.told)
def test_an_example_of_a_fault_has_that_fault(example: Example) -> None:
    assert example.name in codes(whole(example.text))


@pytest.mark.parametrize("example", examples("scenario"), ids=lambda e: e.told)
def test_a_scenario_comes_as_it_says(example: Example) -> None:
    definition = read_definition(definition_text(example.name))
    report = play(read_scenarios(example.text), definition, others())
    assert [mismatch.told for mismatch in report.mismatches] == []


@pytest.mark.parametrize("words", [VERBS, EXPECTATIONS, [k.value for k in ActKind]])
def test_every_word_of_the_languages_is_explained(words: list[str]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [word for word in words if f"`{word}`" not in page] == []


def test_every_fault_code_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    folder = ROOT / "workflow" / "process"
    sources = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    found = {code for source in sources for code in _CODE.findall(source)}
    assert len(found) > 40
    assert sorted(code for code in found if f"`{code}`" not in page) == []
