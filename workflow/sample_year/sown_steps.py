"""The steps by which a sown error is caught: by whom, at which proofread, how."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.findings import Finding, Grade
from workflow.articles import acts, settling
from workflow.articles.acts import Return
from workflow.articles.cases import Case
from workflow.articles.findings import NewFinding
from workflow.articles.stops import level_of
from workflow.errors import NotFound
from workflow.occasion import Occasion
from workflow.operations import first_time
from workflow.sample_year.seeds import Escape, Seed
from workflow.sample_year.steps import Doing

LOOKED_AT = "经与原始材料核对，原文无误，予以保留。"


def pressed(seed: Seed) -> Doing:
    """The first suggestion of the machine, taken by one click."""
    return lambda session, by, case: settling.fix(
        session, by, _spot(session, case, seed)
    )


def kept(seed: Seed) -> Doing:
    """Kept as it is, with a reason."""
    return lambda session, by, case: settling.keep(
        session, by, _spot(session, case, seed), seed.reason
    )


def pleaded(seed: Seed) -> Doing:
    """The next level is asked to over-rule it."""
    return lambda session, by, case: settling.plead(
        session, by, _spot(session, case, seed), seed.reason
    )


def overruled(seed: Seed) -> Doing:
    """Over-ruled in writing."""
    return lambda session, by, case: settling.overrule(
        session, by, _spot(session, case, seed), seed.ruling
    )


def alarms_kept(session: Session, by: Occasion, case: Case) -> object:
    """Whatever the machine finds here is looked at and kept, one by one."""
    level = str(level_of(case))
    query = select(Finding.id).where(
        Finding.article_id == case.article.id,
        Finding.rule != "",
        Finding.levels.contains(level),
        Finding.grade == Grade.WARN,
        Finding.answer.is_(None),
    )
    for finding in list(session.scalars(query.order_by(Finding.id))):
        at = (case.article.id, case.revision.id, finding)
        settling.keep(session, by.under(f"{by.operation}/{finding}"), at, LOOKED_AT)
    return first_time(session, by, "sample_alarms", {"article": case.article.id})


def sent_back(seed: Seed) -> Doing:
    """Returned to the drafter, who writes it anew."""
    reason = f"预检第{seed.level}校发现“{seed.wrong}”有误，请改正后再报。"
    back = Return("drafting", reason)
    return lambda session, by, case: acts.send_back(
        session, by, case.article.id, case.revision.id, back
    )


def reported(escape: Escape) -> Doing:
    """A fault that the public saw, put on record."""
    new = NewFinding(escape.kind, escape.note)
    return lambda session, by, case: settling.report_escaped(
        session, by, case.article.id, case.revision.id, new
    )


def _spot(session: Session, case: Case, seed: Seed) -> settling.At:
    query = select(Finding.id).where(
        Finding.article_id == case.article.id,
        Finding.rule == seed.rule,
        Finding.answer.is_(None),
    )
    found = session.scalars(query).first()
    if found is None:
        raise NotFound(f"预检没有发现播下的差错“{seed.wrong}”（{seed.rule}）。")
    return case.article.id, case.revision.id, found
