"""The documents of a request, one table: what each says, and what serving it does.

The names follow the practice of 宿政办函〔2021〕21号; each is numbered in a series
of its own (公补〔2024〕1号).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.request_files import LetterKind
from models.requests import RequestEventKind as Kind
from models.requests import RequestOutcome
from workflow.requests.machine import Trigger


class Filled(StrEnum):
    """How a field of a letter is filled in."""

    TEXT = "text"
    DAYS = "days"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that the registrar writes into a letter.

    Args:
        name: its placeholder in the template and its label on the screen.
        code: its name in the form.
    """

    code: str
    name: str
    filled: Filled = Filled.TEXT
    value: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of letter.

    Args:
        title: the document's heading.
        series: the word of its number.
        fields: what is written into it.
        trigger: what serving it does to the request; none does nothing.
        event: how that stands on record.
        elsewhere: whether it goes to somebody else than the applicant.
    """

    title: str
    series: str
    fields: tuple[Field, ...] = ()
    trigger: Trigger | None = None
    event: Kind = Kind.LETTER_SERVED
    elsewhere: bool = False


PERIOD = Field("days", "期限", Filled.DAYS, "15")
SAID = Field("said", "说明")
# What every template may use; the first four are always there.
COMMON = (
    "单位",
    "文号",
    "文书名称",
    "收件人",
    "申请人",
    "申请编号",
    "收到日期",
    "申请内容",
    "答复期限",
    "落款日期",
)
NEEDED = ("文号", "收件人", "落款日期")
REPLY_BODY, REPLY_BASIS, REPLY_REMEDY = "答复正文", "依据", "救济途径"

FORMS: Mapping[LetterKind, Form] = {
    LetterKind.REGISTRATION: Form("政府信息公开申请登记表", "公登"),
    LetterKind.RECEIPT: Form("政府信息公开申请接收回执", "公受"),
    LetterKind.CORRECTION: Form(
        "政府信息公开申请补正告知书",
        "公补",
        (Field("said", "补正内容"), PERIOD),
        Trigger.ASK_CORRECTION,
        Kind.CORRECTION_ASKED,
    ),
    LetterKind.REASONS: Form(
        "政府信息公开申请说明理由告知书",
        "公说",
        (Field("said", "说明事项"), PERIOD),
        Trigger.ASK_REASONS,
        Kind.REASONS_ASKED,
    ),
    LetterKind.EXTENSION: Form(
        "政府信息公开延期答复告知书",
        "公延",
        (Field("said", "延期理由"),),
        Trigger.EXTEND,
        Kind.EXTENDED,
    ),
    LetterKind.POSTPONEMENT: Form(
        "政府信息公开延迟答复告知书",
        "公迟",
        (Field("said", "延迟理由"), Field("until", "答复日期", Filled.DAY)),
        Trigger.POSTPONE,
        Kind.POSTPONED,
    ),
    LetterKind.THIRD_PARTY: Form(
        "政府信息公开第三方意见征求书",
        "公征",
        (Field("said", "征求事项"),),
        Trigger.CONSULT,
        Kind.CONSULTED,
        elsewhere=True,
    ),
    LetterKind.THIRD_PARTY_CONFIRM: Form(
        "政府信息公开征求意见确认函", "公确", (SAID,), elsewhere=True
    ),
    LetterKind.CONSULT_NOTICE: Form(
        "政府信息公开征求意见告知书", "公告", (Field("said", "征求意见情况"),)
    ),
    LetterKind.THIRD_PARTY_TOLD: Form(
        "依申请公开告知书（第三方）",
        "公三",
        (Field("said", "公开理由"),),
        elsewhere=True,
    ),
    LetterKind.CO_PRODUCER: Form(
        "共同制作政府信息公开意见征求书",
        "公协征",
        (Field("said", "征求事项"),),
        Trigger.CONSULT,
        Kind.CONSULTED,
        elsewhere=True,
    ),
    LetterKind.ASSIST: Form(
        "政府信息公开协办函", "公协", (Field("said", "协办事项"),), elsewhere=True
    ),
    LetterKind.FEE: Form(
        "政府信息公开信息处理费收费通知书",
        "公费",
        (
            Field("pages", "页数", Filled.NUMBER, "0"),
            Field("items", "件数", Filled.NUMBER, "0"),
            Field("before", "当月此前件数", Filled.NUMBER, "0"),
        ),
        Trigger.ASK_FEE,
        Kind.FEE_ASKED,
    ),
    LetterKind.NO_CORRECTION: Form("视为放弃政府信息公开申请记录", "公弃", (SAID,)),
    LetterKind.NO_FEE: Form("政府信息公开申请不再处理告知书", "公止", (SAID,)),
    LetterKind.WITHDRAWAL: Form("政府信息公开申请撤回记录", "公撤", (SAID,)),
    LetterKind.REPLY_GRANTED: Form("政府信息公开答复书", "公复"),
    LetterKind.REPLY_PARTIAL: Form("政府信息部分公开答复书", "公复"),
    LetterKind.REPLY_DENIED: Form("政府信息不予公开答复书", "公复"),
    LetterKind.REPLY_QUERY: Form("政府信息公开查询途径告知书", "公复"),
    LetterKind.REPLY_NOT_HELD: Form("政府信息不存在（非本机关）答复书", "公复"),
    LetterKind.REPLY_CANNOT: Form("政府信息无法提供答复书", "公复"),
    LetterKind.REPLY_PETITION: Form("政府信息公开申请不予处理告知书", "公复"),
    LetterKind.REPLY_REPEAT: Form("政府信息公开申请不予重复处理告知书", "公复"),
    LetterKind.REPLY_PUBLICATION: Form("公开出版物获取途径告知书", "公复"),
    LetterKind.REPLY_EXCESSIVE: Form("政府信息公开申请不予处理告知书", "公复"),
    LetterKind.REPLY_REISSUE: Form("政府信息公开申请告知书", "公复"),
}
FEE_AMOUNT = "金额"

_DENIED = [o for o in RequestOutcome if o.value.startswith("deny_")]
REPLIES: Mapping[RequestOutcome, LetterKind] = {
    **dict.fromkeys(_DENIED, LetterKind.REPLY_DENIED),
    RequestOutcome.GRANTED: LetterKind.REPLY_GRANTED,
    RequestOutcome.PARTIAL: LetterKind.REPLY_PARTIAL,
    RequestOutcome.DENY_QUERY: LetterKind.REPLY_QUERY,
    RequestOutcome.CANNOT_NOT_HELD: LetterKind.REPLY_NOT_HELD,
    RequestOutcome.CANNOT_CREATE: LetterKind.REPLY_CANNOT,
    RequestOutcome.CANNOT_UNCLEAR: LetterKind.REPLY_CANNOT,
    RequestOutcome.REFUSE_PETITION: LetterKind.REPLY_PETITION,
    RequestOutcome.REFUSE_REPEAT: LetterKind.REPLY_REPEAT,
    RequestOutcome.REFUSE_PUBLICATION: LetterKind.REPLY_PUBLICATION,
    RequestOutcome.REFUSE_EXCESSIVE: LetterKind.REPLY_EXCESSIVE,
    RequestOutcome.REFUSE_REISSUE: LetterKind.REPLY_REISSUE,
    RequestOutcome.OTHER_MISC: LetterKind.REPLY_REISSUE,
}
IS_REPLY = frozenset(REPLIES.values())


def placeholders(kind: LetterKind) -> tuple[str, ...]:
    """Everything a template of this kind may use."""
    own = tuple(field.name for field in FORMS[kind].fields)
    extra: tuple[str, ...] = ()
    if kind in IS_REPLY:
        extra = (REPLY_BODY, REPLY_BASIS, REPLY_REMEDY)
    elif kind is LetterKind.FEE:
        extra = (FEE_AMOUNT,)
    return (*COMMON, *own, *extra)


def must_use(kind: LetterKind) -> tuple[str, ...]:
    """What a template of this kind may not leave out."""
    own = tuple(field.name for field in FORMS[kind].fields)
    if kind in IS_REPLY:
        own = (REPLY_BODY, REPLY_BASIS, REPLY_REMEDY)
    elif kind is LetterKind.FEE:
        own = (FEE_AMOUNT,)
    return (*NEEDED, *own)
