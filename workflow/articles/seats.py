"""Who holds each rung today, and who would if she were away (AB岗)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.people import Slot
from workflow.agencies.questions import sections
from workflow.calendar import town_day
from workflow.occasion import Occasion
from workflow.people import rules
from workflow.people.rules import Holder
from workflow.people.staffing import SECTION_POSTS, Staffing, staffing
from workflow.process.definition import Act, Definition, Stage


@dataclass(frozen=True, slots=True)
class Seat:
    """One post that may act at a rung.

    Args:
        sections: names of the sections it is in charge of, where that decides.
        today: who acts today; empty when nobody can.
        else_: who would act if those were away; empty when nobody would.
        stands_in: whether today's person is a B holder, because A is away.
    """

    title: str
    sections: tuple[str, ...]
    today: str
    else_: str
    stands_in: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage of the regulation with the people in it."""

    stage: Stage
    is_drafters: bool
    seats: tuple[Seat, ...]


def rungs_today(
    session: Session, by: Occasion, definition: Definition, section: int | None = None
) -> tuple[Rung, ...]:
    """Every stage, lowest first.

    Args:
        section: id of the section of one article, so that only those in charge of it
            are named where the section decides.
    """
    staff = staffing(session, by.agency_id, town_day(by.at))
    names = {s.id: s.name for s in sections(session, by.agency_id, open_only=False)}
    return tuple(
        Rung(stage, _is_drafters(stage.acts), _seats(staff, names, stage.acts, section))
        for stage in definition.stages
    )


def publishing_seats(
    session: Session, by: Occasion, definition: Definition
) -> tuple[Seat, ...]:
    """The posts that let a text out."""
    staff = staffing(session, by.agency_id, town_day(by.at))
    return _seats(staff, {}, (definition.publish,))


def _is_drafters(acts: Sequence[Act]) -> bool:
    return all(act.actor.relation == "drafter" for act in acts)


def _seats(
    staff: Staffing,
    names: dict[int, str],
    acts: Sequence[Act],
    section: int | None = None,
) -> tuple[Seat, ...]:
    relations = {SECTION_POSTS.get(act.actor.relation or "") for act in acts}
    codes = {code for act in acts for code in act.actor.posts} | relations
    by_post: dict[int, list[Holder]] = {}
    for holder in staff.holders:
        ours = section is None or holder.post_code not in relations
        charge = staff.portfolios.get(holder.post_id, set())
        if holder.post_code in codes and (ours or section in charge):
            by_post.setdefault(holder.post_id, []).append(holder)
    return tuple(
        _seat(holders, _names_of(staff, names, post_id) if relations - {None} else ())
        for post_id, holders in by_post.items()
    )


def _names_of(staff: Staffing, names: dict[int, str], post_id: int) -> tuple[str, ...]:
    wanted = staff.portfolios.get(post_id, set())
    return tuple(name for section, name in names.items() if section in wanted)


def _seat(holders: Sequence[Holder], sections_: tuple[str, ...]) -> Seat:
    acting = rules.acting(holders)
    others = [h for h in holders if not h.absent and h not in acting]
    return Seat(
        title=holders[0].post_title,
        sections=sections_,
        today="、".join(holder.person_name for holder in acting),
        else_="、".join(holder.person_name for holder in others),
        stands_in=bool(acting) and all(h.slot is Slot.B for h in acting),
    )
