"""Who is asked for a special review by a doubt finds that in the in-tray."""

from __future__ import annotations

from sqlalchemy import select

from models.articles import Article
from models.notices import Notice
from tests.special_rule import SPECIAL
from tests.stories import revision_of, submitted
from tests.town import Town
from workflow.agencies import acts as agencies
from workflow.articles import doubts
from workflow.occasion import Occasion


def under(town: Town, rule: str) -> Article:
    system = Occasion(town.agency.id, None, town.at, "special-rule")
    agencies.adopt_definition(town.session, system, rule)
    town.later(hours=0.1)
    return submitted(town)


def doubt(town: Town, article: Article, *subjects: str) -> None:
    by, at = town.by("director"), revision_of(town, article)
    words = "依据待核"
    doubts.raise_doubt(town.session, by, article.id, at, set(subjects), words)


def told(town: Town) -> list[tuple[int, str, str]]:
    query = select(Notice).where(Notice.event.startswith("doubt:"))
    rows = town.session.scalars(query.order_by(Notice.id))
    return [(row.person_id, row.title, row.body) for row in rows]


def test_those_who_may_do_it_are_told_what_is_in_doubt(town: Town) -> None:
    article = under(town, SPECIAL)
    doubt(town, article, "law")
    ((person, title, body),) = told(town)
    assert person == town.people["principal"].id
    assert "专项审核" in title
    assert article.title in title
    assert body == "依据待核"


def test_while_a_is_away_b_is_told(town: Town) -> None:
    article = under(town, SPECIAL)
    town.away("principal")
    doubt(town, article, "law")
    assert [person for person, _, _ in told(town)] == [town.people["principal_b"].id]


def test_a_later_doubt_tells_of_what_it_brought_in_only(town: Town) -> None:
    article = under(town, SPECIAL)
    doubt(town, article, "law")
    before = len(told(town))
    doubt(town, article, "secrecy")
    assert len(told(town)) == before + 1
