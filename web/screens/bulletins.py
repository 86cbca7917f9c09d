"""Bulletins: drafted from the records, each number opening them; Word and PDF."""

from __future__ import annotations

import io

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.bulletins import Bulletin, BulletinCycle
from models.inspections import FaultKind
from models.people import Role
from web import official_pdf, official_word
from web.labels import LABELS
from web.login import may_enter
from web.official_paper import Paper
from web.pages import address_of
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.agencies.questions import definition_in_force, sections
from workflow.articles import cases, questions
from workflow.articles.cases import Case
from workflow.errors import InvalidInput, WrongState
from workflow.inspections import bulletins
from workflow.inspections.bulletin_rules import Period, last_ended
from workflow.inspections.bulletins import NewBulletin
from workflow.people.questions import name_of
from workflow.process.states import PUBLISHED

screen = Blueprint("bulletins", __name__, url_prefix="/bulletins")
READERS = (Role.INSPECTOR, Role.DRAFTER, Role.REVIEWER, Role.LEADER, Role.PUBLISHER)
BACK = 8


@screen.get("")
@may_enter(*READERS)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as bulletins.all
    """Every bulletin, the latest period first."""
    found = bulletins.bulletins(db(), g.me.agency_id)
    rows = [(one, article, _period(one), _state(_case(one))) for one, article in found]
    return render_template("bulletins/all.html", rows=rows)


@screen.get("/new")
@may_enter(Role.DRAFTER)
def new() -> ResponseReturnValue:
    """Which period, under which section, on which channels."""
    row = definition_in_force(db(), g.me.agency_id)
    channels = cases.definition_of(db(), row.id).attributes["channels"]
    return render_template(
        "bulletins/new.html",
        periods=[(value, words) for value, words, _ in _periods()],
        sections=[(one.code, one.name) for one in sections(db(), g.me.agency_id)],
        channels=list(channels.values.items()),
    )


@screen.post("/new")
@may_enter(Role.DRAFTER)
@shows_again(new, WrongState)
def draft() -> ResponseReturnValue:
    """Count, freeze, and begin the article."""
    read = Reading(request.form)
    asked = {value: period for value, _, period in _periods()}
    period = asked.get(request.form.get("period", ""))
    section = read.text("section", "栏目", 60)
    read.check()
    if period is None:
        raise InvalidInput({"period": ["请选择期间。"]})
    made = bulletins.draft(
        db(),
        occasion(),
        NewBulletin(
            period.cycle,
            period.first,
            section,
            request.form.getlist("channels"),
            {kind: LABELS[FaultKind, kind.value] for kind in FaultKind},
        ),
    )
    flash(gettext("已起草，数字已冻结；文字请在稿件里修改后提交审核。"))
    return redirect(url_for("bulletins.one", bulletin_id=made.id), 303)


@screen.get("/<int:bulletin_id>")
@may_enter(*READERS)
def one(bulletin_id: int) -> ResponseReturnValue:
    """The frozen numbers, and where its article stands."""
    found = bulletins.bulletin(db(), g.me.agency_id, bulletin_id)
    case = _case(found)
    return render_template(
        "bulletins/one.html",
        one=found,
        period=_period(found),
        figures=bulletins.figures(found),
        is_whole=bulletins.is_whole(found),
        article=case.article,
        state=_state(case),
        address=address_of("article", found.article_id),
        drafted_by=name_of(db(), found.drafted_by_id),
    )


@screen.get("/<int:bulletin_id>/figures/<key>")
@may_enter(*READERS)
def figure(bulletin_id: int, key: str) -> ResponseReturnValue:
    """The records behind one number."""
    found = bulletins.bulletin(db(), g.me.agency_id, bulletin_id)
    figure_, records = bulletins.records(db(), found, key)
    return render_template(
        "bulletins/figure.html",
        one=found,
        period=_period(found),
        figure=figure_,
        rows=[(record, address_of(record.kind, record.id)) for record in records],
    )


@screen.get("/<int:bulletin_id>.docx")
@may_enter(*READERS)
def as_word(bulletin_id: int) -> ResponseReturnValue:
    """As a Word file."""
    paper = _paper(bulletin_id)
    return _file(paper, official_word.word(paper), official_word.MEDIA_TYPE, "docx")


@screen.get("/<int:bulletin_id>.pdf")
@may_enter(*READERS)
def as_pdf(bulletin_id: int) -> ResponseReturnValue:
    """As a PDF file."""
    paper = _paper(bulletin_id)
    return _file(paper, official_pdf.pdf(paper), official_pdf.MEDIA_TYPE, "pdf")


def _paper(bulletin_id: int) -> Paper:
    found = bulletins.bulletin(db(), g.me.agency_id, bulletin_id)
    case = _case(found)
    passed = case.article.state == PUBLISHED
    mark = "" if passed else "（未经审签的草稿，不得外传）"
    return Paper(case.revision.title, case.revision.body, mark=mark)


def _file(paper: Paper, content: bytes, kind: str, ending: str) -> Response:
    return send_file(
        io.BytesIO(content),
        mimetype=kind,
        as_attachment=True,
        download_name=f"{paper.title}.{ending}",
    )


def _case(found: Bulletin) -> Case:
    return cases.load(db(), g.me.agency_id, found.article_id)


def _period(found: Bulletin) -> Period:
    return Period(found.cycle, found.period)


def _periods() -> list[tuple[str, str, Period]]:
    """The latest quarters and months that are over, to choose from."""
    today, found = occasion().today, []
    for cycle in (BulletinCycle.QUARTER, BulletinCycle.MONTH):
        period = last_ended(cycle, today)
        for _ in range(BACK):
            value = f"{cycle.value} {period.first.isoformat()}"
            words = f"{LABELS[BulletinCycle, cycle.value]} · {period.words}"
            found.append((value, words, period))
            period = period.before
    return found


def _state(case: Case) -> str:
    return questions.stage_name(case, case.article.state)
