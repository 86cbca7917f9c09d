"""The reply: an article of its own kind that climbs the ladder, then is served.

起草、审核、签发 are the acts of ``workflow/articles``; here the reply is proposed with
its one outcome, taken back, and, once signed, numbered as the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.articles import Article
from models.requests import DisclosureRequest, RequestAmendment, RequestOutcome
from models.requests import RequestEventKind as Kind
from workflow.actions import Action
from workflow.agencies.questions import definition_in_force
from workflow.articles import acts as articles
from workflow.articles import cases as article_cases
from workflow.articles.drafts import REPLY, Draft
from workflow.calendar import town_day
from workflow.errors import InvalidInput, WrongState
from workflow.occasion import Occasion
from workflow.process.definition import Definition
from workflow.process.machine import DRAFTING, REJECTED
from workflow.requests import guards
from workflow.requests.cases import Case, on_request
from workflow.requests.letters.acts import letter_row
from workflow.requests.letters.forms import (
    REPLIES,
    REPLY_BASIS,
    REPLY_REMEDY,
)
from workflow.requests.letters.remedy_sentence import remedy_sentence
from workflow.requests.letters.signed import signed_on, signed_reply
from workflow.requests.machine import Trigger, step
from workflow.requests.moves import Happened, move
from workflow.requests.permits import may_draft_reply
from workflow.requests.rules import NOTE_MAX, Proposal, refuse_bad_proposal

DISCLOSURE, ON_REQUEST = "disclosure", "on_request"


@dataclass(frozen=True, slots=True)
class Reply:
    """The text of a reply as it is typed; it names no applicant, the letter does.

    Args:
        section: the code of the section whose deputy signs it.
    """

    body: str
    section: str


def propose(
    session: Session, by: Occasion, request_id: int, wanted: Proposal, reply: Reply
) -> DisclosureRequest:
    """Draft the reply with its one outcome; it begins to climb the ladder.

    Raises:
        NotPermitted: neither the handler nor a registrar, or no drafter.
        InvalidInput: no article cited, or one of another outcome.
        WrongState: the outcome needs something on file first.
    """

    def doing(case: Case) -> None:
        may_draft_reply(session, by, case.request)
        _may_propose(session, case, wanted)
        article = _draft(session, by, case, reply)
        also = {
            "article_id": article.id,
            "proposed": wanted.outcome.value,
            "basis": wanted.basis.strip(),
            "note": wanted.note.strip(),
        }
        happened = Happened(
            Kind.PROPOSED,
            town_day(by.at),
            note=wanted.secrecy.strip(),
            details={"outcome": wanted.outcome.value, "article": article.id},
        )
        move(session, by, case, (Action.PROPOSE_REPLY, Trigger.PROPOSE), happened, also)

    values = {**wanted.as_values(), "body": reply.body, "section": reply.section}
    action = Action.PROPOSE_REPLY
    return on_request(session, by, (action, request_id, values), doing, role=None)


def _may_propose(session: Session, case: Case, wanted: Proposal) -> None:
    refuse_bad_proposal(wanted)
    step(case.request.state, Trigger.PROPOSE)
    guards.outcome_has_its_steps(wanted.outcome, case.happened)
    guards.only_after_refused_reasons(wanted.outcome, case.happened)
    _no_reply_is_on_its_way(session, case)


def reopen(
    session: Session, by: Occasion, request_id: int, reason: str
) -> DisclosureRequest:
    """Go on handling after a reply was refused, or while it is back with its drafter.

    Raises:
        WrongState: the reply is on its way or signed.
        InvalidInput: no reason.
    """

    def doing(case: Case) -> None:
        if not reason.strip() or len(reason) > NOTE_MAX:
            raise InvalidInput({"reason": [f"请写明理由，最多{NOTE_MAX}字。"]})
        _no_reply_is_on_its_way(session, case, or_in=(DRAFTING, REJECTED))
        happened = Happened(Kind.REOPENED, town_day(by.at), note=reason.strip())
        also = {"article_id": None, "proposed": None, "basis": "", "note": ""}
        move(session, by, case, (Action.REOPEN_REQUEST, Trigger.REOPEN), happened, also)

    values = {"reason": reason}
    return on_request(session, by, (Action.REOPEN_REQUEST, request_id, values), doing)


def decide(session: Session, by: Occasion, request_id: int) -> DisclosureRequest:
    """The reply is signed: give it its number and the request its one outcome.

    The day of the decision is the day of signing (the report counts by it).

    Raises:
        WrongState: a signature is owed, or the outcome lacks what it needs.
    """

    def doing(case: Case) -> None:
        step(case.request.state, Trigger.DECIDE)
        article = signed_reply(session, by, case)
        outcome, on = RequestOutcome(case.request.proposed or ""), signed_on(article)
        guards.outcome_has_its_steps(outcome, case.happened)
        fields = {
            REPLY_BASIS: case.request.basis,
            REPLY_REMEDY: remedy_sentence(outcome, on),
        }
        letter = letter_row(session, by, case, REPLIES[outcome], fields)
        letter.body, letter.digest = article.text.body, article.revision.digest
        also = {"outcome": outcome, "answered_on": on, "answered_by_id": by.person_id}
        details = {"outcome": outcome.value, "digest": letter.digest}
        happened = Happened(Kind.DECIDED, on, letter_id=letter.id, details=details)
        move(session, by, case, (Action.ANSWER_REQUEST, Trigger.DECIDE), happened, also)

    return on_request(session, by, (Action.ANSWER_REQUEST, request_id, {}), doing)


def amend(
    session: Session,
    by: Occasion,
    request_id: int,
    outcome: RequestOutcome,
    reason: str,
) -> DisclosureRequest:
    """Put the outcome of a closed request right, on a record of its own.

    Raises:
        InvalidInput: no reason, or the same outcome.
        WrongState: it is not closed.
    """

    def doing(case: Case) -> None:
        if not reason.strip() or len(reason) > NOTE_MAX:
            raise InvalidInput({"reason": [f"请写明更正理由，最多{NOTE_MAX}字。"]})
        if case.request.outcome is outcome:
            raise InvalidInput({"outcome": ["与原结果相同，不需要更正。"]})
        step(case.request.state, Trigger.AMEND)
        row = _amendment(by, case, outcome, reason)
        details = {"before": row.before, "after": row.after}
        happened = Happened(Kind.AMENDED, town_day(by.at), details=details)
        also = {"outcome": outcome}
        move(session, by, case, (Action.AMEND_REQUEST, Trigger.AMEND), happened, also)
        session.add(row)

    values = {"outcome": outcome.value, "reason": reason}
    return on_request(session, by, (Action.AMEND_REQUEST, request_id, values), doing)


def _amendment(
    by: Occasion, case: Case, outcome: RequestOutcome, reason: str
) -> RequestAmendment:
    before = case.request.outcome
    return RequestAmendment(
        agency_id=by.agency_id,
        request_id=case.request.id,
        before=before.value if before else "",
        after=outcome.value,
        reason=reason.strip(),
        person_id=by.person_id,
        at=by.at,
    )


def make_public(
    session: Session, by: Occasion, request_id: int, article_id: int
) -> DisclosureRequest:
    """What many asked for becomes proactive (条例第四十四条): link the article.

    Raises:
        NotFound: no such article here.
        WrongState: it is itself a reply.
    """

    def doing(case: Case) -> None:
        article = article_cases.load(session, by.agency_id, article_id).article
        if article.purpose == REPLY:
            raise WrongState("答复稿不是主动公开的信息。", rule="replies-are-served")
        happened = Happened(
            Kind.MADE_PUBLIC, town_day(by.at), details={"article": article.id}
        )
        also = {"public_article_id": article.id}
        move(session, by, case, (Action.MAKE_PUBLIC, None), happened, also)

    values = {"article": article_id}
    return on_request(session, by, (Action.MAKE_PUBLIC, request_id, values), doing)


def reply_article(session: Session, request: DisclosureRequest) -> Article | None:
    """The article of a request's reply, if there is one."""
    if request.article_id is None:
        return None
    return session.get(Article, request.article_id)


def _draft(session: Session, by: Occasion, case: Case, reply: Reply) -> Article:
    row = definition_in_force(session, by.agency_id)
    definition = article_cases.definition_of(session, row.id)
    number = f"{case.request.year}-{case.request.serial}"
    written = Draft(
        title=f"关于{number}号政府信息公开申请的答复",
        body=reply.body,
        section=reply.section,
        channels=_any_channel(definition),
        attributes=_on_request(definition),
        purpose=REPLY,
    )
    return articles.draft(session, by.under(f"{by.operation[:74]}/reply"), written)


def _any_channel(definition: Definition) -> list[str]:
    """A reply goes out on none; the definition wants one named."""
    return sorted(definition.attributes["channels"].values)[:1]


def _on_request(definition: Definition) -> dict[str, str | bool]:
    attribute = definition.attributes.get(DISCLOSURE)
    if attribute is None or not attribute.accepts(ON_REQUEST):
        return {}
    return {DISCLOSURE: ON_REQUEST}


def _no_reply_is_on_its_way(
    session: Session, case: Case, or_in: tuple[str, ...] = (REJECTED,)
) -> None:
    article = reply_article(session, case.request)
    if article is not None and article.state not in or_in:
        raise WrongState(
            "答复稿正在审签，不能另拟；可请审核人退回或不予采用。",
            rule="reply-on-its-way",
            help_from="答复稿的审核人",
        )
