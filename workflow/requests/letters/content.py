"""What stands in a letter: the fields as they were written, and what follows from them.

Pure but for the case it reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from models.request_files import Letter, LetterKind
from models.requests import RequestEventKind as Kind
from workflow.calendar import town_day
from workflow.errors import InvalidInput
from workflow.occasion import Occasion
from workflow.requests import guards
from workflow.requests.cases import Case
from workflow.requests.letters.forms import FEE_AMOUNT, FORMS, Field, Filled, Form
from workflow.requests.rules import NOTE_MAX, Faults
from workflow.requests.tariff import fee_of_items, fee_of_pages

PERIOD_MAX = 60
COUNT_MAX = 100_000


class Written(Protocol):
    """A letter as it was typed."""

    @property
    def kind(self) -> LetterKind:
        """What it is."""

    @property
    def fields(self) -> Mapping[str, str]:
        """What was filled in, by code."""

    @property
    def addressee(self) -> str:
        """Whom it goes to, when not to the applicant."""


def fields_of(by: Occasion, new: Written) -> dict[str, str]:
    """What was typed, by placeholder; all faults at once.

    Raises:
        InvalidInput: beside each field; nothing to pay among them.
    """
    form, faults = FORMS[new.kind], Faults()
    typed = {field: _typed(field, new.fields) for field in form.fields}
    for field, value in typed.items():
        _look(faults, field, value)
    _look_at_addressee(faults, form, new.addressee)
    if new.kind is LetterKind.POSTPONEMENT and not faults.found:
        ahead = date.fromisoformat(typed[form.fields[1]]) <= town_day(by.at)
        faults.add("until", "答复日期应当在今天之后。", when=ahead)
    faults.refuse()
    found = {field.name: value for field, value in typed.items()}
    if new.kind is LetterKind.FEE:
        found[FEE_AMOUNT] = str(_fee(found))
    return found


def _typed(field: Field, given: Mapping[str, str]) -> str:
    """As it was typed; a count that was left out is none."""
    value = given.get(field.code, "").strip()
    return value or ("0" if field.filled is Filled.NUMBER else "")


def _look(faults: Faults, field: Field, value: str) -> None:
    if field.filled is Filled.DAYS:
        fits = _number(value) is not None and 1 <= int(value) <= PERIOD_MAX
        faults.add(field.code, f"期限填1至{PERIOD_MAX}个工作日。", when=not fits)
    elif field.filled is Filled.NUMBER:
        fits = _number(value) is not None and int(value) <= COUNT_MAX
        faults.add(field.code, f"{field.name}请填数字。", when=not fits)
    elif field.filled is Filled.DAY:
        faults.add(field.code, "日期请按“2024-03-05”的样子填写。", when=not _day(value))
    else:
        faults.text(field.code, value, f"请写明{field.name}。", NOTE_MAX)


def _look_at_addressee(faults: Faults, form: Form, addressee: str) -> None:
    missing = "请写明收件人。" if form.elsewhere else ""
    faults.short("addressee", addressee, missing)


def _fee(found: Mapping[str, str]) -> int:
    """By page or by item, never both (国办函〔2020〕109号)."""
    pages, items = int(found["页数"]), int(found["件数"])
    if pages and items:
        line = "按件、按量两种计费方式只能选一种（国办函〔2020〕109号）。"
        raise InvalidInput({"items": [line], "pages": [line]})
    yuan = fee_of_items(items, int(found["当月此前件数"])) if items else 0
    yuan = yuan or fee_of_pages(pages)
    guards.fee_is_due(yuan)
    return yuan


def days_of(case: Case, letter: Letter) -> int:
    """The working days that a letter grants: the period it names, or the extension."""
    if letter.kind is LetterKind.EXTENSION:
        approved = case.last(Kind.EXTENSION_APPROVED)
        return approved.days if approved else 0
    return int(letter.fields.get("期限", "0") or 0)


def until_of(letter: Letter) -> date | None:
    """The day that a letter sets instead of the limit (D9)."""
    if letter.kind is not LetterKind.POSTPONEMENT:
        return None
    return date.fromisoformat(letter.fields["答复日期"])


def _number(value: str) -> int | None:
    is_number = value.isascii() and value.isdigit() and len(value) < 8
    return int(value) if is_number else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
