"""R27, R50 to R55 and R60 to R63."""

from __future__ import annotations

import pytest

from tests.rules.report_files import (
    changed,
    figures_found,
    found,
    of_year,
    without,
)

FEE: dict[str, object] = {
    "stated": True,
    "notices": 3,
    "amount_notified": 420,
    "amount_received": 420,
    "paid_count": 3,
    "unit": "元",
}
CHARGED: dict[str, object] = {"active.fees_wan": 0.042, "processing_fee": FEE}


def charged(**figures: object) -> dict[str, object]:
    return {**CHARGED, "processing_fee": {**FEE, **figures}}


def test_a_whole_fee_statement_is_clean() -> None:
    assert found(changed(CHARGED)) == []


def test_notices_cover_what_was_paid_and_what_lapsed() -> None:
    content = changed(charged(notices=2))
    assert found(content) == [("R27", "E", "processing_fee.notices")]
    assert figures_found(content) == [("R27", 2, 3)]


def test_requests_lapsed_unpaid_need_notices_too() -> None:
    lapsed = [1, 0, 0, 0, 0, 0, 1]
    content = changed(
        {
            "requests.granted": [0] * 7,
            "requests.other_no_fee": lapsed,
            "prose.claims": [],
        }
    )
    assert found(content) == [("R27", "E", "processing_fee.notices")]


def test_the_fee_is_reported_even_when_there_was_none() -> None:
    for content in (
        changed({"processing_fee": {"stated": False}}),
        without("processing_fee"),
    ):
        assert found(content) == [("R50", "E", "processing_fee")]


def test_no_fee_existed_before_2021() -> None:
    content = {**of_year(2020), "processing_fee": {"stated": False}}
    assert found(content) == []


@pytest.mark.parametrize(
    ("figures", "severity"),
    [
        ({"amount_notified": 421}, "E"),
        ({"notices": 0, "paid_count": 0}, "E"),
        ({"notices": 43}, "W"),
    ],
)
def test_what_was_notified_can_come_from_the_tariff(
    figures: dict[str, object], severity: str
) -> None:
    content = changed(charged(**figures))
    assert found(content) == [("R55", severity, "processing_fee.amount_notified")]


@pytest.mark.parametrize("name", ["notices", "amount_notified", "amount_received"])
def test_each_of_the_three_numbers_is_given(name: str) -> None:
    content = changed(charged(**{name: None}))
    assert found(content) == [("R51", "I", f"processing_fee.{name}")]


def test_no_more_is_received_than_notified() -> None:
    content = changed(charged(amount_notified=400))
    assert found(content) == [("R52", "E", "processing_fee.amount_received")]
    assert figures_found(content) == [("R52", 420, 400)]


def test_the_organs_add_up() -> None:
    organs = [
        {"organ": "示例甲局", "count": 1, "amount": 140},
        {"organ": "示例乙局", "count": 2, "amount": 280},
    ]
    assert found(changed(charged(by_organ=organs))) == []
    organs[1]["amount"] = 290
    content = changed(charged(by_organ=organs))
    assert found(content) == [("R53", "E", "processing_fee.amount_received")]
    organs[1].update(amount=280, count=1)
    content = changed(charged(by_organ=organs))
    assert found(content) == [("R53", "E", "processing_fee.paid_count")]


def test_charges_include_the_fee() -> None:
    content = changed({**CHARGED, "active.fees_wan": 0})
    assert found(content) == [("R54", "W", "active.fees_wan")]


@pytest.mark.parametrize(
    ("scope", "day", "expected"),
    [
        ("own", "2025-01-01", []),
        ("own", "2025-01-31", []),
        ("own", "2025-02-01", [("R60", "W", "published_on")]),
        ("aggregate", "2025-03-31", []),
        ("aggregate", "2025-04-01", [("R61", "W", "published_on")]),
        ("own", "2024-12-31", [("R62", "E", "published_on")]),
    ],
)
def test_the_day_of_publication(
    scope: str, day: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found(changed({"organ.scope": scope, "published_on": day})) == expected


@pytest.mark.parametrize(
    ("first", "last"), [("2024-01-01", "2024-11-30"), ("2023-01-01", "2023-12-31")]
)
def test_the_period_is_the_whole_year(first: str, last: str) -> None:
    content = changed({"period": {"from": first, "to": last}})
    assert found(content) == [("R63", "E", "period")]


def test_a_period_that_is_not_stated_is_not_judged() -> None:
    assert found(changed({"period": None})) == []
