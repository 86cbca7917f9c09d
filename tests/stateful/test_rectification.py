"""Random people try random steps on random faults; the records tell a naive story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import Database
from models.inspections import Board, Fault, FaultKind, FaultSource, Unit
from models.people import Role, RoleGrant
from models.rectification import FaultStep
from tests.acts.town_on_rounds import (
    FOUNDED,
    OFF_2024,
    WORK_2024,
    Town,
    clock,
    found_town,
)
from tests.schema import open_engine
from tests.stateful.rectification_oracle import ACTS, DAYS_BY_KIND, Days, Oracle
from workflow.audit.questions import verify
from workflow.errors import NotPermitted, Superseded, WorkflowError, WrongState
from workflow.inspections import faults
from workflow.inspections.faults import Done
from workflow.inspections.rules import NewFault
from workflow.inspections.watching import watch_faults
from workflow.occasion import Occasion

PEOPLE = ("甲", "甲", "丙", "丙", "乙", "外人", "书记", "书记")
done_in_all: Counter[str] = Counter()
which = st.integers(0, 2)
Doing = Callable[[Session, Occasion, int], object]

DOING: dict[str, Doing] = {
    "notify": lambda s, by, id_: faults.notify(s, by, id_, "村干部"),
    "acknowledge": lambda s, by, id_: faults.acknowledge(s, by, id_, "村干部"),
    "start": faults.start,
    "report": lambda s, by, id_: faults.report(s, by, id_, Done("村干部")),
    "report_own": lambda s, by, id_: faults.report(s, by, id_, Done(herself=True)),
    "recheck": faults.recheck,
    "send_back": lambda s, by, id_: faults.send_back(s, by, id_, "还没改好"),
    "close": faults.close,
    "exempt": lambda s, by, id_: faults.exempt(s, by, id_, "公开栏拆除重建"),
    "fixed": faults.fault_fixed,
}


class Rectification(RuleBasedStateMachine):
    database: Database
    town: Town
    runs = 0

    def __init__(self) -> None:
        super().__init__()
        Rectification.runs += 1
        self.town = found_town(self.database, 2, f"run{Rectification.runs}")
        self.now: datetime = clock(5, 9)
        self.ids: list[int] = []
        off = {date.fromisoformat(day) for day in OFF_2024}
        work = {date.fromisoformat(day) for day in WORK_2024}
        self.oracle = Oracle(Days(off, work))
        with self.database.writing.begin() as session:
            person = self.town.people["登记员"]
            self.town.people["书记"] = person
            session.add(RoleGrant(person_id=person, role=Role.LEADER, since=FOUNDED))
            query = (
                select(Board.id).join(Unit).where(Unit.agency_id == self.town.agency)
            )
            self.boards = list(session.scalars(query.order_by(Board.id)))

    @property
    def today(self) -> date:
        return (self.now + timedelta(hours=8)).date()

    @rule(days=st.sampled_from([1, 1, 1, 2, 3, 9, 40]))
    def time_passes(self, days: int) -> None:
        self.now = min(self.now + timedelta(days=days), clock(20, month=12))

    @precondition(lambda self: len(self.ids) < 5)
    @rule(
        board=st.integers(0, 1),
        kind=st.sampled_from(sorted(DAYS_BY_KIND)),
        who=st.sampled_from(["甲", "丙"]),
    )
    def somebody_finds(self, board: int, kind: str, who: str) -> None:
        there, new = self.boards[board], NewFault(FaultKind(kind), "示例")
        with self.database.writing.begin() as session:
            by = self.town.by(who, self.now)
            fault = faults.raise_fault(session, by, there, new, FaultSource.REMOTE)
        number = self.oracle.find(there, kind, self.today)
        if number == len(self.ids):
            self.ids.append(fault.id)
            repeat = self.oracle.stories[number].repeat_of
            done_in_all["repeat" if repeat is not None else "find"] += 1
        assert self.ids[number] == fault.id

    @precondition(lambda self: self.ids)
    @rule(which=which, act=st.sampled_from(ACTS), who=st.sampled_from(PEOPLE))
    def somebody_tries(self, which: int, act: str, who: str) -> None:
        self._do(max(len(self.ids) - 1 - which, 0), act, who)

    @precondition(lambda self: self.ids)
    @rule(
        which=which,
        choice=st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3]),
        who=st.sampled_from(["甲", "丙"]),
    )
    def somebody_goes_on(self, which: int, choice: int, who: str) -> None:
        number = max(len(self.ids) - 1 - which, 0)
        likely = self.oracle.likely(number)
        if likely:
            act = likely[choice] if choice < len(likely) else likely[0]
            self._do(number, act, "书记" if act == "exempt" else who)

    def _do(self, number: int, act: str, who: str) -> None:
        expected = self.oracle.act(number, act, who, self.today)
        by = self.town.by(who, self.now)
        got = ""
        try:
            with self.database.writing.begin() as session:
                DOING[act](session, by, self.ids[number])
        except WorkflowError as refused:
            got = _why(refused)
        assert got == expected, (act, who, self.oracle.stories[number])
        done_in_all[f"{act}:{got}"] += 1

    @rule()
    def the_system_looks(self) -> None:
        with self.database.writing.begin() as session:
            watch_faults(session, self.town.by("系统", self.now))
        self.oracle.watch(self.today)

    @invariant()
    def the_records_tell_the_same_story(self) -> None:
        with self.database.reading() as session:
            found = [session.get_one(Fault, id_) for id_ in self.ids]
            for fault, story in zip(found, self.oracle.stories, strict=True):
                told = (story.stage, story.until, story.ladder, story.late)
                late = fault.late_since is not None
                kept = (fault.state.value, fault.put_right_by, fault.ladder, late)
                assert kept == told
                repeat = None if story.repeat_of is None else self.ids[story.repeat_of]
                assert fault.repeat_of_id == repeat
                seen = fault.fixed_seen_by_id
                assert seen == (
                    self.town.people[story.passed_by] if story.passed_by else None
                )
                steps = select(FaultStep.number).where(FaultStep.fault_id == fault.id)
                numbers = sorted(session.scalars(steps))
                assert numbers == list(range(1, fault.version + 1))

    def teardown(self) -> None:
        with self.database.reading() as session:
            assert verify(session).first_bad is None


def _why(refused: WorkflowError) -> str:
    if refused.rule == "rechecker-is-not-fixer":
        return "fixer"
    if isinstance(refused, NotPermitted):
        return "person"
    assert isinstance(refused, WrongState | Superseded), refused
    return "state"


def test_whatever_people_try_the_story_of_a_fault_is_told_rightly(
    sqlite_url: str,
) -> None:
    Rectification.database = open_engine(sqlite_url)
    done_in_all.clear()
    run_state_machine_as_test(
        Rectification,
        settings=settings(
            max_examples=60,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    Rectification.database.close()
    wanted = {f"{act}:" for act in ACTS} | {"repeat"}
    assert not wanted - set(done_in_all), "the walk must come by every step"
