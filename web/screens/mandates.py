"""Whom a holder named in writing; who keeps which channel; who works where."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.agencies import questions as agencies
from workflow.articles import alarms, cases
from workflow.people import delegations, mandates, questions, registers
from workflow.people.delegations import Mandate

screen = Blueprint("mandates", __name__)
SYSTEM = Role.SYSTEM_ADMINISTRATOR


@screen.get("/mandates")
@may_enter(*AT_WORK)
def mine() -> ResponseReturnValue:
    """My posts, whom I named for them, and the form to name somebody."""
    by = occasion()
    posts = delegations.may_be_delegated(db(), by)
    people = registers.here(db(), by.agency_id, by.today)
    given = [
        (post, row, questions.name_of(db(), row.to_id))
        for post in posts
        for row in mandates.of_post(db(), by.agency_id, post.id)
    ]
    return render_template(
        "mandates/mine.html",
        posts=[(post.id, post.title) for post in posts],
        people=[(p.id, p.name) for p in people if p.id != by.person_id],
        given=given,
        at=by.at,
    )


@screen.post("/mandates")
@may_enter(*AT_WORK)
@shows_again(mine)
def name() -> ResponseReturnValue:
    """Name somebody."""
    read = Reading(request.form)
    new = Mandate(
        post_id=read.number("post", "岗位"),
        to_id=read.number("to", "人员"),
        since=read.moment("since", "开始时间"),
        until=read.moment("until", "结束时间"),
        document=read.text("document", "书面依据", 300),
    )
    read.check()
    by = occasion()
    delegations.delegate(db(), by, new)
    alarms.watch_all(db(), by)
    flash(gettext("书面指定已登记。"))
    return redirect(url_for("mandates.mine"), 303)


@screen.post("/mandates/<int:mandate_id>/end")
@may_enter(*AT_WORK)
def end(mandate_id: int) -> ResponseReturnValue:
    """Take it back."""
    delegations.end_delegation(db(), occasion(), mandate_id)
    flash(gettext("书面指定已收回。"))
    return redirect(url_for("mandates.mine"), 303)


@screen.get("/posts/<int:post_id>/channels")
@may_enter(SYSTEM)
def channels(post_id: int) -> ResponseReturnValue:
    """Which channels the post is in charge of."""
    row = agencies.definition_in_force(db(), g.me.agency_id)
    declared = cases.definition_of(db(), row.id).attributes["channels"]
    return render_template(
        "mandates/channels.html",
        post=registers.post(db(), g.me.agency_id, post_id),
        options=list(declared.values.items()),
        chosen=mandates.channels_kept(db(), g.me.agency_id).get(post_id, set()),
    )


@screen.post("/posts/<int:post_id>/channels")
@may_enter(SYSTEM)
@shows_again(channels)
def keep_channels(post_id: int) -> ResponseReturnValue:
    """Set them, as one list."""
    row = agencies.definition_in_force(db(), g.me.agency_id)
    declared = cases.definition_of(db(), row.id).attributes["channels"]
    wanted = [one for one in request.form.getlist("channels") if declared.knows(one)]
    delegations.keep_channels(db(), occasion(), post_id, wanted)
    flash(gettext("所管渠道已保存。"))
    return redirect(url_for("posts.all"), 303)


@screen.get("/people/<int:person_id>/workplace")
@may_enter(SYSTEM)
def workplace(person_id: int) -> ResponseReturnValue:
    """In which section she works."""
    sections = agencies.sections(db(), g.me.agency_id)
    return render_template(
        "mandates/workplace.html",
        person=questions.person(db(), g.me.agency_id, person_id),
        options=[(section.id, section.name) for section in sections],
        chosen=mandates.workplaces(db(), g.me.agency_id).get(person_id, ""),
    )


@screen.post("/people/<int:person_id>/workplace")
@may_enter(SYSTEM)
@shows_again(workplace)
def set_workplace(person_id: int) -> ResponseReturnValue:
    """Set it."""
    read = Reading(request.form)
    section_id = read.number("section", "科室")
    read.check()
    section = agencies.section(db(), g.me.agency_id, section_id)
    delegations.set_workplace(db(), occasion(), person_id, section.id)
    flash(gettext("所在科室已保存。"))
    return redirect(url_for("people.one", person_id=person_id), 303)
