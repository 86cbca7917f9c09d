"""R32 and R40 to R46: what the prose says agrees with the tables and with itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.reports.figures import added, request_cell
from workflow.reports.findings import ReportFinding, Severity, error, warning
from workflow.reports.measures import Measure, measured
from workflow.reports.percentages import printed_places, recomputed
from workflow.reports.report import Cell, Claim, Published, Report

EXPLANATIONS = {
    "R32": "复议、诉讼件数，请同时说明是否含上年结转的案件",
    "R40": "申请件数，请核对口径（新收、在办、办结）",
    "R41": "办理结果件数，应为该类各行总计列之和",
    "R42": "按申请人分的件数",
    "R44": "同一数字前后应一致",
}
TAKEN_IN = ("requests.new", "requests.in_hand")
APPROXIMATE = re.compile(r"约|近\s*\d|余[条件期篇次]|[万千百]余|多[条件期篇次]")
RESTATED = re.compile("重述|复述|再述|重复|再次|再提|同一总数|第[五六]部分")
ALL_CLOSED = re.compile(
    r"(?:全部|所有申请|(?:均|都)已)[^，。；、]{0,14}(?:办结|办理完成|办理完毕|答复)"
)
ALL_UPHELD = re.compile(r"(?:全部|均)(?:被|获|予以|得到)?维持")


def claims_agree(report: Report) -> Iterator[ReportFinding]:
    """R32, R40, R41, R42, R44: a figure of the prose equals the table's."""
    for claim in report.claims:
        measure = measured(report, claim.name)
        if measure is None or claim.value is None:
            continue
        if claim.value not in (measure.value, measure.added_up):
            yield _disagreement(claim, measure)


def claims_are_restated(report: Report) -> Iterator[ReportFinding]:
    """R44: a figure that no table holds is the same wherever the prose says it."""
    said: dict[str, Claim] = {}
    for claim in report.claims:
        if claim.value is None or measured(report, claim.name) is not None:
            continue
        first = said.setdefault(claim.name, claim)
        if first.value != claim.value:
            yield warning(
                "R44",
                f"prose.claims[{claim.name}]",
                claim.value,
                first.value,
                f"同一数字前文为{first.value}（{first.quote or first.name}），"
                f"此处为{claim.value}（{claim.quote or claim.name}）。",
            )


def _disagreement(claim: Claim, measure: Measure) -> ReportFinding:
    severity = Severity.ERROR if measure.rule == "R41" else Severity.WARNING
    return ReportFinding(
        measure.rule,
        severity,
        f"prose.claims[{claim.name}]",
        claim.value,
        measure.value,
        f"文字写“{claim.quote or claim.name}”，为{claim.value}，表格为{measure.value}；"
        f"{EXPLANATIONS[measure.rule]}。",
    )


def parts_add_up(report: Report) -> Iterator[ReportFinding]:
    """R43: a published total equals its complete parts, or covers partial ones."""
    for index, item in enumerate(report.published):
        parts = _sum_of_parts(item)
        if item.total is None or parts is None or not _breaks(item, parts):
            continue
        relation = "相加为" if item.exhaustive else "只列部分，相加却已达"
        yield error(
            "R43",
            f"prose.published[{index}]",
            item.total,
            parts,
            f"{item.scope}：总数写为{item.total}{item.unit}，"
            f"各栏目{relation}{parts}{item.unit}。",
        )


def _sum_of_parts(item: Published) -> Cell:
    return added(item.by_column.values()) if item.by_column else None


def _breaks(item: Published, parts: Cell) -> bool:
    total = item.total or 0
    if item.exhaustive and None not in item.by_column.values():
        return total != parts
    is_approximate = APPROXIMATE.search(f"{item.scope}{item.quote}") is not None
    return not is_approximate and total < (parts or 0)


def totals_are_restated(report: Report) -> Iterator[ReportFinding]:
    """R44: one published total said twice is the same total."""
    for index, item in enumerate(report.published):
        first = _said_before(item, report.published[:index])
        if first is None or item.total is None:
            continue
        # R43 already names a first total that its own parts contradict.
        if item.total not in (first.total, _sum_of_parts(first)):
            yield warning(
                "R44",
                f"prose.published[{index}]",
                item.total,
                first.total,
                f"同一总数前文（{first.scope}）为{first.total}{first.unit}，"
                f"此处（{item.scope}）为{item.total}{item.unit}。",
            )


def _said_before(item: Published, earlier: tuple[Published, ...]) -> Published | None:
    alike = [one for one in earlier if one.unit == item.unit and one.total is not None]
    same = [one for one in alike if one.scope == item.scope and one.scope]
    if same:
        return same[0]
    return alike[0] if alike and RESTATED.search(item.scope) else None


def percentages_recompute(report: Report) -> Iterator[ReportFinding]:
    """R45: a percentage follows from its two counts, to the printed precision."""
    for claim in report.claims:
        if claim.percent is None:
            continue
        computed = recomputed(report, claim.percent)
        places = printed_places(claim.percent, claim.quote)
        stated = claim.percent.stated
        if computed is None or abs(computed - stated) * 2 * 10**places <= 1:
            continue
        rounded = round(computed, places)
        yield warning(
            "R45",
            "prose.claims[percent]",
            stated,
            rounded,
            f"文字写“{claim.quote or stated}”，百分比为{stated}%，"
            f"按两个件数计算为{rounded}%。",
        )


def all_closed_is_true(report: Report) -> Iterator[ReportFinding]:
    """R46: no "全部办结" while requests are carried out to the next year.

    Only sentences that count the very requests of the table are held to it.
    """
    carried_out = request_cell(report, "carried_out", "total")
    for claim in report.claims:
        measure = measured(report, claim.name) if claim.name in TAKEN_IN else None
        said = ALL_CLOSED.search(claim.quote)
        if said is None or measure is None or claim.value != measure.value:
            continue
        if carried_out > 0:
            yield warning(
                "R46",
                "prose",
                said.group(),
                carried_out,
                f"文字称“{said.group()}”，表格却有{carried_out}件结转下年度继续办理。",
            )


def all_upheld_is_true(report: Report) -> Iterator[ReportFinding]:
    """R46: no "均获维持" unless every case named was upheld."""
    groups = {"复议": "remedies.review", "诉讼": "remedies.suits"}
    for quote in _quotes(report):
        said = ALL_UPHELD.search(quote)
        named = [code for word, code in groups.items() if word in quote]
        if said is None or len(named) != 1:
            continue
        total, upheld = (
            measured(report, named[0]),
            measured(report, f"{named[0]}.upheld"),
        )
        if total is not None and upheld is not None and upheld.value < total.value:
            yield warning(
                "R46",
                "prose",
                said.group(),
                upheld.value,
                f"文字称“{said.group()}”，表格{total.value}件中只有{upheld.value}件维持。",
            )


def _quotes(report: Report) -> Iterator[str]:
    for claim in report.claims:
        yield claim.quote
    for item in report.published:
        yield item.quote


CHECKS = (
    claims_agree,
    claims_are_restated,
    parts_add_up,
    totals_are_restated,
    percentages_recompute,
    all_closed_is_true,
    all_upheld_is_true,
)
