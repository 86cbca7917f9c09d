"""Why the last day is what it is, in sentences."""

from __future__ import annotations

from flask_babel import gettext

from web.display import full_date, label
from workflow.requests.clock import Clock, Reason, Running, Why


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
    day = full_date(one.on)
    until = full_date(one.until) if one.until else ""
    what = label(one.kind)
    sentences = {
        Why.RECEIVED: gettext(
            "%(day)s收到申请，当天不算，次日起数%(n)d个工作日。", day=day, n=one.days
        ),
        Why.RESTARTED: gettext(
            "%(day)s%(what)s，期限重新起算，当天不算，数%(n)d个工作日。",
            day=day,
            what=what,
            n=one.days,
        ),
        Why.STOPPED: gettext(
            "%(day)s%(what)s，期限中止；对方期限%(n)d个工作日，到%(until)s为止。",
            day=day,
            what=what,
            n=one.days,
            until=until,
        ),
        Why.ASKING: gettext(
            "%(day)s%(what)s，征求意见期间不算；期限%(n)d个工作日，到%(until)s为止。",
            day=day,
            what=what,
            n=one.days,
            until=until,
        ),
        Why.NOT_COUNTED: gettext(
            "%(day)s的次日到%(until)s，征求意见的%(n)d个工作日不算。",
            day=day,
            until=until,
            n=one.days,
        ),
        Why.EXTENDED: gettext(
            "%(day)s告知延期，再加%(n)d个工作日。", day=day, n=one.days
        ),
        Why.POSTPONED: gettext(
            "%(day)s告知延迟答复，改到%(until)s。", day=day, until=until
        ),
        Why.ENDED: gettext("%(day)s%(what)s。", day=day, what=what),
    }
    return sentences[one.why]
