from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.reports import RegisterKind
from models.requests import ApplicantKind, RequestOutcome
from workflow.errors import InvalidInput
from workflow.reports import cells, form
from workflow.reports.registers import NewEntry, refuse_bad_entry

TODAY = date(2024, 6, 3)
PENALTY = NewEntry(
    RegisterKind.PUNISHMENT, "示例罚字〔2024〕1号", "示例处罚", TODAY, "示例台账"
)
FEE = replace(PENALTY, kind=RegisterKind.FEES, amount_yuan=Decimal("12.50"))
RULE = replace(PENALTY, kind=RegisterKind.NORMATIVE, repealed_on=TODAY)


@pytest.mark.parametrize("good", [PENALTY, FEE, RULE])
def test_a_whole_entry_is_taken(good: NewEntry) -> None:
    refuse_bad_entry(good, TODAY)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (replace(PENALTY, number=" "), "number"),
        (replace(PENALTY, title="长" * 301), "title"),
        (replace(PENALTY, source=""), "source"),
        (replace(PENALTY, dated=date(2024, 6, 4)), "dated"),
        (replace(PENALTY, amount_yuan=Decimal(1)), "amount_yuan"),
        (replace(FEE, amount_yuan=None), "amount_yuan"),
        (replace(FEE, amount_yuan=Decimal("-1")), "amount_yuan"),
        (replace(FEE, amount_yuan=Decimal("NaN")), "amount_yuan"),
        (replace(FEE, amount_yuan=Decimal("0.001")), "amount_yuan"),
        (replace(PENALTY, repealed_on=TODAY), "repealed_on"),
        (replace(RULE, repealed_on=date(2024, 6, 2)), "repealed_on"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(bad: NewEntry, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        refuse_bad_entry(bad, TODAY)

    assert list(refused.value.fields) == [field]


def test_every_cell_of_the_form_has_its_records() -> None:
    assert set(cells.register_rows(2024)) == set(form.ACTIVE_CELLS)
    assert set(cells.request_rows(2024)) == set(form.REQUEST_ROWS)
    assert tuple(ApplicantKind) == form.APPLICANTS
    assert tuple(RequestOutcome) == form.OUTCOMES
