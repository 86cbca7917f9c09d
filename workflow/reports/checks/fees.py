"""R27 and R50 to R55: the 信息处理费 statement of section 六."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.reports.figures import FIRST_FORMAT_YEAR, added, request_cell
from workflow.reports.findings import ReportFinding, error, information, warning
from workflow.reports.report import Cell, Report

YUAN_PER_WAN = 10_000
LEAST_NOTICE = 10


def fee_is_reported(report: Report) -> Iterator[ReportFinding]:
    """R50: section 六 says what happened with the fee.

    The fee has existed since 2021-01-01 (国办函〔2020〕109号), so a report for an
    earlier year owes no statement.
    """
    if report.year >= FIRST_FORMAT_YEAR and not report.fee.stated:
        yield error(
            "R50",
            "processing_fee",
            None,
            None,
            "第六部分没有报告收取信息处理费的情况；没有收取也应写明。",
        )


def fee_has_three_numbers(report: Report) -> Iterator[ReportFinding]:
    """R51: notices issued, amount notified and amount received are all given."""
    fee = report.fee
    numbers = {
        "notices": (fee.notices, "收费通知件数"),
        "amount_notified": (fee.amount_notified, "通知收费总金额"),
        "amount_received": (fee.amount_received, "实际收取总金额"),
    }
    silent = [name for name, (value, _) in numbers.items() if value is None]
    if fee.stated and silent:
        labels = "、".join(numbers[name][1] for name in silent)
        yield information(
            "R51",
            f"processing_fee.{silent[0]}",
            None,
            None,
            f"信息处理费情况没有写明{labels}；没有发生也应写0。",
        )


def notices_cover_outcomes(report: Report) -> Iterator[ReportFinding]:
    """R27: at least as many notices as requests paid for or lapsed unpaid."""
    notices = report.fee.notices
    lapsed = request_cell(report, "other_no_fee", "total")
    least = lapsed + (report.fee.paid_count or 0)
    if notices is not None and notices < least:
        yield error(
            "R27",
            "processing_fee.notices",
            notices,
            least,
            f"发出收费通知{notices}件，少于逾期未缴费与已缴费合计的{least}件。",
        )


def received_was_notified(report: Report) -> Iterator[ReportFinding]:
    """R52: no more is received than was notified."""
    notified, received = report.fee.amount_notified, report.fee.amount_received
    if notified is not None and received is not None and received > notified:
        yield error(
            "R52",
            "processing_fee.amount_received",
            received,
            notified,
            f"实际收取信息处理费{received}元，多于通知收取的{notified}元。",
        )


def organs_add_up(report: Report) -> Iterator[ReportFinding]:
    """R53: what is listed by organ sums to the stated totals."""
    fee = report.fee
    amounts = [organ.amount for organ in fee.by_organ]
    counts = [organ.count for organ in fee.by_organ]
    yield from _sum_is("amount_received", "金额", fee.amount_received, amounts)
    yield from _sum_is("paid_count", "件数", fee.paid_count, counts)


def _sum_is(
    name: str, label: str, stated: Cell, parts: list[Cell]
) -> Iterator[ReportFinding]:
    if stated is None or not parts or None in parts:
        return
    computed = added(parts)
    if stated != computed:
        yield error(
            "R53",
            f"processing_fee.{name}",
            stated,
            computed,
            f"信息处理费{label}合计写为{stated}，各单位相加为{computed}。",
        )


def notified_is_in_the_tariff(report: Report) -> Iterator[ReportFinding]:
    """R55: every rate of 国办函〔2020〕109号 is a multiple of 10元, per page or item.

    What each single notice may come to is tested on the register of requests.
    """
    notices, notified = report.fee.notices, report.fee.amount_notified
    if notified is None or report.year < FIRST_FORMAT_YEAR:
        return
    is_charged_without_notice = notices == 0 and notified > 0
    if is_charged_without_notice or notified % LEAST_NOTICE != 0:
        yield error(
            "R55",
            "processing_fee.amount_notified",
            notified,
            0 if is_charged_without_notice else None,
            f"通知收取信息处理费{notified}元，按国办函〔2020〕109号的标准得不出这个数"
            f"{'：没有发出收费通知' if is_charged_without_notice else ''}。",
        )
    elif notices is not None and notified < notices * LEAST_NOTICE:
        yield warning(
            "R55",
            "processing_fee.amount_notified",
            notified,
            notices * LEAST_NOTICE,
            f"发出收费通知{notices}件，每件至少10元，通知总金额却只有{notified}元。",
        )


def charges_include_fee(report: Report) -> Iterator[ReportFinding]:
    """R54: the fee is itself an 行政事业性收费, so section 二 covers it."""
    charged, received = (
        report.active.figures.get("fees_wan"),
        report.fee.amount_received,
    )
    if charged is None or received is None:
        return
    if charged * YUAN_PER_WAN < received:
        yield warning(
            "R54",
            "active.fees_wan",
            f"{charged}万元",
            f"{received}元",
            f"行政事业性收费{charged}万元，少于已收取的信息处理费{received}元；"
            "信息处理费也是行政事业性收费。",
        )


CHECKS = (
    notices_cover_outcomes,
    fee_is_reported,
    fee_has_three_numbers,
    received_was_notified,
    organs_add_up,
    notified_is_in_the_tariff,
    charges_include_fee,
)
