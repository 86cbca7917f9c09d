"""What the furnished towns have of boards: rounds, a fault, patrols, trainings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from models.boards import Frequency
from models.inspections import Check, CheckWay, Fault, FaultKind, UnitKind
from models.patrols import ColumnKind, Half, SiteReading
from models.trainings import TrainingGap
from tests.pictures import PNG
from tests.small_town import MONDAY
from tests.town import Town
from workflow.inspections import acts as rounds
from workflow.inspections import catalogue, planning, slots
from workflow.inspections.acts import NewBoard, NewUnit
from workflow.inspections.catalogue import NewItem
from workflow.inspections.rules import NewFault, Visit
from workflow.occasion import Occasion
from workflow.patrols import acts as patrols
from workflow.patrols.rules import NewColumn
from workflow.trainings import acts as trainings
from workflow.trainings.rules import Attendee, Held, NewTraining

Ids = Mapping[str, int]
PDF = b"%PDF-1.4 sample"
FINANCE = NewItem("finance", "财务", "集体收支明细", Frequency.MONTHLY, 10)


def rounds_of(town: Town, administrator: str) -> Ids:
    """This week's round: one board has a fault with its photo, two are still open."""
    session, code = town.session, town.agency.code
    for number in range(3):
        unit = NewUnit(f"20{number}", f"示例{code}村", UnitKind.VILLAGE, number)
        board = NewBoard("村务公开栏（示例）", "村委会门口", MONDAY.date())
        rounds.add_unit(session, town.by(administrator), unit, board)
    system = Occasion(town.agency.id, None, town.at, "this-week")
    slots.open_due(session, system, MONDAY.date())
    query = select(Check).where(Check.agency_id == town.agency.id).order_by(Check.id)
    done, open_, _ = session.scalars(query)
    fault = NewFault(FaultKind.DIRTY, "玻璃积灰", PNG, date(2024, 3, 8))
    visit = Visit(CheckWay.ON_SITE, all_well=False, looked_at=town.at, faults=(fault,))
    rounds.log_check(session, town.by("inspector"), done.id, visit)
    faults = select(Fault.id).where(Fault.agency_id == town.agency.id)
    inspector = town.people["inspector"].id
    planning.draw_roster(session, town.by("inspector"), MONDAY.date())
    catalogue.set_item(session, town.by(administrator), FINANCE)
    return {
        **_of_patrols(town, administrator),
        "check_id": open_.id,
        "fault_id": session.scalars(faults).one(),
        "done": done.id,
        "board_id": done.board_id,
        "number": 1,
        "duty_person": inspector,
    }


def _of_patrols(town: Town, administrator: str) -> Ids:
    """A column with a reading that lies open; trainings, and a quarter without one."""
    session = town.session
    home = NewColumn("home", "首页", ColumnKind.HOME, 14, 3)
    patrols.set_column(session, town.by(administrator), home)
    system = Occasion(town.agency.id, None, town.at, "readings")
    patrols.open_readings(session, system, MONDAY.date())
    reading = select(SiteReading.id).where(
        SiteReading.agency_id == town.agency.id, SiteReading.half == Half.MORNING
    )
    planned = NewTraining("示例培训", MONDAY.date())
    training = trainings.plan(session, town.by("inspector"), planned)
    held = trainings.plan(session, town.by("inspector"), planned)
    material = ("示例材料.pdf", PDF)
    there = Held(MONDAY.date(), (Attendee("李示例"),), "", material)
    trainings.hold(session, town.by("inspector"), held.id, there)
    gap = TrainingGap(agency_id=town.agency.id, year=2023, quarter=4, found_at=town.at)
    session.add(gap)
    session.flush()
    return {
        "reading_id": session.scalars(reading).one(),
        "training_id": training.id,
        "held_id": held.id,
        "gap_id": gap.id,
    }
