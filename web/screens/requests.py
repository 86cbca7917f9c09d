"""Disclosure on request (依申请公开): the register, and the one answer to each."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from models.requests import ApplicantKind, RequestOutcome
from web import asked
from web.display import full_date, label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.errors import CalendarUnknown
from workflow.requests import acts, questions
from workflow.requests.rules import SHORT_MAX, TEXT_MAX, NewRequest, Reply

screen = Blueprint("requests", __name__, url_prefix="/requests")
READERS = (Role.REGISTRAR, Role.LEADER)
WAYS = ("当面", "邮寄", "网络", "传真")


@screen.get("")
@may_enter(*READERS)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as requests.all
    """The register of a year: open ones first, the most urgent on top."""
    year = asked.year(occasion().today)
    lines = questions.lines_of(db(), occasion(), year)
    return render_template(
        "requests/all.html",
        year=year,
        open=sorted((one for one in lines if one.outcome is None), key=_due),
        answered=[one for one in lines if one.outcome is not None],
    )


@screen.get("/new")
@may_enter(Role.REGISTRAR)
def new() -> ResponseReturnValue:
    """The form for a request that came in."""
    kinds = [(kind.value, label(kind)) for kind in ApplicantKind]
    ways = [(way, gettext(way)) for way in WAYS]
    return render_template(
        "requests/new.html", kinds=kinds, ways=ways, today=occasion().today
    )


@screen.post("/new")
@may_enter(Role.REGISTRAR)
@shows_again(new, CalendarUnknown)
def register() -> ResponseReturnValue:
    """Register it; its clock runs from the day of receipt."""
    read = Reading(request.form)
    wanted = NewRequest(
        received_on=read.day("received_on", "收到日期"),
        way=read.text("way", "收到方式", SHORT_MAX["way"]),
        applicant_kind=read.choice("applicant_kind", "申请人类别", ApplicantKind),
        applicant_name=read.text(
            "applicant_name", "申请人姓名或名称", SHORT_MAX["applicant_name"]
        ),
        wants=read.text("wants", "申请公开的内容", TEXT_MAX),
    )
    read.check()
    made = acts.register(db(), occasion(), wanted)
    flash(
        gettext(
            "已登记为%(number)s号，最晚%(day)s答复。",
            number=f"{made.year}-{made.serial}",
            day=full_date(made.due_on),
        )
    )
    return redirect(url_for("requests.one", request_id=made.id), 303)


@screen.get("/<int:request_id>")
@may_enter(*READERS)
def one(request_id: int) -> ResponseReturnValue:
    """One request, with the form for its answer while it is open."""
    outcomes = [(outcome.value, label(outcome)) for outcome in RequestOutcome]
    return render_template(
        "requests/one.html",
        line=questions.line(db(), occasion(), request_id),
        outcomes=outcomes,
        today=occasion().today,
    )


@screen.post("/<int:request_id>/answer")
@may_enter(Role.REGISTRAR)
@shows_again(one)
def answer(request_id: int) -> ResponseReturnValue:
    """Answer it, once."""
    read = Reading(request.form)
    reply = Reply(
        outcome=read.choice("outcome", "办理结果", RequestOutcome),
        text=read.text("text", "答复内容", TEXT_MAX),
        basis=read.text("basis", "依据", SHORT_MAX["basis"], needed=False),
        answered_on=read.day("answered_on", "答复日期"),
    )
    read.check()
    acts.answer(db(), occasion(), request_id, reply)
    flash(gettext("已登记答复：%(outcome)s。", outcome=label(reply.outcome)))
    return redirect(url_for("requests.one", request_id=request_id), 303)


def _due(one_: questions.RequestLine) -> tuple[date, int]:
    return one_.due_on, one_.id
