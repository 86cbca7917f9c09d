"""The office's words of disclosure on request, table by table.

One table an enumeration where values coincide: equal strings would be one key.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from models.remedies import RemedyKind, RemedyResult
from models.request_files import ServiceMethod
from models.requests import Channel, RequestEventKind
from workflow.requests.letters.forms import FORMS
from workflow.requests.letters.opinions import Answer as Opinion
from workflow.requests.machine import NAMES

_WAYS: Mapping[StrEnum, str] = {
    Channel.IN_PERSON: "当面提交",
    Channel.SIGNED_POST: "挂号信、邮政快递",
    Channel.LETTER: "平信",
    Channel.INTERNET: "网络",
    Channel.FAX: "传真",
    Channel.ORAL: "口头（代写）",
    ServiceMethod.DIRECT: "直接送达",
    ServiceMethod.ENTRUSTED: "委托送达",
    ServiceMethod.POST: "邮寄（邮政企业）",
    Opinion.AGREES: "同意公开",
    Opinion.REFUSES: "不同意公开",
    Opinion.SILENT: "逾期未提出",
}
_EVENTS: Mapping[StrEnum, str] = {
    RequestEventKind.ARRIVED: "收到来件",
    RequestEventKind.REGISTERED: "登记",
    RequestEventKind.ASSIGNED: "交承办",
    RequestEventKind.CORRECTION_ASKED: "告知补正",
    RequestEventKind.CORRECTED: "收到补正",
    RequestEventKind.REASONS_ASKED: "要求说明理由",
    RequestEventKind.REASONS_ACCEPTED: "理由合理",
    RequestEventKind.REASONS_REFUSED: "理由不合理",
    RequestEventKind.CONSULTED: "征求意见书送达",
    RequestEventKind.OPINION: "收到意见",
    RequestEventKind.EXTENSION_APPROVED: "同意延期",
    RequestEventKind.EXTENDED: "延期已告知",
    RequestEventKind.POSTPONED: "延迟答复已告知",
    RequestEventKind.FEE_ASKED: "收费通知送达",
    RequestEventKind.PAID: "已缴费",
    RequestEventKind.PROPOSED: "拟出答复稿",
    RequestEventKind.REOPENED: "重新办理",
    RequestEventKind.DECIDED: "签发答复",
    RequestEventKind.SERVED: "答复送达",
    RequestEventKind.LETTER_SERVED: "文书送达",
    RequestEventKind.REACHED: "收件人收到",
    RequestEventKind.LAPSED_CORRECTION: "逾期未补正，办结",
    RequestEventKind.LAPSED_FEE: "逾期未缴费，办结",
    RequestEventKind.WITHDRAWN: "申请人撤回",
    RequestEventKind.MADE_PUBLIC: "转为主动公开",
    RequestEventKind.AMENDED: "更正结果",
}
_REMEDIES: Mapping[StrEnum, str] = {
    RemedyKind.REVIEW: "行政复议",
    RemedyKind.SUIT_DIRECT: "行政诉讼（未经复议直接起诉）",
    RemedyKind.SUIT_AFTER_REVIEW: "行政诉讼（复议后起诉）",
    RemedyResult.UPHELD: "结果维持",
    RemedyResult.CORRECTED: "结果纠正",
    RemedyResult.OTHER: "其他结果",
}
_LETTERS: Mapping[StrEnum, str] = {kind: form.title for kind, form in FORMS.items()}
TABLES: tuple[Mapping[StrEnum, str], ...] = (
    NAMES,
    _LETTERS,
    _WAYS,
    _EVENTS,
    _REMEDIES,
)
