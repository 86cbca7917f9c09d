"""The office hands in a template of its own."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.people import Role
from models.request_files import LetterKind, LetterTemplate
from workflow.actions import Action
from workflow.audit.acts import Plain, Subject, record
from workflow.errors import NotPermitted
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import need_role
from workflow.requests.letters.filling import refuse_bad_template


def change_template(
    session: Session, by: Occasion, kind: LetterKind, name: str, content: bytes
) -> LetterTemplate:
    """Use another Word file for letters of this kind from now on.

    Letters that were written keep the version they were written with.

    Raises:
        NotPermitted: not a registrar.
        InvalidInput: no Word file, an unknown placeholder, or one missing.
    """
    digest = hashlib.sha256(content).hexdigest()

    def doing() -> LetterTemplate:
        need_role(session, by, Role.REGISTRAR, Action.CHANGE_TEMPLATE)
        refuse_bad_template(kind, name, content)
        row = _next(session, by, kind, content)
        details: dict[str, Plain] = {
            "kind": kind.value,
            "number": row.number,
            "sha256": digest,
        }
        subject = Subject("letter_template", row.id, details=details)
        record(session, by, Action.CHANGE_TEMPLATE, subject)
        return row

    values = {"kind": kind.value, "sha256": digest}
    asked = (Action.CHANGE_TEMPLATE, values)
    return make_once(session, by, asked, LetterTemplate, doing)


def _next(
    session: Session, by: Occasion, kind: LetterKind, content: bytes
) -> LetterTemplate:
    if by.person_id is None:
        raise NotPermitted(rule="system-edits-no-template")
    query = select(func.max(LetterTemplate.number)).where(
        LetterTemplate.agency_id == by.agency_id, LetterTemplate.kind == kind
    )
    row = LetterTemplate(
        agency_id=by.agency_id,
        kind=kind,
        number=(session.scalars(query).one() or 0) + 1,
        content=content,
        person_id=by.person_id,
        at=by.at,
    )
    session.add(row)
    session.flush()
    return row
