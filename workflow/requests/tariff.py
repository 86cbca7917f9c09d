"""The tariff for large requests (信息处理费, 国办函〔2020〕109号); pure, in yuan.

One of two ways for a request, never both; each rate applies to the part inside its band
(超额累进).
"""

from __future__ import annotations

from itertools import accumulate

FREE_ITEMS, FREE_PAGES = 10, 30
# (up to and with this page, yuan for each page of the band); beyond the last, the rate.
PAGE_BANDS = ((FREE_PAGES, 0), (100, 10), (200, 20))
PAGE_RATE_BEYOND = 40
ITEMS_FIRST_BAND_ENDS = 30
ITEM_STEP = 10
ITEM_RATE = 100


def fee_of_pages(pages: int) -> int:
    """The fee when it is counted by page, in yuan.

    Args:
        pages: supplied on paper or copied; pages merely pointed to do not count.

    Raises:
        ValueError: less than none.
    """
    if pages < 0:
        raise ValueError("pages must not be negative")
    fee, below = 0, 0
    for upto, rate in PAGE_BANDS:
        fee += rate * max(0, min(pages, upto) - below)
        below = upto
    return fee + PAGE_RATE_BEYOND * max(0, pages - below)


def fee_of_items(items: int, before: int = 0) -> int:
    """The fee when it is counted by item, in yuan.

    Args:
        items: items of this request.
        before: items the same applicant asked for earlier in the calendar month; the
            bands are climbed from there.

    Raises:
        ValueError: less than none.
    """
    if items < 0 or before < 0:
        raise ValueError("items must not be negative")
    return sum(
        _rate_of_item(number) for number in range(before + 1, before + items + 1)
    )


def _rate_of_item(number: int) -> int:
    """What the item of that number in the month costs: 100, then 100 more each ten."""
    if number <= FREE_ITEMS:
        return 0
    if number <= ITEMS_FIRST_BAND_ENDS:
        return ITEM_RATE
    further = (number - ITEMS_FIRST_BAND_ENDS - 1) // ITEM_STEP + 1
    return ITEM_RATE * (1 + further)


def is_reachable(yuan: int, most: int = 2000) -> bool:
    """Whether some number of pages or of items comes to that fee (R55).

    An applicant's items may begin anywhere in the month, so any run of items counts.

    Args:
        most: how many pages or items are tried.
    """
    if yuan <= 0:
        return yuan == 0
    pages = (fee_of_pages(number) for number in range(FREE_PAGES, most))
    whole = list(accumulate(_rate_of_item(n) for n in range(1, most)))
    return yuan in pages or yuan in whole or _is_run_of_items(yuan, whole)


def _is_run_of_items(yuan: int, whole: list[int]) -> bool:
    reached = {0, *whole}
    return any(total - yuan in reached for total in whole if total >= yuan)
