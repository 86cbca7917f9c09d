"""The cast of ``tests/town.py`` at the desk of requests, through real acts only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from models.people import Role, RoleGrant
from models.request_files import Letter, LetterKind, ServiceMethod
from models.requests import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    RequestOutcome,
    RequestState,
)
from tests import stories
from tests.town import Town, found_town
from tests.working_days import days_off, swap_days
from workflow.agencies import acts as agencies
from workflow.agencies.acts import HolidayList
from workflow.articles import cases as articles
from workflow.occasion import TOWN_TIME, Occasion
from workflow.requests import acts, replies
from workflow.requests.letters import acts as letters
from workflow.requests.letters import opinions
from workflow.requests.letters.acts import NewLetter, Service
from workflow.requests.letters.opinions import Answer
from workflow.requests.letters.questions import letters_of
from workflow.requests.replies import Reply
from workflow.requests.rules import NewApplicant, NewRequest, Proposal

WHO = NewApplicant(
    "张示例", "居民身份证", "123X", "13800000000", "示例镇示例村一组12号"
)
CITED = {
    RequestOutcome.GRANTED: "条例第三十六条第（二）项",
    RequestOutcome.PARTIAL: "条例第三十七条",
    RequestOutcome.DENY_THIRD_PARTY: "条例第十五条、第三十二条",
    RequestOutcome.DENY_PROCESS: "条例第十六条第二款",
    RequestOutcome.CANNOT_NOT_HELD: "条例第三十六条第（四）项",
    RequestOutcome.CANNOT_UNCLEAR: "条例第三十条",
    RequestOutcome.REFUSE_EXCESSIVE: "条例第三十五条",
    RequestOutcome.REFUSE_REPEAT: "条例第三十六条第（六）项",
}


def day(text: str) -> date:
    """A date as the domain page writes it."""
    return date.fromisoformat(text)


def asked(on: str, **changes: Any) -> NewRequest:
    """A request in person on a day, with whatever a test wants otherwise."""
    values: dict[str, Any] = {
        "channel": Channel.IN_PERSON,
        "arrived_on": day(on),
        "applicant": WHO,
        "wants": "示例村道养护资金使用情况",
        "applicant_kind": ApplicantKind.NATURAL,
        "supply": "纸质",
    }
    return NewRequest(**{**values, **changes})


@dataclass
class Desk:
    """The registrar's desk; the clock is moved by naming a day."""

    session: Session
    town: Town

    def on(self, text: str, hour: int = 9) -> Desk:
        """It is that day now, at that hour of the town."""
        at = datetime.combine(day(text), time(hour), tzinfo=TOWN_TIME)
        self.town.at = at.astimezone(UTC)
        return self

    def by(self, who: str = "registrar", operation: str = "") -> Occasion:
        return self.town.by(who, operation)

    def register(self, on: str, **changes: Any) -> DisclosureRequest:
        self.on(on)
        return acts.register(self.session, self.by(), asked(on, **changes))

    def assign(self, request: DisclosureRequest, who: str = "drafter") -> None:
        person = self.town.people[who].id
        acts.assign(self.session, self.by(), request.id, person, "示例办")

    def in_review(self, on: str, **changes: Any) -> DisclosureRequest:
        request = self.register(on, **changes)
        self.assign(request)
        return request

    def write(
        self,
        request: DisclosureRequest,
        kind: LetterKind,
        fields: Mapping[str, str] | None = None,
        to: str = "",
    ) -> Letter:
        given = {"said": "示例事项", "days": "15", **(fields or {})}
        new = NewLetter(kind, given, to)
        return letters.write_letter(self.session, self.by(), request.id, new)

    def serve(
        self,
        letter: Letter,
        on: str,
        method: ServiceMethod = ServiceMethod.DIRECT,
        reached: str = "",
    ) -> DisclosureRequest:
        in_hand = day(reached) if reached else None
        service = Service(method, day(on), in_hand)
        return letters.serve_letter(self.session, self.by(), letter.id, service)

    def send(
        self,
        request: DisclosureRequest,
        kind: LetterKind,
        on: str,
        fields: Mapping[str, str] | None = None,
        to: str = "",
    ) -> Letter:
        """Written and handed over on one day."""
        self.on(on)
        letter = self.write(request, kind, fields, to)
        self.serve(letter, on)
        return letter

    def opinion(self, letter: Letter, on: str, answer: Answer = Answer.AGREES) -> None:
        self.on(on)
        opinions.take_opinion(self.session, self.by(), letter.id, day(on), answer)

    def propose(
        self,
        request: DisclosureRequest,
        outcome: RequestOutcome = RequestOutcome.GRANTED,
        who: str = "drafter",
        **changes: Any,
    ) -> DisclosureRequest:
        values = {"secrecy": "不涉密，示例", "note": "示例", **changes}
        wanted = Proposal(outcome, CITED.get(outcome, "示例依据"), **values)
        reply = Reply("经查，现将示例信息提供给您。", "rural")
        return replies.propose(self.session, self.by(who), request.id, wanted, reply)

    def sign(self, request: DisclosureRequest) -> None:
        """The reply climbs the ladder: drafter, director, deputy."""
        assert request.article_id is not None
        case = articles.load(self.session, self.town.agency.id, request.article_id)
        stories.submit(self.town, case.article, who_drafted(self.town, case))
        stories.sign(self.town, case.article, "director")
        stories.sign(self.town, case.article, "deputy")

    def decide(self, request: DisclosureRequest) -> Letter:
        replies.decide(self.session, self.by(), request.id)
        return letters_of(self.session, request.id)[-1]

    def answered(
        self, request: DisclosureRequest, on: str, **changes: Any
    ) -> DisclosureRequest:
        """Proposed, signed, numbered and handed over on one day."""
        self.on(on)
        self.propose(request, **changes)
        self.sign(request)
        self.serve(self.decide(request), on)
        assert request.state is RequestState.CLOSED
        return request


def who_drafted(town: Town, case: articles.Case) -> str:
    """The name in the cast of an article's drafter."""
    return next(
        who
        for who, person in town.people.items()
        if person.id == case.article.drafter_id
    )


def desk(session: Session, code: str = "requests-town") -> Desk:
    """The town with the holidays of three years, a leader, and a registrar."""
    town = found_town(session, code)
    system = Occasion(town.agency.id, None, town.at, f"years-{code}")
    for year in (2025, 2026):
        holidays = HolidayList(year, days_off(year), swap_days(year), "示例")
        agencies.enter_calendar(session, system.under(f"{code}-{year}"), holidays)
    leader = RoleGrant(
        person_id=town.people["principal"].id, role=Role.LEADER, since=town.at
    )
    session.add(leader)
    session.flush()
    return Desk(session, town)
