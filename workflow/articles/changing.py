"""Signing a rung, and changing what is signed: what follows for the position."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import cases, precheck, rules
from workflow.articles.cases import Case
from workflow.articles.drafts import importance_of, new_revision, section_row
from workflow.articles.moves import Decision, decide, move, note, put_on_record, take
from workflow.articles.permits import Asking, acts_of, capacity_in, current_stage
from workflow.articles.text import Text, changed_parts, digest_of, parts_of
from workflow.audit.acts import Plain
from workflow.errors import WrongState
from workflow.occasion import Occasion
from workflow.process import machine
from workflow.process.machine import CLEARED, Position, step


def sign_rung(
    session: Session,
    by: Occasion,
    case: Case,
    action: Action,
    said: tuple[Mapping[str, str], str],
) -> None:
    """Sign this rung's acts, as many of them as are this person's.

    Args:
        said: the answers to the checklist, and the opinion.
    """
    checklist, opinion = said
    asking = Asking(session, by, case, action)
    stage = current_stage(case)
    if stage is None:
        raise WrongState("稿件现在不在审校环节。", rule="no-rung-open")
    acts = acts_of(asking, stage)
    to = step(case.plan, case.position, machine.Approve(acts))
    what = Decision(
        action,
        Outcome.APPROVED,
        capacity_in(asking, stage),
        acts=acts,
        opinion=opinion,
        checklist=rules.checklist_is_done(stage.checklist, checklist),
    )
    decide(session, by, case, what, to)


def replace_text(
    session: Session, by: Occasion, case: Case, text: Text, what: Decision
) -> None:
    """Save another revision if anything changed, and stand where that leaves us."""
    before, after = parts_of(case.text), parts_of(text)
    if digest_of(before) == digest_of(after):
        return
    take(session, case)
    number = case.revision.number + 1
    new_revision(session, by, case.article, text, number, what.opinion)
    changed = changed_parts(before, after)
    _stand_anew(session, by, case, text, number)
    now = cases.of(session, case.article)
    precheck.run(session, by, now)
    voided = [
        s.stage for s in case.standing if s.seq not in {t.seq for t in now.standing}
    ]
    details: dict[str, Plain] = {
        "revision": number,
        "changed": changed,
        "voided": voided,
    }
    note(session, by, now, what, details)


def change_importance(
    session: Session, by: Occasion, case: Case, text: Text, what: Decision
) -> None:
    """Put on record that it became (or is no longer) major, then plan anew."""
    take(session, case)
    put_on_record(session, by, case, what)
    number = case.revision.number + 1
    new_revision(session, by, case.article, text, number, what.opinion)
    _stand_anew(session, by, case, text, number)


def _stand_anew(
    session: Session, by: Occasion, case: Case, text: Text, number: int
) -> None:
    also = {
        "title": text.title,
        "section_id": section_row(session, by.agency_id, text.section).id,
        "importance": importance_of(case.definition, text),
        "revision_number": number,
    }
    session.flush()
    now = cases.of(session, case.article)
    move(session, by, now, _position_after(now), also)


def _position_after(now: Case) -> Position:
    """Where a changed text stands: the first rung whose signature no longer counts."""
    state = now.article.state
    running = state == CLEARED or state in {s.id for s in now.definition.stages}
    if not running:
        return now.position
    placed = machine.place(now.plan, now.standing)
    outcome = machine.Replan(placed.state, placed.done, placed.ahead)
    position = Position(state, held=now.article.held)
    return step(now.plan, position, outcome)
