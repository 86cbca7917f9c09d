"""The registers behind section two of the annual report: penalties and the like."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from models.reports import RegisterKind
from web.display import label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.people.questions import name_of
from workflow.reports import acts, questions
from workflow.reports.registers import DOCUMENTS, LONGEST, NewEntry, Repeal
from workflow.reports.sheets import empty_sheet

screen = Blueprint("registers", __name__, url_prefix="/registers")
READERS = (Role.REGISTRAR, Role.LEADER)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@screen.get("")
@may_enter(*READERS)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as registers.all
    """One register, the newest entry first."""
    kind = _asked_kind()
    entries = questions.register_entries(db(), g.me.agency_id, kind)
    return render_template(
        "registers/all.html", kind=kind, kinds=RegisterKind, entries=entries
    )


@screen.get("/<int:entry_id>")
@may_enter(*READERS)
def one(entry_id: int) -> ResponseReturnValue:
    """One entry."""
    entry = questions.register_entry(db(), g.me.agency_id, entry_id)
    entered_by = name_of(db(), entry.entered_by_id)
    is_document = entry.kind in DOCUMENTS
    return render_template(
        "registers/one.html",
        entry=entry,
        entered_by=entered_by,
        is_document=is_document,
    )


@screen.get("/new")
@may_enter(Role.REGISTRAR)
def new() -> ResponseReturnValue:
    """The form for a new entry."""
    kinds = [(kind.value, label(kind)) for kind in RegisterKind]
    return render_template(
        "registers/new.html", kinds=kinds, kind=_asked_kind(), today=occasion().today
    )


@screen.post("/new")
@may_enter(Role.REGISTRAR)
@shows_again(new)
def add() -> ResponseReturnValue:
    """Enter it."""
    read = Reading(request.form)
    entry = NewEntry(
        kind=read.choice("kind", "登记簿", RegisterKind),
        number=read.text("number", "文号或编号", LONGEST["number"]),
        title=read.text("title", "名称", LONGEST["title"]),
        dated=read.day("dated", "日期"),
        source=read.text("source", "出处", LONGEST["source"]),
        amount_yuan=_amount(read),
        repealed_on=read.day("repealed_on", "废止日期")
        if _sent("repealed_on")
        else None,
        published_at=read.text(
            "published_at", "公布位置", LONGEST["published_at"], needed=False
        ),
    )
    read.check()
    made = acts.enter_register(db(), occasion(), entry)
    flash(gettext("已登记：%(number)s。", number=made.number))
    return redirect(url_for("registers.all", kind=made.kind.value), 303)


@screen.get("/<int:entry_id>/repeal")
@may_enter(Role.REGISTRAR)
def repealing(entry_id: int) -> ResponseReturnValue:
    """The form for a document that is in force no longer."""
    entry = questions.register_entry(db(), g.me.agency_id, entry_id)
    today = occasion().today
    return render_template("registers/repeal.html", entry=entry, today=today)


@screen.post("/<int:entry_id>/repeal")
@may_enter(Role.REGISTRAR)
@shows_again(repealing)
def repeal(entry_id: int) -> ResponseReturnValue:
    """Enter the repeal; the document stays in its register."""
    questions.register_entry(db(), g.me.agency_id, entry_id)
    read = Reading(request.form)
    wanted = Repeal(
        read.day("repealed_on", "废止日期"),
        read.text("repealed_by", "由哪份文件废止", LONGEST["source"]),
    )
    read.check()
    acts.repeal_entry(db(), occasion(), entry_id, wanted)
    return redirect(url_for("registers.one", entry_id=entry_id), 303)


@screen.get("/import")
@may_enter(Role.REGISTRAR)
def importing() -> ResponseReturnValue:
    """The form for a filled sheet."""
    kinds = [(kind.value, label(kind)) for kind in RegisterKind]
    return render_template("registers/import.html", kinds=kinds, kind=_asked_kind())


@screen.post("/import")
@may_enter(Role.REGISTRAR)
@shows_again(importing)
def take_sheet() -> ResponseReturnValue:
    """Enter every line of it, or none."""
    read = Reading(request.form)
    kind = read.choice("kind", "登记簿", RegisterKind)
    sent = request.files.get("file")
    content = sent.read() if sent is not None else b""
    read.check()
    count = acts.import_register(db(), occasion(), kind, content)
    flash(gettext("已导入%(n)d条。", n=count))
    return redirect(url_for("registers.all", kind=kind.value), 303)


@screen.get("/sheet.xlsx")
@may_enter(Role.REGISTRAR)
def sheet() -> ResponseReturnValue:
    """The empty sheet of a register, to be filled in."""
    kind = _asked_kind()
    answer = Response(empty_sheet(kind, label(kind)), mimetype=EXCEL)
    name = f'attachment; filename="register-{kind.value}.xlsx"'
    answer.headers["Content-Disposition"] = name
    return answer


def _asked_kind() -> RegisterKind:
    asked = request.values.get("kind", "")
    known = asked in {kind.value for kind in RegisterKind}
    return RegisterKind(asked) if known else RegisterKind.PUNISHMENT


def _sent(name: str) -> bool:
    return bool(request.form.get(name, "").strip())


def _amount(read: Reading) -> Decimal | None:
    typed = request.form.get("amount_yuan", "").strip()
    if not typed:
        return None
    try:
        return Decimal(typed) if len(typed) <= 20 else Decimal("NaN")
    except InvalidOperation:
        read.refuse("amount_yuan", "收费金额请填数字，例如“1200.50”。")
        return None
