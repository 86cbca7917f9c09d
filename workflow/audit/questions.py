"""What people ask of the trail: is it whole, and what does it say."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.audit import AuditChain, AuditEntry
from models.people import RoleGrant
from workflow.actions import Action
from workflow.audit import rules
from workflow.audit.permits import ADMINISTRATORS, Sight

AT_ONCE = 2000
_UNREADABLE = (ValueError, DBAPIError)


@dataclass(frozen=True, slots=True)
class FirstBad:
    """The first entry that does not hold, and why."""

    agency: str
    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of verifying every chain: entries seen, and the first bad one."""

    entries: int
    first_bad: FirstBad | None

    @property
    def ok(self) -> bool:
        """Whether the whole trail holds."""
        return self.first_bad is None


def verify(session: Session) -> Verdict:
    """Recompute every leaf and link of every agency, in order."""
    seen = 0
    for agency, chain in _chains(session):
        count, bad = _verify_one(session, agency, chain)
        seen += count
        if bad:
            return Verdict(seen, bad)
    orphan = _orphan(session)
    return Verdict(seen, orphan)


def verify_one(session: Session, agency_id: int) -> Verdict:
    """Recompute every leaf and link of one agency, in order."""
    agency = session.get_one(Agency, agency_id)
    chain = session.get(AuditChain, agency_id)
    return Verdict(*_verify_one(session, agency, chain))


def last_verification(session: Session, agency_id: int) -> AuditEntry | None:
    """The latest entry that says what a verification found."""
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.agency_id == agency_id,
            AuditEntry.act == Action.VERIFY_TRAIL.value,
            AuditEntry.outcome == "done",
        )
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def _chains(session: Session) -> list[tuple[Agency, AuditChain | None]]:
    rows = session.execute(
        select(Agency, AuditChain)
        .outerjoin(AuditChain, AuditChain.agency_id == Agency.id)
        .order_by(Agency.id)
    )
    return [(agency, chain) for agency, chain in rows]


def _orphan(session: Session) -> FirstBad | None:
    row = session.execute(
        select(AuditEntry.agency_id, AuditEntry.seq)
        .outerjoin(Agency, Agency.id == AuditEntry.agency_id)
        .where(Agency.id.is_(None))
        .limit(1)
    ).first()
    return FirstBad(str(row[0]), row[1], "所属单位不存在") if row else None


def _verify_one(
    session: Session, agency: Agency, chain: AuditChain | None
) -> tuple[int, FirstBad | None]:
    if chain is None:
        return 0, FirstBad(agency.code, 0, "缺少链头")
    if chain.alg not in rules.ALGORITHMS:
        return 0, FirstBad(agency.code, 1, "链头所写的摘要算法不可用")
    try:
        return _walk(session, agency, chain, AT_ONCE)
    except _UNREADABLE:  # read one by one, it shows which
        return _walk(session, agency, chain, 1)


def _walk(
    session: Session, agency: Agency, chain: AuditChain, at_once: int
) -> tuple[int, FirstBad | None]:
    link = rules.genesis(chain.alg, agency.code)
    expected = 0
    try:
        with closing(_entries(session, agency.id, at_once)) as rows:
            for row in rows:
                expected += 1
                if reason := _fault(row, expected, link, agency.code, chain.alg):
                    return expected, FirstBad(agency.code, expected, reason)
                link = row.link
    except _UNREADABLE:
        if at_once > 1:
            raise
        return expected, FirstBad(agency.code, expected + 1, "记录无法读出")
    return expected, _head_fault(agency.code, chain, expected, link)


def _head_fault(code: str, chain: AuditChain, count: int, link: str) -> FirstBad | None:
    if chain.seq > count:
        return FirstBad(code, count + 1, "末尾的记录缺失")
    if chain.seq < count:
        return FirstBad(code, max(chain.seq, 0) + 1, "链头之后多出记录")
    if chain.link != link:
        return FirstBad(code, count, "链头与最后一条记录不符")
    return None


_COLUMNS = [
    column for column in AuditEntry.__table__.columns if column.name != "agency_id"
]


def _entries(
    session: Session, agency_id: int, at_once: int
) -> Generator[Row[tuple[object, ...]], None, None]:
    query = (
        select(*_COLUMNS)
        .where(AuditEntry.agency_id == agency_id)
        .order_by(AuditEntry.seq, AuditEntry.id)
    )
    with session.execute(query.execution_options(yield_per=at_once)) as rows:
        yield from rows


def _fault(
    row: Row[tuple[object, ...]], expected: int, before: str, code: str, alg: str
) -> str:
    entry = {**row._mapping, "agency": code}  # noqa: SLF001 -- SQLAlchemy's public name
    if row.seq != expected:
        return "记录缺失、插入或次序被改动"
    if row.alg != alg:
        return "摘要算法与链头不一致"
    if rules.leaf(alg, entry) != row.leaf:
        return "记录内容被改动"
    if rules.link(alg, before, row.leaf) != row.link:
        return "与前一条记录的衔接被改动"
    return ""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for in the trail; empty means all."""

    person: str = ""
    act: str = ""
    object_kind: str = ""
    object_id: str = ""
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries(
    session: Session,
    agency_id: int,
    wanted: TrailFilter,
    before_seq: int | None = None,
    limit: int = 50,
    *,
    sight: Sight = Sight.ALL,
) -> list[AuditEntry]:
    """The newest entries that match, before ``before_seq`` (keyset paging).

    Args:
        sight: how much the reader sees; ``permits.may_read`` says it.
    """
    query = _within(sight, _matching(agency_id, wanted))
    if before_seq is not None:
        query = query.where(AuditEntry.seq < before_seq)
    query = query.order_by(AuditEntry.seq.desc()).limit(limit)
    return list(session.scalars(query))


def newer_start(
    session: Session,
    agency_id: int,
    wanted: TrailFilter,
    from_seq: int,
    limit: int = 50,
    *,
    sight: Sight = Sight.ALL,
) -> int | None:
    """The ``before_seq`` of the page of newer entries; ``None`` when it is the first.

    Args:
        from_seq: the newest entry of the present page.
    """
    query = _within(sight, _matching(agency_id, wanted)).with_only_columns(
        AuditEntry.seq
    )
    query = query.where(AuditEntry.seq > from_seq)
    newer = session.scalars(query.order_by(AuditEntry.seq).limit(limit)).all()
    return newer[-1] + 1 if newer else None


def _within(sight: Sight, query: Select[AuditEntry]) -> Select[AuditEntry]:
    if sight is Sight.ALL:
        return query
    if sight is Sight.ARTICLES:
        return query.where(AuditEntry.object_kind == "article")
    if sight is Sight.ORDINARY:
        return query.where(~_by_an_administrator())
    return query.where(AuditEntry.seq < 0)


def _by_an_administrator() -> ColumnElement[bool]:
    """Whether who did it was one of the three administrators at that moment."""
    return exists().where(
        RoleGrant.person_id == AuditEntry.person_id,
        RoleGrant.role.in_(ADMINISTRATORS),
        RoleGrant.since <= AuditEntry.at,
        or_(RoleGrant.until.is_(None), RoleGrant.until > AuditEntry.at),
    )


def _matching(agency_id: int, wanted: TrailFilter) -> Select[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.agency_id == agency_id)
    exact = {
        AuditEntry.act: wanted.act,
        AuditEntry.object_kind: wanted.object_kind,
        AuditEntry.object_id: wanted.object_id,
        AuditEntry.outcome: wanted.outcome,
    }
    for column, value in exact.items():
        if value:
            query = query.where(column == value)
    if wanted.person:
        query = query.where(AuditEntry.person_name.contains(wanted.person))
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    return query


def traces_of(
    session: Session, agency_id: int, kind: str, object_id: int
) -> set[rules.Trace]:
    """What the trail tells of one object: act, person, moment, digest of each entry."""
    query = select(
        AuditEntry.act, AuditEntry.person_id, AuditEntry.at, AuditEntry.digest
    ).where(
        AuditEntry.agency_id == agency_id,
        AuditEntry.object_kind == kind,
        AuditEntry.object_id == str(object_id),
        AuditEntry.outcome == "done",
    )
    return {rules.Trace(*row) for row in session.execute(query)}
