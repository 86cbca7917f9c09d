"""What people ask of the trail: is it whole, and what does it say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.audit import AuditChain, AuditEntry
from workflow.actions import Action
from workflow.audit import rules


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
    link = rules.genesis(chain.alg, agency.code)
    expected = 0
    for row in _entries(session, agency.id):
        expected += 1
        reason = _fault(row, expected, link, agency.code, chain.alg)
        if reason:
            return expected, FirstBad(agency.code, expected, reason)
        link = row.link
    if chain.seq != expected:
        return expected, FirstBad(agency.code, expected + 1, "末尾的记录缺失")
    if chain.link != link:
        return expected, FirstBad(agency.code, expected, "链头与最后一条记录不符")
    return expected, None


_COLUMNS = [
    column for column in AuditEntry.__table__.columns if column.name != "agency_id"
]


def _entries(session: Session, agency_id: int) -> Iterator[Row[tuple[object, ...]]]:
    query = (
        select(*_COLUMNS)
        .where(AuditEntry.agency_id == agency_id)
        .order_by(AuditEntry.seq, AuditEntry.id)
    )
    yield from session.execute(query.execution_options(yield_per=2000))


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
) -> list[AuditEntry]:
    """The newest entries that match, before ``before_seq`` (keyset paging)."""
    query = _matching(agency_id, wanted).order_by(AuditEntry.seq.desc()).limit(limit)
    if before_seq is not None:
        query = query.where(AuditEntry.seq < before_seq)
    return list(session.scalars(query))


def last_verification(session: Session, agency_id: int) -> AuditEntry | None:
    """The latest entry that says whether the trail was found whole."""
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.agency_id == agency_id,
            AuditEntry.object_kind == "trail",
            AuditEntry.act == Action.VERIFY_TRAIL,
        )
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


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
