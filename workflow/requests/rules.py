"""Disclosure on request (依申请公开): the limit, and what a record needs; pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from models.requests import ApplicantKind, RequestOutcome
from workflow.calendar import WorkingCalendar
from workflow.errors import CalendarUnknown, InvalidInput

ANSWER_WITHIN = 20
SHORT_MAX = {"way": 40, "applicant_name": 120, "basis": 300}
TEXT_MAX = 20_000


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as it is registered.

    Args:
        received_on: the day of receipt (条例第三十一条), which is not counted.
        way: how it came (当面、邮寄、网络、传真).
        applicant_kind: fixed here once and for all: a column of the annual report.
        wants: the information asked for, in the applicant's words.
    """

    received_on: date
    way: str
    applicant_kind: ApplicantKind
    applicant_name: str
    wants: str

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Reply:
    """The one answer to a request.

    Args:
        outcome: one of the 21 rows of the annual report.
        text: what the applicant is told.
        basis: the article of the regulation; needed unless all is granted.
        answered_on: the day of signing.
    """

    outcome: RequestOutcome
    text: str
    basis: str
    answered_on: date

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


def due_on(received_on: date, calendar: WorkingCalendar) -> date:
    """The last day for an answer: 20 working days after the day of receipt.

    条例第三十三条.  The day of receipt is not counted.

    Raises:
        CalendarUnknown: the holiday lists do not reach so far; a legal limit is not
            guessed.
    """
    last = calendar.add_working_days(received_on, ANSWER_WITHIN)
    if calendar.says_provisional(received_on) or calendar.says_provisional(last):
        raise CalendarUnknown(
            f"答复期限要算到{last.year}年，放假安排还没有录入齐全，不能登记。",
            help_from="系统管理员",
        )
    return last


def masked(name: str) -> str:
    """An applicant's name for those who need not know it (个人信息保护法第六条)."""
    return name[:1] + "**"


def refuse_bad_request(new: NewRequest, today: date) -> None:
    """Refuse a registration that lacks something, naming every field at once.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults = {
        "received_on": ["收到日期晚于今天。"] if new.received_on > today else [],
        "way": _short("way", new.way, "请写明收到方式。"),
        "applicant_name": _short(
            "applicant_name", new.applicant_name, "请写明申请人姓名或名称。"
        ),
        "wants": _text(new.wants, "请写明申请公开的内容。"),
    }
    _refuse(faults)


def refuse_bad_reply(reply: Reply, received_on: date, today: date) -> None:
    """Refuse an answer that lacks something, naming every field at once.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    granted = reply.outcome is RequestOutcome.GRANTED
    missing = "" if granted else "未全部公开的，请写明所依据的条款。"
    faults = {
        "text": _text(reply.text, "请写明答复内容。"),
        "basis": _short("basis", reply.basis, missing),
        "answered_on": _bad_day(reply.answered_on, received_on, today),
    }
    _refuse(faults)


def _bad_day(answered_on: date, received_on: date, today: date) -> list[str]:
    if answered_on > today:
        return ["答复日期晚于今天。"]
    return ["答复日期早于收到日期。"] if answered_on < received_on else []


def _short(field: str, text: str, missing: str) -> list[str]:
    if not text.strip():
        return [missing] if missing else []
    most = SHORT_MAX[field]
    return [f"最多{most}字。"] if len(text) > most else []


def _text(text: str, missing: str) -> list[str]:
    if not text.strip():
        return [missing]
    return [f"最多{TEXT_MAX}字。"] if len(text) > TEXT_MAX else []


def _refuse(faults: dict[str, list[str]]) -> None:
    found = {name: lines for name, lines in faults.items() if lines}
    if found:
        raise InvalidInput(found)
