"""Disclosure on request: the register with its lights, one request, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from models.requests import ApplicantKind, Channel, RequestOutcome, RequestState
from web import asked, request_deeds
from web.clock_words import explained, standing
from web.display import full_date, label
from web.handing_out import as_file
from web.login import may_enter
from web.reading import Reading, shows_again
from web.request_deeds import DEEDS, REASONABLE, Blank, Deed
from web.transaction import db, occasion
from workflow.agencies.questions import sections
from workflow.errors import CalendarUnknown, NotFound, Superseded, WrongState
from workflow.requests import acts, privacy, questions, replies
from workflow.requests.letters.forms import FORMS, IS_REPLY
from workflow.requests.letters.questions import letters_of, number_of
from workflow.requests.questions import RequestLine, RequestPage
from workflow.requests.remedies import remedies_of
from workflow.requests.remedy_limits import review_until, suit_until
from workflow.requests.rules import (
    CONFIRMED,
    PROPOSABLE,
    SHORT_MAX,
    TEXT_MAX,
    NewApplicant,
    NewRequest,
)

screen = Blueprint("requests", __name__, url_prefix="/requests")
READERS = (Role.REGISTRAR, Role.LEADER, Role.DRAFTER)
Options = list[tuple[str, str]]


@screen.get("")
@may_enter(*READERS)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as requests.all
    """The register of a year: open ones first, the most urgent on top."""
    year = asked.year(occasion().today)
    lines = questions.lines_of(db(), occasion(), year)
    return render_template(
        "requests/all.html",
        year=year,
        open=sorted((one for one in lines if not _ended(one)), key=_urgency),
        ended=[one for one in lines if _ended(one)],
    )


@screen.get("/new")
@may_enter(Role.REGISTRAR)
def new() -> ResponseReturnValue:
    """The form for a request that came in."""
    return render_template(
        "requests/new.html",
        kinds=[(kind.value, label(kind)) for kind in ApplicantKind],
        channels=[(one.value, label(one)) for one in Channel],
        today=occasion().today,
    )


@screen.post("/new")
@may_enter(Role.REGISTRAR)
@shows_again(new, CalendarUnknown)
def register() -> ResponseReturnValue:
    """Register it, or take it in while its day of receipt is not confirmed."""
    wanted = _read_new(Reading(request.form))
    waits = wanted.channel in CONFIRMED and wanted.confirmed_on is None
    act = acts.arrive if waits else acts.register
    made = act(db(), occasion(), wanted)
    if made.serial is None:
        flash(gettext("已收件，请当天与申请人确认收到日期。"))
    else:
        number, day = f"{made.year}-{made.serial}", full_date(made.due_on)
        words = gettext(
            "已登记为%(number)s号，最晚%(day)s答复。", number=number, day=day
        )
        flash(words)
    return redirect(url_for("requests.one", request_id=made.id), 303)


@screen.get("/<int:request_id>")
@may_enter(*READERS)
def one(request_id: int) -> ResponseReturnValue:
    """One request: its clock explained, its story, and what may be done next."""
    return _page(request_id)


@screen.post("/<int:request_id>/applicant")
@may_enter(Role.REGISTRAR)
def applicant(request_id: int) -> ResponseReturnValue:
    """Show who asks; who looked is on the trail."""
    who = privacy.show_applicant(db(), occasion(), request_id)
    return _page(request_id, applicant=who)


@screen.get("/<int:request_id>/do/<deed>")
@may_enter(*READERS)
def deed(request_id: int, deed: str) -> ResponseReturnValue:
    """The form of one thing to be done."""
    wanted = _deed(deed)
    page = questions.page_of(db(), occasion(), request_id)
    if not _is_offered(wanted, page):
        raise WrongState("这件申请现在不能办理此事。", rule="not-offered")
    return render_template(
        "requests/deed.html",
        page=page,
        deed=wanted,
        code=deed,
        words=gettext(wanted.words),
        says=gettext(wanted.says),
        blanks=[_shown(blank) for blank in wanted.blanks],
        values=request_deeds.today_in(wanted.blanks, occasion().today),
    )


@screen.post("/<int:request_id>/do/<deed>")
@may_enter(*READERS)
@shows_again(deed, WrongState, Superseded, CalendarUnknown)
def do(request_id: int, deed: str) -> ResponseReturnValue:
    """Do it."""
    wanted = _deed(deed)
    questions.may_see(db(), occasion(), request_id)
    wanted.doing(db(), occasion(), request_id, Reading(request.form))
    flash(gettext("已办：%(what)s。", what=gettext(wanted.words)))
    return redirect(url_for("requests.one", request_id=request_id), 303)


@screen.post("/<int:request_id>/files/<int:file_id>")
@may_enter(Role.REGISTRAR)
def file(request_id: int, file_id: int) -> ResponseReturnValue:
    """A file that the applicant handed in; the taking is on the trail."""
    questions.may_see(db(), occasion(), request_id)
    found = privacy.take_file(db(), occasion(), file_id)
    return as_file(found.content, found.media_type, found.name)


def _page(request_id: int, applicant: object = None) -> ResponseReturnValue:
    page = questions.page_of(db(), occasion(), request_id)
    letters = letters_of(db(), request_id)
    return render_template(
        "requests/one.html",
        page=page,
        line=page.line,
        clock=explained(page.clock),
        standing=standing(page.clock),
        deeds=_offered(page),
        letters=letters,
        titles={letter.id: letter.kind for letter in letters},
        number_of=number_of,
        forms=FORMS,
        kinds=_kinds_offered(page),
        remedies=remedies_of(db(), request_id),
        reply=replies.reply_article(db(), page.request),
        until=_remedies_until(page),
        applicant=applicant,
    )


def _remedies_until(page: RequestPage) -> tuple[date, date] | None:
    """Until when the applicant may ask for a review, or sue (D13, D14)."""
    known = page.request.served_on
    return (review_until(known), suit_until(known)) if known else None


def _offered(page: RequestPage) -> list[tuple[str, str]]:
    return [
        (code, gettext(one.words))
        for code, one in DEEDS.items()
        if _is_offered(one, page)
    ]


def _is_offered(one: Deed, page: RequestPage) -> bool:
    """Possible in law, and for this person; the act asks again."""
    if one.trigger not in page.may:
        return False
    if one.handler:
        mine = page.request.handler_id == g.me.person_id
        keeps = Role.REGISTRAR in g.me.roles
        return Role.DRAFTER in g.me.roles and (mine or keeps)
    return any(role in g.me.roles for role in one.roles)


def _kinds_offered(page: RequestPage) -> Options:
    """The letters that have a place now, in the order of the table."""
    if Role.REGISTRAR not in g.me.roles or page.request.received_on is None:
        return []
    return [
        (kind.value, label(kind))
        for kind, form in FORMS.items()
        if kind not in IS_REPLY and (form.trigger is None or form.trigger in page.may)
    ]


def _deed(code: str) -> Deed:
    if code not in DEEDS:
        raise NotFound
    return DEEDS[code]


def _shown(blank: Blank) -> Mapping[str, object]:
    """A field ready to be drawn, in the reader's language."""
    return {
        "name": blank.name,
        "label": gettext(blank.label),
        "kind": blank.kind,
        "hint": gettext(blank.hint) if blank.hint else "",
        "needed": blank.needed,
        "options": _options(blank.among),
    }


def _options(among: str) -> Options:
    if among == "handlers":
        return [(str(id_), name) for id_, name in questions.handlers(db(), occasion())]
    if among == "sections":
        return [(one.code, one.name) for one in sections(db(), g.me.agency_id)]
    lists = {
        "kinds": [(one.value, label(one)) for one in ApplicantKind],
        "outcomes": [(one.value, label(one)) for one in PROPOSABLE],
        "all_outcomes": [(one.value, label(one)) for one in RequestOutcome],
        "reasonable": [(one.value, gettext(text)) for one, text in REASONABLE.items()],
    }
    return lists.get(among, [])


def _read_new(read: Reading) -> NewRequest:
    who = NewApplicant(
        read.text("name", "申请人姓名或名称", SHORT_MAX["name"]),
        read.text("identity", "身份证明", SHORT_MAX["identity"], needed=False),
        read.text("identity_tail", "证件末四位", 4, needed=False),
        read.text("contact", "联系方式", SHORT_MAX["contact"]),
        read.text("address", "通信地址", SHORT_MAX["address"], needed=False),
    )
    kind = request.form.get("applicant_kind", "")
    confirmed = request.form.get("confirmed_on", "").strip()
    wanted = NewRequest(
        channel=read.choice("channel", "收到方式", Channel),
        arrived_on=read.day("arrived_on", "来件日期"),
        applicant=who,
        wants=read.text("wants", "申请公开的内容", TEXT_MAX),
        applicant_kind=read.choice("applicant_kind", "申请人类别", ApplicantKind)
        if kind
        else None,
        confirmed_on=read.day("confirmed_on", "确认日期") if confirmed else None,
        supply=read.text("supply", "提供形式", SHORT_MAX["supply"], needed=False),
    )
    read.check()
    return wanted


def _ended(one_: RequestLine) -> bool:
    return one_.state is RequestState.CLOSED


def _urgency(one_: RequestLine) -> tuple[bool, date, int]:
    return one_.due_on is None, one_.due_on or date.max, one_.id
