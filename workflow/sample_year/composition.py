"""How the year's items are shared out among the report's columns and the days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from workflow.sample_year.reading import sample_fault

NEWS = "工作动态"
PUBLISHED_2024: Mapping[str, int] = {
    NEWS: 839,
    "财经信息": 2,
    "概况信息": 2,
    "人事信息": 3,
    "政策文件": 3,
    "计划总结": 3,
}
WHOLE_YEAR = sum(PUBLISHED_2024.values())


def composition(items: int) -> dict[str, int]:
    """How many items each report column gets, in the proportion of the year 2024.

    Every column gets at least one and the sum is exact.

    Args:
        items: how many in all, 6 to 852.

    Raises:
        InvalidInput: fewer items than columns, or more than the published year had.
    """
    if not len(PUBLISHED_2024) <= items <= WHOLE_YEAR:
        span = f"{len(PUBLISHED_2024)}至{WHOLE_YEAR}"
        raise sample_fault(f"示例稿件数应为{span}，现为{items}")
    others = {
        column: max(1, whole * items // WHOLE_YEAR)
        for column, whole in PUBLISHED_2024.items()
        if column != NEWS
    }
    return {NEWS: items - sum(others.values()), **others}


def spread(number: int, days: Sequence[date]) -> list[date]:
    """One day for each of ``number`` items, as evenly as whole items can be."""
    return [days[index * len(days) // number] for index in range(number)]
