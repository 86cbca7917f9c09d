"""What an entry of a register needs (条例第二十条); pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from models.reports import RegisterKind
from workflow.errors import InvalidInput

LONGEST = {"number": 120, "title": 300, "source": 300, "published_at": 300}
DOCUMENTS = (RegisterKind.RULES, RegisterKind.NORMATIVE)
ONE_FEN = Decimal("0.01")
MOST_YUAN = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One decision, document or fee as it is entered.

    Args:
        number: its document number; one entry of a kind for each.
        dated: the day of the decision, or on which the document was made.
        source: where it is on record.
        amount_yuan: the fee in 元, for fees and for nothing else.
        repealed_on: when it was repealed, for rules and normative documents only.
        published_at: where a document was made public; every one must be (R13).
    """

    kind: RegisterKind
    number: str
    title: str
    dated: date
    source: str
    amount_yuan: Decimal | None = None
    repealed_on: date | None = None
    published_at: str = ""

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


def refuse_bad_entry(new: NewEntry, today: date) -> None:
    """Refuse an entry that lacks something, naming every field at once.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults = {
        "number": _text("number", new.number),
        "title": _text("title", new.title),
        "source": _text("source", new.source),
        "dated": ["日期晚于今天。"] if new.dated > today else [],
        "amount_yuan": _bad_amount(new),
        "repealed_on": _bad_repeal(new),
        "published_at": _bad_place(new),
    }
    found = {name: lines for name, lines in faults.items() if lines}
    if found:
        raise InvalidInput(found)


def _text(field: str, text: str) -> list[str]:
    if not text.strip():
        return ["请填写。"]
    most = LONGEST[field]
    return [f"最多{most}字。"] if len(text) > most else []


def _bad_amount(new: NewEntry) -> list[str]:
    amount = new.amount_yuan
    if new.kind is not RegisterKind.FEES:
        return ["只有收费登记才填金额。"] if amount is not None else []
    if amount is None:
        return ["请填写收费金额（元）。"]
    if not amount.is_finite() or not 0 <= amount < MOST_YUAN:
        return ["收费金额应为不小于零的数。"]
    return [] if amount == amount.quantize(ONE_FEN) else ["金额最多到分。"]


def _bad_repeal(new: NewEntry) -> list[str]:
    if new.repealed_on is None:
        return []
    if new.kind not in DOCUMENTS:
        return ["只有规章和规范性文件才填废止日期。"]
    return ["废止日期早于制发日期。"] if new.repealed_on < new.dated else []


def _bad_place(new: NewEntry) -> list[str]:
    if new.published_at and new.kind not in DOCUMENTS:
        return ["只有规章和规范性文件才填公布位置。"]
    most = LONGEST["published_at"]
    return [f"最多{most}字。"] if len(new.published_at) > most else []


@dataclass(frozen=True, slots=True)
class Repeal:
    """How a document ceased to be in force: the day, and what repealed it."""

    on: date
    by_what: str

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


def refuse_bad_repeal(made_on: date, repeal: Repeal, today: date) -> None:
    """Refuse a repeal before the making or in the future, or without its ground.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults: dict[str, list[str]] = {}
    if repeal.on < made_on:
        faults["repealed_on"] = ["废止日期早于制发日期。"]
    elif repeal.on > today:
        faults["repealed_on"] = ["废止日期晚于今天。"]
    by_what = repeal.by_what.strip()
    if not by_what or len(by_what) > LONGEST["source"]:
        faults["repealed_by"] = [f"请写明由哪份文件废止，最多{LONGEST['source']}字。"]
    if faults:
        raise InvalidInput(faults)
