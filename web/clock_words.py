"""Why the last day is what it is, in sentences."""

from __future__ import annotations

from flask_babel import gettext

from web.display import full_date, label
from workflow.requests.clock import Clock, Reason, Running, Why

SENTENCES = {
    Why.RECEIVED: "%(day)s收到申请，当天不算，次日起数%(n)d个工作日。",
    Why.RESTARTED: "%(day)s%(what)s，期限重新起算，当天不算，数%(n)d个工作日。",
    Why.STOPPED: "%(day)s%(what)s，期限中止；对方期限%(n)d个工作日，到%(until)s为止。",
    Why.ASKING: "%(day)s%(what)s，征求意见期间不算；"
    "期限%(n)d个工作日，到%(until)s为止。",
    Why.NOT_COUNTED: "%(day)s的次日到%(until)s，征求意见的%(n)d个工作日不算。",
    Why.EXTENDED: "%(day)s告知延期，再加%(n)d个工作日。",
    Why.POSTPONED: "%(day)s告知延迟答复，改到%(until)s。",
    Why.ENDED: "%(day)s%(what)s。",
}


def explained(clock: Clock | None) -> list[tuple[str, str]]:
    """Each step of a clock: what happened, and the last day after it."""
    if clock is None:
        return []
    return [
        (_said(one), full_date(one.due) if one.due else "") for one in clock.reasons
    ]


def standing(clock: Clock | None) -> str:
    """What the clock does now."""
    if clock is None:
        return gettext("放假安排还没有录入齐全，不能推算期限。")
    waits = full_date(clock.period_ends) if clock.period_ends else ""
    words = {
        Running.NONE: gettext("收到日期确认后起算。"),
        Running.RUNS: gettext("正在计算。"),
        Running.SUSPENDED: gettext(
            "征求意见所需时间不计算在内，最迟到%(day)s。", day=waits
        ),
        Running.STOPPED: gettext("已中止，等申请人办理，限%(day)s前。", day=waits),
        Running.ENDED: gettext("已办结。"),
    }
    return words[clock.running]


def _said(one: Reason) -> str:
    until = full_date(one.until) if one.until else ""
    day, what = full_date(one.on), label(one.kind)
    return gettext(SENTENCES[one.why], day=day, what=what, n=one.days, until=until)
