"""The import contracts of pyproject.toml hold, and would notice a breach."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.reading import FLOORS, ROOT

LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"

BREACHES = [
    ("models/planted.py", "import workflow.errors"),
    ("workflow/people/planted.py", "import web"),
    ("workflow/people/planted.py", "import workflow.articles"),
    ("workflow/reports/planted.py", "import config"),
    ("workflow/audit/planted.py", "import workflow.people"),
    ("config/planted.py", "import models"),
]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINTER, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copied_house(tmp_path: Path) -> Path:
    only_code = shutil.ignore_patterns("__pycache__", "static", "templates", "data")
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, tmp_path / floor, ignore=only_code)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_the_floors_import_downwards_only() -> None:
    linted = lint_imports(ROOT)

    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(("path", "text"), BREACHES)
def test_a_look_upstairs_is_noticed(copied_house: Path, path: str, text: str) -> None:
    (copied_house / path).write_text(text)

    linted = lint_imports(copied_house)

    assert linted.returncode == 1
    assert "BROKEN" in linted.stdout
