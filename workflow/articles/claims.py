"""Who is looking at what (soft claim): said to the others, and stopping nobody.

Several people may hold one post; a claim of half an hour keeps two from reading the
same text unawares.  It belongs to one visit of a stage and ends with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models.articles import Article
from models.handling import Claim
from models.natural_keys import insert_missing
from models.people import Person
from workflow.actions import Action
from workflow.articles import cases
from workflow.articles.able import able
from workflow.articles.cases import Case
from workflow.articles.permits import permit
from workflow.audit.acts import Subject, record
from workflow.occasion import Occasion
from workflow.operations import make_once

LASTS = timedelta(minutes=30)
RENEWED_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Looking:
    """Who is looking at an article, and since when."""

    article_id: int
    person_id: int
    name: str
    since: datetime


def looking(
    session: Session, by: Occasion, article_ids: Collection[int]
) -> dict[int, Looking]:
    """Who is looking at each of some articles now; those nobody looks at are left out.

    A claim of an earlier visit says nothing any more.
    """
    query = (
        select(Claim, Person.name)
        .join(Person, Person.id == Claim.person_id)
        .join(Article, Article.id == Claim.article_id)
        .where(
            Claim.agency_id == by.agency_id,
            Claim.article_id.in_(article_ids),
            Claim.until > by.at,
            Claim.since >= Article.entered_at,
        )
    )
    return {
        claim.article_id: Looking(claim.article_id, claim.person_id, name, claim.since)
        for claim, name in session.execute(query)
    }


def wants_claim(session: Session, by: Occasion, article_id: int) -> bool:
    """Whether opening the article is to be noted: she may act, and nobody looks yet.

    One's own claim is renewed every few minutes, not at every page.

    Raises:
        NotFound: no such article here.
    """
    case = cases.load(session, by.agency_id, article_id)
    if by.person_id not in able(session, by, case):
        return False
    there = looking(session, by, [article_id]).get(article_id)
    if there is None:
        return True
    renewed = session.get_one(Claim, article_id).until - LASTS
    return there.person_id == by.person_id and renewed < by.at - RENEWED_AFTER


def claim(session: Session, by: Occasion, article_id: int) -> bool:
    """Note that a person who may act is looking; whether the claim is hers now.

    Of two who open it together the first is noted.
    """
    article = session.get_one(Article, article_id)
    there = looking(session, by, [article_id]).get(article_id)
    since = there.since if there and there.person_id == by.person_id else by.at
    row = _row(by, article_id, since)
    if insert_missing(session, Claim, [row]):
        return True
    free = or_(
        Claim.until <= by.at,
        Claim.since < article.entered_at,
        Claim.person_id == by.person_id,
    )
    renew = update(Claim).where(Claim.article_id == article_id, free).values(**row)
    renewed = session.execute(renew.returning(Claim.article_id))
    return renewed.first() is not None


def take_over(session: Session, by: Occasion, article_id: int) -> Article:
    """Take the claim from a colleague, in one step; who took it from whom is on record.

    Raises:
        NotPermitted: not a holder of the rung where the article stands.
    """

    def doing() -> Article:
        case = cases.load(session, by.agency_id, article_id)
        capacity = permit(session, by, case, Action.TAKE_OVER)
        there = looking(session, by, [article_id]).get(article_id)
        _seize(session, by, case)
        details = {"from": there.name if there else ""}
        on = Subject(
            "article",
            article_id,
            post=capacity.post_title,
            on_behalf_of=capacity.on_behalf_of_name,
            details=details,
        )
        record(session, by, Action.TAKE_OVER, on)
        return case.article

    asked = (Action.TAKE_OVER, {"article": article_id})
    return make_once(session, by, asked, Article, doing)


def _seize(session: Session, by: Occasion, case: Case) -> None:
    row = _row(by, case.article.id, by.at)
    if not insert_missing(session, Claim, [row]):
        mine = update(Claim).where(Claim.article_id == case.article.id)
        session.execute(mine.values(**row))


def _row(by: Occasion, article_id: int, since: datetime) -> dict[str, object]:
    return {
        "article_id": article_id,
        "agency_id": by.agency_id,
        "person_id": by.person_id,
        "since": since,
        "until": by.at + LASTS,
    }
