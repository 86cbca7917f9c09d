"""The sample year's one request (依申请公开), from the post to the post, as steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Account
from models.request_files import LetterKind, ServiceMethod
from models.requests import ApplicantKind, Channel, DisclosureRequest, RequestOutcome
from workflow.articles import cases
from workflow.calendar import ONE_DAY, town_day, town_moment
from workflow.occasion import Occasion
from workflow.requests import acts, replies
from workflow.requests.letters import acts as letters
from workflow.requests.letters.acts import NewLetter, Service
from workflow.requests.letters.questions import letters_of
from workflow.requests.replies import Reply
from workflow.requests.rules import NewApplicant, NewRequest, Proposal
from workflow.sample_year.articles import signing, submitting
from workflow.sample_year.steps import Doing, Step, answer_of
from workflow.sample_year.town import Town
from workflow.sample_year.year import SampleRequest

SECTION = "agriculture"
BASIS = "《中华人民共和国政府信息公开条例》第三十六条第（二）项"
Act = Callable[[Session, Occasion], object]


@dataclass(frozen=True)
class Asking:
    """The request and who is at which desk on a day."""

    town: Town
    wanted: SampleRequest
    name: str

    def step(self, kind: str, day: date, at: time, what: str, doing: Act) -> Step:
        """One step by the holder of a post, A or, when A is away, B."""
        posts = self.town.posts_of(kind)
        mine = [post for post in posts if SECTION in post.portfolio] or posts
        login = self.town.acting_holder(mine[0], day)
        operation = f"{self.name}/{what}" if what else self.name
        return Step(town_moment(day, at), login, operation, doing)


def request_steps(town: Town, wanted: SampleRequest, name: str) -> Iterator[Step]:
    """Registered, given to the handler, answered through the ladder, and posted."""
    way = Asking(town, wanted, name)
    came, done = wanted.received, wanted.answered
    eve = done - ONE_DAY
    yield way.step("registrar", came, time(10), "", _register(wanted))
    yield way.step("registrar", came, time(10, 20), "receipt", _receipt(name))
    yield way.step("registrar", came, time(10, 40), "serve", _serve(name))
    handler = way.step("drafter", eve, time(9), "propose", _propose(wanted, name))
    assign = handed_to(name, handler.login or "")
    yield way.step("registrar", came, time(11), "assign", assign)
    yield handler
    hand_in = submitting("已与档案核对，不涉密。")
    yield way.step("drafter", eve, time(9, 40), "submit", _article(name, hand_in))
    office = _article(name, signing("答复依据准确，同意。"))
    yield way.step("office_director", eve, time(15), "office", office)
    deputy = _article(name, signing("同意答复。"))
    yield way.step("deputy_head", done, time(9), "deputy", deputy)
    yield way.step("registrar", done, time(10), "decide", _decide(name))
    yield way.step("registrar", done, time(11), "post", _serve(name))


def _register(wanted: SampleRequest) -> Act:
    new = NewRequest(
        channel=Channel.SIGNED_POST,
        arrived_on=wanted.received,
        applicant=NewApplicant(wanted.applicant, contact="示例联系方式"),
        wants=f"{wanted.title}：{wanted.body}",
        applicant_kind=ApplicantKind.NATURAL,
        supply=wanted.form,
    )
    return lambda session, by: acts.register(session, by, new)


def _receipt(name: str) -> Act:
    new = NewLetter(LetterKind.RECEIPT, {})
    return lambda session, by: letters.write_letter(
        session, by, answer_of(session, by, name), new
    )


def _serve(name: str) -> Act:
    """Post the letter that was written last."""

    def doing(session: Session, by: Occasion) -> object:
        letter = letters_of(session, answer_of(session, by, name))[-1]
        service = Service(ServiceMethod.POST, town_day(by.at))
        return letters.serve_letter(session, by, letter.id, service)

    return doing


def handed_to(name: str, login: str) -> Act:
    """To the person who drafts: the sample's cast knows her by her login."""

    def doing(session: Session, by: Occasion) -> object:
        account = select(Account).where(Account.login == login)
        person = session.scalars(account).one().person_id
        request = answer_of(session, by, name)
        return acts.assign(session, by, request, person, "农业农村办")

    return doing


def _propose(wanted: SampleRequest, name: str) -> Act:
    proposal = Proposal(
        RequestOutcome(wanted.decision), BASIS, "农业农村办初核，不涉及国家秘密。"
    )
    reply = Reply(wanted.reply, SECTION)
    return lambda session, by: replies.propose(
        session, by, answer_of(session, by, name), proposal, reply
    )


def _article(name: str, doing: Doing) -> Act:
    def whole(session: Session, by: Occasion) -> object:
        request = session.get_one(DisclosureRequest, answer_of(session, by, name))
        article = cases.load(session, by.agency_id, request.article_id or 0)
        return doing(session, by, article)

    return whole


def _decide(name: str) -> Act:
    return lambda session, by: replies.decide(session, by, answer_of(session, by, name))
