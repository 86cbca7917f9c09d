"""A test that did not run is said aloud, and is a failure where all are required."""

from __future__ import annotations

import pytest

from tests.missing import cannot_run

pytest_plugins = ["pytester"]

HERE = """
import pytest
from tests.missing import cannot_run, pytest_terminal_summary
"""
A_TEST = """
from tests.missing import cannot_run
def test_with_a_server():
    cannot_run("没有服务器")
"""


def test_at_a_desk_it_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("SANSHEN_REQUIRE_ALL", raising=False)

    with pytest.raises(pytest.skip.Exception, match="未运行：没有服务器"):
        cannot_run("没有服务器")


@pytest.mark.parametrize(
    ("name", "value"), [("CI", "true"), ("SANSHEN_REQUIRE_ALL", "1")]
)
def test_where_all_is_required_it_fails(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(pytest.fail.Exception, match="没有服务器"):
        cannot_run("没有服务器")


def test_the_run_ends_with_what_did_not_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("SANSHEN_REQUIRE_ALL", raising=False)
    pytester.makeconftest(HERE)
    pytester.makepyfile(A_TEST)

    ended = pytester.runpytest_inprocess("-p", "no:randomly")

    ended.assert_outcomes(skipped=1)
    ended.stdout.fnmatch_lines(
        ["*1 项测试未运行*", "原因：没有服务器", "*test_with_a_server*"]
    )
