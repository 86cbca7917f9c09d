"""What the screens ask of the machine's findings on one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.findings import Finding, Grade, Precheck
from workflow.actions import Action
from workflow.articles import cases, precheck, rules, stops
from workflow.articles.cases import Case
from workflow.articles.desks import Asking
from workflow.articles.permits import names_above, permit
from workflow.errors import WorkflowError, WrongState
from workflow.occasion import Occasion
from workflow.people.questions import name_of

SETTLINGS = (Action.FIX, Action.KEEP, Action.PLEAD, Action.OVERRULE)


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding of the machine, and what this person may do about it now.

    Args:
        stops: open, and the signature of this proofread waits for it.
        fixes: whether a suggestion may be written into the text.
        by: who settled it; ``pleaded_by``: who asked that it be over-ruled.
    """

    finding: Finding
    stops: bool
    fixes: bool
    keeps: bool
    pleads: bool
    overrules: bool
    by: str
    pleaded_by: str

    @property
    def mark(self) -> str:
        """The key of its underline on the page."""
        return f"m{self.finding.id}"


@dataclass(frozen=True, slots=True)
class Prechecked:
    """The machine's side of one article.

    Args:
        now: open, for this proofread or an earlier one, the blocking first.
        later: open, for a later proofread.
        settled: answered, newest first.
        above: who may over-rule what blocks.
    """

    run: Precheck | None
    now: tuple[Shown, ...]
    later: tuple[Shown, ...]
    settled: tuple[Shown, ...]
    above: str

    @property
    def stopping(self) -> int:
        """How many stop the signature."""
        return sum(one.stops for one in self.now)


def wants_reading(session: Session, by: Occasion, article_id: int) -> bool:
    """Whether the text is on its way and was not read today with these tables."""
    if not precheck.is_equipped(session):
        return False
    case = cases.load(session, by.agency_id, article_id)
    try:
        rules.text_is_open(case)
    except WorkflowError:
        return False
    return not precheck.is_current(session, by, case)


def read_again(session: Session, by: Occasion, article_id: int) -> None:
    """Read the present revision through, as an act would."""
    precheck.run(session, by, cases.load(session, by.agency_id, article_id))


def check_now(session: Session, by: Occasion, article_id: int) -> None:
    """Read the present revision through because somebody asks for it.

    Raises:
        NotFound: no such article here.
        WrongState: the text is closed, or this process has no checker.
    """
    case = cases.load(session, by.agency_id, article_id)
    rules.text_is_open(case)
    if not precheck.is_equipped(session):
        raise WrongState("这里没有启用机器预检。", rule="no-machine")
    precheck.run(session, by, case)


def prechecked(session: Session, by: Occasion, case: Case) -> Prechecked:
    """Everything the machine said about this article, for this person."""
    rows = _rows(session, case)
    may = _may(session, by, case)
    level = stops.level_of(case)
    shown = [_shown(session, row, may, level) for row in rows]
    waiting = [one for one in shown if one.finding.answer is None]
    now = [one for one in waiting if stops.concerns(one.finding, level)]
    settled = [one for one in shown if one.finding.answer is not None]
    return Prechecked(
        precheck.last_run(session, case),
        tuple(sorted(now, key=_in_order)),
        tuple(one for one in waiting if one not in now),
        tuple(sorted(settled, key=_newest, reverse=True)),
        names_above(Asking(session, by, case, Action.OVERRULE)) if now else "",
    )


def _rows(session: Session, case: Case) -> Sequence[Finding]:
    query = select(Finding).where(
        Finding.article_id == case.article.id, Finding.rule != ""
    )
    return session.scalars(query.order_by(Finding.id)).all()


def _may(session: Session, by: Occasion, case: Case) -> set[Action]:
    found: set[Action] = set()
    try:
        rules.text_is_open(case)
    except WorkflowError:
        return found
    for action in SETTLINGS:
        try:
            permit(session, by, case, action)
        except WorkflowError:
            continue
        found.add(action)
    return found


def _shown(session: Session, row: Finding, may: set[Action], level: int) -> Shown:
    open_ = row.answer is None and stops.concerns(row, level)
    blocks = row.grade is Grade.BLOCK
    in_text = row.part in ("title", "body")
    return Shown(
        row,
        stops=open_ and row.grade is not Grade.HINT,
        fixes=open_ and in_text and bool(row.suggestions) and Action.FIX in may,
        keeps=open_ and not blocks and Action.KEEP in may,
        pleads=open_ and blocks and not row.plea and Action.PLEAD in may,
        overrules=open_ and blocks and Action.OVERRULE in may,
        by=name_of(session, row.answered_by_id),
        pleaded_by=name_of(session, row.pleaded_by_id),
    )


def _in_order(one: Shown) -> tuple[int, int, int]:
    grades = list(Grade)
    parts = {"title": 0, "body": 1}
    row = one.finding
    return grades.index(row.grade), parts.get(row.part, 2), row.start or 0


def _newest(one: Shown) -> tuple[str, int]:
    at = one.finding.answered_at
    return at.isoformat() if at else "", one.finding.id
