"""The words of 一, 五 and 六: computed sentences, the office's own beside them.

What a sentence counts is taken from the report that is printed with it, so that words
and tables cannot differ (R40 to R44).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflow.reports.form import HEADINGS
from workflow.reports.report import Cell, Report

LONGEST = 6000
SUMMARY, PROBLEMS, OTHER = HEADINGS[0], HEADINGS[4], HEADINGS[5]
BASIS = (
    "依据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室"
    "关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
    "（国办公开办函〔2021〕30号）要求，编制本报告。"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One passage of the report.

    Args:
        lead: how it begins in print.
        needed: whether the office must write something of its own; for a 人民政府
            supervision holds 工作考核、社会评议和责任追究结果 (条例第五十条).
    """

    code: str
    heading: str
    lead: str
    needed: bool = False


SLOTS = (
    Slot("active", SUMMARY, "1. 主动公开情况。"),
    Slot("on_request", SUMMARY, "2. 依申请公开情况。"),
    Slot("management", SUMMARY, "3. 政府信息管理情况。", needed=True),
    Slot("platform", SUMMARY, "4. 政府信息公开平台建设情况。", needed=True),
    Slot("supervision", SUMMARY, "5. 监督保障情况。", needed=True),
    Slot("problems", PROBLEMS, "（一）存在的主要问题。", needed=True),
    Slot("improvements", PROBLEMS, "（二）改进情况。", needed=True),
    Slot("fee", OTHER, "（一）政府信息公开信息处理费收取情况。"),
    Slot("restated", OTHER, "（二）政务公开工作要点完成情况。"),
    Slot("other", OTHER, "（三）其他情况。"),
)
CODES = tuple(slot.code for slot in SLOTS)


@dataclass(frozen=True, slots=True)
class Passage:
    """A slot filled: what was computed, what the office wrote."""

    slot: Slot
    computed: str
    own: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """As printed; nothing if nothing is said."""
        lines = [line.strip() for line in self.own.splitlines() if line.strip()]
        if not self.computed and not lines:
            return ()
        first = self.computed or lines.pop(0)
        return (f"{self.slot.lead}{first}", *lines)


def passages(
    report: Report, own: Mapping[str, str], facts: Mapping[str, str] | None = None
) -> tuple[Passage, ...]:
    """Every passage of a report, in order.

    Args:
        own: slot code to what the office wrote, paragraphs on lines.
        facts: slot code to a sentence from other records (assessments, rounds).
    """
    said = {**(facts or {}), **_computed(report)}
    return tuple(
        Passage(slot, said.get(slot.code, ""), own.get(slot.code, "")) for slot in SLOTS
    )


def as_printed(filled: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
    """Statutory heading to its paragraphs."""
    return {
        heading: tuple(
            line
            for passage in filled
            if passage.slot.heading == heading
            for line in passage.paragraphs
        )
        for heading in (SUMMARY, PROBLEMS, OTHER)
    }


def _computed(report: Report) -> dict[str, str]:
    claims = "，".join(claim.quote for claim in report.claims)
    first, *again = report.published or (None,)
    return {
        "active": first.quote if first else "",
        "on_request": f"{claims}。" if claims else "",
        "fee": fee_sentence(report),
        "restated": again[0].quote if again and again[0] else "",
    }


def fee_sentence(report: Report) -> str:
    """What happened with 信息处理费, all three numbers, zeros included (R50, R51)."""
    fee, year = report.fee, report.year
    if not fee.stated:
        return ""
    if not (fee.notices or fee.amount_notified or fee.amount_received):
        return (
            f"{year}年度本机关未收取信息处理费。"
            "发出收费通知的件数和总金额，以及实际收取的总金额均为0。"
        )
    return (
        f"{year}年度本机关发出收费通知{_said(fee.notices)}件，"
        f"通知收取总金额{_said(fee.amount_notified)}元，"
        f"实际收取总金额{_said(fee.amount_received)}元。"
    )


def _said(number: Cell) -> str:
    return "0" if number is None else f"{number:f}" if number % 1 else f"{int(number)}"
