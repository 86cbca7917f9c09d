"""The town's own tables of the pre-check: names, words, what is let through."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.findings import Grade
from models.town_tables import EntryKind
from web.clock import now
from web.display import label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.calendar import town_day
from workflow.people.questions import name_of
from workflow.proofreading import acts, questions
from workflow.proofreading.acts import KEEPERS, REASON_MAX, TEXT_MAX, NewEntry

screen = Blueprint("lexicon", __name__, url_prefix="/lexicon")
WORDS = {
    EntryKind.LEADER: ("姓名", "职务"),
    EntryKind.VILLAGE: ("村（社区）名称", ""),
    EntryKind.UNIT: ("单位名称", ""),
    EntryKind.AREA_CODE: ("区号", ""),
    EntryKind.WORD: ("不用的写法", "应写作"),
    EntryKind.ALLOWED: ("放行的写法", "只对哪条规则放行（如 T08，不填为全部）"),
}


@screen.get("")
@may_enter(*AT_WORK)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as lexicon.all
    """One table: what holds, what was ended, and the form for another entry."""
    kind = _kind()
    rows = questions.entries(db(), g.me.agency_id, kind)
    return render_template(
        "lexicon/all.html",
        kind=kind,
        kinds=list(EntryKind),
        rows=rows,
        words=WORDS[kind],
        grades=[(grade.value, label(grade)) for grade in Grade],
        silent=questions.silenced(kind, rows),
        name_of=lambda person: name_of(db(), person),
        today=town_day(now()).isoformat(),
    )


@screen.post("")
@may_enter(*KEEPERS)
@shows_again(all)
def enter() -> ResponseReturnValue:
    """Another entry."""
    read = Reading(request.form)
    kind = read.choice("kind", "名录", EntryKind)
    has_grade = kind is EntryKind.WORD
    new = NewEntry(
        kind,
        text=read.text("text", WORDS[kind][0], TEXT_MAX),
        since=read.day("since", "启用日"),
        reason=read.text("reason", "依据或缘由", REASON_MAX),
        more=read.text("more", WORDS[kind][1] or "说明", TEXT_MAX, needed=False),
        rank=read.optional_number("rank", "排序") or 0,
        grade=read.choice("grade", "轻重", Grade) if has_grade else Grade.WARN,
    )
    read.check()
    acts.enter(db(), occasion(), new)
    flash(gettext("已登记，自启用日起生效。"))
    return redirect(url_for("lexicon.all", kind=kind.value), 303)


@screen.get("/<int:table_entry>")
@may_enter(*KEEPERS)
def one(table_entry: int) -> ResponseReturnValue:
    """The form for ending an entry."""
    row = questions.entry(db(), g.me.agency_id, table_entry)
    today = town_day(now()).isoformat()
    return render_template("lexicon/one.html", row=row, today=today)


@screen.post("/<int:table_entry>/end")
@may_enter(*KEEPERS)
@shows_again(one)
def end(table_entry: int) -> ResponseReturnValue:
    """End it: it stays on record."""
    read = Reading(request.form)
    on = read.day("on", "停用日")
    reason = read.text("reason", "缘由", REASON_MAX)
    read.check()
    row = acts.end(db(), occasion(), table_entry, on, reason)
    flash(gettext("“%(text)s”已停用。", text=row.text))
    return redirect(url_for("lexicon.all", kind=row.kind.value), 303)


def _kind() -> EntryKind:
    asked = request.values.get("kind", "")
    return EntryKind(asked) if asked in set(EntryKind) else EntryKind.LEADER
