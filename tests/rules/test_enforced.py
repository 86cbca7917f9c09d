"""A rule that acts would not carry out may be tried on paper, but not adopted."""

from __future__ import annotations

import pytest

from tests.documents import ROOT
from workflow.agencies.enforced import CODE, not_carried_out
from workflow.process.definition import Definition
from workflow.process.reading import read_definition

PROCESSES = ROOT / "config" / "processes"


def definition(name: str) -> Definition:
    return read_definition((PROCESSES / f"{name}.toml").read_text(encoding="utf-8"))


def test_jiangkou_is_carried_out_whole() -> None:
    assert not_carried_out(definition("jiangkou")) == ()


@pytest.mark.parametrize(
    ("name", "construct"),
    [
        ("anren", "按渠道分开的环节"),
        ("taicang", "疑问引起的专项审核"),
        ("fuxing", "这一种期限或逾期处理"),
        ("lishan", "拟稿、发布列入人员约束"),
    ],
)
def test_what_is_not_carried_out_is_named_with_its_line(
    name: str, construct: str
) -> None:
    faults = not_carried_out(definition(name))

    assert {fault.code for fault in faults} == {CODE}
    assert all(fault.line >= 1 for fault in faults)
    assert any(construct in fault.message for fault in faults)
