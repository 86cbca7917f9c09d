"""Whether a reply may leave the house: signed, and still the text that was."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from models.request_files import Letter
from models.signatures import Outcome
from workflow.articles import cases as articles
from workflow.articles.cases import Case as ArticleCase
from workflow.articles.rules import wholly_signed
from workflow.articles.witness import every_signature_left_its_trace
from workflow.calendar import town_day
from workflow.errors import WrongState
from workflow.occasion import Occasion
from workflow.process.machine import CLEARED
from workflow.requests.cases import Case

SIGNED_FIRST = "答复经审核、签发后才能送达；未经审核校对的信息、文稿一律不准发布。"


def signed_reply(session: Session, by: Occasion, case: Case) -> ArticleCase:
    """The reply's article, every signature of the regulation standing on its text.

    Computed anew as for publishing: no column is trusted, each signature has its trace.

    Raises:
        WrongState: no reply is proposed, or a signature is owed; says which.
    """
    if case.request.article_id is None:
        raise WrongState(
            "还没有拟写答复稿。", rule="no-reply-proposed", basis=SIGNED_FIRST
        )
    article = articles.load(session, by.agency_id, case.request.article_id)
    if article.article.state != CLEARED:
        raise WrongState(
            "答复稿还没有签发，不能办结送达。",
            rule="reply-is-signed-first",
            basis=SIGNED_FIRST,
        )
    wholly_signed(article)
    every_signature_left_its_trace(session, by, article)
    return article


def signed_on(article: ArticleCase) -> date:
    """The day of signing: of the last approval that stands.

    The annual report counts an outcome on that day, also when it is served in January.
    """
    standing = {signature.seq for signature in article.standing}
    approvals = [
        row
        for row in article.signatures
        if row.outcome is Outcome.APPROVED and row.seq in standing
    ]
    return town_day(max(row.signed_at for row in approvals))


def still_signed(session: Session, by: Occasion, case: Case, letter: Letter) -> None:
    """The reply that is to be served is the text that was signed.

    Raises:
        WrongState: it was changed or taken back since.
    """
    article = signed_reply(session, by, case)
    if article.revision.digest != letter.digest:
        raise WrongState(
            "答复稿签发后又有改动，与答复书不一致，不能送达。",
            rule="reply-changed-since",
            basis=SIGNED_FIRST,
        )
