"""What people ask of an agency's own tables: the entries, and what holds on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.town_tables import EntryKind, TownEntry, TownTables
from workflow.errors import NotFound
from workflow.proofreading.findings import Severity
from workflow.proofreading.local import Allowed, LocalTables, OwnWord
from workflow.proofreading.tables import Town

ENDINGS = ("办事处", "人民政府")
LEVELS = ("街道", "镇", "乡")
# Which rules are silent while a table is empty; held against the catalogue by a test.
NEED = {
    EntryKind.LEADER: ("S01", "S02", "S03"),
    EntryKind.VILLAGE: ("A02",),
}
_NAME = select(Agency.name).where(Agency.id == bindparam("agency"))
_VERSION = select(TownTables.version).where(TownTables.agency_id == bindparam("agency"))
_IN_FORCE = (
    select(TownEntry)
    .where(
        TownEntry.agency_id == bindparam("agency"),
        TownEntry.since <= bindparam("day"),
        or_(TownEntry.until.is_(None), TownEntry.until >= bindparam("day")),
    )
    .order_by(TownEntry.rank, TownEntry.id)
)


def entry(session: Session, agency_id: int, entry_id: int) -> TownEntry:
    """One entry of this agency's tables.

    Raises:
        NotFound: there is none.
    """
    found = session.get(TownEntry, entry_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这一条名录或词条。")
    return found


def entries(session: Session, agency_id: int, kind: EntryKind) -> list[TownEntry]:
    """Every entry of one kind that there ever was, those in force first."""
    query = select(TownEntry).where(
        TownEntry.agency_id == agency_id, TownEntry.kind == kind
    )
    by_age = (TownEntry.rank, TownEntry.id)
    found = list(session.scalars(query.order_by(*by_age)))
    return sorted(found, key=lambda one: one.until is not None)


def in_force(session: Session, agency_id: int, day: date) -> list[TownEntry]:
    """The entries that hold on a day, in their order."""
    return list(session.scalars(_IN_FORCE, {"agency": agency_id, "day": day}))


def silenced(kind: EntryKind, rows: Sequence[TownEntry]) -> tuple[str, ...]:
    """The rules that say nothing because this table has no entry in force."""
    return () if any(row.until is None for row in rows) else NEED.get(kind, ())


def version(session: Session, agency_id: int) -> int:
    """The number of the agency's tables; 0 while nothing was ever entered."""
    return session.execute(_VERSION, {"agency": agency_id}).scalar() or 0


def local_tables(session: Session, agency_id: int, day: date) -> LocalTables:
    """What the checks read of this agency on that day."""
    rows = in_force(session, agency_id, day)
    name = session.execute(_NAME, {"agency": agency_id}).scalar_one()
    return LocalTables(
        version(session, agency_id),
        _town(name, day, rows),
        tuple(
            OwnWord(one.text, one.more, Severity(one.grade))
            for one in rows
            if one.kind is EntryKind.WORD
        ),
        tuple(
            Allowed(one.text, one.more) for one in rows if one.kind is EntryKind.ALLOWED
        ),
    )


def short_name(name: str) -> str:
    """江口镇 out of 某某区江口镇人民政府: what a text calls its own town."""
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    for mark in ("自治县", "省", "市", "县", "区"):
        rest = name.rpartition(mark)[2]
        name = rest if len(rest) > 2 else name
    return name


def _town(name: str, day: date, rows: list[TownEntry]) -> Town:
    short = short_name(name)
    codes = _names(rows, EntryKind.AREA_CODE)
    return Town(
        name=short,
        level=next((word for word in LEVELS if short.endswith(word)), ""),
        publish_date=day,
        leaders=tuple(
            (one.text, one.more) for one in rows if one.kind is EntryKind.LEADER
        ),
        villages=_names(rows, EntryKind.VILLAGE),
        units=_names(rows, EntryKind.UNIT),
        area_code=codes[0] if codes else "",
        given=True,
    )


def _names(rows: list[TownEntry], kind: EntryKind) -> tuple[str, ...]:
    return tuple(one.text for one in rows if one.kind is kind)
