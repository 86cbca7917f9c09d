"""The sample year's report, read back out of the Word file: the published one."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.document import Document as Paper

from config import sample_year
from tests.word_files import numbers
from web.commands import main
from workflow.reports.form import (
    ACTIVE_CELLS,
    REMEDY_CELLS,
    REMEDY_GROUPS,
    REQUEST_ROWS,
)
from workflow.reports.report import Report
from workflow.reports.rules import check, read_report

ITEMS = 12
Run = Callable[..., bytes]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A command in a folder where the sample year has been played."""
    folder = tmp_path_factory.mktemp("year")
    env = {"SANSHEN_DATABASE_URL": f"sqlite:///{folder.as_posix()}/year.sqlite"}

    def command(*words: str) -> bytes:
        back = Path.cwd()
        os.chdir(folder)
        try:
            done = CliRunner().invoke(main, words, env=env, catch_exceptions=False)
        finally:
            os.chdir(back)
        assert done.exit_code == 0, done.output
        return done.stdout_bytes

    command("demo", "--no-serve", "--items", str(ITEMS))
    return command


@pytest.fixture(scope="module")
def paper(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    file = tmp_path_factory.mktemp("word") / "report.docx"
    run("report", "annual", "--year", "2024", "--format", "docx", "-o", str(file))
    return Document(BytesIO(file.read_bytes()))


@pytest.fixture(scope="module")
def published() -> Report:
    source = sample_year.published_report(2024)
    assert source is not None
    return read_report(source)


def test_the_tables_of_the_word_file_are_the_published_ones(
    paper: Paper, published: Report
) -> None:
    active, requests, remedies = (numbers(table) for table in paper.tables)
    assert [one for row in active for one in row] == [
        str(published.active.figures[cell]) for cell in ACTIVE_CELLS
    ]
    assert requests == [
        [str(cell) for cell in published.requests[row]] for row in REQUEST_ROWS
    ]
    assert remedies == [
        [
            str(published.remedies[group.code][cell])
            for group in REMEDY_GROUPS
            for cell in REMEDY_CELLS
        ]
    ]


def test_the_words_of_the_word_file_are_of_its_tables(paper: Paper) -> None:
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert f"主动公开信息 {ITEMS} 条" in words
    assert "收到政府信息公开申请 1 件" in words
    assert "发出收费通知的件数和总金额，以及实际收取的总金额均为0。" in words
    assert "〔2021〕30号" in words


def test_the_json_file_breaks_no_rule(run: Run) -> None:
    made = read_report(run("report", "annual", "--year", "2024").decode())
    assert check(made) == ()
