"""Recomputing a percentage of the prose, to the precision it is printed with."""

from __future__ import annotations

import re
from decimal import Decimal

from workflow.reports.measures import measured
from workflow.reports.report import Number, Percent, Report

PRINTED = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")


def recomputed(report: Report, percent: Percent) -> Decimal | None:
    """The percentage of the two counts; ``None`` if they give none."""
    numerator = _count(report, percent.numerator)
    denominator = _count(report, percent.denominator)
    if numerator is None or not denominator:
        return None
    return Decimal(numerator) * 100 / Decimal(denominator)


def _count(report: Report, count: Number | str) -> Number | None:
    if not isinstance(count, str):
        return count
    measure = measured(report, count)
    return None if measure is None else measure.value


def printed_places(percent: Percent, quote: str) -> int:
    """Decimal places as printed: the quote's if it shows them, else the file's."""
    for digits in PRINTED.findall(quote):
        if Decimal(digits) == percent.stated:
            return _places(Decimal(digits))
    is_whole = percent.stated == percent.stated.to_integral_value()
    return 0 if is_whole else _places(percent.stated)


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
