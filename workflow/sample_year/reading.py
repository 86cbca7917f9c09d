"""Taking values out of a TOML table as what they must be, or saying what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from workflow.errors import InvalidInput

Table = Mapping[str, object]


def sample_fault(what: str) -> InvalidInput:
    """The refusal of sample data that cannot be used; ``what`` in Chinese."""
    return InvalidInput(
        message=f"示例数据有误：{what}。", rule="sample-data", help_from="系统管理员"
    )


def text(table: Table, key: str, default: str | None = None) -> str:
    """The text under a key; without a default the key must be there."""
    value = table.get(key, default)
    if not isinstance(value, str):
        raise sample_fault(f"{key}应当是文字，现为{value!r}")
    return value


def whole(table: Table, key: str, default: int | None = None) -> int:
    """The whole number under a key; without a default the key must be there."""
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise sample_fault(f"{key}应当是整数，现为{value!r}")
    return value


def day(table: Table, key: str) -> date:
    """The date under a key."""
    value = table.get(key)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise sample_fault(f"{key}应当是日期，现为{value!r}")
    return value


def texts(table: Table, key: str) -> tuple[str, ...]:
    """The list of texts under a key; absent means none."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise sample_fault(f"{key}应当是文字清单，现为{value!r}")
    return tuple(value)


def wholes(table: Table, key: str) -> tuple[int, ...]:
    """The list of whole numbers under a key; absent means none."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, int) for v in value):
        raise sample_fault(f"{key}应当是整数清单，现为{value!r}")
    return tuple(value)


def inner(table: Table, key: str) -> Table:
    """The table under a key; absent means empty."""
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise sample_fault(f"{key}应当是表格，现为{value!r}")
    return value


def tables(table: Table, key: str) -> tuple[Table, ...]:
    """The list of tables under a key; absent means none."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise sample_fault(f"{key}应当是表格清单，现为{value!r}")
    return tuple(value)
