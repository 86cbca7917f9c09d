"""Somebody writes down what a leader said by telephone."""

from __future__ import annotations

from models.articles import Article
from tests.stories import revision_of
from tests.town import Town
from workflow.articles import telephone
from workflow.articles.telephone import Said

WORDS = "同意，今晚先发预警，回来补签。"


def call(
    town: Town,
    article: Article,
    who: str,
    leader: str,
    words: str = WORDS,
    operation: str = "",
) -> Article:
    said = Said(town.people[leader].id, town.at, words)
    by, revision = town.by(who, operation), revision_of(town, article)
    return telephone.record_call(town.session, by, article.id, revision, said)
