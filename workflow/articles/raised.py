"""What the screens ask of people's findings on one article, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.findings import Finding, Grade
from workflow.actions import Action
from workflow.articles import findings, rules, stops
from workflow.articles.cases import Case
from workflow.articles.checked_parts import BODY, FILE, TITLE
from workflow.articles.permits import permit
from workflow.articles.spans import found_anew
from workflow.errors import WorkflowError
from workflow.occasion import Occasion
from workflow.people.questions import name_of

ASKED = (Action.ADD_FINDING, Action.ANSWER, Action.OVERRULE)


@dataclass(frozen=True, slots=True)
class Raised:
    """A finding with the names of those who raised and answered it, and its place.

    Args:
        start: where its words stand in the present text; ``None``: nowhere.
        stops: whether the signature that is next waits for it.
        answers, withdraws, overrules: whether this person may do so now.
    """

    finding: Finding
    by: str
    answered_by: str
    start: int | None
    stops: bool = False
    answers: bool = False
    withdraws: bool = False
    overrules: bool = False

    @property
    def end(self) -> int | None:
        """The offset after its last character."""
        return None if self.start is None else self.start + len(self.finding.quote)

    @property
    def mark(self) -> str:
        """The key of its underline on the page."""
        return str(self.finding.id)


@dataclass(frozen=True, slots=True)
class _May:
    """What this person may: acts, and the ids of what she may answer."""

    acts: frozenset[Action]
    answers: frozenset[int]


def raised(session: Session, by: Occasion, case: Case) -> list[Raised]:
    """Every finding, oldest first, placed in the present text where it still fits."""
    acts = frozenset(allowed(session, by, case))
    mine = findings.answerable(session, by, case) if Action.ANSWER in acts else []
    may = _May(acts, frozenset(one.id for one in mine))
    return [
        _raised(session, by, case, finding, may)
        for finding in findings.all_of(session, case.article.id)
    ]


def allowed(session: Session, by: Occasion, case: Case) -> set[Action]:
    """Which acts on people's findings her posts open to this person."""
    found = {action for action in ASKED if _permits(session, by, case, action)}
    try:
        rules.text_is_open(case)
    except WorkflowError:
        found &= {Action.ANSWER}
    if by.person_id == case.article.drafter_id:
        found -= {Action.ADD_FINDING, Action.OVERRULE}
    return found


def _permits(session: Session, by: Occasion, case: Case, action: Action) -> bool:
    try:
        permit(session, by, case, action)
    except WorkflowError:
        return False
    return True


def _raised(
    session: Session, by: Occasion, case: Case, finding: Finding, may: _May
) -> Raised:
    waits = finding.is_open and finding.noted
    hers = finding.raised_by_id == by.person_id
    blocks = finding.grade is Grade.BLOCK
    return Raised(
        finding,
        name_of(session, finding.raised_by_id),
        name_of(session, finding.answered_by_id),
        _start(case, finding),
        stops=_stops(case, finding),
        answers=finding.id in may.answers,
        withdraws=waits and hers,
        overrules=waits and blocks and not hers and Action.OVERRULE in may.acts,
    )


def _stops(case: Case, finding: Finding) -> bool:
    if not finding.is_open or finding.escaped:
        return False
    with_drafter = stops.is_with_drafter(case)
    return bool(stops.by_people([finding], with_drafter=with_drafter))


def _start(case: Case, finding: Finding) -> int | None:
    if finding.revision_id == case.revision.id:
        return finding.start
    if not finding.quote or not finding.is_open:
        return None
    if finding.part.startswith(FILE):
        there = {f"{FILE}{file.digest}" for file in case.text.files}
        return finding.start if finding.part in there else None
    text = {TITLE: case.text.title, BODY: case.text.body}[finding.part]
    return found_anew(text, finding.quote, finding.key)
