"""Two years of random requests against a naive oracle: the tables always cross-foot.

The oracle keeps a sheet of paper for each request (received, ended, outcome, which days
were left out) and counts on its fingers; the product goes through its acts, the report
through its questions.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models.database import Database, open_database
from models.request_files import LetterKind
from models.requests import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    RequestOutcome,
    RequestState,
)
from tests.requests_town import Desk, asked, desk
from tests.stateful.request_sheets import Asked, Sheet, after
from tests.town import Town
from workflow.errors import WorkflowError
from workflow.reports.form import COLUMNS, OUTCOMES
from workflow.reports.questions import annual_report
from workflow.requests import acts, questions
from workflow.requests.letters.acts import approve_extension
from workflow.requests.letters.opinions import Answer
from workflow.requests.rules import Confirmation

YEARS = (2025, 2026)
FIRST, LAST = date(2025, 11, 3), date(2026, 8, 31)
CASES = settings(
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
KINDS = st.sampled_from(list(ApplicantKind))
OUTCOME = st.sampled_from(
    [
        RequestOutcome.GRANTED,
        RequestOutcome.PARTIAL,
        RequestOutcome.DENY_PROCESS,
        RequestOutcome.CANNOT_NOT_HELD,
        RequestOutcome.REFUSE_REPEAT,
    ]
)
WHICH = st.integers(0, 5)


class Office(RuleBasedStateMachine):
    """The registrar's desk over a copy of the town."""

    def __init__(self, kept: Path, town: Callable[[Database], Desk]) -> None:
        super().__init__()
        self.copy = kept.with_suffix(".copy")
        shutil.copyfile(kept, self.copy)
        self.database = open_database(f"sqlite:///{self.copy.as_posix()}")
        self.desk = town(self.database)
        self.today = FIRST
        self.sheets: list[Sheet] = []
        self.arrived: list[tuple[DisclosureRequest, date]] = []

    def teardown(self) -> None:
        self.desk.session.close()
        self.database.close()
        for left in self.copy.parent.glob(f"{self.copy.name}*"):
            left.unlink()

    @initialize(kind=KINDS)
    def one_to_begin_with(self, kind: ApplicantKind) -> None:
        self._in_hand(kind)

    @rule(days=st.integers(1, 25))
    def time_passes(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), LAST)

    @rule(kind=KINDS)
    def somebody_comes_in(self, kind: ApplicantKind) -> None:
        self._in_hand(kind)

    @rule()
    def a_letter_comes(self) -> None:
        self._now()
        new = asked(self.today.isoformat(), channel=Channel.LETTER, applicant_kind=None)
        made = acts.arrive(self.desk.session, self.desk.by(), new)
        self.arrived.append((made, self.today))

    @precondition(lambda self: self.arrived)
    @rule(kind=KINDS)
    def both_sides_confirm(self, kind: ApplicantKind) -> None:
        self._now()
        request, _ = self.arrived.pop()
        what = Confirmation(kind, self.today)
        acts.confirm(self.desk.session, self.desk.by(), request.id, what)
        self.desk.assign(request)
        self.sheets.append(Sheet(request, kind, self.today, self.today))

    @rule(which=WHICH)
    def a_correction_is_asked(self, which: int) -> None:
        sheet = self._sheet(which)
        may = sheet.place == "reviewing" and not sheet.corrected
        if self._try(may, partial(self._send, sheet, LetterKind.CORRECTION)):
            sheet.place, sheet.corrected = "correcting", True
            sheet.until = after(self.today, 15)

    @rule(which=WHICH)
    def it_is_corrected(self, which: int) -> None:
        sheet = self._sheet(which)
        may = sheet.place == "correcting" and self.today <= sheet.until
        by, id_ = self.desk.by, sheet.request.id
        act = partial(acts.take_correction, self.desk.session)
        if self._try(may, lambda: act(by(), id_, self.today)):
            self._anew(sheet)

    @rule(which=WHICH)
    def a_fee_is_asked(self, which: int) -> None:
        sheet = self._sheet(which)
        may = sheet.place == "reviewing" and not sheet.charged
        may = may and self.today <= sheet.due
        send = partial(self._send, sheet, LetterKind.FEE, {"pages": "72"})
        if self._try(may, send):
            sheet.place, sheet.charged = "paying", True
            sheet.until = after(self.today, 20)

    @rule(which=WHICH)
    def it_is_paid(self, which: int) -> None:
        sheet = self._sheet(which)
        may = sheet.place == "paying" and self.today <= sheet.until
        by, id_ = self.desk.by, sheet.request.id
        act = partial(acts.take_payment, self.desk.session)
        if self._try(may, lambda: act(by(), id_, self.today)):
            self._anew(sheet)

    @rule(which=WHICH)
    def it_lapses(self, which: int) -> None:
        sheet = self._sheet(which)
        lapses = {
            "correcting": RequestOutcome.OTHER_NO_CORRECTION,
            "paying": RequestOutcome.OTHER_NO_FEE,
        }
        may = sheet.place in lapses and self.today > sheet.until
        act = partial(acts.lapse, self.desk.session)
        if self._try(may, lambda: act(self.desk.by(), sheet.request.id)):
            self._ends(sheet, lapses[sheet.place], self.today)

    @rule(which=WHICH)
    def a_third_party_is_asked(self, which: int) -> None:
        sheet = self._sheet(which)
        may = sheet.place in ("reviewing", "asking")
        send = partial(self._send, sheet, LetterKind.THIRD_PARTY, None, "示例公司")
        if self._try(may, send):
            assert sheet.letter is not None
            lapse = after(self.today, 15)
            sheet.asked.append(Asked(sheet.letter, self.today, lapse))
            sheet.place = "asking"

    @rule(which=WHICH, answer=st.sampled_from(list(Answer)))
    def the_third_party_answers(self, which: int, answer: Answer) -> None:
        sheet = self._sheet(which)
        if not sheet.asked:
            return
        one = next(iter(sheet.awaited), sheet.asked[-1])
        silent = answer is Answer.SILENT and self.today <= one.last
        may = sheet.place == "asking" and one.open and not silent
        on = self.today.isoformat()
        if self._try(may, lambda: self.desk.opinion(one.letter, on, answer)):
            one.open, one.last = False, min(self.today, one.last)
            sheet.place = "asking" if sheet.awaited else "reviewing"

    @rule(which=WHICH, days=st.integers(1, 20))
    def it_is_extended(self, which: int, days: int) -> None:
        sheet = self._sheet(which)
        may = sheet.place in ("reviewing", "asking") and not sheet.extended
        may = may and self.today <= sheet.due
        if self._try(may, lambda: self._extend(sheet, days)):
            sheet.longer, sheet.extended = days, True

    @rule(which=WHICH)
    def it_is_withdrawn(self, which: int) -> None:
        sheet = self._sheet(which)
        may = sheet.ended is None
        by, id_ = self.desk.by, sheet.request.id
        act = partial(acts.withdraw, self.desk.session)
        if self._try(may, lambda: act(by(), id_, self.today, "书面撤回")):
            self._ends(sheet, RequestOutcome.OTHER_MISC, self.today)

    @rule(which=WHICH, outcome=OUTCOME, served=st.booleans())
    def it_is_answered(
        self, which: int, outcome: RequestOutcome, *, served: bool
    ) -> None:
        sheet = self._sheet(which)
        may = sheet.place == "reviewing"
        if self._try(may, lambda: self._answer(sheet, outcome)):
            self._ends(sheet, outcome, self.today)
            if served:
                letter = sheet.letter
                assert letter is not None
                self.desk.serve(letter, self.today.isoformat())
                assert sheet.request.state is RequestState.CLOSED

    @invariant()
    def the_clock_is_what_fingers_count(self) -> None:
        for sheet in self.sheets:
            runs = sheet.ended is None and sheet.place in ("reviewing", "asking")
            if runs:
                assert sheet.request.due_on == sheet.due

    @invariant()
    def every_cell_is_what_the_sheets_say_and_the_tables_cross_foot(self) -> None:
        for year in YEARS:
            rows = self._rows(year)
            assert rows["new"] == self._counted(partial(_came_in, year))
            for code in OUTCOMES:
                assert rows[code] == self._counted(partial(_ended_in, year, code))
            for column in range(len(COLUMNS)):
                cells = {row: figures[column] for row, figures in rows.items()}
                come = cells["new"] + cells["carried_in"]
                assert come == cells["total"] + cells["carried_out"]
                assert cells["total"] == sum(cells[code] for code in OUTCOMES)
            assert all(row[-1] == sum(row[:-1]) for row in rows.values())

    @invariant()
    def what_is_carried_is_the_same_set_of_requests(self) -> None:
        session, agency = self.desk.session, self.desk.town.agency.id
        for year in YEARS:
            last = date(year, 12, 31)
            open_ = {
                sheet.request.id
                for sheet in self.sheets
                if sheet.received <= last
                and (sheet.ended is None or sheet.ended > last)
            }
            assert questions.carried_out(session, agency, year) == open_
        first, second = (self._rows(year) for year in YEARS)
        assert first["carried_out"] == second["carried_in"]

    def _rows(self, year: int) -> dict[str, tuple[int, ...]]:
        """Section three as the report has it."""
        session, agency = self.desk.session, self.desk.town.agency.id
        rows = annual_report(session, agency, year).requests
        return {row: tuple(int(cell or 0) for cell in rows[row]) for row in rows}

    def _counted(self, counts: Callable[[Sheet], bool]) -> tuple[int, ...]:
        found = [
            sum(1 for s in self.sheets if s.kind is kind and counts(s))
            for kind in ApplicantKind
        ]
        return (*found, sum(found))

    def _now(self) -> None:
        self.desk.on(self.today.isoformat())

    def _in_hand(self, kind: ApplicantKind) -> None:
        made = self.desk.in_review(self.today.isoformat(), applicant_kind=kind)
        self.sheets.append(Sheet(made, kind, self.today, self.today))

    def _sheet(self, which: int) -> Sheet:
        self._now()
        return self.sheets[which % len(self.sheets)]

    def _try(self, may: bool, act: Callable[[], object]) -> bool:
        """Do it; the product agrees with the oracle whether it may be done."""
        refusal = ""
        try:
            with self.desk.session.begin_nested():
                act()
        except WorkflowError as refused:
            refusal = refused.message
        assert bool(refusal) is not may, refusal or "the oracle would have refused"
        return may

    def _send(
        self,
        sheet: Sheet,
        kind: LetterKind,
        fields: dict[str, str] | None = None,
        to: str = "",
    ) -> None:
        on = self.today.isoformat()
        sheet.letter = self.desk.send(sheet.request, kind, on, fields, to)

    def _extend(self, sheet: Sheet, days: int) -> None:
        leader = self.desk.by("principal")
        session, id_ = self.desk.session, sheet.request.id
        approve_extension(session, leader, id_, days, "信息量大")
        self._send(sheet, LetterKind.EXTENSION)

    def _answer(self, sheet: Sheet, outcome: RequestOutcome) -> None:
        self.desk.propose(sheet.request, outcome)
        self.desk.sign(sheet.request)
        sheet.letter = self.desk.decide(sheet.request)

    def _anew(self, sheet: Sheet) -> None:
        sheet.place, sheet.zero = "reviewing", self.today
        sheet.longer, sheet.asked = 0, []

    def _ends(self, sheet: Sheet, outcome: RequestOutcome, on: date) -> None:
        sheet.ended, sheet.outcome, sheet.place = on, outcome, "ended"


def _came_in(year: int, sheet: Sheet) -> bool:
    return sheet.received.year == year


def _ended_in(year: int, code: str, sheet: Sheet) -> bool:
    ended = sheet.ended is not None and sheet.ended.year == year
    return ended and sheet.outcome == code


@pytest.fixture
def kept(sqlite_url: str) -> tuple[Path, Town]:
    """The town at the desk, founded once and copied for each year that is played."""
    database = open_database(sqlite_url)
    with database.writing.begin() as session:
        town = desk(session).town
        ids = {who: person.id for who, person in town.people.items()}
        assert ids
    database.close()
    return Path(sqlite_url.removeprefix("sqlite:///")), town


def test_two_years_of_random_requests_always_add_up(kept: tuple[Path, Town]) -> None:
    path, town = kept

    def at(database: Database) -> Desk:
        session = database.writing()
        people = {
            who: session.merge(one, load=False) for who, one in town.people.items()
        }
        agency = session.merge(town.agency, load=False)
        return Desk(session, Town(session, agency, people))

    run_state_machine_as_test(
        partial(Office, path, at),  # type: ignore[arg-type]
        settings=CASES,
    )
