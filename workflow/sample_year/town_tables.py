"""The sample town's own tables of the pre-check: its leaders and its villages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from models.town_tables import EntryKind
from workflow.occasion import Occasion
from workflow.proofreading.acts import NewEntry, enter
from workflow.sample_year.town import Town

NOTE = re.compile(r"（.*?）")
A_LEADERS_POST = re.compile(r"[^的]{0,8}(?:书记|镇长|乡长|主席)")
WHY = "示例镇建账时登记"


def enter_tables(session: Session, by: Occasion, town: Town, since: date) -> None:
    """Enter what the town's file knows, as the system does when a town is set up."""
    for number, new in enumerate(_entries(town, since)):
        enter(session, by.under(f"sample/table/{number}"), new)


def _entries(town: Town, since: date) -> Iterator[NewEntry]:
    names = {person.login: NOTE.sub("", person.name) for person in town.people}
    titles = [(names[post.a], NOTE.sub("", post.title)) for post in town.posts]
    leaders = [pair for pair in titles if A_LEADERS_POST.fullmatch(pair[1])]
    for rank, (name, title) in enumerate(leaders, 1):
        yield NewEntry(EntryKind.LEADER, name, since, WHY, title, rank)
    for unit in town.units:
        yield NewEntry(EntryKind.VILLAGE, unit.name, since, WHY)
