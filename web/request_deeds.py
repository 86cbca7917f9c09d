"""What can be done with a request on screen: a table of forms, each an act.

A page of its own for each, so that what was typed comes back where it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from models.people import Role
from models.requests import ApplicantKind, RequestOutcome
from web.reading import Reading
from workflow.occasion import Occasion
from workflow.requests import acts, replies
from workflow.requests.letters import acts as letters
from workflow.requests.machine import Trigger
from workflow.requests.replies import Reply
from workflow.requests.rules import (
    NOTE_MAX,
    SHORT_MAX,
    TEXT_MAX,
    Confirmation,
    Proposal,
)

Doing = Callable[[Session, Occasion, int, Reading], object]


class Reasonable(StrEnum):
    """Whether the reasons of an excessive request convince."""

    YES = "yes"
    NO = "no"


REASONABLE: Mapping[StrEnum, str] = {
    Reasonable.YES: "理由合理，继续办理",
    Reasonable.NO: "理由不合理或逾期未说明",
}


@dataclass(frozen=True, slots=True)
class Blank:
    """One field of a form.

    Args:
        kind: ``day``, ``line``, ``area``, ``number``, or ``choose`` among ``among``.
        among: which list is offered: ``kinds``, ``handlers``, ``outcomes`` …
    """

    name: str
    label: str
    kind: str
    hint: str = ""
    needed: bool = True
    among: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to be done.

    Args:
        words: on the button; says: what it means, with its article.
        trigger: what must be possible for it to be offered.
        roles: who is offered it.
        handler: offered to the handler, or to a registrar who drafts, instead.
    """

    words: str
    says: str
    trigger: Trigger
    blanks: tuple[Blank, ...]
    doing: Doing
    roles: tuple[Role, ...] = (Role.REGISTRAR,)
    handler: bool = False


ON = "日期"
DAY = Blank("on", ON, "day")


def _confirm(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    what = Confirmation(
        read.choice("applicant_kind", "申请人类别", ApplicantKind),
        read.day("confirmed_on", "确认日期"),
    )
    read.check()
    return acts.confirm(session, by, id_, what)


def _assign(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    handler = read.number("handler", "承办人")
    unit = read.text("unit", "承办单位", SHORT_MAX["unit"], needed=False)
    read.check()
    return acts.assign(session, by, id_, handler, unit)


def _correction(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    on = read.day("on", ON)
    reason = read.text("reason", "逾期理由", NOTE_MAX, needed=False)
    read.check()
    return acts.take_correction(session, by, id_, on, reason)


def _reasons(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    on = read.day("on", ON)
    judged = read.choice("reasonable", "认定结果", Reasonable)
    read.check()
    reasonable = judged is Reasonable.YES
    return acts.take_reasons(session, by, id_, on, reasonable=reasonable)


def _payment(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    on = read.day("on", ON)
    read.check()
    return acts.take_payment(session, by, id_, on)


def _lapse(session: Session, by: Occasion, id_: int, _read: Reading) -> object:
    return acts.lapse(session, by, id_)


def _withdraw(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    on = read.day("on", ON)
    reason = read.text("reason", "撤回情况", NOTE_MAX)
    read.check()
    return acts.withdraw(session, by, id_, on, reason)


def _extend(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    days = read.number("days", "延长的工作日")
    reason = read.text("reason", "延期理由", NOTE_MAX)
    read.check()
    return letters.approve_extension(session, by, id_, days, reason)


def _propose(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    wanted = Proposal(
        read.choice("outcome", "办理结果", RequestOutcome),
        read.text("basis", "依据", SHORT_MAX["basis"]),
        read.text("secrecy", "保密审查情况", NOTE_MAX, needed=False),
        read.text("note", "情况说明", NOTE_MAX, needed=False),
    )
    reply = Reply(
        read.text("body", "答复正文", TEXT_MAX), read.text("section", "栏目", 60)
    )
    read.check()
    return replies.propose(session, by, id_, wanted, reply)


def _reopen(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    reason = read.text("reason", "理由", NOTE_MAX)
    read.check()
    return replies.reopen(session, by, id_, reason)


def _decide(session: Session, by: Occasion, id_: int, _read: Reading) -> object:
    return replies.decide(session, by, id_)


def _amend(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    outcome = read.choice("outcome", "更正后的结果", RequestOutcome)
    reason = read.text("reason", "更正理由", NOTE_MAX)
    read.check()
    return replies.amend(session, by, id_, outcome, reason)


def _make_public(session: Session, by: Occasion, id_: int, read: Reading) -> object:
    article = read.number("article", "稿件编号")
    read.check()
    return replies.make_public(session, by, id_, article)


DEEDS: Mapping[str, Deed] = {
    "confirm": Deed(
        "确认收到日期并登记",
        "平信、网络、传真的申请，以双方确认之日为收到申请之日（条例第三十一条）；"
        "联系不上申请人的，恢复联系之日起算。",
        Trigger.REGISTER,
        (
            Blank(
                "applicant_kind",
                "申请人类别",
                "choose",
                "登记后不再改动，年度报告按此分列。",
                among="kinds",
            ),
            Blank("confirmed_on", "双方确认的日期", "day"),
        ),
        _confirm,
    ),
    "assign": Deed(
        "交承办",
        "承办人起草答复；可以改派。",
        Trigger.ASSIGN,
        (
            Blank("handler", "承办人", "choose", among="handlers"),
            Blank("unit", "承办单位", "line", needed=False),
        ),
        _assign,
    ),
    "propose": Deed(
        "拟答复稿",
        "答复稿按三审三校审签；正文不写申请人姓名，答复书上由系统填写。",
        Trigger.PROPOSE,
        (
            Blank(
                "outcome", "办理结果", "choose", "一件申请一个结果。", among="outcomes"
            ),
            Blank("basis", "依据", "line", "例如“条例第三十六条第（二）项”。"),
            Blank(
                "secrecy",
                "保密审查情况",
                "line",
                "予以公开、部分公开的必须写明（条例第十七条）。",
                needed=False,
            ),
            Blank("body", "答复正文", "area"),
            Blank(
                "section",
                "栏目",
                "choose",
                "由分管该栏目的负责人签发。",
                among="sections",
            ),
            Blank("note", "情况说明", "line", "结果为“其他”的必须写明。", needed=False),
        ),
        _propose,
        handler=True,
    ),
    "decide": Deed(
        "答复已签发，编号",
        "逐级签字核对无误后给答复书编号；办理结果以签发日期计入年度报告。",
        Trigger.DECIDE,
        (),
        _decide,
    ),
    "reopen": Deed(
        "重新办理",
        "答复稿未被采用或退回拟稿人后，可以回到办理中。",
        Trigger.REOPEN,
        (Blank("reason", "理由", "area"),),
        _reopen,
    ),
    "correction": Deed(
        "收到补正",
        "答复期限自收到补正之日重新起算（条例第三十条）。",
        Trigger.CORRECT,
        (
            Blank("on", "收到补正的日期", "day"),
            Blank("reason", "逾期的正当理由", "line", needed=False),
        ),
        _correction,
    ),
    "reasons": Deed(
        "登记说明理由",
        "理由不合理的，告知不予处理（条例第三十五条）。",
        Trigger.ACCEPT_REASONS,
        (
            DAY,
            Blank("reasonable", "认定结果", "choose", among="reasonable"),
        ),
        _reasons,
    ),
    "payment": Deed(
        "登记缴费",
        "缴费后答复期限重新起算（国办函〔2020〕109号）。",
        Trigger.PAY,
        (Blank("on", "缴费日期", "day"),),
        _payment,
    ),
    "lapse-correction": Deed(
        "按逾期不补正办结",
        "无正当理由逾期不补正的，视为放弃申请（条例第三十条）。",
        Trigger.LAPSE_CORRECTION,
        (),
        _lapse,
    ),
    "lapse-fee": Deed(
        "按逾期未缴费办结",
        "逾期未缴费的，视为放弃申请（国办函〔2020〕109号）。",
        Trigger.LAPSE_FEE,
        (),
        _lapse,
    ),
    "extend": Deed(
        "同意延期",
        "由政府信息公开工作机构负责人同意，只能一次，最长20个工作日，"
        "届满前告知申请人才有效（条例第三十三条）。",
        Trigger.EXTEND,
        (
            Blank("days", "延长几个工作日", "number"),
            Blank("reason", "延期理由", "area"),
        ),
        _extend,
        roles=(Role.LEADER,),
    ),
    "withdraw": Deed(
        "申请人撤回",
        "申请人书面撤回的，计入“其他处理”，须写明情况。",
        Trigger.WITHDRAW,
        (
            Blank("on", "撤回日期", "day"),
            Blank("reason", "撤回情况", "area"),
        ),
        _withdraw,
    ),
    "amend": Deed(
        "更正结果",
        "办结后结果登错的，留更正记录。",
        Trigger.AMEND,
        (
            Blank("outcome", "更正后的结果", "choose", among="all_outcomes"),
            Blank("reason", "更正理由", "area"),
        ),
        _amend,
    ),
    "public": Deed(
        "转为主动公开",
        "多个申请人申请同一信息的，可以纳入主动公开（条例第四十四条）；填稿件的编号。",
        Trigger.AMEND,
        (Blank("article", "稿件编号", "number"),),
        _make_public,
    ),
}


def today_in(blanks: tuple[Blank, ...], today: date) -> dict[str, str]:
    """Today, for the fields that are days; nothing else is filled in for a person."""
    return {one.name: today.isoformat() for one in blanks if one.kind == "day"}


def said() -> set[str]:
    """Every word of the table, for the second language."""
    words = {text for deed in DEEDS.values() for text in (deed.words, deed.says)}
    for deed in DEEDS.values():
        words |= {text for one in deed.blanks for text in (one.label, one.hint)}
    return {*words, *REASONABLE.values()} - {""}
