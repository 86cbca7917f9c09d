"""A rule that acts would not carry out may be tried on paper, but not adopted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.documents import ROOT
from workflow.agencies.enforced import CODE, not_carried_out
from workflow.process.clauses import HandOver
from workflow.process.definition import Definition
from workflow.process.reading import read_definition

PROCESSES = ROOT / "config" / "processes"


def definition(name: str) -> Definition:
    return read_definition((PROCESSES / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "name", ["jiangkou", "taicang", "anyang", "anren", "fuxing", "lishan"]
)
def test_the_real_regulations_are_carried_out_whole(name: str) -> None:
    assert not_carried_out(definition(name)) == ()


def test_what_is_not_carried_out_is_named_with_its_line() -> None:
    hands_over = HandOver("county", "示例县", line=7)

    faults = not_carried_out(replace(definition("jiangkou"), hand_over=hands_over))

    assert [(fault.line, fault.code) for fault in faults] == [(7, CODE)]
