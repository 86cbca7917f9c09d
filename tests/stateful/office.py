"""The office of the random people: its town, its articles, the oracle that listens."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import event, func, select, text
from sqlalchemy.orm import Session

from models.articles import Article
from models.audit import AuditEntry
from models.database import Database
from tests.schema import open_engine
from tests.stateful.oracle import (
    CLEARED,
    ENDED,
    PUBLISHER,
    RUNGS,
    Calendar,
    Content,
    Story,
    crew_of,
)
from tests.stories import case_of, written
from tests.town import Town
from workflow.articles.drafts import Draft
from workflow.audit.questions import verify
from workflow.errors import WorkflowError
from workflow.occasion import Occasion

EVERYTHING = text(
    "SELECT (SELECT count(*) FROM revisions), (SELECT count(*) FROM signatures),"
    " (SELECT count(*) FROM audit_entries), (SELECT count(*) FROM operations),"
    " (SELECT group_concat(id || state || version || held) FROM articles),"
    " (SELECT group_concat(id || coalesce(answer, '')) FROM findings),"
    " (SELECT group_concat(id || coalesce(taken_down_at, '')) FROM releases),"
    " (SELECT group_concat(id || last_day || coalesce(cancelled_at, ''))"
    " FROM absences)"
)
RIGHT = "whoever is on duty"
done_in_all: Counter[str] = Counter()


@dataclass(frozen=True)
class Ground:
    """A committed town in a file to be copied for each run."""

    file: Path
    town: Town


def draft_of(content: Content) -> Draft:
    return written(
        title=content.title,
        section=content.section,
        attributes={"importance": content.importance, "special": content.special},
    )


def hasty(dbapi: sqlite3.Connection, _record: object) -> None:
    """Nothing here has to outlive a power cut."""
    dbapi.execute("PRAGMA synchronous=OFF").close()


class Office(RuleBasedStateMachine):
    """The office, its articles, and the oracle that listens."""

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        file = Path(self.folder.name) / "office.sqlite"
        shutil.copyfile(ground.file, file)
        self.database: Database = open_engine(f"sqlite:///{file}")
        event.listen(self.database.engine, "connect", hasty)
        self.town = replace(ground.town, session=self.database.writing())
        self.stories: list[Story] = []
        self.calendar = Calendar()
        self.done = self.entries()
        self.changed = True

    def teardown(self) -> None:
        """The trail holds at the end of every run."""
        assert verify(self.session).ok
        self.town.session.close()
        self.database.close()
        self.folder.cleanup()

    @property
    def session(self) -> Session:
        """The one session of this office; every act is a transaction of its own."""
        return self.town.session

    def entries(self) -> int:
        """How many acts the trail says were done."""
        query = select(func.count(AuditEntry.id)).where(AuditEntry.outcome == "done")
        return self.session.scalar(query) or 0

    def everything(self) -> object:
        """A digest of all that an act may change."""
        return self.session.execute(EVERYTHING).one()

    def tries(self, act: Callable[[], object], *, counts: bool = True) -> bool:
        """Whether the act was done; what was refused has changed nothing."""
        before = self.everything()
        try:
            act()
            self.session.commit()
        except WorkflowError:
            self.session.rollback()
            assert self.everything() == before
            return False
        newest = select(AuditEntry.act).order_by(AuditEntry.id.desc()).limit(1)
        if counts:
            self.done += 1
            self.changed = True
            done_in_all.update(self.session.scalars(newest))
        return True

    def story(self, number: int) -> Story:
        """One of the articles."""
        lately = self.stories[-3:]
        return lately[number % len(lately)]

    def has_room(self) -> bool:
        """Two articles on their way are enough to get in each other's way."""
        running = [s for s in self.stories if self.article(s).state not in ENDED]
        return len(running) < 2

    def article(self, story: Story) -> Article:
        """Its row."""
        return self.session.get_one(Article, story.id)

    def by(self, who: str) -> Occasion:
        """Somebody, a moment later."""
        self.town.later(minutes=7)
        return self.town.by(who)

    def on_duty(self, story: Story, rung: str) -> list[str]:
        """Who may act at a rung today, as the oracle has it."""
        today = self.by("drafter").today
        if rung == RUNGS[0]:
            return [story.drafter]
        crew = PUBLISHER if rung == CLEARED else crew_of(rung, story.content)
        return list(self.calendar.on_duty(crew, today))

    def pick(self, who: str, story: Story, state: str) -> str:
        """Somebody, who may well be the right one."""
        if who != RIGHT:
            return who
        here = self.on_duty(story, state) if state in (*RUNGS, CLEARED) else []
        return here[-1] if here else story.drafter

    def at(self, story: Story, *, stale: bool = False) -> tuple[int, int]:
        """The article and the revision that was read."""
        revision = case_of(self.town, self.article(story)).revision
        return story.id, revision.id + 1000 if stale else revision.id
