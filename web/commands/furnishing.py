"""An agency's sections, posts and units out of its own configuration file, by acts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Section
from models.inspections import UnitKind
from models.town_tables import EntryKind
from workflow.agencies import acts as agencies
from workflow.inspections import acts as inspections
from workflow.inspections.acts import NewBoard, NewUnit
from workflow.occasion import Occasion
from workflow.people import posts
from workflow.proofreading.acts import NewEntry, enter
from workflow.sample_year import reading

PLACE = "村（居）委会院内"
Table = Mapping[str, object]


def furnish(session: Session, by: Occasion, table: Table) -> None:
    """Make what the file names; who holds a post is filled in on the screens.

    Raises:
        InvalidInput: a key is missing or of the wrong sort, or a code comes twice.
    """
    for position, section in enumerate(reading.tables(table, "sections"), 1):
        code = reading.text(section, "code")
        name = reading.text(section, "name")
        column = reading.text(section, "report_column")
        under = by.under(f"init/section/{code}")
        agencies.make_section(session, under, code, name, column, position)
    for number, post in enumerate(reading.tables(table, "posts"), 1):
        _make_post(session, by.under(f"init/post/{number}"), post)
    for position, unit in enumerate(reading.tables(table, "units"), 1):
        _add_unit(session, by, unit, position)


def _make_post(session: Session, by: Occasion, post: Table) -> None:
    kind, title = reading.text(post, "kind"), reading.text(post, "title")
    made = posts.make_post(session, by, kind, title)
    wanted = reading.texts(post, "portfolio")
    if not wanted:
        return
    query = select(Section.id).where(
        Section.agency_id == by.agency_id, Section.code.in_(wanted)
    )
    ids = list(session.scalars(query))
    posts.set_portfolio(session, by.under(f"{by.operation}/portfolio"), made.id, ids)


def _add_unit(session: Session, by: Occasion, unit: Table, position: int) -> None:
    code, name = reading.text(unit, "code"), reading.text(unit, "name")
    residents = reading.text(unit, "kind", "village") == "residents_committee"
    kind = UnitKind.RESIDENTS if residents else UnitKind.VILLAGE
    new = NewUnit(code, name, kind, position)
    board = NewBoard(f"{name}公开栏", PLACE, by.today)
    inspections.add_unit(session, by.under(f"init/unit/{code}"), new, board)
    village = NewEntry(EntryKind.VILLAGE, name, by.today, "建账时按机关配置登记")
    enter(session, by.under(f"init/table/{code}"), village)
