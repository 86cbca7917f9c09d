"""The annual report as it will be printed; every figure opens its records."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from models.people import Role
from models.requests import ApplicantKind, RequestOutcome
from web import asked
from web.display import label
from web.login import may_enter
from web.pages import address_of
from web.transaction import db, occasion
from workflow.errors import NotFound
from workflow.reports import questions
from workflow.reports.changes import words_of
from workflow.reports.manuscripts import as_printed
from workflow.reports.printed import SHAPES
from workflow.reports.printing import Looks, as_html
from workflow.reports.rules import check

screen = Blueprint("reports", __name__, url_prefix="/reports")
READERS = (Role.REGISTRAR, Role.LEADER)
OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA = {
    "json": "application/json",
    "html": "text/html",
    "docx": OFFICE + "wordprocessingml.document",
    "xlsx": OFFICE + "spreadsheetml.sheet",
}
CELLS = {
    "published": "主动公开信息",
    "active.rules.made": "规章：本年制发",
    "active.rules.repealed": "规章：本年废止",
    "active.rules.valid": "规章：现行有效",
    "active.normative.made": "行政规范性文件：本年制发",
    "active.normative.repealed": "行政规范性文件：本年废止",
    "active.normative.valid": "行政规范性文件：现行有效",
    "active.licensing": "行政许可",
    "active.punishment": "行政处罚",
    "active.coercion": "行政强制",
    "active.fees_wan": "行政事业性收费",
    "requests.new": "本年新收政府信息公开申请",
    "requests.carried_in": "上年结转政府信息公开申请",
    "requests.total": "本年度办理结果总计",
    "requests.carried_out": "结转下年度继续办理",
}


@screen.get("/annual")
@may_enter(*READERS)
def annual() -> ResponseReturnValue:
    """The report of a year, with the rules it breaks above it."""
    year = asked.year(occasion().today)
    whole = as_printed(db(), g.me.agency_id, year)
    report = whole.report

    findings = check(report)

    def address(cell: str) -> str:
        return url_for("reports.records", year=year, cell=cell)

    # as_html escapes every text that it is given, so its answer is safe to place
    looks = Looks(address, findings)
    paper = Markup(as_html(report, whole.prose, looks))  # noqa: S704
    return render_template(
        "reports/annual.html",
        year=year,
        paper=paper,
        findings=findings,
        published=report.published[0],
    )


@screen.get("/annual/records")
@may_enter(*READERS)
def records() -> ResponseReturnValue:
    """The records that one figure counts."""
    year, cell = asked.year(occasion().today), request.args.get("cell", "")[:80]
    found = questions.records_behind(db(), g.me.agency_id, year, cell)
    return render_template(
        "reports/records.html",
        year=year,
        words=_words(cell),
        records=[(one, address_of(one.kind, one.id)) for one in found],
        most=questions.RECORDS_MAX,
    )


@screen.get("/annual.json")
@may_enter(*READERS)
def download() -> ResponseReturnValue:
    """The report as a file that ``report check`` reads."""
    return _file("json")


@screen.get("/annual/file")
@may_enter(*READERS)
def file() -> ResponseReturnValue:
    """The report as a file to print: Word, Excel or a page."""
    shape = request.args.get("shape", "docx")
    if shape not in SHAPES:
        raise NotFound
    return _file(shape)


def _file(shape: str) -> Response:
    year = asked.year(occasion().today)
    whole = as_printed(db(), g.me.agency_id, year)
    answer = Response(SHAPES[shape](whole), mimetype=MEDIA[shape])
    name = f'attachment; filename="annual-{year}.{shape}"'
    answer.headers["Content-Disposition"] = name
    return answer


def _words(cell: str) -> str:
    """The cell in words; the question has already refused what is no cell."""
    if cell in CELLS:
        return gettext(CELLS[cell])
    part, _, rest = cell.partition(".")
    if part == "published":
        return gettext("主动公开信息：%(column)s", column=rest)
    if part == "remedies":
        return words_of(cell)
    row, _, column = rest.partition(".")
    words = gettext(CELLS[f"requests.{row}"]) if f"requests.{row}" in CELLS else ""
    words = words or label(RequestOutcome(row))
    if column in set(ApplicantKind):
        return f"{words}（{label(ApplicantKind(column))}）"
    return words
