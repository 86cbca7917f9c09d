"""``sanshen proofread`` as scripts use it: shapes, exit codes, many lines at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.rules.proofread_desk import CASES
from web.commands import main


def run(*words: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["proofread", *map(str, words)], input=given)


@pytest.fixture
def context(tmp_path: Path) -> Path:
    first = (CASES / "dev.jsonl").read_text("utf-8").split("\n")[0]
    file = tmp_path / "context.json"
    file.write_text(first, encoding="utf-8")
    return file


def test_nothing_that_blocks_ends_well(context: Path) -> None:
    done = run("--context", context, "--format", "json", "-", given="其它事项。")
    document = json.loads(done.stdout)

    assert done.exit_code == 0
    assert document["chars"] == 5
    (finding,) = document["findings"]
    assert finding["text"] == "其它"
    assert {"start", "end", "rule", "category", "severity", "levels"} <= finding.keys()
    assert {"message", "suggestions", "confidence", "applied"} <= finding.keys()


def test_something_that_blocks_ends_with_1(context: Path) -> None:
    assert run("--context", context, "-", given="我镇的的工作。").exit_code == 1


def test_many_lines_answer_in_order(tmp_path: Path, context: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("其它事项。\n\n截止目前无事。\n", encoding="utf-8")
    done = run("--lines", "--format", "jsonl", "--context", context, file)
    rows = [json.loads(line) for line in done.stdout.splitlines()]

    assert [row["text"] for row in rows] == ["其它事项。", "", "截止目前无事。"]
    assert [row["corrected"] for row in rows] == ["其他事项。", "", "截至目前无事。"]


def test_a_line_may_hold_its_text_as_json(context: Path) -> None:
    line = json.dumps({"text": "会议指出\n其它事项。"}, ensure_ascii=False)
    done = run("--lines", "--format", "jsonl", "--context", context, "-", given=line)

    assert json.loads(done.stdout)["text"] == "会议指出\n其它事项。"


def test_the_text_form_names_what_was_silent(tmp_path: Path) -> None:
    context = tmp_path / "empty.json"
    context.write_text("{}", encoding="utf-8")
    done = run("--context", context, "--level", "3", "-", given="大家好。")

    assert "没有判断的规则" in done.stdout
    assert "S01" in done.stdout


def test_without_a_context_the_configured_town_is_read() -> None:
    done = run("--format", "json", "-", given="赣县江口镇召开会议。")

    assert "A08" in {f["rule"] for f in json.loads(done.stdout)["findings"]}


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_what_cannot_be_read_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "text.txt"
    if content is not None:
        file.write_bytes(content)
    done = run(file)

    assert done.exit_code != 0
    assert "打不开" in done.output


def test_a_context_that_is_no_json_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "context.json"
    file.write_text("云岭镇", encoding="utf-8")

    assert run("--context", file, "-", given="大家好。").exit_code != 0
