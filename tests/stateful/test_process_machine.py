"""Random people try random acts; whatever they do, nothing unsigned gets out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.findings import Answer, FindingKind
from models.releases import Release
from tests.schema import open_engine
from tests.stateful.office import RIGHT, Ground, Office, done_in_all, draft_of
from tests.stateful.oracle import (
    CLEARED,
    DRAFTING,
    ENDED,
    RUNGS,
    Content,
    Returned,
    Signed,
    Story,
)
from tests.stories import approved, case_of
from tests.town import found_town
from workflow.actions import Action
from workflow.articles import acts, findings
from workflow.articles.acts import Approval, Return
from workflow.articles.findings import NewFinding, Reply
from workflow.occasion import Occasion
from workflow.people import absences
from workflow.process import machine

DRAFTERS = ("drafter", "colleague")
EVERYONE = (
    *DRAFTERS,
    *("director", "director_b", "deputy", "deputy_b", "deputy2", "deputy2_b"),
    *("principal", "principal_b", "publisher", "publisher_b", "inspector"),
)
contents = st.builds(
    Content,
    st.sampled_from(["标题甲", "标题乙"]),
    st.sampled_from(["rural", "safety"]),
    st.sampled_from(["ordinary", "ordinary", "major"]),
    st.sampled_from([False, False, False, True]),
)
people = st.sampled_from(EVERYONE)
somebody = st.one_of(st.just(RIGHT), st.just(RIGHT), people)
which = st.integers(0, 2)
ASIDE = ("hold", "hold", "resume", "resume", "resume", "reject")
rarely = st.sampled_from([False] * 7 + [True])


@pytest.fixture
def ground(sqlite_url: str) -> Ground:
    """People with posts; two of them in places where they might sign twice."""
    database = open_engine(sqlite_url)
    with database.writing.begin() as session:
        town = found_town(session)
        town.hold("deputy_head", "director")
        town.hold("office_director", "drafter")
    database.close()
    return Ground(Path(sqlite_url.removeprefix("sqlite:///")), town)


def test_whatever_people_try_nothing_unsigned_gets_out(ground: Ground) -> None:
    done_in_all.clear()

    run_state_machine_as_test(
        partial(RandomActs, ground),  # type: ignore[arg-type]
        settings=settings(
            max_examples=20,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert done_in_all[Action.PUBLISH], "nothing was published: nothing was proved"


class RandomActs(Office):
    """Everything that somebody might try, right or wrong."""

    @initialize(content=contents)
    def the_first_draft(self, content: Content) -> None:
        self.draft("drafter", content)

    @precondition(lambda self: self.has_room())
    @rule(who=st.sampled_from([*DRAFTERS, "director"]), content=contents)
    def draft(self, who: str, content: Content) -> None:
        made: list[Article] = []
        wish = draft_of(content)
        by = self.by(who)
        if self.tries(lambda: made.append(acts.draft(self.session, by, wish))):
            assert who in DRAFTERS
            self.stories.append(Story(made[0].id, who, content))

    @rule(number=which, who=somebody, content=contents, stale=rarely)
    def revise(self, number: int, who: str, content: Content, stale: bool) -> None:
        story = self.story(number)
        state = self.article(story).state
        who = self.pick(who, story, DRAFTING if state == CLEARED else state)
        at, by = self.at(story, stale=stale), self.by(who)
        wish, changes = draft_of(content), content != story.content
        if self.tries(lambda: acts.revise(self.session, by, *at, wish), counts=changes):
            assert not stale
            assert state not in ENDED
            free = [story.drafter] if state in (DRAFTING, RUNGS[0], CLEARED) else []
            rung = self.on_duty(story, state) if state in (*RUNGS, CLEARED) else []
            assert who in (*free, *rung)
            story.content = content

    @rule(number=which, who=somebody, thorough=st.sampled_from([True, True, False]))
    def submit(self, number: int, who: str, thorough: bool) -> None:
        story = self.story(number)
        who = self.pick(who, story, self.article(story).state)
        self._approves(story, who, acts.submit, thorough=thorough)

    @rule(number=which, who=somebody, thorough=st.booleans(), stale=rarely)
    def sign(self, number: int, who: str, thorough: bool, stale: bool) -> None:
        story = self.story(number)
        who = self.pick(who, story, self.article(story).state)
        self._approves(story, who, acts.sign, thorough=thorough, stale=stale)

    @rule(number=which, rungs=st.integers(1, 5), choice=st.integers(0, 2))
    def the_right_ones_go_on(self, number: int, rungs: int, choice: int) -> None:
        story = self.story(number)
        for _ in range(rungs):
            self._goes_on(story, choice)

    @rule(number=which, content=contents, rungs=st.integers(0, 5))
    def it_is_changed_on_the_way(
        self, number: int, content: Content, rungs: int
    ) -> None:
        self.the_right_ones_go_on(number, rungs, 0)
        self.revise(number, RIGHT, content, stale=False)
        self.the_right_ones_go_on(number, 6 - rungs, 0)

    @rule(number=which, to=st.sampled_from([DRAFTING, *RUNGS]), rungs=st.integers(1, 5))
    def it_is_returned_on_the_way(self, number: int, to: str, rungs: int) -> None:
        self.the_right_ones_go_on(number, rungs, 0)
        self.send_back(number, RIGHT, to, "请核对", finding=False)
        self.the_right_ones_go_on(number, 6 - rungs, 0)

    def _goes_on(self, story: Story, choice: int) -> None:
        state = self.article(story).state
        if state == CLEARED:
            self.publish(self.stories[-3:].index(story), RIGHT, stale=False)
        elif state in (DRAFTING, *RUNGS):
            here = self.on_duty(story, state) if state in RUNGS else []
            who = here[choice % len(here)] if here else story.drafter
            act = acts.submit if state == DRAFTING else acts.sign
            self._approves(story, who, act, thorough=True)

    def _approves(
        self,
        story: Story,
        who: str,
        act: Callable[[Session, Occasion, int, int, Approval], Article],
        *,
        thorough: bool,
        stale: bool = False,
    ) -> None:
        article = self.article(story)
        rung = RUNGS[0] if act is acts.submit else article.state
        drafting, held = article.state == DRAFTING, article.held
        said = approved(self.town, article)
        if not thorough:
            said = Approval(dict(list(said.checklist.items())[1:]))
        at, by = self.at(story, stale=stale), self.by(who)
        if self.tries(lambda: act(self.session, by, *at, said)):
            assert thorough
            assert not stale
            assert not held
            assert story.open_findings == 0
            assert drafting == (act is acts.submit)
            assert who in self.on_duty(story, rung)
            story.log.append(Signed(rung, who, story.content))

    @rule(
        number=which,
        who=somebody,
        to=st.sampled_from([DRAFTING, *RUNGS]),
        reason=st.sampled_from(["请核对", "请核对", ""]),
        finding=st.booleans(),
    )
    def send_back(
        self, number: int, who: str, to: str, reason: str, finding: bool
    ) -> None:
        story = self.story(number)
        state = self.article(story).state
        raised = (NewFinding(FindingKind.WORDING, "再斟酌"),) if finding else ()
        who = self.pick(who, story, state)
        back, at, by = Return(to, reason, raised), self.at(story), self.by(who)
        if self.tries(lambda: acts.send_back(self.session, by, *at, back)):
            assert reason or finding
            assert who in self.on_duty(story, state)
            order = (DRAFTING, *RUNGS, CLEARED)
            assert order.index(to) < order.index(state)
            story.log.append(Returned(to))
            story.open_findings += len(raised)

    @precondition(lambda self: any(story.open_findings for story in self.stories))
    @rule(who=somebody, kept=st.booleans())
    def answer(self, who: str, kept: bool) -> None:
        story = next(story for story in self.stories if story.open_findings)
        waiting = findings.open_of(self.session, story.id)
        assert len(waiting) == story.open_findings
        reply = Reply(Answer.KEPT, "有据") if kept else Reply(Answer.FIXED)
        replies = {finding.id: reply for finding in waiting}
        at, by = self.at(story), self.by(self.pick(who, story, DRAFTING))
        if self.tries(lambda: acts.answer_findings(self.session, by, *at, replies)):
            story.open_findings = 0

    @rule(number=which, who=somebody, act=st.sampled_from(ASIDE))
    def put_aside(self, number: int, who: str, act: str) -> None:
        story = self.story(number)
        state, held = self.article(story).state, self.article(story).held
        who = self.pick(who, story, state)
        doing = {"hold": acts.hold, "resume": acts.resume, "reject": acts.reject}[act]
        at, by = self.at(story), self.by(who)
        if self.tries(lambda: doing(self.session, by, *at, "理由")):
            assert who in self.on_duty(story, state)
            assert held == (act == "resume") or act == "reject"

    @rule(number=which, who=somebody)
    def recall(self, number: int, who: str) -> None:
        story = self.story(number)
        signed_above = any(story.good(rung) for rung in RUNGS[1:])
        who = self.pick(who, story, DRAFTING)
        at, by = self.at(story), self.by(who)
        if self.tries(lambda: acts.recall(self.session, by, *at)):
            assert who == story.drafter
            assert not signed_above
            story.log.append(Returned(DRAFTING))

    @rule(number=which, who=somebody, up=st.booleans())
    def weigh(self, number: int, who: str, up: bool) -> None:
        story = self.story(number)
        state = self.article(story).state
        who = self.pick(who, story, state)
        doing = acts.raise_importance if up else acts.lower_importance
        at, by = self.at(story), self.by(who)
        if self.tries(lambda: doing(self.session, by, *at, "理由")):
            assert who in self.on_duty(story, state)
            assert (story.content.importance == "ordinary") == up
            new = "major" if up else "ordinary"
            story.content = replace(story.content, importance=new)

    @rule(number=which, who=somebody, stale=rarely)
    def publish(self, number: int, who: str, stale: bool) -> None:
        story = self.story(number)
        held = self.article(story).held
        who = self.pick(who, story, CLEARED)
        at, by = self.at(story, stale=stale), self.by(who)
        if self.tries(lambda: acts.publish(self.session, by, *at)):
            assert not held
            assert not stale
            assert story.open_findings == 0
            assert who in self.on_duty(story, CLEARED)
            assert story.may_be_public(), story
            assert not story.published
            story.published = True

    @rule(number=which, who=somebody, sure=rarely)
    def withdraw(self, number: int, who: str, sure: bool) -> None:
        story = self.story(number)
        who = self.pick(who, story, CLEARED)
        at, by = self.at(story), self.by(who)
        reason = "数据有误" if sure else ""
        if self.tries(lambda: acts.withdraw(self.session, by, *at, reason)):
            assert sure

    @rule(who=people, days=st.integers(1, 3))
    def go_away(self, who: str, days: int) -> None:
        by = Occasion(self.town.agency.id, None, self.town.at, f"away-{self.done}")
        last = by.today + timedelta(days=days - 1)
        person = self.town.people[who].id
        rows: list[int] = []

        def act() -> None:
            days_away = (by.today, last, "参加培训")
            absence = absences.record_absence(self.session, by, person, *days_away)
            rows.append(absence.id)

        if self.tries(act):
            assert not self.calendar.is_away(who, by.today)
            self.calendar.rows[rows[0]] = (who, by.today, last)

    @precondition(lambda self: self.calendar.rows)
    @rule(number=which)
    def come_back(self, number: int) -> None:
        keys = sorted(self.calendar.rows)
        key = keys[number % len(keys)]
        by = Occasion(self.town.agency.id, None, self.town.at, f"back-{self.done}")
        if self.tries(lambda: absences.cancel_absence(self.session, by, key)):
            who, first, _ = self.calendar.rows.pop(key)
            if first < by.today:
                past = (who, first, by.today - timedelta(days=1))
                self.calendar.rows[-key] = past

    @rule()
    def the_night_passes(self) -> None:
        self.town.later(days=1)

    @invariant()
    def the_trail_counts_what_was_done(self) -> None:
        assert self.entries() == self.done

    @invariant()
    def the_state_is_what_the_signatures_say(self) -> None:
        for story in self.stories if self.changed else ():
            case = case_of(self.town, self.article(story))
            state = case.article.state
            if state != DRAFTING and state not in ENDED:
                assert machine.place(case.plan, case.standing).state == state
        self.changed = False

    @invariant()
    def nothing_is_out_that_was_not_published(self) -> None:
        out = {s.id for s in self.stories if s.published}
        states = ("published",)
        query = select(Article.id).where(Article.state.in_(states))
        assert set(self.session.scalars(query)) <= out
        assert set(self.session.scalars(select(Release.article_id))) == out
