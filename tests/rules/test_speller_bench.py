"""``sanshen bench speller`` counts as it says; its figures themselves are no test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.commands import main
from web.commands.benches.spelling import Case, Judged, measure
from workflow.errors import InvalidInput
from workflow.proofreading.findings import Finding, Severity

WRONG = "完善农产品上行发展机智。"
RIGHT = "完善农产品上行发展机制。"


def finding(start: int, end: int, severity: Severity = Severity.WARN) -> Finding:
    return Finding(
        start=start,
        end=end,
        text="",
        rule="T01",
        category="字词",
        severity=severity,
        levels=(1,),
        message="",
        suggestions=("",),
        confidence=0.8,
        applied=True,
        key="",
    )


@pytest.mark.parametrize(
    ("given", "right", "span"),
    [
        ("工左动态", "工作动态", (1, 2)),
        ("收到依请公开", "收到依申请公开", (3, 3)),
        ("保保密", "保密", (1, 2)),
        ("公开道渠。", "公开渠道。", (2, 4)),
        ("一样,", "一样，", (3, 3)),
    ],
)
def test_where_two_texts_differ(given: str, right: str, span: tuple[int, int]) -> None:
    assert Case(given, right, "x").changed() == span


def test_the_width_of_marks_is_no_error() -> None:
    assert Case("一样,", "一样，", "x").is_clean


@pytest.mark.parametrize(
    ("found", "located"),
    [
        ([finding(3, 4)], True),
        ([finding(2, 3)], True),
        ([finding(5, 6)], False),
        ([finding(3, 4, Severity.HINT)], False),
        ([], False),
    ],
)
def test_a_gap_is_located_by_a_warning_beside_it(
    found: list[Finding], located: bool
) -> None:
    case = Case("收到依请公开", "收到依申请公开", "missing")

    assert Judged(case, tuple(found), case.given).is_located is located


def test_a_file_of_cases_is_counted_by_kind(tmp_path: Path) -> None:
    rows = [
        {"src": WRONG, "tgt": RIGHT, "kind": "sound"},
        {"src": RIGHT, "tgt": RIGHT, "kind": "sound"},
    ]
    file = tmp_path / "cases.jsonl"
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_text(lines, encoding="utf-8")
    figures = measure(file)

    assert (figures.texts, figures.wrong, figures.clean_chars) == (2, 1, len(RIGHT))
    assert figures.kinds["sound"].errors == 1


def test_the_command_answers_in_json(tmp_path: Path) -> None:
    file = tmp_path / "clean.txt"
    file.write_text(RIGHT + "\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["bench", "speller", "--format", "json", str(file)])
    figures = json.loads(done.stdout)

    assert done.exit_code == 0
    assert figures["blocks"] == 0
    assert figures["clean_chars"] == len(RIGHT)


def test_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(InvalidInput):
        measure(file)
