"""Absences: recorded and approved, or B may not act (外出登记、销假)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.people import Absence, Person
from workflow.actions import Action
from workflow.audit.acts import Subject, record
from workflow.errors import InvalidInput, WrongState
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people import registers
from workflow.people.permit import permit
from workflow.people.rules import Uncovered, uncovered

LONGEST = 366


def record_absence(
    session: Session,
    by: Occasion,
    person_id: int,
    first_day: date,
    last_day: date,
    reason: str,
) -> Absence:
    """Record that a person is away; from the first to the last day B acts for her.

    Args:
        first_day: first day away.
        last_day: last day away, included.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: the days are out of order, overlap another absence, or would
            leave a post without both A and B (names the post and the other's dates).
    """
    permit(session, by, Action.RECORD_ABSENCE)
    person = registers.person_locked(session, by.agency_id, person_id)

    new = Absence(agency_id=by.agency_id, person_id=person.id, reason=reason)
    new.first_day, new.last_day = first_day, last_day

    def doing() -> Absence:
        _check_days(first_day, last_day)
        _check_free(session, by, person, first_day, last_day)
        new.approved_by_id, new.recorded_at = by.person_id, by.at
        session.add(new)
        session.flush()
        _note(session, by, Action.RECORD_ABSENCE, new)
        return new

    about = {**_details(new), "reason": reason}
    return make_once(session, by, ("record_absence", about), Absence, doing)


def cancel_absence(session: Session, by: Occasion, absence_id: int) -> Absence:
    """The person is back (销假): the days to come are struck, those past stay.

    What B signed while A was away stays covered by the record.

    Raises:
        NotPermitted: not the system administrator.
        WrongState: cancelled already, or wholly past.
    """
    permit(session, by, Action.CANCEL_ABSENCE)
    absence = registers.absence(session, by.agency_id, absence_id)

    def doing() -> Absence:
        if absence.cancelled_at is not None or absence.last_day < by.today:
            raise WrongState("这次外出已经结束或已销假。", rule="absence-over")
        if absence.first_day < by.today:
            absence.last_day = by.today - timedelta(days=1)
        else:
            absence.cancelled_at = by.at
        _note(session, by, Action.CANCEL_ABSENCE, absence)
        return absence

    asked = ("cancel_absence", {"absence": absence_id})
    return make_once(session, by, asked, Absence, doing)


def _check_days(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise InvalidInput({"last_day": ["结束日期早于开始日期。"]})
    if (last_day - first_day).days >= LONGEST:
        raise InvalidInput({"last_day": ["一次外出最长一年，更长的请调整任岗。"]})


def _check_free(
    session: Session, by: Occasion, person: Person, first_day: date, last_day: date
) -> None:
    spans = registers.away_between(session, by.agency_id, first_day, last_day)
    if any(span.person_id == person.id for span in spans):
        sentence = f"{person.name}在这段日期内已有外出登记。"
        raise InvalidInput({"first_day": [sentence]}, rule="absence-overlaps")
    tenures = registers.tenures_beside(session, person.id)
    gap = uncovered(tenures, spans, person.id, first_day, last_day)
    if gap is not None:
        raise _both_away(gap)


def _both_away(gap: Uncovered) -> InvalidInput:
    others = "、".join(
        f"{name}（{_day(span.first_day)}至{_day(span.last_day)}）"
        for name, span in gap.others
    )
    return InvalidInput(
        {
            "first_day": [
                f"“{gap.post_title}”的其他任岗人员{others}也已登记外出，"
                f"{_day(gap.day)}将无人在岗。请错开日期或先安排其他人任岗。"
            ]
        },
        rule="a-and-b-both-away",
        basis="AB岗工作制的通行要求：A岗、B岗不得同时离岗。",
        help_from="系统管理员",
    )


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _note(session: Session, by: Occasion, action: Action, absence: Absence) -> None:
    on = Subject("absence", absence.id, details=_details(absence))
    record(session, by, action, on)


def _details(absence: Absence) -> dict[str, str | int]:
    return {
        "person": absence.person_id,
        "first_day": absence.first_day.isoformat(),
        "last_day": absence.last_day.isoformat(),
    }
