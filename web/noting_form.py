"""The form by which a reviewer notes a finding: on which part, which words, how bad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from models.findings import FindingKind, Grade
from web.display import label
from web.reading import Reading
from web.transaction import db
from workflow.actions import Action
from workflow.articles import raised
from workflow.articles.attachments import AttachedFile
from workflow.articles.cases import Case
from workflow.articles.checked_parts import BODY, FILE, TITLE
from workflow.articles.findings import NOTE_MAX, QUOTE_MAX, NewFinding
from workflow.occasion import Occasion

WITH_TEXT = (".docx", ".xlsx", ".pdf")
PLACES_MOST = 9999
GRADES = (
    (Grade.BLOCK, "必须改：答复前各级都不能签"),
    (Grade.WARN, "须答复：随稿往下走"),
    (Grade.HINT, "建议：随稿往下走"),
)
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form offers: pairs of value and words.

    Args:
        parts: of the article, those that have a text.
        part: the one that is meant unless said otherwise.
    """

    parts: Options
    kinds: Options
    grades: Options
    part: str = BODY


def asked(
    by: Occasion, case: Case, files: Sequence[AttachedFile], part: str = BODY
) -> Asked | None:
    """The form, if this person has the text in hand."""
    if Action.ADD_FINDING not in raised.allowed(db(), by, case):
        return None
    parts = [(TITLE, gettext("标题")), (BODY, gettext("正文"))]
    parts += [
        (f"{FILE}{file.digest}", gettext("附件《%(name)s》", name=file.name))
        for file in files
        if file.name.lower().endswith(WITH_TEXT)
    ]
    kinds = [(kind.value, label(kind)) for kind in FindingKind]
    grades = [(grade.value, gettext(words)) for grade, words in GRADES]
    return Asked(parts, kinds, grades, part)


def read() -> tuple[int, NewFinding]:
    """The revision that was read, and what is to be put right.

    Raises:
        InvalidInput: something is missing; each beside its field.
    """
    form = Reading(request.form)
    revision = form.number("revision", "稿次")
    kind = form.choice("noted-kind", "问题类别", FindingKind)
    grade = form.choice("noted-grade", "轻重", Grade)
    part = form.text("noted-part", "所在", 80)
    quote = form.text("noted-quote", "原文", QUOTE_MAX, needed=False)
    which = form.optional_number("noted-which", "第几处") or 0
    note = form.text("noted-note", "问题和改法", NOTE_MAX)
    if which > PLACES_MOST:
        form.refuse("noted-which", f"第几处最多填{PLACES_MOST}。")
    form.check()
    return revision, NewFinding(kind, note, quote, grade, part, which)
