"""An attachment as the machine read it: its text, the spans, the findings beside it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web import noting_form, precheck_view
from web.file_view import view_of
from web.login import may_enter
from web.marking import marks_in
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import attachments, cases, filed_texts, raised
from workflow.articles.attachments import AttachedFile
from workflow.articles.cases import Case
from workflow.articles.checked_parts import FILE
from workflow.articles.prechecked import Prechecked, Shown
from workflow.errors import NotFound

screen = Blueprint("file_texts", __name__)


@screen.get("/articles/<int:article_id>/files/<int:attachment_id>")
@may_enter(*AT_WORK)
def show(article_id: int, attachment_id: int) -> ResponseReturnValue:
    """The text with its marks; of a long one what is marked, or all when asked for."""
    by = occasion()
    precheck_view.read_before_showing(by, article_id)
    case = cases.load(db(), by.agency_id, article_id)
    file, part = _file(case, attachment_id)
    check = _of_part(precheck_view.of(db(), by, case), part)
    noted = [one for one in raised.raised(db(), by, case) if one.finding.part == part]
    contents = filed_texts.shown(db(), file.digest, file.name)
    marks = marks_in(part, [*check.now, *check.later, *noted])
    seen = view_of(contents, marks, whole="whole" in request.args)
    return render_template(
        "articles/file.html",
        case=case,
        file=file,
        part=part,
        fault=contents.fault,
        seen=seen,
        spots={mark.key: f"#mark-{mark.key}" for mark in seen.marks},
        precheck=check,
        raised=noted,
        noting=noting_form.asked(by, case, [file], part),
    )


def _file(case: Case, attachment_id: int) -> tuple[AttachedFile, str]:
    for file in attachments.of_revision(db(), case.revision.id):
        if file.id == attachment_id:
            return file, f"{FILE}{file.digest}"
    raise NotFound("这一稿没有这个附件，可能已经换过；请回到稿件页再打开。")


def _of_part(check: Prechecked, part: str) -> Prechecked:
    def mine(shown: tuple[Shown, ...]) -> tuple[Shown, ...]:
        return tuple(one for one in shown if one.finding.part == part)

    return replace(
        check,
        now=mine(check.now),
        later=mine(check.later),
        settled=mine(check.settled),
    )
