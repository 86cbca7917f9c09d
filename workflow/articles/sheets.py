"""What the approval sheet (审批单) says: every signature, by whom and on what."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.signatures import Outcome, Signature
from workflow.articles.cases import Case
from workflow.articles.questions import revisions, stage_name


@dataclass(frozen=True, slots=True)
class SignedRung:
    """One rung of the plan, and every signature that counts there, oldest first."""

    stage: str
    why: str
    signatures: tuple[Signature, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of any kind, with the number of the draft that it was about."""

    signature: Signature
    stage: str
    to: str
    draft: int
    counts: bool


def signed_rungs(case: Case) -> list[SignedRung]:
    """The rungs that the article must climb, each with its standing signatures."""
    by_seq = {signature.seq: signature for signature in case.signatures}
    found = []
    for planned in case.plan.stages:
        there = [s for s in case.standing if s.stage == planned.stage.id]
        rows = tuple(by_seq[s.seq] for s in there if s.seq in by_seq)
        acts = frozenset[str]().union(*(s.acts for s in there))
        whole = planned.act_ids <= acts
        found.append(SignedRung(planned.stage.name, planned.why, rows, whole))
    return found


def decisions(session: Session, case: Case) -> list[Decided]:
    """Everything that was decided about it, oldest first, what counts no more too."""
    numbers = {r.id: r.number for r in revisions(session, case.article.id)}
    standing = {signature.seq for signature in case.standing}
    return [
        Decided(
            row,
            stage_name(case, row.stage),
            stage_name(case, row.returned_to) if row.returned_to else "",
            numbers[row.revision_id],
            row.seq in standing or row.outcome is not Outcome.APPROVED,
        )
        for row in case.signatures
    ]
