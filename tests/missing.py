"""What this machine lacks: failing where everything is required, loud elsewhere."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import NoReturn

import pytest

NOT_RUN = "未运行："


def everything_is_required() -> bool:
    """Whether a missing server or browser is a failure (CI does not look away)."""
    flags = (os.environ.get("CI"), os.environ.get("SANSHEN_REQUIRE_ALL"))
    return any(flag in {"1", "true"} for flag in flags)


def cannot_run(reason: str) -> NoReturn:
    """End this test: a failure where everything is required, else a loud skip."""
    if everything_is_required():
        pytest.fail(f"{reason}（此处要求全部测试运行）", pytrace=False)
    pytest.skip(f"{NOT_RUN}{reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end which tests did not run on this machine, and why."""
    not_run: defaultdict[str, list[str]] = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", []):
        _, _, said = report.longrepr
        _, found, reason = said.partition(NOT_RUN)
        if found:
            not_run[reason].append(report.nodeid)
    for reason, names in not_run.items():
        terminalreporter.section(f"{len(names)} 项测试未运行", sep="!", red=True)
        terminalreporter.write_line(f"原因：{reason}")
        for name in names:
            terminalreporter.write_line(f"  {name}")
