"""Random regulations, people and real acts: nothing goes out that a reading forbids.

The same walk is taken on paper; office and paper must agree after every step.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import ProcessDefinition
from models.articles import Revision
from models.database import Database
from models.releases import Release
from models.signatures import Outcome, Signature
from tests.acts.agreeing import differences
from tests.acts.paper_office import ANY, LONG_AGO, settle
from tests.acts.playing import Playing, begin, in_office, let_time_pass, on_paper
from tests.rules.test_process_never_published import (
    CALENDAR,
    CHANNELS,
    START,
    Oracle,
    Rung,
    article,
    doings,
    office,
    rungs,
    step_of,
    whole,
)
from tests.schema import open_engine
from workflow.errors import WorkflowError
from workflow.process.reading import read_definition
from workflow.process.scenario.player import done
from workflow.process.scenario.running import Running
from workflow.process.scenario.ticking import tick

numbers = count(1)


@pytest.fixture(scope="module")
def database(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """One office, whose every walk is taken back."""
    file = tmp_path_factory.mktemp("random") / "office.sqlite"
    shutil.copyfile(sqlite_template, file)
    opened = open_engine(f"sqlite:///{file}")
    yield opened
    opened.close()


class Listener(Oracle):
    """The oracle, told what the tables of the office say and nothing else."""

    def hears(self, session: Session, real: Playing) -> None:
        names = [rung.id for rung in self.rungs]
        query = select(Signature).where(
            Signature.article_id == real.article.id, Signature.seq >= self.read
        )
        for row in session.scalars(query.order_by(Signature.seq)):
            self.read = row.seq + 1
            if row.returned_to:
                to = names.index(row.returned_to) if row.returned_to in names else -1
                self.returns.append((row.seq, to))
            elif row.outcome is Outcome.APPROVED:
                on = session.get_one(Revision, row.revision_id)
                text = (on.body, on.attributes["flag"] is True)
                who = real.numbered.get(row.person_id or 0, 0)
                self.signed += [(row.seq, act, who, text) for act in row.acts]


def test_nothing_goes_out_that_a_naive_reading_forbids(database: Database) -> None:
    went_out: Counter[str] = Counter()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        made=rungs(),
        apart=st.lists(st.integers(0, 3), max_size=3, unique=True),
        channels=st.sampled_from([frozenset({"web"}), frozenset(CHANNELS)]),
        acts=doings(),
    )
    def walks(
        made: list[Rung],
        apart: list[int],
        channels: frozenset[str],
        acts: list[tuple[str, str, int]],
    ) -> None:
        # a regulation that asks nothing of some article is no regulation
        last = Rung(f"s{len(made)}", "any_of", ("p2", "p3"), "", "", deemed=False)
        kept = tuple(rank for rank in apart if rank <= len(made))
        kept = kept if len(kept) > 1 else ()
        text = whole([*made, last], kept)
        with database.writing() as session:
            went_out.update(walk(session, text, [*made, last], kept, channels, acts))
            session.rollback()

    walks()
    assert went_out, "nothing went out: nothing was proved"


def walk(
    session: Session,
    text: str,
    made: Sequence[Rung],
    kept: tuple[int, ...],
    channels: frozenset[str],
    acts: list[tuple[str, str, int]],
) -> frozenset[str]:
    """One article's way; the channels on which it went out."""
    paper = article(channels, office(), text)
    real = drafted(session, paper, text)
    people = {person.id: person.posts for person in office().people}
    oracle, at = Listener(made, kept, people), START
    for verb, who, number in [("submit", "一", 0), *acts]:
        at += timedelta(minutes=number)
        passes(paper, real, at)
        step, before = step_of(verb, who, number), out(session, real)
        came, refused = done(paper, step, at), real.do(step, at)
        assert (came is None) == (refused is None), (came, refused)
        oracle.hears(session, real)
        for channel in out(session, real) - before:
            assert oracle.forbids(paper, channel) == ""
        found = differences(on_paper(paper, at), in_office(real, at, lists=False))
        assert list(found) == []
    return out(session, real)


def passes(paper: Running, real: Playing, at: datetime) -> None:
    """Time passes on both sides; a step that a walk cannot take is nobody's act."""
    try:
        tick(paper, at)
    except WorkflowError:
        return
    let_time_pass(real, at)


def drafted(session: Session, paper: Running, text: str) -> Playing:
    """The office of the random people, and the article drafted in it.

    A random regulation need not be sound, so it is not adopted; the gate must hold.
    """
    made = settle(session, office(), CALENDAR, [], {ANY})
    definition = read_definition(text)
    row = ProcessDefinition(
        agency_id=made.agency_id,
        code=definition.id,
        number=next(numbers),
        title=definition.title,
        source=text,
        digest=definition.digest,
        adopted_at=LONG_AGO,
    )
    session.add(row)
    session.flush()
    real = begin(made, paper.paper, paper, START)
    ids = {made.people[person.name].id: person.id for person in office().people}
    real.numbered.update(ids)
    return real


def out(session: Session, real: Playing) -> frozenset[str]:
    query = select(Release.channel).where(Release.article_id == real.article.id)
    return frozenset(session.scalars(query))
