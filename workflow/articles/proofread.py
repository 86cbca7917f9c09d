"""The gate of every proofread: what is open stops the signature, on the server."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.findings import Finding
from workflow.actions import Action
from workflow.articles import findings, precheck, rules, stops
from workflow.articles.cases import Case
from workflow.articles.desks import Asking
from workflow.articles.permits import names_above
from workflow.occasion import Occasion


def proofreading_is_done(session: Session, by: Occasion, case: Case) -> None:
    """Everything raised about this text at this proofread is settled.

    What is signed after publication (登记、复核) is no proofread of the text.

    Raises:
        FindingsOpen: what people raised is not answered, or the machine's is open.
    """
    if case.article.published_at is not None:
        rules.findings_are_answered(findings.open_of(session, case.article.id))
        return
    waiting = precheck.open_now(session, by, case)
    rules.findings_are_answered(stops.by_people(waiting))
    level = stops.level_of(case)
    stops.machine_is_answered(waiting, level, _helper(session, by, case, waiting))


def nothing_blocks_release(session: Session, by: Occasion, case: Case) -> None:
    """Nothing that blocks is open on the day the text goes out.

    Raises:
        FindingsOpen: names each.
    """
    waiting = precheck.open_now(session, by, case)
    stops.nothing_blocks(waiting, _helper(session, by, case, waiting))


def _helper(session: Session, by: Occasion, case: Case, waiting: list[Finding]) -> str:
    if not waiting:
        return ""
    return names_above(Asking(session, by, case, Action.OVERRULE))
