"""Texts in doubt and in special review, and a mandate, for the furnished towns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from tests import stories
from tests.special_rule import SPECIAL
from tests.town import Town
from workflow.agencies import acts as agencies
from workflow.occasion import Occasion
from workflow.people import delegations

Ids = Mapping[str, int]


def in_doubt(town: Town, section: str) -> Ids:
    """One that may be called in question, one in special review, by another rule."""
    system = Occasion(town.agency.id, None, town.at, "special-rule")
    rule = agencies.adopt_definition(town.session, system, SPECIAL)
    doubtable = stories.submitted(town, section=section)
    doubts = {"doubts": frozenset({"law", "secrecy"})}
    special = stories.submitted(town, section=section, attributes=doubts)
    stories.sign(town, special, "director")
    rule.beside = True
    town.session.flush()
    return {"doubtable": doubtable.id, "special": special.id}


def a_mandate(town: Town) -> int:
    """The principal has named the drafter in writing."""
    by = town.by("principal")
    posts = delegations.may_be_delegated(town.session, by)
    post = next(one for one in posts if one.code == "principal")
    until = town.at + timedelta(days=9)
    drafter = town.people["drafter"].id
    named = delegations.Mandate(post.id, drafter, town.at, until, "示例委托书")
    return delegations.delegate(town.session, by, named).id
