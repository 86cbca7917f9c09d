"""Entering assessments, public reviews and accountability, and their rectification."""

from __future__ import annotations

from sqlalchemy import extract, select, update
from sqlalchemy.orm import Session

from models.people import Role
from models.reports import Supervision, SupervisionKind
from workflow.actions import Action
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.calendar import town_day
from workflow.errors import NotFound, WrongState
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import need_role
from workflow.reports.supervisions import (
    Mending,
    NewSupervision,
    refuse_bad_mending,
    refuse_bad_supervision,
)


def enter_supervision(
    session: Session, by: Occasion, new: NewSupervision
) -> Supervision:
    """Enter one judgement on the office's work; section one of the report tells it.

    Raises:
        NotPermitted: not a registrar.
        InvalidInput: something is missing.
    """

    def doing() -> Supervision:
        need_role(session, by, Role.REGISTRAR, Action.ENTER_SUPERVISION)
        refuse_bad_supervision(new, town_day(by.at))
        entry = Supervision(
            agency_id=by.agency_id,
            entered_by_id=by.person_id,
            entered_at=by.at,
            **new.as_values(),
        )
        session.add(entry)
        session.flush()
        details: dict[str, audit.Plain] = {"kind": new.kind.value, "title": new.title}
        subject = Subject("supervision", entry.id, details=details)
        audit.record(session, by, Action.ENTER_SUPERVISION, subject)
        return entry

    asked = (Action.ENTER_SUPERVISION, new.as_values())
    return make_once(session, by, asked, Supervision, doing)


def mend_supervision(
    session: Session, by: Occasion, entry_id: int, mending: Mending
) -> Supervision:
    """Say how a problem was put right (考核整改), once.

    Raises:
        NotPermitted: not a registrar.
        WrongState: nothing was found wanting, or it is put right already.
        InvalidInput: the day cannot be, or the words are missing.
    """

    def doing() -> Supervision:
        need_role(session, by, Role.REGISTRAR, Action.MEND_SUPERVISION)
        entry = supervision(session, by.agency_id, entry_id)
        refuse_bad_mending(entry.dated, mending, town_day(by.at))
        _set_mended(session, entry, mending)
        details: dict[str, audit.Plain] = {"mended_on": mending.on.isoformat()}
        subject = Subject("supervision", entry.id, details=details)
        audit.record(session, by, Action.MEND_SUPERVISION, subject)
        return entry

    asked = (Action.MEND_SUPERVISION, {"entry": entry_id, **mending.as_values()})
    return make_once(session, by, asked, Supervision, doing)


def supervision(session: Session, agency_id: int, entry_id: int) -> Supervision:
    """One entry of this agency.

    Raises:
        NotFound: no such entry here.
    """
    found = session.get(Supervision, entry_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这条登记。")
    return found


def supervisions(
    session: Session, agency_id: int, year: int | None = None
) -> list[Supervision]:
    """The register, the newest first; of one year if it is given."""
    query = (
        select(Supervision)
        .where(Supervision.agency_id == agency_id)
        .order_by(Supervision.dated.desc(), Supervision.id.desc())
    )
    if year is not None:
        query = query.where(extract("year", Supervision.dated) == year)
    return list(session.scalars(query))


def sentence(year: int, found: list[Supervision]) -> str:
    """What section one says of them (条例第五十条第（四）项); zeros are said too."""
    kinds = {kind: [one for one in found if one.kind is kind] for kind in WORDS}
    counted = "，".join(f"{WORDS[kind]}{len(kinds[kind])}次" for kind in WORDS)
    wanting = [one for one in found if one.problem]
    mended = [one for one in wanting if one.mended_on is not None]
    said = f"{year}年{counted}。"
    if wanting:
        said += f"指出问题{len(wanting)}项，已整改{len(mended)}项。"
    return said


WORDS = {
    SupervisionKind.ASSESSMENT: "接受工作考核",
    SupervisionKind.PUBLIC_REVIEW: "社会评议",
    SupervisionKind.ACCOUNTABILITY: "责任追究",
}


def _set_mended(session: Session, entry: Supervision, mending: Mending) -> None:
    open_still = (
        update(Supervision)
        .where(
            Supervision.id == entry.id,
            Supervision.mended_on.is_(None),
            Supervision.problem != "",
        )
        .values(mended_on=mending.on, mended_how=mending.how.strip())
    )
    if not session.execute(open_still.returning(Supervision.id)).all():
        raise WrongState("这条登记没有待整改的问题，或已登记整改。")
    session.refresh(entry)
