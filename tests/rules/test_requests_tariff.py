"""The tariff of 国办函〔2020〕109号 and the limits of review and suit."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.requests.remedy_limits import (
    review_until,
    suit_after_review_until,
    suit_until,
)
from workflow.requests.tariff import fee_of_items, fee_of_pages, is_reachable


@pytest.mark.parametrize(
    ("items", "yuan"),
    [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300)],
)
def test_the_worked_examples_by_item(items: int, yuan: int) -> None:
    assert fee_of_items(items) == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(30, 0), (31, 10), (72, 420), (100, 700), (101, 720), (200, 2700), (201, 2740)],
)
def test_the_worked_examples_by_page(pages: int, yuan: int) -> None:
    assert fee_of_pages(pages) == yuan


def test_items_of_one_month_climb_together() -> None:
    assert fee_of_items(4, before=8) == 200
    assert fee_of_items(15, before=10) == 1500
    assert fee_of_items(20) + fee_of_items(21, before=20) == fee_of_items(41)


@pytest.mark.parametrize("yuan", [0, 420, 290, 140, 1500, 600, 2740])
def test_charged_amounts_are_reachable(yuan: int) -> None:
    assert is_reachable(yuan)


@pytest.mark.parametrize("yuan", [-10, 5, 15, 101, 705])
def test_other_amounts_are_not(yuan: int) -> None:
    assert not is_reachable(yuan)


@pytest.mark.parametrize("number", [-1, -100])
def test_less_than_nothing_is_not_counted(number: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        fee_of_pages(number)
    with pytest.raises(ValueError, match="negative"):
        fee_of_items(number)
    with pytest.raises(ValueError, match="negative"):
        fee_of_items(1, before=number)


def test_a_review_within_sixty_days_a_suit_within_six_months() -> None:
    assert review_until(date(2025, 1, 1)) == date(2025, 3, 2)
    assert suit_until(date(2025, 8, 31)) == date(2026, 2, 28)
    assert suit_until(date(2025, 1, 15)) == date(2025, 7, 15)
    assert suit_after_review_until(date(2025, 6, 20)) == date(2025, 7, 5)
