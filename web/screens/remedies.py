"""Reviews and suits: the list, recording one, how it ended."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from models.remedies import Remedy, RemedyKind, RemedyResult
from models.requests import DisclosureRequest
from web import asked
from web.display import label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.errors import Superseded
from workflow.requests import remedies
from workflow.requests.cases import request_of
from workflow.requests.remedies import BODY_MAX, NUMBER_MAX, NewRemedy, Settled
from workflow.requests.remedy_limits import suit_after_review_until
from workflow.requests.rules import NOTE_MAX

screen = Blueprint("remedies", __name__, url_prefix="/remedies")
READERS = (Role.REGISTRAR, Role.LEADER)


@screen.get("")
@may_enter(*READERS)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as remedies.all
    """Every review and suit; open ones first."""
    found = remedies.remedies(db(), g.me.agency_id)
    return render_template(
        "remedies/all.html", remedies=found, requests=_requests_of(found)
    )


@screen.get("/new")
@may_enter(Role.REGISTRAR)
def new() -> ResponseReturnValue:
    """The form; ``?request=7`` says which request it is about."""
    wanted = asked.number("request")
    about = request_of(db(), g.me.agency_id, wanted) if wanted else None
    reviews = [
        one
        for one in remedies.remedies(db(), g.me.agency_id)
        if one.kind is RemedyKind.REVIEW and one.result_on is not None
    ]
    return render_template(
        "remedies/new.html",
        about=about,
        kinds=[(one.value, label(one)) for one in RemedyKind],
        reviews=[(one.id, f"{one.number} {one.body}".strip()) for one in reviews],
        today=occasion().today,
    )


@screen.post("/new")
@may_enter(Role.REGISTRAR)
@shows_again(new)
def file() -> ResponseReturnValue:
    """Record it."""
    read = Reading(request.form)
    wanted = NewRemedy(
        kind=read.choice("kind", "种类", RemedyKind),
        received_on=read.day("received_on", "收到日期"),
        body=read.text("body", "复议机关或者法院", BODY_MAX),
        request_id=read.optional_number("request_id", "申请"),
        review_id=read.optional_number("review_id", "先前的复议"),
        number=read.text("number", "案号", NUMBER_MAX, needed=False),
        matter=read.text("matter", "事由", NOTE_MAX, needed=False),
    )
    read.check()
    made = remedies.file_remedy(db(), occasion(), wanted)
    flash(gettext("已登记：%(kind)s。", kind=label(made.kind)))
    return redirect(url_for("remedies.one", remedy_id=made.id), 303)


@screen.get("/<int:remedy_id>")
@may_enter(*READERS)
def one(remedy_id: int) -> ResponseReturnValue:
    """One review or suit, with the form for its result while it is open."""
    found = remedies.remedy(db(), g.me.agency_id, remedy_id)
    ended = found.result_on if found.kind is RemedyKind.REVIEW else None
    return render_template(
        "remedies/one.html",
        remedy=found,
        about=_requests_of([found]).get(found.request_id or 0),
        results=[(one.value, label(one)) for one in RemedyResult],
        suit_until=suit_after_review_until(ended) if ended else None,
        today=occasion().today,
    )


@screen.post("/<int:remedy_id>/result")
@may_enter(Role.REGISTRAR)
@shows_again(one, Superseded)
def settle(remedy_id: int) -> ResponseReturnValue:
    """Record how it ended."""
    read = Reading(request.form)
    ordered = request.form.get("new_answer_by", "").strip()
    what = Settled(
        read.choice("result", "结果", RemedyResult),
        read.day("result_on", "结案日期"),
        read.text("note", "说明", NOTE_MAX, needed=False),
        read.day("new_answer_by", "重新答复期限") if ordered else None,
    )
    read.check()
    remedies.settle_remedy(db(), occasion(), remedy_id, what)
    flash(gettext("已登记结果：%(result)s。", result=label(what.result)))
    return redirect(url_for("remedies.one", remedy_id=remedy_id), 303)


@screen.post("/<int:remedy_id>/answered")
@may_enter(Role.REGISTRAR)
@shows_again(one, Superseded)
def answered(remedy_id: int) -> ResponseReturnValue:
    """Record the new answer that was ordered."""
    read = Reading(request.form)
    on = read.day("on", "重新答复日期")
    read.check()
    remedies.answer_anew(db(), occasion(), remedy_id, on)
    flash(gettext("已登记重新答复。"))
    return redirect(url_for("remedies.one", remedy_id=remedy_id), 303)


def _requests_of(found: list[Remedy]) -> dict[int, DisclosureRequest]:
    ids = {one.request_id for one in found if one.request_id is not None}
    return {id_: request_of(db(), g.me.agency_id, id_) for id_ in ids}
