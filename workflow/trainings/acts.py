"""Planning and recording trainings; a quarter that goes by without one is noted."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from models.articles import Blob
from models.natural_keys import insert_missing
from models.notices import NoticeKind
from models.people import Role
from models.trainings import Attendance, Training, TrainingGap
from workflow.actions import Action
from workflow.articles.files import NewFile, accept, digest_of_bytes
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.errors import OpinionRequired, WrongState
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import need_role
from workflow.people.questions import people_with_role
from workflow.trainings import questions
from workflow.trainings.rules import (
    Held,
    NewTraining,
    Quarter,
    refuse_bad_plan,
    refuse_bad_record,
    without_training,
)


def plan(session: Session, by: Occasion, new: NewTraining) -> Training:
    """Plan a training.

    Raises:
        NotPermitted: not an inspector.
        InvalidInput: no topic, or too long a text.
    """
    need_role(session, by, Role.INSPECTOR, Action.PLAN_TRAINING)
    refuse_bad_plan(new)

    def doing() -> Training:
        row = Training(
            agency_id=by.agency_id,
            made_by_id=by.person_id,
            made_at=by.at,
            **asdict(new),
        )
        session.add(row)
        session.flush()
        details: dict[str, audit.Plain] = {
            "topic": new.topic,
            "planned_on": new.planned_on.isoformat(),
        }
        subject = Subject("training", row.id, details=details)
        audit.record(session, by, Action.PLAN_TRAINING, subject)
        return row

    asked = (Action.PLAN_TRAINING, asdict(new))
    return make_once(session, by, asked, Training, doing)


def hold(session: Session, by: Occasion, training_id: int, held: Held) -> Training:
    """Record that a training was held, who came and what was handed out.

    Raises:
        NotFound: no such training here.
        NotPermitted: not an inspector.
        WrongState: it is on record already.
        InvalidInput: a day that is not yet, nobody, or a file that is not taken.
    """
    need_role(session, by, Role.INSPECTOR, Action.HOLD_TRAINING)
    refuse_bad_record(held, by.today)

    def doing() -> Training:
        row = questions.training(session, by.agency_id, training_id)
        if row.held_on is not None:
            raise WrongState("这次培训已经登记过。", rule="training-held")
        row.held_on, row.note, row.recorded_at = held.on, held.note, by.at
        _keep_material(session, row, held)
        _note_attendees(session, by, row, held)
        return row

    contents: dict[str, object] = {
        "training": training_id,
        "on": held.on,
        "attendees": [asdict(one) for one in held.attendees],
        "note": held.note,
        "material": held.material and digest_of_bytes(held.material[1]),
    }
    asked = (Action.HOLD_TRAINING, contents)
    return make_once(session, by, asked, Training, doing)


def find_gaps(session: Session, by: Occasion) -> list[Quarter]:
    """Note each quarter that ended without a training, once; which were new."""
    held = questions.quarters_held(session, by.agency_id)
    since = questions.owed_since(session, by.agency_id)
    found = list(without_training(since, by.today, held))
    return [quarter for quarter in found if _note_gap(session, by, quarter)]


def explain_gap(session: Session, by: Occasion, gap_id: int, why: str) -> TrainingGap:
    """Say why a quarter went by without a training; the finding stays.

    Raises:
        NotFound: no such finding here.
        NotPermitted: not an inspector.
        OpinionRequired: no reason.
    """
    need_role(session, by, Role.INSPECTOR, Action.EXPLAIN_GAP)
    if not why.strip():
        raise OpinionRequired({"reason": ["请写明原因和补训安排。"]})

    def doing() -> TrainingGap:
        row = questions.gap(session, by.agency_id, gap_id)
        row.reason, row.answered_by_id, row.answered_at = why, by.person_id, by.at
        session.flush()
        words = Quarter(row.year, row.quarter).words
        subject = Subject("training", "", details={"quarter": words, "reason": why})
        audit.record(session, by, Action.EXPLAIN_GAP, subject)
        return row

    asked = (Action.EXPLAIN_GAP, {"gap": gap_id, "why": why})
    return make_once(session, by, asked, TrainingGap, doing)


def _note_gap(session: Session, by: Occasion, quarter: Quarter) -> bool:
    row = {
        "agency_id": by.agency_id,
        "year": quarter.year,
        "quarter": quarter.number,
        "found_at": by.at,
        "reason": "",
    }
    if not insert_missing(session, TrainingGap, [row]):
        return False
    subject = Subject("training", "", details={"quarter": quarter.words})
    audit.record(session, by, Action.MISS_TRAINING, subject)
    event = f"training gap {quarter.year} {quarter.number}"
    title = f"{quarter.words}没有开展培训，请说明原因并补训"
    people = [
        one.id
        for role in (Role.INSPECTOR, Role.LEADER)
        for one in people_with_role(session, by.agency_id, role, by.at)
    ]
    tell(session, by, Message(event, NoticeKind.REMINDER, title), people)
    return True


def _note_attendees(session: Session, by: Occasion, row: Training, held: Held) -> None:
    people = [Attendance(training_id=row.id, **asdict(one)) for one in held.attendees]
    session.add_all(people)
    session.flush()
    details: dict[str, audit.Plain] = {
        "held_on": held.on.isoformat(),
        "attendees": len(people),
    }
    subject = Subject("training", row.id, details=details)
    audit.record(session, by, Action.HOLD_TRAINING, subject)


def _keep_material(session: Session, row: Training, held: Held) -> None:
    if held.material is None:
        return
    name, content = held.material
    file = accept(NewFile(name, content))
    blob = {"digest": file.digest, "size": file.size, "content": content}
    insert_missing(session, Blob, [blob])
    row.material_name, row.material_digest = file.name, file.digest
