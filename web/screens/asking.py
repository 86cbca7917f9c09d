"""The public's door: ask for information, and follow it by the receipt code."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.requests import RequestState
from web import receipts
from web.clock import now
from web.limiting import knock
from web.login import everyone
from web.reading import Reading, shows_again
from web.transaction import db, peek, sent_operation
from workflow.agencies import questions as agencies
from workflow.articles.files import NewFile
from workflow.errors import NotFound, TooOften
from workflow.occasion import Occasion
from workflow.requests import intake
from workflow.requests.intake import Filing
from workflow.requests.rules import SHORT_MAX, NewApplicant

screen = Blueprint("asking", __name__, url_prefix="/ask")
WANTS_MAX = 5_000
CODE_MAX = 60


@screen.get("")
@everyone
def form() -> ResponseReturnValue:
    """The form of one agency; where there are several, their list."""
    office = peek(_office)
    if office is None:
        offices = peek(agencies.every_office)
        return render_template("asking/offices.html", offices=offices)
    return render_template("asking/form.html", office=office, wants_max=WANTS_MAX)


@screen.post("")
@everyone
@shows_again(form, TooOften)
def file() -> ResponseReturnValue:
    """Take it; the answer shows the code, once, and nowhere in an address."""
    office = _needed(peek(_office))
    knock("ask", office.id, an_hour=5, a_day=200)
    read = Reading(request.form)
    filing = Filing(
        applicant=NewApplicant(
            read.text("name", "姓名或名称", SHORT_MAX["name"]),
            read.text("identity", "身份证明", SHORT_MAX["identity"], needed=False),
            "",
            read.text("contact", "联系方式", SHORT_MAX["contact"]),
            read.text("address", "通信地址", SHORT_MAX["address"], needed=False),
        ),
        wants=read.text("wants", "申请公开的内容", WANTS_MAX),
        supply=read.text("supply", "提供形式", SHORT_MAX["supply"], needed=False),
        proof=next(iter(_sent("proof")), None),
        files=_sent("files"),
    )
    read.check()
    by = Occasion(office.id, None, now(), sent_operation())
    code = receipts.code_of(str(current_app.secret_key), by.operation)
    intake.file(db(), by, filing, receipts.mark_of(code))
    return render_template("asking/receipt.html", office=office, code=code)


@screen.get("/status")
@everyone
def status() -> ResponseReturnValue:
    """Where to type the code."""
    return render_template("asking/status.html", office=peek(_office), found=None)


@screen.post("/status")
@everyone
@shows_again(status, NotFound, TooOften)
def look() -> ResponseReturnValue:
    """How far it has come; sent as a form, so that the code is in no log."""
    office = _needed(peek(_office))
    knock("look", office.id, an_hour=20, a_day=2000)
    read = Reading(request.form)
    code = read.text("code", "回执码", CODE_MAX)
    read.check()
    found = intake.by_receipt(db(), office.id, receipts.mark_of(code))
    return render_template(
        "asking/status.html", office=office, found=found, next=_next(found.state)
    )


def _next(state: RequestState) -> str:
    """What the applicant can expect or has to do."""
    words = {
        RequestState.ARRIVED: gettext("工作人员将与您联系，确认收到日期。"),
        RequestState.CORRECTING: gettext("请按补正告知书的要求补正，逾期视为放弃。"),
        RequestState.EXPLAINING: gettext("请按告知书的要求说明理由。"),
        RequestState.FEE_PENDING: gettext("请按收费通知书缴费，逾期视为放弃。"),
        RequestState.CONSULTING: gettext("正在征求意见，所需时间不计算在期限内。"),
        RequestState.DECIDED: gettext("答复已经签发，即将送达。"),
        RequestState.CLOSED: gettext("已经办结。"),
    }
    return words.get(state, gettext("正在办理。"))


def _office(session: Session) -> Agency | None:
    """The agency that is asked for; the only one when there is one."""
    return agencies.office(session, request.values.get("office", ""))


def _needed(office: Agency | None) -> Agency:
    if office is None:
        raise NotFound("请选择向哪个机关申请。")
    return office


def _sent(name: str) -> list[NewFile]:
    sent = [one for one in request.files.getlist(name) if one.filename]
    return [NewFile(one.filename or "", one.stream.read()) for one in sent]
