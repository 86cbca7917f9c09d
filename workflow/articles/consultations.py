"""征求意见 inside the office: somebody is asked, the text stays, the answer comes back.

An answer is no signature and stands for none.  While a question is open the rung is not
signed and the text not let out, so that nobody asks and does not listen.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.notices import NoticeKind
from models.people import Person
from models.sharing import Consultation
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import cases
from workflow.articles.cases import Case
from workflow.articles.doing import on_article
from workflow.articles.handling import may_receive
from workflow.articles.moves import Decision, note, take
from workflow.articles.permits import permit
from workflow.articles.rules import opinion_fits
from workflow.audit.acts import Subject, record
from workflow.errors import InvalidInput, NotFound, NotPermitted, WrongState
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.questions import name_of
from workflow.people.registers import away_between
from workflow.people.rules import Capacity


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, with names; ``answered`` tells an answer from a taking back."""

    row: Consultation
    by: str
    to: str

    @property
    def open(self) -> bool:
        """Whether the answer is still waited for."""
        return self.row.ended_at is None

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return not self.open and self.row.ended_by_id == self.row.person_id


def asked(session: Session, article_id: int) -> list[Asked]:
    """Every question about an article, oldest first."""
    query = select(Consultation).where(Consultation.article_id == article_id)
    return [
        Asked(row, name_of(session, row.asked_by_id), name_of(session, row.person_id))
        for row in session.scalars(query.order_by(Consultation.id))
    ]


def may_be_asked(session: Session, by: Occasion) -> list[Person]:
    """Who can be asked: whoever may open the text and is not recorded absent."""
    spans = away_between(session, by.agency_id, by.today, by.today)
    away = {span.person_id for span in spans}
    return [one for one in may_receive(session, by) if one.id not in away]


def consult(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    person_id: int,
    question: str,
) -> Article:
    """Ask somebody for an opinion on the present text.

    Raises:
        NotPermitted: not somebody who may act on it now.
        InvalidInput: no question, asked already, or she is away or may not read it.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        words = opinion_fits(question)
        if not words:
            raise InvalidInput({"ask_question": ["请写明征求什么意见。"]})
        _check_person(session, by, case, person_id)
        take(session, case)
        session.add(_row(by, case, person_id, words))
        tell(session, by, _question(case, words), [person_id])
        what = Decision(Action.CONSULT, Outcome.APPROVED, capacity)
        told = {"to": name_of(session, person_id), "question": words}
        note(session, by, case, what, told)

    at, values = (article_id, revision_id), {"to": person_id, "question": question}
    return on_article(session, by, Action.CONSULT, at, values, doing)


def give_opinion(
    session: Session, by: Occasion, consultation_id: int, answer: str
) -> Consultation:
    """Answer; it goes back to who asked.

    Raises:
        NotFound: no such question here.
        NotPermitted: somebody else was asked.
        WrongState: it is not open any more.
        InvalidInput: no answer.
    """

    def doing() -> Consultation:
        row = _open(session, by, consultation_id)
        if row.person_id != by.person_id:
            raise NotPermitted(
                "征求的不是您的意见。",
                rule="not-asked",
                help_from=name_of(session, row.person_id),
            )
        words = opinion_fits(answer)
        if not words:
            raise InvalidInput({"answer": ["请写明意见。"]})
        row.answer = words
        return _ended(session, by, row, Action.GIVE_OPINION, words)

    about = {"consultation": consultation_id, "answer": answer}
    return make_once(session, by, (Action.GIVE_OPINION, about), Consultation, doing)


def end(session: Session, by: Occasion, consultation_id: int) -> Consultation:
    """Take a question back before it was answered, on record.

    Raises:
        NotFound: no such question here.
        NotPermitted: neither who asked nor somebody who may act on the text now.
        WrongState: it is not open any more.
    """

    def doing() -> Consultation:
        row = _open(session, by, consultation_id)
        if row.asked_by_id != by.person_id:
            case = cases.load(session, by.agency_id, row.article_id)
            permit(session, by, case, Action.END_CONSULT)
        return _ended(session, by, row, Action.END_CONSULT, "")

    about = {"consultation": consultation_id}
    return make_once(session, by, (Action.END_CONSULT, about), Consultation, doing)


def _open(session: Session, by: Occasion, consultation_id: int) -> Consultation:
    row = session.get(Consultation, consultation_id, with_for_update=True)
    if row is None or row.agency_id != by.agency_id:
        raise NotFound("没有找到这次征求意见。")
    if row.ended_at is not None:
        raise WrongState("这次征求意见已经答复或撤回。", rule="not-open-any-more")
    return row


def _ended(
    session: Session, by: Occasion, row: Consultation, action: Action, words: str
) -> Consultation:
    row.ended_at, row.ended_by_id = by.at, by.person_id
    session.flush()
    case = cases.load(session, by.agency_id, row.article_id)
    if action is Action.GIVE_OPINION:
        tell(session, by, _answer(case, row, words), [row.asked_by_id])
    on = Subject(
        "article",
        row.article_id,
        digest=case.revision.digest,
        details={"consultation": row.id, "opinion": words},
    )
    record(session, by, action, on)
    return row


def _check_person(session: Session, by: Occasion, case: Case, person_id: int) -> None:
    if person_id not in {one.id for one in may_be_asked(session, by)}:
        line = "只能向现在在岗、可以查看稿件的人征求意见。"
        raise InvalidInput({"ask_person": [line]})
    waiting = [one for one in asked(session, case.article.id) if one.open]
    if any(one.row.person_id == person_id for one in waiting):
        raise InvalidInput({"ask_person": ["已向这位同志征求意见，还没有答复。"]})


def _row(by: Occasion, case: Case, person_id: int, question: str) -> Consultation:
    return Consultation(
        agency_id=by.agency_id,
        article_id=case.article.id,
        revision_id=case.revision.id,
        stage=case.article.state,
        asked_by_id=by.person_id,
        person_id=person_id,
        question=question,
        asked_at=by.at,
    )


def _question(case: Case, words: str) -> Message:
    return Message(
        f"consult:{case.article.id}:{case.article.version}",
        NoticeKind.HANDOVER,
        f"征求意见：《{case.text.title}》第{case.revision.number}稿，请您答复",
        words,
        ("article", str(case.article.id)),
    )


def _answer(case: Case, row: Consultation, words: str) -> Message:
    return Message(
        f"consulted:{row.id}",
        NoticeKind.HANDOVER,
        f"征求意见已有答复：《{case.text.title}》",
        words,
        ("article", str(case.article.id)),
    )
