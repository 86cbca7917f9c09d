"""The annual report as it is written, handed in and, once published, amended."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from models.articles import Article
from models.people import Role
from web import asked
from web.login import may_enter
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.agencies.questions import definition_in_force, sections
from workflow.articles import cases
from workflow.articles.questions import stage_name
from workflow.errors import DoesNotAddUp
from workflow.reports import handing_in
from workflow.reports.changes import words_of
from workflow.reports.handing_in import REASON_MAX, Written
from workflow.reports.manuscripts import Manuscript, manuscript, to_explain
from workflow.reports.printing import Looks, as_html
from workflow.reports.prose import LONGEST, SLOTS

screen = Blueprint("manuscripts", __name__, url_prefix="/reports/writing")
WRITERS = (Role.REGISTRAR, Role.DRAFTER)
MOST_REASONS = 200


@screen.get("")
@may_enter(*WRITERS)
def show() -> ResponseReturnValue:
    """What is computed, what the office writes beside it, and what is still wrong."""
    seen = _seen()
    definition = cases.definition_of(db(), definition_in_force(db(), g.me.agency_id).id)
    return render_template(
        "manuscripts/show.html",
        year=seen.whole.report.year,
        seen=seen,
        version=seen.row.version if seen.row else 0,
        asks=to_explain(seen.findings, seen.changes),
        published_in=[(one.code, one.name) for one in sections(db(), g.me.agency_id)],
        channels=definition.attributes["channels"].values.items(),
        stands=_stands(seen.article),
        paper=_paper(seen),
        words_of=words_of,
    )


@screen.post("/words")
@may_enter(*WRITERS)
@shows_again(show)
def write() -> ResponseReturnValue:
    """Keep the office's own paragraphs and its words of explanation."""
    read, year = Reading(request.form), _year()
    own = {
        slot.code: read.text(f"own-{slot.code}", slot.lead, LONGEST, needed=False)
        for slot in SLOTS
    }
    reasons = _reasons(read)
    version = read.optional_number("seen", "版本") or 0
    read.check()
    handing_in.write(db(), occasion(), year, Written(own, reasons, version))
    flash(gettext("文字已保存。"))
    return redirect(url_for("manuscripts.show", year=year), 303)


@screen.post("/article")
@may_enter(*WRITERS)
@shows_again(show, DoesNotAddUp)
def hand_in() -> ResponseReturnValue:
    """Make the article that climbs the ladder."""
    read, year = Reading(request.form), _year()
    section = read.text("section", "发布栏目", 60)
    channels = [one[:60] for one in request.form.getlist("channels")]
    read.check()
    row = handing_in.hand_in(db(), occasion(), year, section, channels)
    flash(gettext("已成稿，请自查后提交审校。"))
    return redirect(url_for("articles.show", article_id=row.article_id), 303)


@screen.post("/amendment")
@may_enter(Role.REGISTRAR)
@shows_again(show)
def amend() -> ResponseReturnValue:
    """Put a figure of the published report right."""
    read, year = Reading(request.form), _year()
    cell = read.text("cell", "数字", 120)
    reason = read.text("reason", "更正理由", REASON_MAX)
    read.check()
    handing_in.amend(db(), occasion(), year, cell, reason)
    flash(gettext("已登记更正。"))
    return redirect(url_for("manuscripts.show", year=year), 303)


@screen.get("/earlier")
@may_enter(Role.REGISTRAR)
def earlier() -> ResponseReturnValue:
    """The form for an earlier report, to compare with."""
    return render_template("manuscripts/earlier.html", year=_year())


@screen.post("/earlier")
@may_enter(Role.REGISTRAR)
@shows_again(earlier)
def take_in() -> ResponseReturnValue:
    """Take in an earlier report as it was published."""
    read, year = Reading(request.form), _year()
    words = read.text("words", "文字部分", LONGEST * len(SLOTS), needed=False)
    sent = request.files.get("file")
    content = sent.read() if sent is not None else b""
    if not content:
        read.refuse("file", "请选择上年报告的文件（JSON）。")
    read.check()
    text = content.decode("utf-8", "replace")
    handing_in.take_in(db(), occasion(), year, text, words)
    flash(gettext("已录入%(year)d年报告。", year=year))
    return redirect(url_for("manuscripts.show", year=year + 1), 303)


def _year() -> int:
    """The year asked for; last year's report is what is written in January."""
    if not request.args.get("year", "").strip():
        return occasion().today.year - 1
    return asked.year(occasion().today)


def _seen() -> Manuscript:
    return manuscript(db(), g.me.agency_id, _year())


def _reasons(read: Reading) -> dict[str, str]:
    """Each reason with the key of what it explains, as the page sent them."""
    reasons = {}
    for at in range(MOST_REASONS):
        if f"key-{at}" not in request.form:
            break
        key = read.text(f"key-{at}", "位置", 200)
        text = read.text(f"reason-{at}", "说明", REASON_MAX, needed=False)
        if text:
            reasons[key] = text
    return reasons


def _stands(article: Article | None) -> str:
    if article is None:
        return ""
    case = cases.load(db(), g.me.agency_id, article.id)
    return stage_name(case, article.state)


def _paper(seen: Manuscript) -> Markup:
    year = seen.whole.report.year

    def address(cell: str) -> str:
        return url_for("reports.records", year=year, cell=cell)

    looks = Looks(address, seen.findings)
    printed = seen.printed
    untitled = replace(printed.report, title="")  # the page has its own heading
    # as_html escapes every text that it is given, so its answer is safe to place
    return Markup(as_html(untitled, printed.prose, looks))  # noqa: S704
