"""Until when an applicant may ask for a review or sue (D13, D14); pure.

Calendar limits of other laws: 行政复议法第二十条 (sixty days), 行政诉讼法第四十六条
(six months), 第四十五条 (fifteen days after the review).  They bind the applicant, not
the office; the office needs them for the remedy sentence and for how long it keeps
papers.
"""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta

REVIEW_WITHIN = 60
SUIT_AFTER_REVIEW_WITHIN = 15
SUIT_WITHIN_MONTHS = 6


def review_until(known_on: date) -> date:
    """The last day for applying for a review: sixty days from knowing."""
    return known_on + timedelta(days=REVIEW_WITHIN)


def suit_until(known_on: date) -> date:
    """The last day for a direct suit: six months from knowing.

    A month without that day ends on its last day.
    """
    month = known_on.month - 1 + SUIT_WITHIN_MONTHS
    year, month = known_on.year + month // 12, month % 12 + 1
    last = months.monthrange(year, month)[1]
    return date(year, month, min(known_on.day, last))


def suit_after_review_until(served_on: date) -> date:
    """The last day for a suit after the review: fifteen days from its decision."""
    return served_on + timedelta(days=SUIT_AFTER_REVIEW_WITHIN)
