"""The week's round over the village boards: the list, the year's grid, one check."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.boards import Cycle
from models.inspections import CheckState, CheckWay, FaultKind
from models.people import Role
from web import asked, looks
from web.clock import now
from web.display import full_date, label
from web.login import may_enter, may_reach
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.actions import Action
from workflow.calendar import ONE_DAY
from workflow.errors import NotFound, NotPermitted
from workflow.inspections import acts, board_questions, plan_questions, questions
from workflow.inspections import faults as fault_acts
from workflow.inspections.found_faults import NAME_MAX
from workflow.inspections.permits import may_inspect
from workflow.inspections.photos import PHOTO_MAX_MEGABYTES
from workflow.inspections.plans import Plan, periods_shown, span_of
from workflow.inspections.public_reports import count_waiting
from workflow.inspections.questions import CheckAtBoard, Grid
from workflow.inspections.rules import (
    NOTE_MAX,
    THURSDAY,
    WEEKLY,
    CellState,
    NewFault,
    Visit,
    period_of,
)
from workflow.inspections.twin import wanting
from workflow.occasion import TOWN_TIME
from workflow.people.questions import names_with_role

screen = Blueprint("rounds", __name__, url_prefix="/rounds")
READERS = (Role.INSPECTOR, Role.LEADER, Role.REVIEWER)
MARKS = {
    CellState.DONE: "✓",
    CellState.FAULT: "!",
    CellState.MISSED: "漏",
    CellState.OPEN: "○",
    CellState.NONE: "",
}
MOST_SHEETS = 200
PHOTO_POLICY = "default-src 'none'; sandbox"


@screen.get("")
@may_enter(*READERS)
def week() -> ResponseReturnValue:
    """This week's boards: those not looked at first."""
    today, agency = occasion().today, g.me.agency_id
    plan = _plan(today)
    period, _ = span_of(plan.cycle, today)
    checks = questions.checks_of_round(db(), agency, plan.code, period)
    open_ = [one for one in checks if _is_open(one)]
    faults = questions.open_faults(db(), agency)
    return render_template(
        "rounds/week.html",
        reports_waiting=lambda: count_waiting(db(), agency),
        open=open_,
        others=[one for one in checks if one not in open_],
        faults=Counter(fault.board_id for fault in faults),
        late=sum(is_late(fault.put_right_by) for fault in faults),
        next=None if checks else questions.next_round(db(), agency, today),
        plan=plan,
        plans=plan_questions.plans_on(db(), agency, today),
        is_weekly=plan.code == WEEKLY,
    )


@screen.get("/grid")
@may_enter(*READERS)
def grid() -> ResponseReturnValue:
    """A year of checks; boards in their fixed order, never ranked."""
    today = occasion().today
    year = asked.year(today)
    found = questions.grid(db(), g.me.agency_id, year)
    counts = Counter(cell.state for row in found.rows for cell in row.cells)
    return render_template(
        "rounds/grid.html",
        grid=found,
        year=year,
        months=_months(found),
        this_week=period_of(today),
        counts=[(state, MARKS[state], counts[state]) for state in CellState],
        marks=MARKS,
    )


@screen.get("/days")
@may_enter(*READERS)
def days() -> ResponseReturnValue:
    """Another plan's rounds side by side: a month of days, or a year of months."""
    today = asked.day("on", "日期") or occasion().today
    plan = _plan(today)
    periods = periods_shown(plan, today)
    found = questions.grid_of(db(), g.me.agency_id, plan.code, periods)
    counts = Counter(cell.state for row in found.rows for cell in row.cells)
    last = span_of(plan.cycle, periods[-1])[1]
    return render_template(
        "rounds/days.html",
        grid=found,
        plan=plan,
        is_daily=plan.cycle is Cycle.DAILY,
        before=periods[0] - ONE_DAY,
        after=last + ONE_DAY,
        counts=[(state, MARKS[state], counts[state]) for state in CellState],
        marks=MARKS,
    )


@screen.get("/faults")
@may_enter(*READERS)
def faults() -> ResponseReturnValue:
    """What is still to be put right."""
    found = questions.faults_at_boards(db(), g.me.agency_id)
    return render_template(
        "rounds/faults.html", faults=found, is_late=is_late, why_not=why_not()
    )


@screen.get("/faults/<int:fault_id>")
@may_enter(*READERS)
def fault(fault_id: int) -> ResponseReturnValue:
    """A fault has a page of its own."""
    questions.fault(db(), g.me.agency_id, fault_id)
    return redirect(url_for("faults.one", fault_id=fault_id), 303)


@screen.get("/faults/<int:fault_id>/photo")
@may_enter(*READERS)
def photo(fault_id: int) -> ResponseReturnValue:
    """The photo, as a picture and nothing else (S-45)."""
    kind, content = questions.fault_photo(db(), g.me.agency_id, fault_id)
    answer = Response(content, mimetype=kind or "application/octet-stream")
    answer.headers["Content-Security-Policy"] = PHOTO_POLICY
    ending = "png" if kind == "image/png" else "jpg"
    name = f'inline; filename="fault-{fault_id}.{ending}"'
    answer.headers["Content-Disposition"] = name
    return answer


@screen.post("/faults/<int:fault_id>/fixed")
@may_enter(Role.INSPECTOR)
def fixed(fault_id: int) -> ResponseReturnValue:
    """An inspector saw it put right."""
    done = fault_acts.fault_fixed(db(), occasion(), fault_id)
    flash(gettext("已登记：“%(fault)s”整改到位。", fault=label(done.kind)))
    back = request.form.get("back", "")
    target = looks.inner_address(back) if back else url_for("rounds.faults")
    return redirect(target, 303)


@screen.get("/checks/<int:check_id>")
@may_enter(*READERS)
def check(check_id: int) -> ResponseReturnValue:
    """One board in one week: the form while it is open, else the record."""
    seen = questions.check_with_board(db(), g.me.agency_id, check_id)
    closed = why_not()
    if _is_open(seen) and not closed:
        return _form(seen)
    found = questions.faults_of_check(db(), g.me.agency_id, check_id)
    return render_template(
        "rounds/record.html",
        seen=seen,
        faults=found,
        is_open=_is_open(seen),
        is_late=is_late,
        why_not=closed,
        next=None if closed else _next_open(),
        year=(seen.check.period + THURSDAY).year,
        left=questions.week_left(db(), g.me.agency_id, occasion().today),
    )


@screen.post("/checks/<int:check_id>")
@may_enter(Role.INSPECTOR)
@shows_again(check)
def log(check_id: int) -> ResponseReturnValue:
    """Record what was seen."""
    visit = _visit()
    done = acts.log_check(db(), occasion(), check_id, visit)
    seen = questions.check_with_board(db(), g.me.agency_id, done.id)
    flash(_said(seen))
    return redirect(url_for("rounds.check", check_id=check_id), 303)


def _plan(on: date) -> Plan:
    """The plan that the address asks for, by default the weekly check.

    Raises:
        NotFound: no plan of that code was ever in force.
    """
    code = request.args.get("plan", WEEKLY)
    known = [
        one for one in plan_questions.plans(db(), g.me.agency_id) if one.code == code
    ]
    fit = [one for one in known if one.covers(on)]
    if not known:
        raise NotFound("没有这一计划。")
    return (fit or known)[-1]


def _form(seen: CheckAtBoard) -> str:
    agency, board = g.me.agency_id, seen.board.id
    return render_template(
        "rounds/log.html",
        seen=seen,
        last=questions.last_check(db(), agency, board),
        faults=questions.faults_at_boards(db(), agency, board),
        kinds=FaultKind,
        ways=_ways(seen),
        wanting=wanting(
            board_questions.sheets_of(db(), agency, board, occasion().today)
        ),
        is_late=is_late,
        looked_at=now().astimezone(TOWN_TIME).strftime("%Y-%m-%dT%H:%M"),
        today=occasion().today,
        note_max=NOTE_MAX,
        photo_max=PHOTO_MAX_MEGABYTES,
    )


def _visit() -> Visit:
    read = Reading(request.form)
    way = read.choice("way", "查看方式", CheckWay)
    looked_at = _moment(read)
    note = read.text("note", "备注", NOTE_MAX, needed=False)
    chosen = request.form.getlist("fault")
    found = [_new_fault(read, kind) for kind in FaultKind if kind.value in chosen]
    read.check()
    all_well = request.form.get("all_well") == "yes"
    sheets = tuple(request.form.getlist("sheets"))[:MOST_SHEETS]
    return Visit(way, all_well, looked_at, tuple(found), note, sheets)


def _new_fault(read: Reading, kind: FaultKind) -> NewFault:
    by = f"by-{kind.value}"
    note = read.text(f"note-{kind.value}", "说明", NOTE_MAX, needed=False)
    until = read.day(by, "整改期限") if request.form.get(by, "").strip() else None
    item = read.text(f"item-{kind.value}", "目录事项", NAME_MAX, needed=False)
    told = read.text(f"told-{kind.value}", "告知了谁", NAME_MAX, needed=False)
    return NewFault(kind, note, _photo(f"photo-{kind.value}"), until, item, told)


def _ways(seen: CheckAtBoard) -> list[CheckWay]:
    plans = plan_questions.plans(db(), g.me.agency_id)
    allowed = plan_questions.ways_of(plans, seen.check.plan, seen.check.period)
    return [way for way in CheckWay if way in allowed]


def _photo(name: str) -> bytes | None:
    sent = request.files.get(name)
    if sent is None:
        return None
    with closing(sent):
        return sent.read(PHOTO_MAX_MEGABYTES * 1024 * 1024 + 1) or None


def _moment(read: Reading) -> datetime:
    typed = request.form.get("looked_at", "").strip()
    try:
        local = datetime.fromisoformat(typed)
    except ValueError:
        read.refuse("looked_at", "查看时间请按“2024-03-05 09:30”的样子填写。")
        return datetime.min.replace(tzinfo=UTC)
    return local.replace(tzinfo=TOWN_TIME).astimezone(UTC)


def _said(seen: CheckAtBoard) -> str:
    where = f"{seen.unit.name} {seen.board.name}"
    if not seen.faults:
        return gettext("已登记：%(where)s，全部正常。", where=where)
    days = [one.put_right_by for one in seen.faults if one.put_right_by]
    if not days:
        return gettext(
            "已登记：%(where)s，%(n)d个问题待整改。", where=where, n=len(seen.faults)
        )
    return gettext(
        "已登记：%(where)s，%(n)d个问题待整改，最晚到%(day)s。",
        where=where,
        n=len(seen.faults),
        day=full_date(max(days)),
    )


def _next_open() -> CheckAtBoard | None:
    checks = questions.checks_of_week(db(), g.me.agency_id, occasion().today)
    return next((one for one in checks if _is_open(one)), None)


def _is_open(seen: CheckAtBoard) -> bool:
    return seen.check.state is CheckState.OPEN and now() <= seen.check.due_at


def is_late(until: date | None) -> bool:
    """Whether a day by which something was to be put right is past."""
    return until is not None and until < occasion().today


def why_not() -> str:
    """Why this person may not log a check, and who can; empty when she may."""
    by = occasion()
    if not may_reach("rounds.log"):
        people = names_with_role(db(), by.agency_id, Role.INSPECTOR, by.at)
        return gettext("由公开栏巡查人员查看并登记：%(people)s。", people=people or "—")
    try:
        may_inspect(db(), by, Action.LOG_CHECK)
    except NotPermitted as refused:
        return f"{refused.message}{refused.help_from}"
    return ""


def _months(grid_: Grid) -> list[tuple[int, int]]:
    """Month and how many weeks lie in it, as the week's Thursday says."""
    counts = Counter((period + THURSDAY).month for period in grid_.periods)
    return sorted(counts.items())
