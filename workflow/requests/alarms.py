"""When a request speaks up: unconfirmed, near its limit, late, lapsed, not served.

Each thing is said once to each registrar (the message's event is its key); what is late
is said to the leaders too.  Nothing is decided by a clock: a lapse is only pointed out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.notices import NoticeKind
from models.people import Role
from models.requests import RequestState
from workflow.agencies.questions import calendar_of
from workflow.errors import CalendarUnknown
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people.questions import people_with_role
from workflow.requests.cases import load_all
from workflow.requests.lines import RequestLine, line_of
from workflow.requests.questions import open_requests

NEAR = (5, 3, 1, 0)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is to be said of one request.

    Args:
        key: what happened; the same is not said twice.
        leaders: whether the leaders hear it too.
    """

    key: str
    words: str
    leaders: bool = False


def watch(session: Session, by: Occasion) -> int:
    """Say what there is to say on this working day; how many messages that was."""
    try:
        if not calendar_of(session, by.agency_id).is_working_day(by.today):
            return 0
    except CalendarUnknown:
        return 0
    told = 0
    open_ = open_requests(session, by.agency_id)
    for case in load_all(session, open_).values():
        line = line_of(by, case)
        told += sum(_tell(session, by, line, alarm) for alarm in alarms_of(line, by))
    return told


def alarms_of(line: RequestLine, by: Occasion) -> Iterator[Alarm]:
    """What one request has to say today."""
    yield from _unconfirmed(line, by.today)
    yield from _near_or_late(line)
    yield from _over(line, by.today)
    if line.state is RequestState.DECIDED:
        yield Alarm("unserved", "答复已签发，还没有送达")


def _unconfirmed(line: RequestLine, today: date) -> Iterator[Alarm]:
    if line.unconfirmed:
        words = f"来件已过{line.unconfirmed}天，收到日期还没有与申请人确认"
        yield Alarm(f"unconfirmed {today.isoformat()}", words)


def _near_or_late(line: RequestLine) -> Iterator[Alarm]:
    if line.days_left is None or line.due_on is None:
        return
    if line.late:
        words = f"已超过答复期限（{line.due_on.isoformat()}）"
        yield Alarm(f"late {line.due_on.isoformat()}", words, leaders=True)
    elif line.days_left in NEAR:
        key = f"near {line.due_on.isoformat()} {line.days_left}"
        left = f"还剩{line.days_left}个工作日" if line.days_left else "今天到期"
        yield Alarm(key, f"答复期限{left}")


def _over(line: RequestLine, today: date) -> Iterator[Alarm]:
    if line.waits_until is not None and today > line.waits_until:
        words = f"对方的期限到{line.waits_until.isoformat()}已满，请办理"
        yield Alarm(f"over {line.waits_until.isoformat()}", words)


def _tell(session: Session, by: Occasion, line: RequestLine, alarm: Alarm) -> int:
    number = f"{line.number}号" if line.number else "（未登记）"
    message = Message(
        event=f"request {line.id} {alarm.key}",
        kind=NoticeKind.REMINDER,
        title=f"公开申请{number}：{alarm.words}",
        about=("request", str(line.id)),
    )
    roles = (Role.REGISTRAR, Role.LEADER) if alarm.leaders else (Role.REGISTRAR,)
    people = [
        person.id
        for role in roles
        for person in people_with_role(session, by.agency_id, role, by.at)
    ]
    return len(tell(session, by, message, people))
