"""The letters of requests: written, taken as Word files, served; the templates."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from models.request_files import Letter, LetterKind, ServiceMethod
from web.display import label
from web.handing_out import WORD, as_file
from web.login import may_enter
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.errors import CalendarUnknown, NotFound, Superseded, WrongState
from workflow.requests import privacy
from workflow.requests import questions as requests
from workflow.requests.letters import acts, opinions, questions, templates
from workflow.requests.letters.acts import NewLetter, Service
from workflow.requests.letters.forms import FORMS, IS_REPLY, must_use, placeholders
from workflow.requests.letters.opinions import Answer
from workflow.requests.machine import Trigger
from workflow.requests.rules import NOTE_MAX, SHORT_MAX

screen = Blueprint("letters", __name__, url_prefix="/requests")
AGAIN = (WrongState, Superseded, CalendarUnknown)


@screen.get("/<int:request_id>/letters/<kind>")
@may_enter(Role.REGISTRAR)
def new(request_id: int, kind: str) -> ResponseReturnValue:
    """The form of one letter."""
    wanted = _kind(kind)
    line = requests.line(db(), occasion(), request_id)
    return render_template(
        "letters/new.html",
        line=line,
        kind=wanted,
        form=FORMS[wanted],
        fields=[(one, gettext(one.name)) for one in FORMS[wanted].fields],
        asked_before=requests.asked_this_month(db(), occasion(), request_id),
    )


@screen.post("/<int:request_id>/letters/<kind>")
@may_enter(Role.REGISTRAR)
@shows_again(new, *AGAIN)
def write(request_id: int, kind: str) -> ResponseReturnValue:
    """Write and number it."""
    wanted, read = _kind(kind), Reading(request.form)
    fields = {
        one.code: read.text(one.code, one.name, NOTE_MAX, needed=False)
        for one in FORMS[wanted].fields
    }
    to = read.text("addressee", "收件人", SHORT_MAX["addressee"], needed=False)
    read.check()
    made = acts.write_letter(
        db(), occasion(), request_id, NewLetter(wanted, fields, to)
    )
    number = questions.number_of(made)
    flash(gettext("已制作%(number)s，送达后登记送达日期。", number=number))
    return redirect(url_for("requests.one", request_id=request_id), 303)


@screen.post("/letters/<int:letter_id>/file")
@may_enter(Role.REGISTRAR)
def file(letter_id: int) -> ResponseReturnValue:
    """The letter as a Word file; it names the applicant, so the taking is on record."""
    found, content = privacy.take_letter(db(), occasion(), letter_id)
    name = f"{FORMS[found.kind].title}{questions.number_of(found)}.docx"
    return as_file(content, WORD, name)


@screen.get("/letters/<int:letter_id>/serve")
@may_enter(Role.REGISTRAR)
def serving(letter_id: int) -> ResponseReturnValue:
    """The form of its service."""
    methods = [(one.value, label(one)) for one in ServiceMethod]
    return _form("letters/serve.html", letter_id, methods=methods)


@screen.post("/letters/<int:letter_id>/serve")
@may_enter(Role.REGISTRAR)
@shows_again(serving, *AGAIN)
def serve(letter_id: int) -> ResponseReturnValue:
    """Record how and when it was served."""
    read = Reading(request.form)
    reached = request.form.get("reached_on", "").strip()
    service = Service(
        read.choice("method", "送达方式", ServiceMethod),
        read.day("served_on", "送达日期"),
        read.day("reached_on", "收到日期") if reached else None,
    )
    read.check()
    done = acts.serve_letter(db(), occasion(), letter_id, service)
    flash(gettext("已登记送达。"))
    return redirect(url_for("requests.one", request_id=done.id), 303)


@screen.get("/letters/<int:letter_id>/reached")
@may_enter(Role.REGISTRAR)
def reaching(letter_id: int) -> ResponseReturnValue:
    """The form for the day on which it was in hand."""
    return _form("letters/reached.html", letter_id)


@screen.post("/letters/<int:letter_id>/reached")
@may_enter(Role.REGISTRAR)
@shows_again(reaching, *AGAIN)
def reached(letter_id: int) -> ResponseReturnValue:
    """Record it; the addressee's period runs from that day."""
    read = Reading(request.form)
    on = read.day("on", "收到日期")
    read.check()
    done = acts.letter_reached(db(), occasion(), letter_id, on)
    flash(gettext("已登记收到日期。"))
    return redirect(url_for("requests.one", request_id=done.id), 303)


@screen.get("/letters/<int:letter_id>/opinion")
@may_enter(Role.REGISTRAR)
def asking(letter_id: int) -> ResponseReturnValue:
    """The form for what a third party or another organ said."""
    answers = [(one.value, label(one)) for one in Answer]
    return _form("letters/opinion.html", letter_id, answers=answers)


@screen.post("/letters/<int:letter_id>/opinion")
@may_enter(Role.REGISTRAR)
@shows_again(asking, *AGAIN)
def opinion(letter_id: int) -> ResponseReturnValue:
    """Record it; with the last one the clock runs on."""
    read = Reading(request.form)
    on = read.day("on", "日期")
    answer = read.choice("answer", "意见", Answer)
    read.check()
    done = opinions.take_opinion(db(), occasion(), letter_id, on, answer)
    flash(gettext("已登记意见。"))
    return redirect(url_for("requests.one", request_id=done.id), 303)


@screen.get("/templates")
@may_enter(Role.REGISTRAR)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as letters.all
    """Every template: the one that came along, or the office's own."""
    own = questions.own_templates(db(), g.me.agency_id)
    rows = [(kind, own.get(kind, 0)) for kind in LetterKind]
    return render_template("letters/templates.html", rows=rows)


@screen.get("/templates/one")
@may_enter(Role.REGISTRAR)
def template() -> ResponseReturnValue:
    """One template: what it may name, and the form to hand in another."""
    wanted = _kind(request.values.get("kind", ""))
    return render_template(
        "letters/template.html",
        kind=wanted,
        number=questions.own_templates(db(), g.me.agency_id).get(wanted, 0),
        known=placeholders(wanted),
        must=must_use(wanted),
    )


@screen.get("/templates/file")
@may_enter(Role.REGISTRAR)
def template_file() -> ResponseReturnValue:
    """The template in use, to be edited in Word."""
    wanted = _kind(request.args.get("kind", ""))
    content = questions.template(db(), g.me.agency_id, wanted)
    return as_file(content, WORD, f"{FORMS[wanted].title}.docx")


@screen.post("/templates/one")
@may_enter(Role.REGISTRAR)
@shows_again(template)
def change() -> ResponseReturnValue:
    """Use another template from now on."""
    wanted = _kind(request.form.get("kind", ""))
    sent = request.files.get("file")
    read = Reading(request.form)
    if sent is None or not sent.filename:
        read.refuse("file", "请选择 Word 文件。")
        read.check()
        raise NotFound
    content = sent.stream.read()
    templates.change_template(db(), occasion(), wanted, sent.filename, content)
    flash(gettext("已换用新模板，此前制作的文书不变。"))
    return redirect(url_for("letters.template", kind=wanted.value), 303)


def _form(page: str, letter_id: int, **more: object) -> ResponseReturnValue:
    found = questions.letter(db(), g.me.agency_id, letter_id)
    return render_template(
        page,
        letter=found,
        line=requests.line(db(), occasion(), found.request_id),
        number=questions.number_of(found),
        asks=_asks(found),
        is_reply=found.kind in IS_REPLY,
        today=occasion().today,
        **more,
    )


def _asks(found: Letter) -> bool:
    return FORMS[found.kind].trigger is Trigger.CONSULT


def _kind(code: str) -> LetterKind:
    if code not in set(LetterKind):
        raise NotFound
    return LetterKind(code)
