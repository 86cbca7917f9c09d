"""Reading the limits of a definition file."""

from __future__ import annotations

from dataclasses import replace

from workflow.process.definition import ActKind, Fault
from workflow.process.entries import Entry
from workflow.process.limits import UNIT_NAMES, Count, Limit, LimitUnit, Silence
from workflow.process.words import Vocabulary, read_code

MAY_BE_SILENT = (ActKind.CONSULT, ActKind.SPECIAL_REVIEW)
_ENDS = ("published", "cleared")
_PUBLISHING = ("approve", "publish")
_DEEMED = (Silence.DEEMED_APPROVED, Silence.DEEMED_REJECTED)


def read_limit(
    entry: Entry, words: Vocabulary, kind: ActKind | None = None
) -> Limit | None:
    """The ``limit`` of a table.

    Args:
        entry: the stage, act or root table that has it.
        words: what may be referred to.
        kind: of the act it belongs to; ``None`` for a stage and for the whole.
    """
    table = entry.table("limit")
    if table is None:
        return None
    until = _read_until(table, is_whole=not entry.path)
    if not table.has("unit"):
        entry.fault("limit", "limit-without-unit", "期限没有写明单位（日或工作日）。")
    limit = _read(table, words)
    _check_silence(table, limit, kind)
    _check_same_day(table, limit)
    table.close()
    return replace(limit, until=until)


def _read_until(table: Entry, *, is_whole: bool) -> str:
    """Where the limit of the whole chain ends; no other limit has a choice."""
    if not is_whole:
        return ""
    until = table.text("until", "published")
    if until not in _ENDS:
        known = "、".join(_ENDS)
        message = f"“until”不能是“{until}”；可取：{known}。"
        table.fault("until", "unknown-value", message)
    return until


def _read(table: Entry, words: Vocabulary) -> Limit:
    unit = read_code(table, "unit", LimitUnit, LimitUnit.WORKING_DAYS, UNIT_NAMES)
    for key in ("urgent_unit", "stated"):
        if table.has(key) and not table.has("urgent"):
            table.fault(key, "missing-key", f"写了 {key}，却没有 urgent。")
    limit = Limit(
        amount=table.number("amount", least=0),
        unit=unit,
        urgent=table.number("urgent", least=0) if table.has("urgent") else None,
        urgent_unit=read_code(table, "urgent_unit", LimitUnit, unit, UNIT_NAMES),
        silence=_read_silence(table),
        note=table.text("note", ""),
        count=read_code(table, "count", Count, Count.DAYS),
        stated=table.flag("stated"),
        escalate_to=_read_post(table, words),
        remind_hours=table.number("remind_hours", 0, least=0),
        basis=table.text("basis", ""),
    )
    table.asked.add("urgent")
    return limit


def _read_silence(table: Entry) -> Silence:
    if table.values.get("silence") in _PUBLISHING:
        table.fault("silence", "silence-publishes", "逾期未办不得视为同意或发布。")
        table.asked.add("silence")
        return Silence.ESCALATE
    return read_code(table, "silence", Silence, Silence.ESCALATE)


def _read_post(table: Entry, words: Vocabulary) -> str:
    post = table.text("escalate_to", "")
    if post and post not in words.posts:
        table.fault("escalate_to", "unknown-post", f"没有声明岗位“{post}”。")
    return post


def _check_silence(table: Entry, limit: Limit, kind: ActKind | None) -> None:
    if limit.silence not in _DEEMED:
        return
    if kind not in MAY_BE_SILENT:
        table.fault(
            "silence",
            "silence-publishes",
            "逾期未办不得视为同意：只有征求意见和专项审核可以写明沉默的含义。",
        )
    elif limit.silence is Silence.DEEMED_APPROVED and not limit.basis:
        table.fault(
            "silence",
            "silence-without-basis",
            "把沉默视为同意，须在 basis 引用制度中这样规定的原文。",
        )


def _check_same_day(table: Entry, limit: Limit) -> None:
    pairs = ((limit.amount, limit.unit), (limit.urgent, limit.urgent_unit))
    whole = limit.count is Count.DAYS
    for amount, unit in pairs:
        if amount == 0 and (unit is LimitUnit.HOURS or not whole):
            table.fault("amount", "wrong-type", "只有按整日计的期限可以写0（当日）。")


def silence_warning(entry: Entry, name: str, limit: Limit | None) -> list[Fault]:
    """What has to be known at load: that silence counts as consent somewhere."""
    if limit is None or limit.silence is not Silence.DEEMED_APPROVED:
        return []
    message = f"“{name}”逾期未复将由系统视为同意；请确认制度确有此规定。"
    return [Fault(entry.line, "deemed-approved", message)]
