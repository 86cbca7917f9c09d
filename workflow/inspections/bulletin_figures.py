"""What a bulletin counts, as it was at the cut-off: every number with its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.inspections import Board, Check, CheckWay, Fault, Unit
from models.public_reports import PublicReport, ReportDecision
from models.rectification import CountedCheck, FaultAct, FaultSighting, FaultStep
from models.trainings import Training
from workflow.calendar import end_of_town_day, town_day, town_moment
from workflow.inspections.bulletin_rules import Figure, Period, Problem
from workflow.operations import HasId

WAYS = {
    CheckWay.ON_SITE: "现场查看",
    CheckWay.PHOTO: "照片查看",
    CheckWay.REMOTE: "远程了解",
}

JUDGED = {
    ReportDecision.ACCEPTED: "群众反映列为问题",
    ReportDecision.DISMISSED: "群众反映未列为问题",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a period and what the text names."""

    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]
    last_open: tuple[Problem, ...]
    missed: tuple[tuple[str, int], ...]
    trainings: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class _Span:
    agency_id: int
    first: datetime
    last: datetime
    cutoff: datetime


def count(
    session: Session, agency_id: int, period: Period, cutoff: datetime
) -> Counted:
    """Count a period as it was known at the cut-off.

    What was recorded, put right or missed after the cut-off does not count.
    """
    span, before = (_span(agency_id, one, cutoff) for one in (period, period.before))
    checks, faults = _checks(session, span), _faults(session, span)
    last = _faults(session, before)
    exempt = _exempted(session, [one.id for one, _ in (*faults, *last)], cutoff)
    open_last = [row for row in last if _is_open(row[0], cutoff, exempt)]
    trainings = _trainings(session, span)
    figures = (
        *_of_checks(session, checks, span),
        *_of_faults([fault for fault, _ in faults], cutoff, exempt),
        *_of_last([fault for fault, _ in last], cutoff, exempt),
        *_of_public(session, span),
        _figure("published", "公开发布信息", "article", _published(session, span)),
        _figure("trainings", "培训", "training", trainings),
    )
    return Counted(
        figures,
        tuple(_problem(*row, cutoff, exempt) for row in faults),
        tuple(_problem(*row, cutoff, exempt) for row in open_last),
        _missed(checks, cutoff),
        tuple((one.held_on, one.topic) for one in trainings if one.held_on),
    )


def _span(agency_id: int, period: Period, cutoff: datetime) -> _Span:
    first = town_moment(period.first, time(0))
    return _Span(agency_id, first, end_of_town_day(period.last), cutoff)


def _checks(session: Session, span: _Span) -> list[tuple[Check, Unit]]:
    query = (
        select(Check, Unit)
        .join(Board, Board.id == Check.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .where(
            Check.agency_id == span.agency_id,
            Check.due_at.between(span.first, span.last),
            Check.due_at <= span.cutoff,
        )
        .order_by(Unit.position, Unit.id, Check.id)
    )
    return [(check, unit) for check, unit in session.execute(query)]


def _faults(session: Session, span: _Span) -> list[tuple[Fault, Unit]]:
    query = (
        select(Fault, Unit)
        .join(Board, Board.id == Fault.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .where(
            Fault.agency_id == span.agency_id,
            Fault.found_at.between(span.first, span.last),
            Fault.found_at <= span.cutoff,
        )
        .order_by(Unit.position, Unit.id, Fault.found_at, Fault.id)
    )
    return [(fault, unit) for fault, unit in session.execute(query)]


def _faulty(session: Session, checks: Sequence[int]) -> set[int | None]:
    """The checks that found a fault, or saw one again that was still open."""
    found = select(Fault.check_id).where(Fault.check_id.in_(checks))
    again = select(FaultSighting.check_id).where(FaultSighting.check_id.in_(checks))
    return {*session.scalars(found), *session.scalars(again)}


def _counted(session: Session, checks: Sequence[int]) -> set[int]:
    """The slots that were filled by a look logged in another plan's slot."""
    query = select(CountedCheck.check_id).where(CountedCheck.check_id.in_(checks))
    return set(session.scalars(query))


def _of_checks(
    session: Session, checks: Sequence[tuple[Check, Unit]], span: _Span
) -> list[Figure]:
    every = [check for check, _ in checks]
    ids = [one.id for one in every]
    faulty, counted = _faulty(session, ids), _counted(session, ids)
    done = [one for one in every if _done(one, span.cutoff)]
    looks = [one for one in done if one.id not in counted]
    missed = [one for one in every if not _done(one, span.cutoff)]
    return [
        Figure("units", "检查的村（居）", "unit", tuple({u.id: u for _, u in checks})),
        _figure("planned", "应查次数", "check", every),
        _figure("done", "已查次数", "check", done),
        _figure("missed", "漏查次数", "check", missed),
        *(
            _figure(way.value, words, "check", [c for c in looks if c.way is way])
            for way, words in WAYS.items()
        ),
        _figure(
            "well", "全部正常的查看", "check", [c for c in looks if c.id not in faulty]
        ),
        _figure(
            "faulty", "发现问题的查看", "check", [c for c in looks if c.id in faulty]
        ),
    ]


def _exempted(session: Session, ids: Sequence[int], cutoff: datetime) -> set[int]:
    """The faults that somebody had excused by the cut-off, with a reason."""
    query = select(FaultStep.fault_id).where(
        FaultStep.fault_id.in_(ids),
        FaultStep.act == FaultAct.EXEMPT,
        FaultStep.at <= cutoff,
    )
    return set(session.scalars(query))


def _of_faults(
    faults: Sequence[Fault], cutoff: datetime, exempt: set[int]
) -> list[Figure]:
    fixed = [one for one in faults if _fixed(one, cutoff)]
    open_ = [one for one in faults if _is_open(one, cutoff, exempt)]
    excused = [one for one in faults if one.id in exempt]
    return [
        _figure("found", "发现的问题", "fault", faults),
        _figure("repeated", "重复出现", "fault", [f for f in faults if f.repeat_of_id]),
        _figure("fixed", "已整改到位", "fault", fixed),
        _figure("in_time", "按期整改到位", "fault", [f for f in fixed if _in_time(f)]),
        _figure("exempted", "免予整改", "fault", excused),
        _figure("open", "尚未整改到位", "fault", open_),
        _figure("late", "逾期未整改", "fault", [f for f in open_ if _late(f, cutoff)]),
    ]


def _of_last(
    faults: Sequence[Fault], cutoff: datetime, exempt: set[int]
) -> list[Figure]:
    fixed = [one for one in faults if _fixed(one, cutoff)]
    open_ = [one for one in faults if _is_open(one, cutoff, exempt)]
    return [
        _figure("last_found", "上期发现的问题", "fault", faults),
        _figure("last_fixed", "上期问题已整改到位", "fault", fixed),
        _figure("last_open", "上期问题仍未整改到位", "fault", open_),
    ]


def _of_public(session: Session, span: _Span) -> list[Figure]:
    query = (
        select(PublicReport)
        .where(
            PublicReport.agency_id == span.agency_id,
            PublicReport.received_at.between(span.first, span.last),
            PublicReport.received_at <= span.cutoff,
        )
        .order_by(PublicReport.id)
    )
    every = list(session.scalars(query))
    judged = [one for one in every if one.decided_at and one.decided_at <= span.cutoff]
    found = [_figure("reported", "群众扫码反映", "public_report", every)]
    for decision, words in JUDGED.items():
        such = [one for one in judged if one.decision is decision]
        found.append(_figure(decision.value, words, "public_report", such))
    return found


def _published(session: Session, span: _Span) -> list[Article]:
    query = (
        select(Article)
        .where(
            Article.agency_id == span.agency_id,
            Article.published_at.between(span.first, span.last),
            Article.published_at <= span.cutoff,
        )
        .order_by(Article.id)
    )
    return list(session.scalars(query))


def _trainings(session: Session, span: _Span) -> list[Training]:
    query = (
        select(Training)
        .where(
            Training.agency_id == span.agency_id,
            Training.held_on.between(town_day(span.first), town_day(span.last)),
            Training.recorded_at <= span.cutoff,
        )
        .order_by(Training.held_on, Training.id)
    )
    return list(session.scalars(query))


def _missed(
    checks: Sequence[tuple[Check, Unit]], cutoff: datetime
) -> tuple[tuple[str, int], ...]:
    """Due by the cut-off and not done: also what the timer has not closed yet."""
    names = [unit.name for check, unit in checks if not _done(check, cutoff)]
    return tuple(Counter(names).items())


def _problem(fault: Fault, unit: Unit, cutoff: datetime, exempt: set[int]) -> Problem:
    fixed = fault.fixed_at if _fixed(fault, cutoff) else None
    return Problem(
        unit.name,
        fault.kind,
        fault.note,
        town_day(fault.found_at),
        fault.put_right_by,
        town_day(fixed) if fixed else None,
        excused=fault.id in exempt,
    )


def _figure(key: str, words: str, kind: str, rows: Iterable[HasId]) -> Figure:
    ids = tuple(row.id for row in rows)
    return Figure(key, words, kind, ids)


def _done(check: Check, cutoff: datetime) -> bool:
    return check.logged_at is not None and check.logged_at <= cutoff


def _fixed(fault: Fault, cutoff: datetime) -> bool:
    return fault.fixed_at is not None and fault.fixed_at <= cutoff


def _is_open(fault: Fault, cutoff: datetime, exempt: set[int]) -> bool:
    return not _fixed(fault, cutoff) and fault.id not in exempt


def _in_time(fault: Fault) -> bool:
    if fault.fixed_at is None or fault.put_right_by is None:
        return fault.fixed_at is not None
    return town_day(fault.fixed_at) <= fault.put_right_by


def _late(fault: Fault, cutoff: datetime) -> bool:
    return fault.put_right_by is not None and fault.put_right_by < town_day(cutoff)
