"""The village disclosure catalogue (村务公开目录), to read and to edit."""

from __future__ import annotations

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.boards import Frequency
from models.inspections import UnitKind
from models.people import Role
from web.display import label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.rounds import READERS
from web.transaction import db, occasion
from workflow.errors import NotFound
from workflow.inspections import board_questions, catalogue
from workflow.inspections.catalogue import (
    BASIS_MAX,
    CODE_MAX,
    SECTION_MAX,
    TITLE_MAX,
    NewItem,
)

screen = Blueprint("catalogue", __name__, url_prefix="/catalogue")
SYSTEM = Role.SYSTEM_ADMINISTRATOR


@screen.get("")
@may_enter(*READERS, SYSTEM)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as catalogue.all
    """The catalogue, part by part."""
    found = board_questions.items_of(db(), g.me.agency_id, open_only=False)
    return render_template("catalogue/all.html", items=found)


@screen.get("/item")
@may_enter(SYSTEM)
def item() -> ResponseReturnValue:
    """The form for an item: ``?code=`` for one that is there."""
    code = request.args.get("code", "")
    found = board_questions.item(db(), g.me.agency_id, code) if code else None
    return render_template(
        "catalogue/item.html",
        item=found,
        sections=board_questions.sections(db(), g.me.agency_id),
        frequencies=[(one.value, label(one)) for one in Frequency],
        kinds=[(one.value, label(one)) for one in UnitKind],
        most={
            "code": CODE_MAX,
            "section": SECTION_MAX,
            "title": TITLE_MAX,
            "basis": BASIS_MAX,
        },
    )


@screen.post("/item")
@may_enter(SYSTEM)
@shows_again(item)
def set() -> ResponseReturnValue:  # noqa: A001 -- read as catalogue.set
    """Enter or change it."""
    read = Reading(request.form)
    kind = request.form.get("unit_kind", "")
    new = NewItem(
        code=read.text("code", "代码", CODE_MAX),
        section=read.text("section", "类别", SECTION_MAX),
        title=read.text("title", "事项", TITLE_MAX),
        frequency=read.choice("frequency", "公开频次", Frequency),
        due_days=read.optional_number("due_days", "张贴时限") or 0,
        unit_kind=read.choice("unit_kind", "适用", UnitKind) if kind else None,
        basis=read.text("basis", "依据", BASIS_MAX, needed=False),
        open="open" in request.form.getlist("state"),
    )
    read.check()
    catalogue.set_item(db(), occasion(), new)
    flash(gettext("已保存目录事项“%(title)s”。", title=new.title))
    return redirect(url_for("catalogue.all"), 303)


@screen.post("/adopt")
@may_enter(SYSTEM)
@shows_again(all)
def adopt() -> ResponseReturnValue:
    """Take over the general catalogue, as far as it is not there."""
    items: tuple[NewItem, ...] = current_app.config["VILLAGE_CATALOGUE"]
    if not items:
        raise NotFound
    number = catalogue.adopt(db(), occasion(), items)
    flash(gettext("已套用通用目录，新增%(n)d项，请逐项核对本地规定。", n=number))
    return redirect(url_for("catalogue.all"), 303)
