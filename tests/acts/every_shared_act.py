"""Acts of several on one article: handing on, asking, adding, doubts, silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from models.articles import Article
from tests.acts.calling import call
from tests.acts.test_sharing import add, ask, beside, hand
from tests.special_rule import SPECIAL
from tests.stories import approved, case_of, sign, submitted
from tests.town import Town
from workflow.actions import Action
from workflow.agencies import acts as agencies
from workflow.articles import consultations, doubts, signers, silence
from workflow.articles.added import Demand, demands
from workflow.occasion import Occasion

Prepare = Callable[[Town], Article]
Act = Callable[[Town, Article, int], object]
Tried = tuple[Action, Prepare, Act]
LAW = """{ id = "special.law", kind = "special_review", when = '"law" in doubts'"""
SILENCE = """, limit = { amount = 1, unit = "calendar_days", \
silence = "deemed_approved", basis = "逾期未复视为同意（示例）。" }"""


def _questioned(town: Town) -> Article:
    article = submitted(town)
    ask(town, article, "director", "colleague")
    return article


def _with_another(town: Town) -> Article:
    article = submitted(town)
    add(town, article, "director", "deputy2")
    return article


def _question(town: Town, article: Article) -> int:
    return consultations.asked(town.session, article.id)[0].row.id


def _added(town: Town, article: Article) -> Demand:
    return demands(town.session, case_of(town, article))[0]


def _ruled(town: Town, rule: str, **changes: Any) -> Article:
    """Another regulation in force, and a text under it at its first rung."""
    system = Occasion(town.agency.id, None, town.at, "another-rule")
    agencies.adopt_definition(town.session, system, rule)
    town.later(hours=0.1)
    return submitted(town, **changes)


def _in_review(town: Town) -> Article:
    return _ruled(town, SPECIAL)


def _in_special_review(town: Town, rule: str = SPECIAL) -> Article:
    attributes = {"doubts": frozenset({"law", "secrecy"})}
    return sign(town, _ruled(town, rule, attributes=attributes), "director")


def in_special_review_with_silence(town: Town) -> Article:
    """In a special review that silence consents to after a day."""
    return _in_special_review(town, SPECIAL.replace(LAW, LAW + SILENCE))


def _silent(town: Town) -> Article:
    """Nobody answers, and the regulation says what that means."""
    article = in_special_review_with_silence(town)
    town.later(days=3)
    return article


def _handed_over(town: Town) -> Article:
    article = submitted(town)
    town.hold("office_director", "colleague")
    town.away("director")
    return article


def _system(town: Town) -> Occasion:
    return Occasion(town.agency.id, None, town.at, f"ring-{town.at.isoformat()}")


def _object(town: Town, article: Article, at: int) -> Article:
    said = replace(approved(town, article), opinion="依据不足", act="special.law")
    return doubts.object_to(town.session, town.by("principal"), article.id, at, said)


SHARED: list[Tried] = [
    (
        Action.TRANSFER,
        _handed_over,
        lambda t, a, _: hand(t, a, "director_b", "colleague"),
    ),
    (
        Action.CONSULT,
        submitted,
        lambda t, a, _: ask(t, a, "director", "colleague"),
    ),
    (
        Action.GIVE_OPINION,
        _questioned,
        lambda t, a, _: consultations.give_opinion(
            t.session, t.by("colleague"), _question(t, a), "属实"
        ),
    ),
    (
        Action.END_CONSULT,
        _questioned,
        lambda t, a, _: consultations.end(t.session, t.by("director"), _question(t, a)),
    ),
    (
        Action.ADD_SIGNER,
        submitted,
        lambda t, a, _: add(t, a, "director", "deputy2"),
    ),
    (
        Action.REMOVE_SIGNER,
        _with_another,
        lambda t, a, at: signers.remove_signer(
            t.session, t.by("director"), a.id, at, _added(t, a).row.id, "不再需要"
        ),
    ),
    (
        Action.SIGN_BESIDE,
        _with_another,
        lambda t, a, _: beside(t, a, "deputy2", _added(t, a).row),
    ),
    (
        Action.TELEPHONE,
        submitted,
        lambda t, a, _: call(t, a, "director", "deputy"),
    ),
    (
        Action.DOUBT,
        _in_review,
        lambda t, a, at: doubts.raise_doubt(
            t.session, t.by("director"), a.id, at, {"law"}, "依据待核"
        ),
    ),
    (Action.OBJECT, _in_special_review, _object),
    (
        Action.DEEM,
        _silent,
        lambda t, a, _: silence.let_limits_speak(t.session, _system(t)),
    ),
]
