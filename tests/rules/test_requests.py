from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.requests import ApplicantKind, RequestOutcome
from tests.acts.town_on_rounds import OFF_2024, WORK_2024
from workflow.calendar import WorkingCalendar
from workflow.errors import CalendarUnknown, InvalidInput
from workflow.requests import rules
from workflow.requests.rules import NewRequest, Reply

CALENDAR = WorkingCalendar(
    off=frozenset(date.fromisoformat(day) for day in OFF_2024),
    work=frozenset(date.fromisoformat(day) for day in WORK_2024),
    known_from=date(2024, 1, 1),
    known_until=date(2024, 12, 31),
)
TODAY = date(2024, 6, 3)
REQUEST = NewRequest(TODAY, "当面", ApplicantKind.NATURAL, "示例申请人", "示例内容")
REPLY = Reply(RequestOutcome.GRANTED, "予以公开（示例）", "", TODAY)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2024, 1, 29), date(2024, 2, 29)),
        (date(2024, 9, 25), date(2024, 10, 28)),
        (date(2024, 12, 3), date(2024, 12, 31)),
    ],
)
def test_an_answer_is_due_twenty_working_days_after_receipt(
    received: date, due: date
) -> None:
    assert rules.due_on(received, CALENDAR) == due


@pytest.mark.parametrize("received", [date(2024, 12, 4), date(2023, 12, 29)])
def test_a_limit_beyond_the_holiday_lists_is_not_guessed(received: date) -> None:
    with pytest.raises(CalendarUnknown):
        rules.due_on(received, CALENDAR)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"received_on": date(2024, 6, 4)}, "received_on"),
        ({"way": ""}, "way"),
        ({"way": "长" * 41}, "way"),
        ({"applicant_name": " "}, "applicant_name"),
        ({"applicant_name": "长" * 121}, "applicant_name"),
        ({"wants": ""}, "wants"),
        ({"wants": "长" * 20_001}, "wants"),
    ],
)
def test_a_registration_that_lacks_something_is_refused(
    changed: dict[str, object], field: str
) -> None:
    rules.refuse_bad_request(REQUEST, TODAY)
    bad = replace(REQUEST, **changed)  # type: ignore[arg-type]

    with pytest.raises(InvalidInput) as refused:
        rules.refuse_bad_request(bad, TODAY)

    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": ""}, "text"),
        ({"outcome": RequestOutcome.PARTIAL}, "basis"),
        ({"basis": "长" * 301}, "basis"),
        ({"answered_on": date(2024, 6, 4)}, "answered_on"),
        ({"answered_on": date(2024, 5, 31)}, "answered_on"),
    ],
)
def test_an_answer_that_lacks_something_is_refused(
    changed: dict[str, object], field: str
) -> None:
    rules.refuse_bad_reply(REPLY, TODAY, TODAY)
    bad = replace(REPLY, **changed)  # type: ignore[arg-type]

    with pytest.raises(InvalidInput) as refused:
        rules.refuse_bad_reply(bad, TODAY, TODAY)

    assert list(refused.value.fields) == [field]
