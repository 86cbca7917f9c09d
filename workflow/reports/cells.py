"""Which rows stand behind which cell of the report: the conditions, said once.

The figure counts the rows of a condition and ``records_behind`` lists them, so that a
figure and what it opens can never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from models.agencies import Section
from models.articles import Revision
from models.releases import Release
from models.reports import RegisterEntry, RegisterKind
from models.requests import DisclosureRequest, RequestOutcome
from workflow.calendar import town_moment

Condition = ColumnElement[bool]
DOCUMENTS = (RegisterKind.RULES, RegisterKind.NORMATIVE)
DECISIONS = (RegisterKind.LICENSING, RegisterKind.PUNISHMENT, RegisterKind.COERCION)
FEES_WAN = "fees_wan"


def first_day(year: int) -> date:
    """The first day of the reporting year."""
    return date(year, 1, 1)


def last_day(year: int) -> date:
    """The last day of the reporting year."""
    return date(year, 12, 31)


def first_moment(year: int) -> datetime:
    """The first moment of the reporting year on the town's clock, in UTC."""
    return town_moment(first_day(year), time(0))


def request_rows(year: int) -> Mapping[str, Condition]:
    """Row of section three to the requests it counts.

    New is counted by the day of receipt, an outcome by the day of the answer; what is
    carried in is exactly what the year before carried out.
    """
    first, last = first_day(year), last_day(year)
    received, answered = DisclosureRequest.received_on, DisclosureRequest.answered_on
    settled = answered.between(first, last)
    rows = {
        "new": received.between(first, last),
        "carried_in": _open_at_the_end_of(year - 1),
        "total": settled,
        "carried_out": _open_at_the_end_of(year),
    }
    for outcome in RequestOutcome:
        rows[outcome.value] = and_(settled, DisclosureRequest.outcome == outcome)
    return rows


def register_rows(year: int) -> Mapping[str, Condition]:
    """Cell of section two to the register entries it counts (or adds, for fees)."""
    first, last = first_day(year), last_day(year)
    dated, repealed = RegisterEntry.dated, RegisterEntry.repealed_on
    in_year = dated.between(first, last)
    rows: dict[str, Condition] = {}
    for kind in DOCUMENTS:
        is_kind = RegisterEntry.kind == kind
        in_force = and_(dated <= last, or_(repealed.is_(None), repealed > last))
        rows[f"{kind.value}.made"] = and_(is_kind, in_year)
        rows[f"{kind.value}.repealed"] = and_(is_kind, repealed.between(first, last))
        rows[f"{kind.value}.valid"] = and_(is_kind, in_force)
    for kind in DECISIONS:
        rows[kind.value] = and_(RegisterEntry.kind == kind, in_year)
    rows[FEES_WAN] = and_(RegisterEntry.kind == RegisterKind.FEES, in_year)
    return rows


def published(agency_id: int, year: int) -> Select[Release, Revision, Section]:
    """The items first released in the year and not wholly taken down within it.

    One row for each article, however many channels it went out on, under the section
    of the text that was released first.
    """
    start, end = first_moment(year), first_moment(year + 1)
    earlier, standing = aliased(Release), aliased(Release)
    came_before = exists().where(
        earlier.article_id == Release.article_id, earlier.id < Release.id
    )
    stands = exists().where(
        standing.article_id == Release.article_id,
        standing.released_at < end,
        or_(standing.taken_down_at.is_(None), standing.taken_down_at >= end),
    )
    return (
        select(Release, Revision, Section)
        .select_from(Release)
        .join(Revision, Revision.id == Release.revision_id)
        .join(Section, Section.id == Revision.section_id)
        .where(
            Release.agency_id == agency_id,
            Release.released_at >= start,
            Release.released_at < end,
            ~came_before,
            stands,
        )
    )


def _open_at_the_end_of(year: int) -> Condition:
    last, answered = last_day(year), DisclosureRequest.answered_on
    is_open = or_(answered.is_(None), answered > last)
    return and_(DisclosureRequest.received_on <= last, is_open)
