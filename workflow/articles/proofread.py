"""The gate of every proofread: what is open stops the signature, on the server."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.findings import Finding
from workflow.actions import Action
from workflow.articles import findings, precheck, rules, stops
from workflow.articles.cases import Case
from workflow.articles.desks import DRAFTER, Asking
from workflow.articles.permits import names_above
from workflow.occasion import Occasion
from workflow.people.questions import name_of


def proofreading_is_done(session: Session, by: Occasion, case: Case) -> None:
    """Everything raised about this text at this proofread is settled.

    What is signed after publication (登记、复核) is no proofread of the text.

    Raises:
        FindingsOpen: what people raised is not answered, or the machine's is open.
    """
    if case.article.published_at is not None:
        waiting = findings.open_of(session, case.article.id)
        returned = [one for one in waiting if not one.noted]
        rules.findings_are_answered(returned, _drafter(case))
        return
    waiting = precheck.open_now(session, by, case)
    above = _helper(session, by, case, waiting)
    with_drafter = stops.is_with_drafter(case)
    if not with_drafter:
        _nothing_noted(session, case, waiting, above)
    raised = stops.by_people(waiting, with_drafter=with_drafter)
    rules.findings_are_answered(raised, _drafter(case))
    stops.machine_is_answered(waiting, stops.level_of(case), above)


def nothing_blocks_release(session: Session, by: Occasion, case: Case) -> None:
    """Nothing that blocks is open on the day the text goes out.

    Raises:
        FindingsOpen: names each.
    """
    waiting = precheck.open_now(session, by, case)
    above = _helper(session, by, case, waiting)
    _nothing_noted(session, case, waiting, above)
    stops.nothing_blocks(waiting, above)


def nothing_noted_blocks(session: Session, by: Occasion, case: Case) -> None:
    """What a reviewer noted as to be put right stops who signs beside a rung, too.

    Raises:
        FindingsOpen: names each, and who raised it.
    """
    waiting = findings.open_of(session, case.article.id)
    _nothing_noted(session, case, waiting, _helper(session, by, case, waiting))


def _nothing_noted(
    session: Session, case: Case, waiting: list[Finding], above: str
) -> None:
    blocking = stops.noted_and_blocking(waiting)
    ids = {one.raised_by_id for one in blocking if one.raised_by_id is not None}
    names = {one: name_of(session, one) for one in ids}
    helpers = [f"{_drafter(case)}（答复）", *([f"{above}（裁定）"] if above else [])]
    stops.nothing_noted_blocks(waiting, names, helpers)


def _drafter(case: Case) -> str:
    return f"{DRAFTER} {case.drafter.name}"


def _helper(session: Session, by: Occasion, case: Case, waiting: list[Finding]) -> str:
    if not waiting:
        return ""
    return names_above(Asking(session, by, case, Action.OVERRULE))
