"""The office's words about boards, rounds, faults, patrols: see ``web/labels.py``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from models.boards import Cycle, DutyDays, Frequency
from models.inspections import (
    CheckState,
    CheckWay,
    EntryOutcome,
    FaultKind,
    FaultSource,
    FaultState,
    UnitKind,
)
from models.patrols import ColumnKind, Half
from models.rectification import FaultAct
from workflow.inspections.rules import CellState
from workflow.inspections.twin import SheetState
from workflow.patrols.rules import ClockState, VetoState

_INSPECTIONS: Mapping[StrEnum, str] = {
    UnitKind.VILLAGE: "村",
    UnitKind.RESIDENTS: "社区（居委会）",
    CheckState.OPEN: "待查",
    CheckState.DONE: "已查",
    CheckState.MISSED: "漏查",
    CheckWay.ON_SITE: "现场查看",
    CheckWay.PHOTO: "照片查看",
    CheckWay.REMOTE: "远程了解",
    FaultKind.NO_BOARD: "没有公开栏",
    FaultKind.EMPTY: "公开栏空白",
    FaultKind.DIRTY: "栏面脏污",
    FaultKind.DAMAGED: "公开栏破损",
    FaultKind.STALE: "内容未及时更新",
    FaultKind.NO_FINANCE_PAGE: "缺财务公开",
    FaultKind.BADLY_PASTED: "张贴不规范",
    FaultKind.COVERED: "被遮挡",
    FaultKind.BADLY_PLACED: "位置不当",
    FaultKind.WRONG_STATEMENT: "表述错误",
    FaultKind.PERSONAL_DATA: "泄露个人信息",
}

_RECTIFICATION: Mapping[StrEnum, str] = {
    FaultState.FOUND: "待告知",
    FaultState.NOTIFIED: "已告知",
    FaultState.ACKNOWLEDGED: "已签收",
    FaultState.RECTIFYING: "整改中",
    FaultState.REPORTED: "已报整改，待复查",
    FaultState.RECHECKED: "复查合格，待销号",
    FaultState.RETURNED: "复查退回",
    FaultState.CLOSED: "已销号",
    FaultState.EXEMPTED: "免予整改",
    FaultAct.FIND: "发现",
    FaultAct.NOTIFY: "告知整改",
    FaultAct.ACKNOWLEDGE: "签收",
    FaultAct.START: "着手整改",
    FaultAct.REPORT: "报告整改完成",
    FaultAct.PUT_RIGHT: "复查合格",
    FaultAct.RETURN: "复查退回",
    FaultAct.CLOSE: "销号",
    FaultAct.EXEMPT: "免予整改",
    FaultAct.LATE: "逾期",
    FaultAct.RAISE: "升级督办",
    FaultAct.SEE_AGAIN: "再次查看仍在",
}

_BOARDS: Mapping[StrEnum, str] = {
    Cycle.DAILY: "每日",
    Cycle.WEEKLY: "每周",
    Cycle.MONTHLY: "每月",
    Cycle.QUARTERLY: "每季度",
    DutyDays.WORKDAYS: "工作日",
    DutyDays.EVERY_DAY: "每天",
    DutyDays.ROSTER: "按值班表",
}

_ENTRIES: Mapping[StrEnum, str] = {
    FaultSource.CHECK: "巡查发现",
    FaultSource.REMOTE: "远程发现",
    FaultSource.PUBLIC: "群众反映",
    EntryOutcome.RECORDED: "已记入本轮",
    EntryOutcome.SECOND: "本轮已有人登记，并入",
    EntryOutcome.LATE: "本轮已截止，另存",
    EntryOutcome.EXTRA: "不属于任何一轮，另存",
}

_TWIN: Mapping[StrEnum, str] = {
    Frequency.MONTHLY: "每月",
    Frequency.QUARTERLY: "每季度",
    Frequency.HALF_YEARLY: "每半年",
    Frequency.YEARLY: "每年",
    Frequency.ON_CHANGE: "变动时更新",
    Frequency.EVENT: "逐项公开",
    SheetState.HANGS: "在",
    SheetState.MISSING: "缺",
    SheetState.STALE: "过期",
    SheetState.REMOVE: "应撤下",
}

_PATROLS: Mapping[StrEnum, str] = {
    ColumnKind.HOME: "首页",
    ColumnKind.NEWS: "动态、要闻",
    ColumnKind.NOTICE: "通知公告、政策文件",
    ColumnKind.OTHER: "其他栏目",
    ColumnKind.ACCOUNT: "政务新媒体账号",
    ClockState.FRESH: "正常",
    ClockState.NEAR: "快到时限",
    ClockState.STALE: "超过时限",
    ClockState.EXEMPT: "豁免",
    ClockState.UNKNOWN: "没有更新记录",
    Half.MORNING: "上午",
    Half.AFTERNOON: "下午",
    Half.DUTY: "值班",
}

_GRID: Mapping[StrEnum, str] = {
    CellState.DONE: "已查，正常",
    CellState.FAULT: "已查，有问题",
    CellState.MISSED: "漏查",
    CellState.OPEN: "待查",
    CellState.NONE: "没有安排",
}

_VETOES: Mapping[StrEnum, str] = {
    VetoState.CLEAR: "未触及",
    VetoState.NEAR: "接近",
    VetoState.TOUCHED: "已触及",
    VetoState.BY_HAND: "需人工核对",
}

BOARD_TABLES = (
    _INSPECTIONS,
    _RECTIFICATION,
    _BOARDS,
    _ENTRIES,
    _TWIN,
    _PATROLS,
    _GRID,
    _VETOES,
)
