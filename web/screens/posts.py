"""Posts, who holds them as A and as B, and what each is in charge of."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role, Slot
from web.login import may_enter, signed_in
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.agencies import questions as agencies
from workflow.articles import alarms, handovers
from workflow.occasion import Occasion
from workflow.people import acts, questions, registers

screen = Blueprint("posts", __name__, url_prefix="/posts")
SYSTEM = Role.SYSTEM_ADMINISTRATOR


@screen.get("")
@signed_in
def all() -> ResponseReturnValue:  # noqa: A001 -- read as posts.all
    """The A/B list: to read, to print, and for the administrator to change."""
    today = occasion().today
    kept = agencies.sections(db(), g.me.agency_id, open_only=False)
    sections = {s.id: s.name for s in kept}
    return render_template(
        "posts/all.html",
        lines=registers.post_lines(db(), g.me.agency_id, today),
        portfolios=questions.portfolios(db(), g.me.agency_id),
        sections=sections,
        today=today,
    )


@screen.get("/new")
@may_enter(SYSTEM)
def new() -> ResponseReturnValue:
    """The form for a new post."""
    return render_template("posts/new.html")


@screen.post("/new")
@may_enter(SYSTEM)
@shows_again(new)
def make() -> ResponseReturnValue:
    """Make the post."""
    read = Reading(request.form)
    code, title = read.text("code", "代码", 60), read.text("title", "岗位名称", 120)
    read.check()
    post = acts.make_post(db(), occasion(), code, title)
    flash(gettext("已设立岗位“%(title)s”，请安排A岗、B岗。", title=post.title))
    return redirect(url_for("posts.filling", post_id=post.id), 303)


@screen.get("/<int:post_id>/fill")
@may_enter(SYSTEM)
def filling(post_id: int) -> ResponseReturnValue:
    """The form for a new holder."""
    today = occasion().today
    line = registers.post_line(db(), g.me.agency_id, post_id, today)
    people = registers.here(db(), g.me.agency_id, today)
    return render_template(
        "posts/fill.html",
        line=line,
        people=[(p.id, p.name) for p in people if p.id != g.me.person_id],
        today=today,
    )


@screen.post("/<int:post_id>/fill")
@may_enter(SYSTEM)
@shows_again(filling)
def fill(post_id: int) -> ResponseReturnValue:
    """Put somebody in, beside or instead of the present holder."""
    read = Reading(request.form)
    person_id, slot = (
        read.number("person", "人员"),
        read.choice("slot", "A岗或B岗", Slot),
    )
    since = read.day("since", "起始日期")
    replacing = read.optional_number("replacing", "接替谁")
    read.check()
    by = occasion()
    acts.fill_post(db(), by, post_id, person_id, slot, since, replacing=replacing)
    if replacing is not None:
        _hand_over(by, replacing)
    flash(gettext("任岗已登记。"))
    return redirect(url_for("posts.all"), 303)


@screen.get("/holdings/<int:holding_id>/leave")
@may_enter(SYSTEM)
def leaving(holding_id: int) -> ResponseReturnValue:
    """The form for the end of a holding."""
    holding = registers.holding(db(), g.me.agency_id, holding_id)
    return render_template(
        "posts/leave.html",
        holding=holding,
        post=registers.post(db(), g.me.agency_id, holding.post_id),
        person=questions.person(db(), g.me.agency_id, holding.person_id),
        today=occasion().today,
    )


@screen.post("/holdings/<int:holding_id>/leave")
@may_enter(SYSTEM)
@shows_again(leaving)
def leave(holding_id: int) -> ResponseReturnValue:
    """End the holding."""
    read = Reading(request.form)
    until = read.day("until", "免去日期")
    read.check()
    by = occasion()
    acts.leave_post(db(), by, holding_id, until)
    _hand_over(by, holding_id)
    alarms.watch_all(db(), by, max(until, by.today))
    flash(gettext("任岗已结束。"))
    return redirect(url_for("posts.all"), 303)


@screen.get("/<int:post_id>/portfolio")
@may_enter(SYSTEM)
def portfolio(post_id: int) -> ResponseReturnValue:
    """Which sections the post is in charge of."""
    sections = agencies.sections(db(), g.me.agency_id)
    return render_template(
        "posts/portfolio.html",
        post=registers.post(db(), g.me.agency_id, post_id),
        options=[(s.id, s.name) for s in sections],
        chosen=questions.portfolios(db(), g.me.agency_id).get(post_id, set()),
    )


@screen.post("/<int:post_id>/portfolio")
@may_enter(SYSTEM)
@shows_again(portfolio)
def set_portfolio(post_id: int) -> ResponseReturnValue:
    """Set them, as one list."""
    read = Reading(request.form)
    wanted = read.numbers("sections", request.form.getlist("sections"), "栏目")
    read.check()
    by = occasion()
    acts.set_portfolio(db(), by, post_id, wanted)
    alarms.watch_all(db(), by)
    flash(gettext("分管栏目已保存。"))
    return redirect(url_for("posts.all"), 303)


def _hand_over(by: Occasion, holding_id: int) -> None:
    holding = registers.holding(db(), by.agency_id, holding_id)
    handovers.hand_over(db(), by, holding)
