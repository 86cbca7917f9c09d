"""Writing the next version of the rule: kept as typed, adopted by an act of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from sqlalchemy.orm import Session

from models.agencies import ProcessDefinition
from models.regulations import RuleDraft
from workflow.actions import Action
from workflow.agencies import questions
from workflow.agencies.acts import adopt_definition
from workflow.audit.acts import Subject, record
from workflow.errors import InvalidInput, NotFound, Superseded
from workflow.occasion import Occasion
from workflow.operations import once
from workflow.people.permit import permit
from workflow.process.definition import Definition
from workflow.process.reading import LONGEST, read_definition

_NUMBER = re.compile(r"^number\s*=\s*\d+", re.MULTILINE)


def draft_of(session: Session, by: Occasion) -> RuleDraft | None:
    """What this person has written and not adopted yet, if anything."""
    key = (by.agency_id, by.person_id)
    return session.get(RuleDraft, key) if by.person_id is not None else None


def beginning(session: Session, agency_id: int) -> str:
    """The rule in force, numbered as the next version; empty when there is none."""
    try:
        row = questions.definition_in_force(session, agency_id)
    except NotFound:
        return ""
    following = next_number(session, agency_id, row.code)
    return _NUMBER.sub(f"number = {following}", row.source, count=1)


def neighbours(session: Session, agency_id: int) -> dict[str, Definition]:
    """The newest version of every definition that this agency adopted, by id."""
    found: dict[str, Definition] = {}
    for row in questions.definitions(session, agency_id):
        if row.code not in found:
            found[row.code] = read_definition(row.source)
    return found


def next_number(session: Session, agency_id: int, code: str) -> int:
    """The version number that the next one of this definition should have."""
    rows = questions.definitions(session, agency_id)
    return max((row.number for row in rows if row.code == code), default=0) + 1


def save_draft(session: Session, by: Occasion, source: str, cases: str) -> RuleDraft:
    """Keep what was typed, sound or not; nothing is in force by it.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: empty, or longer than ``LONGEST`` characters.
    """
    permit(session, by, Action.WRITE_RULE)
    _check_length(source, cases)

    def doing() -> tuple[RuleDraft, Mapping[str, str]]:
        row = draft_of(session, by) or _new(by)
        row.source, row.cases = source, cases
        row.digest, row.saved_at = digest_of(source), by.at
        session.add(row)
        session.flush()
        on = Subject("rule_draft", by.person_id or 0, digest=row.digest)
        record(session, by, Action.WRITE_RULE, on)
        return row, {"digest": row.digest}

    asked = {"source": digest_of(source), "cases": digest_of(cases)}
    return once(
        session, by, Action.WRITE_RULE, asked, doing, lambda _: _mine(session, by)
    )


def adopt(session: Session, by: Occasion, digest: str) -> ProcessDefinition:
    """Put in force what was checked, as a version; running articles keep theirs.

    Args:
        digest: of the text that the person saw checked.

    Raises:
        NotPermitted: not the system administrator.
        Superseded: the text has been changed since.
        DefinitionRefused: see ``acts.adopt_definition``.
    """
    permit(session, by, Action.ADOPT_DEFINITION)
    row = draft_of(session, by)
    if row is None:
        raise NotFound("没有待启用的流程定义，请先编写并检查。")
    if row.digest != digest:
        raise Superseded("流程定义在检查以后又改动过，请重新检查后再启用。")
    return adopt_definition(session, by, row.source)


def digest_of(text: str) -> str:
    """SHA-256 of a text, as definitions carry it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _mine(session: Session, by: Occasion) -> RuleDraft:
    return session.get_one(RuleDraft, (by.agency_id, by.person_id))


def _new(by: Occasion) -> RuleDraft:
    return RuleDraft(agency_id=by.agency_id, person_id=by.person_id)


def _check_length(source: str, cases: str) -> None:
    if not source.strip():
        raise InvalidInput({"source": ["请写流程定义。"]})
    for name, text in (("source", source), ("cases", cases)):
        if len(text) > LONGEST:
            raise InvalidInput({name: [f"最多{LONGEST}个字。"]})
