"""The secret of an installation: made once, whole, for its owner only."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from config import kept_secret


def test_it_is_made_once_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"

    first = kept_secret(path)

    assert len(first) == 64
    assert kept_secret(path) == first
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_an_empty_file_left_by_a_power_cut_is_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.touch()

    assert len(kept_secret(path)) == 64


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    kept_secret(path)

    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
