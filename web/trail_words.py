"""The trail in plain office Chinese: a word for every act, outcome and kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from models.audit import AuditEntry
from web.display import label
from web.pages import address_of
from workflow.actions import Action

OUTCOMES: Mapping[str, str] = {"done": "已办", "refused": "被拒绝"}
KINDS: Mapping[str, str] = {
    "article": "稿件",
    "person": "人员",
    "post": "岗位",
    "absence": "外出登记",
    "session": "登录",
    "token": "接口密钥",
    "agency": "单位",
    "section": "栏目",
    "calendar": "工作日历",
    "definition": "流程定义",
    "rule_draft": "流程定义稿",
    "unit": "村（社区）",
    "round": "一轮巡查",
    "check": "巡查记录",
    "fault": "公开栏问题",
    "labels": "公开栏二维码",
    "public_report": "群众反映",
    "bulletin": "通报",
    "entry": "手机巡查记录",
    "board": "公开栏",
    "catalogue": "村务公开目录",
    "plan": "巡查计划",
    "roster": "值班表",
    "inspection": "整改期限",
    "column": "网站栏目时限",
    "reading": "读网记录",
    "visit": "网页访问",
    "training": "培训",
    "request": "公开申请",
    "remedy": "复议诉讼",
    "letter_template": "文书模板",
    "register": "登记簿",
    "supervision": "考核评议追责",
    "report": "年度报告",
    "notice": "消息",
    "trail": "留痕",
    "page": "页面",
}
OPENING, OTHER = "打开页面", "其他操作"


@dataclass(frozen=True)
class Line:
    """One entry, ready to be read.

    Args:
        who: the person, with post and for whom, as words.
        thing: what it was done to, as words; ``address`` opens it.
        opinion: what the person wrote, if she wrote anything.
    """

    entry: AuditEntry
    who: str
    act: str
    thing: str
    address: str
    outcome: str
    opinion: str


def act_words(act: str, kind: str = "") -> str:
    """The office's word for an act; attempts at no known act are told by their page."""
    if act in set(Action):
        return label(Action(act))
    words = OPENING if kind == "page" else OTHER
    return gettext(words)


def line(entry: AuditEntry, names: Mapping[str, str]) -> Line:
    """One entry in words.

    Args:
        names: person id, as text, to name.
    """
    thing = _thing(entry, names)
    return Line(
        entry=entry,
        who=_who(entry),
        act=act_words(entry.act, entry.object_kind),
        thing=thing,
        address=address_of(entry.object_kind, entry.object_id) if thing else "",
        outcome=gettext(OUTCOMES.get(entry.outcome, entry.outcome)),
        opinion=str(entry.details.get("opinion") or ""),
    )


def _who(entry: AuditEntry) -> str:
    capacity = entry.post
    if entry.on_behalf_of:
        capacity = gettext(
            "%(post)s，代%(name)s", post=capacity, name=entry.on_behalf_of
        )
    name = entry.person_name or gettext("未登录者")
    return f"{name}（{capacity}）" if capacity else name


def _thing(entry: AuditEntry, names: Mapping[str, str]) -> str:
    kind = gettext(KINDS.get(entry.object_kind, entry.object_kind))
    oneself = entry.object_kind == "person" and entry.object_id == str(entry.person_id)
    if oneself or entry.act == Action.VERIFY_TRAIL:
        return ""
    if entry.object_kind == "person":
        return f"{kind} {names.get(entry.object_id, entry.object_id)}"
    if entry.object_kind in ("session", "trail"):
        return kind
    return f"{kind} {entry.object_id}"
