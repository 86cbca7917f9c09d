"""The report document, made from counted figures; every sum is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.reports.cells import first_day, last_day
from workflow.reports.form import (
    ACTIVE_CELLS,
    HEADINGS,
    OUTCOME_GROUPS,
    REMEDY_GROUPS,
    REQUEST_ROWS,
)
from workflow.reports.report import (
    Active,
    Claim,
    Number,
    Organ,
    ProcessingFee,
    Published,
    Report,
)

Rows = Mapping[str, tuple[int, ...]]
CLAIMS = {
    "new": "全年收到政府信息公开申请",
    "total": "全年办结",
    "granted": "予以公开",
    "denied": "不予公开",
    "partial": "部分公开",
}


@dataclass(frozen=True, slots=True)
class AnnualFigures:
    """Every figure of one agency's year that the records give.

    Args:
        published: items by the report's column, in the order of the sections.
        active: cells of section two; ``fees_wan`` in 万元.
        requests: rows of section three, seven cells each, the last their sum.
        remedies: groups of section four with their totals.
        fee: the 信息处理费 statement of section six.
    """

    year: int
    published: Mapping[str, int]
    active: Mapping[str, Number]
    requests: Rows
    remedies: Mapping[str, Mapping[str, int]]
    fee: ProcessingFee


def document(code: str, organ: Organ, figures: AnnualFigures) -> Report:
    """The report that states these figures, in the layout of 国办公开办函〔2021〕30号.

    Args:
        code: the agency's code; the report's id is made of it and the year.
    """
    year = figures.year
    return Report(
        id=f"{code}-{year}",
        title=f"{organ.name}{year}年政府信息公开工作年度报告",
        year=year,
        organ=organ,
        period=(first_day(year), last_day(year)),
        sections=HEADINGS,
        active=Active({cell: figures.active[cell] for cell in ACTIVE_CELLS}, {}),
        requests={row: figures.requests[row] for row in REQUEST_ROWS},
        remedies={g.code: dict(figures.remedies[g.code]) for g in REMEDY_GROUPS},
        fee=figures.fee,
        published=_published(year, figures.published),
        claims=_claims(figures.requests),
    )


def _claims(requests: Rows) -> tuple[Claim, ...]:
    """The figures that the prose states, each with its words."""
    sums = {name: requests[name][-1] for name in ("new", "total")}
    for group in OUTCOME_GROUPS:
        sums[group.code] = sum(requests[row.code][-1] for row in group.rows)
    return tuple(
        Claim(f"requests.{name}", sums[name], f"{words} {sums[name]} 件")
        for name, words in CLAIMS.items()
    )


def _published(year: int, by_column: Mapping[str, int]) -> tuple[Published, ...]:
    total = sum(by_column.values())
    parts = "、".join(f"{column} {number} 条" for column, number in by_column.items())
    whole = f"{year}年主动公开信息 {total} 条"
    said = f"{whole}，其中{parts}。" if parts else f"{whole}。"
    return (
        Published("全年主动公开", "条", total, True, by_column, said),  # noqa: FBT003
        Published("第六部分重述", "条", total, False, {}, f"{whole}。"),  # noqa: FBT003
    )
