"""What lies on the registrar's desk on the Monday of the demo: two requests, invented.

Both came in after the sample year, so that its report does not know of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from models.request_files import LetterKind, ServiceMethod
from models.requests import ApplicantKind, Channel
from workflow.calendar import town_day, town_moment
from workflow.occasion import Occasion
from workflow.requests import acts
from workflow.requests.letters import acts as letters
from workflow.requests.letters.acts import NewLetter, Service
from workflow.requests.letters.questions import letters_of
from workflow.requests.rules import NewApplicant, NewRequest
from workflow.sample_year.asking import SECTION, handed_to
from workflow.sample_year.steps import Step, answer_of
from workflow.sample_year.town import Town

WANTS = "江口镇2024年村道路灯采购合同（示例）"
ONLINE = "江口镇2024年临时救助发放情况（示例）"
THIRD_PARTY = "示例照明经营部"
CONTACT = "示例联系方式"


def lately_asked(town: Town, monday: date, name: str) -> Iterator[Step]:
    """One waits for a third party, one that came over the internet for its day."""
    thursday, friday = monday - timedelta(days=4), monday - timedelta(days=3)
    (post,) = town.posts_of("registrar")
    registrar = town.acting_holder(post, thursday)
    drafter = town.post_for("drafter", SECTION)
    handler = town.acting_holder(drafter, friday)
    first = f"{name}/asked"

    def at_desk(day: date, minute: int, what: str, doing: _Act) -> Step:
        at = town_moment(day, time(9, minute))
        return Step(at, registrar, f"{first}{what}", doing)

    yield at_desk(thursday, 0, "", _came_in)
    yield at_desk(thursday, 10, "/assign", handed_to(first, handler))
    yield at_desk(friday, 0, "/letter", _ask(first))
    yield at_desk(friday, 30, "/served", _serve(first))
    evening = town_moment(friday, time(21, 40))
    yield Step(evening, None, f"{name}/online", _online)


_Act = Callable[[Session, Occasion], object]


def _came_in(session: Session, by: Occasion) -> object:
    new = NewRequest(
        channel=Channel.IN_PERSON,
        arrived_on=town_day(by.at),
        applicant=NewApplicant("申请人乙（示例）", contact=CONTACT),
        wants=WANTS,
        applicant_kind=ApplicantKind.NATURAL,
        supply="纸质",
    )
    return acts.register(session, by, new)


def _online(session: Session, by: Occasion) -> object:
    new = NewRequest(
        channel=Channel.INTERNET,
        arrived_on=town_day(by.at),
        applicant=NewApplicant("申请人丙（示例）", contact=CONTACT),
        wants=ONLINE,
    )
    return acts.arrive(session, by, new)


def _ask(first: str) -> _Act:
    said = "申请公开的采购合同含有你单位的报价，是否同意公开。"
    new = NewLetter(LetterKind.THIRD_PARTY, {"said": said}, THIRD_PARTY)
    return lambda session, by: letters.write_letter(
        session, by, answer_of(session, by, first), new
    )


def _serve(first: str) -> _Act:
    def doing(session: Session, by: Occasion) -> object:
        letter = letters_of(session, answer_of(session, by, first))[-1]
        service = Service(ServiceMethod.DIRECT, town_day(by.at))
        return letters.serve_letter(session, by, letter.id, service)

    return doing
