"""The real regulations under ``config/processes``: sound, and as their pages say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.regulations import ROOT
from web.commands import main
from workflow.process.definition import Definition
from workflow.process.reading import read_definition
from workflow.process.scenario.player import play
from workflow.process.scenario.reading import read_scenarios
from workflow.process.scenario.script import Script
from workflow.process.soundness import check

FOLDER = ROOT / "config" / "processes"
NAMES = ("jiangkou", "taicang", "anyang", "anren", "fuxing", "lishan")
EXAMPLES = {
    "jiangkou": 5,
    "taicang": 6,
    "anyang": 5,
    "anren": 4,
    "fuxing": 4,
    "lishan": 4,
}


def definition(name: str) -> Definition:
    return read_definition((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def script(name: str) -> Script:
    path = FOLDER / f"{name}.scenarios.toml"
    return read_scenarios(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_a_real_regulation_is_sound(name: str) -> None:
    proof = check(definition(name))
    assert proof.faults == ()
    assert proof.states > 10


@pytest.mark.parametrize("name", NAMES)
def test_every_worked_example_comes_as_its_page_says(name: str) -> None:
    report = play(script(name), definition(name))
    assert [mismatch.told for mismatch in report.mismatches] == []
    assert report.played >= EXAMPLES[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_gives_its_basis_or_its_reading(name: str) -> None:
    silent = [s.id for s in definition(name).stages if not (s.basis or s.note)]
    assert silent == []


def test_a_step_that_is_refused_without_saying_so_is_reported() -> None:
    cases = script("jiangkou")
    first = cases.scenarios[0]
    spoiled = replace(first, steps=(*first.steps[:2], first.steps[0]))
    report = play(replace(cases, scenarios=(spoiled,)), definition("jiangkou"))
    assert [(m.step, m.expected) for m in report.mismatches] == [(3, "办理")]
    assert "第3步" in report.mismatches[0].told


@pytest.mark.parametrize("name", ["taicang", "anren", "fuxing"])
def test_a_regulation_does_not_pass_the_cases_of_another(name: str) -> None:
    assert not play(script(name), definition("jiangkou")).as_expected


def test_trying_from_the_command_line_says_what_came(tmp_path: Path) -> None:
    source = (FOLDER / "jiangkou.scenarios.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(source.replace('"已发布"', '"已撤稿"'), encoding="utf-8")
    file = str(FOLDER / "jiangkou.toml")
    right = CliRunner().invoke(main, ["process", "try", file])
    assert right.exit_code == 0
    told = CliRunner().invoke(main, ["process", "try", file, str(wrong)])
    assert told.exit_code == 1
    assert "应为“已撤稿”，实为“已发布”" in told.output


def test_an_unreadable_file_of_cases_is_named_with_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('title = "示例"\n[[scenarios]]\nname = "无稿件"\n', encoding="utf-8")
    file = str(FOLDER / "jiangkou.toml")
    told = CliRunner().invoke(main, ["process", "try", file, str(bad)])
    assert told.exit_code == 2
    assert f"{bad}:2 missing-key" in told.output


def test_a_definition_that_is_referred_to_must_stand_beside(tmp_path: Path) -> None:
    lonely = tmp_path / "lonely.toml"
    text = (FOLDER / "jiangkou.toml").read_text(encoding="utf-8")
    over = '\n[hand_over]\nprocess = "nowhere"\nagency = "示例"\n'
    lonely.write_text(text + over, encoding="utf-8")
    told = CliRunner().invoke(main, ["process", "check", str(lonely)])
    assert told.exit_code == 2
    assert "unknown-process" in told.output
