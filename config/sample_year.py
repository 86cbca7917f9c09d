"""The packaged sample town and what its year is made of, as parsed files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
TOWN = HERE / "town_jiangkou.toml"


def town_table(file: Path = TOWN) -> Mapping[str, object]:
    """The town's own file."""
    return read(file)


def phrase_tables() -> list[Mapping[str, object]]:
    """Every file of phrases and of the year's invented facts."""
    return [read(file) for file in sorted((HERE / "sample").glob("*.toml"))]


def calendar_table() -> Mapping[str, object]:
    """The announced holidays of mainland China, 2024 to 2026."""
    return read(HERE / "calendars" / "cn.toml")


def rule_source() -> str:
    """The regulation of 江口镇 as a process definition."""
    return (HERE / "processes" / "jiangkou.toml").read_text(encoding="utf-8")


def published_report(year: int) -> str | None:
    """The report that the real town published for that year, as data; or none."""
    file = HERE / "sample" / f"published-{year}.json"
    return file.read_text(encoding="utf-8") if file.exists() else None


def read(file: Path) -> Mapping[str, object]:
    """One TOML file."""
    return tomllib.loads(file.read_text(encoding="utf-8"))
