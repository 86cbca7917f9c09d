"""The office's word for every member of every enumeration that a screen shows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from models.findings import Answer, FindingKind
from models.inspections import CheckState, CheckWay, FaultKind, UnitKind
from models.notices import NoticeKind
from models.people import Role, Slot
from models.reports import RegisterKind, ReportOrigin, SupervisionKind
from models.requests import ApplicantKind, RequestOutcome
from models.signatures import Outcome
from workflow.actions import Action
from workflow.inspections.rules import CellState
from workflow.reports.findings import Severity

_PEOPLE: Mapping[StrEnum, str] = {
    Role.DRAFTER: "拟稿人员",
    Role.REVIEWER: "审核人员",
    Role.PUBLISHER: "信息发布人员",
    Role.INSPECTOR: "公开栏巡查人员",
    Role.REGISTRAR: "依申请公开登记人员",
    Role.LEADER: "领导",
    Role.READER: "查阅人员",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDIT_ADMINISTRATOR: "审计管理员",
    Slot.A: "A岗",
    Slot.B: "B岗",
}

_ARTICLES: Mapping[StrEnum, str] = {
    Outcome.APPROVED: "同意",
    Outcome.RETURNED: "退回修改",
    Outcome.HELD: "暂存待用",
    Outcome.RESUMED: "恢复办理",
    Outcome.REJECTED: "不予发布",
    Outcome.RECALLED: "收回",
    Outcome.RAISED: "提为重大事项",
    Outcome.LOWERED: "取消重大事项",
    Outcome.PUBLISHED: "发布",
    Outcome.WITHDRAWN: "撤稿",
    Outcome.OBJECTED: "提出异议",
    Outcome.DOUBTED: "存疑",
    FindingKind.TYPO: "错别字",
    FindingKind.OMISSION: "漏字",
    FindingKind.NAME: "人名、地名、职务",
    FindingKind.WORDING: "表述不规范",
    FindingKind.PUNCTUATION: "标点符号",
    FindingKind.FACT: "事实、数据",
    FindingKind.LAYOUT: "版式",
    FindingKind.SENSITIVE: "敏感内容",
    FindingKind.SECRECY: "保密",
    FindingKind.PRIVACY: "个人隐私",
    FindingKind.OTHER: "其他",
    Answer.FIXED: "已改正",
    Answer.KEPT: "保留并说明",
}

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
}

_GRID: Mapping[StrEnum, str] = {
    CellState.DONE: "已查，正常",
    CellState.FAULT: "已查，有问题",
    CellState.MISSED: "漏查",
    CellState.OPEN: "待查",
    CellState.NONE: "没有安排",
}

_REQUESTS: Mapping[StrEnum, str] = {
    ApplicantKind.NATURAL: "自然人",
    ApplicantKind.BUSINESS: "商业企业",
    ApplicantKind.RESEARCH: "科研机构",
    ApplicantKind.NONPROFIT: "社会公益组织",
    ApplicantKind.LEGAL: "法律服务机构",
    ApplicantKind.OTHER: "其他法人或组织",
    RequestOutcome.GRANTED: "予以公开",
    RequestOutcome.PARTIAL: "部分公开",
    RequestOutcome.DENY_STATE_SECRET: "不予公开：属于国家秘密",
    RequestOutcome.DENY_LAW: "不予公开：其他法律行政法规禁止公开",
    RequestOutcome.DENY_SAFETY: "不予公开：危及“三安全一稳定”",
    RequestOutcome.DENY_THIRD_PARTY: "不予公开：保护第三方合法权益",
    RequestOutcome.DENY_INTERNAL: "不予公开：属于三类内部事务信息",
    RequestOutcome.DENY_PROCESS: "不予公开：属于四类过程性信息",
    RequestOutcome.DENY_ENFORCEMENT: "不予公开：属于行政执法案卷",
    RequestOutcome.DENY_QUERY: "不予公开：属于行政查询事项",
    RequestOutcome.CANNOT_NOT_HELD: "无法提供：本机关不掌握相关政府信息",
    RequestOutcome.CANNOT_CREATE: "无法提供：没有现成信息需要另行制作",
    RequestOutcome.CANNOT_UNCLEAR: "无法提供：补正后申请内容仍不明确",
    RequestOutcome.REFUSE_PETITION: "不予处理：信访举报投诉类申请",
    RequestOutcome.REFUSE_REPEAT: "不予处理：重复申请",
    RequestOutcome.REFUSE_PUBLICATION: "不予处理：要求提供公开出版物",
    RequestOutcome.REFUSE_EXCESSIVE: "不予处理：无正当理由大量反复申请",
    RequestOutcome.REFUSE_REISSUE: "不予处理：要求确认或重新出具已获取信息",
    RequestOutcome.OTHER_NO_CORRECTION: "其他处理：逾期不补正，不再处理",
    RequestOutcome.OTHER_NO_FEE: "其他处理：逾期未缴费，不再处理",
    RequestOutcome.OTHER_MISC: "其他处理：其他",
}

_REGISTERS: Mapping[StrEnum, str] = {
    RegisterKind.RULES: "规章",
    RegisterKind.NORMATIVE: "行政规范性文件",
    RegisterKind.LICENSING: "行政许可",
    RegisterKind.PUNISHMENT: "行政处罚",
    RegisterKind.COERCION: "行政强制",
    RegisterKind.FEES: "行政事业性收费",
    SupervisionKind.ASSESSMENT: "工作考核",
    SupervisionKind.PUBLIC_REVIEW: "社会评议",
    SupervisionKind.ACCOUNTABILITY: "责任追究",
    ReportOrigin.MADE: "由记录生成",
    ReportOrigin.TAKEN_IN: "按公布件录入",
    Severity.ERROR: "错误",
    Severity.WARNING: "需人工确认",
    Severity.INFORMATION: "提示",
}

_NOTICES: Mapping[StrEnum, str] = {
    NoticeKind.REMINDER: "到期提醒",
    NoticeKind.MORNING: "今日待办",
    NoticeKind.ALERT: "无人可办",
    NoticeKind.BRIEF: "返岗简报",
    NoticeKind.HANDOVER: "移交待办",
    NoticeKind.AB_LIST: "AB岗名单",
    NoticeKind.URGED: "催办",
    NoticeKind.CIRCULATED: "传阅",
}

_ACTIONS: Mapping[StrEnum, str] = {
    Action.DRAFT: "拟稿",
    Action.REVISE: "修改稿件",
    Action.SUBMIT: "提交审核",
    Action.SIGN: "审核签署",
    Action.SEND_BACK: "退回修改",
    Action.HOLD: "暂存待用",
    Action.RESUME: "恢复办理",
    Action.RAISE: "提为重大事项",
    Action.LOWER: "取消重大事项",
    Action.RECALL: "收回",
    Action.REJECT: "不予发布",
    Action.ANSWER: "答复审校意见",
    Action.PUBLISH: "发布",
    Action.WITHDRAW: "撤稿",
    Action.TAKE_BACK: "取回",
    Action.TAKE_OVER: "接手",
    Action.URGE: "催办",
    Action.CIRCULATE: "传阅",
    Action.OBJECT: "提出异议",
    Action.DOUBT: "存疑，提请专项审核",
    Action.DEEM: "逾期未复（系统记载）",
    Action.REMIND: "提醒期限",
    Action.ALERT: "报警（无人可办）",
    Action.READ_NOTICE: "已阅",
    Action.SIGN_IN: "登录",
    Action.SIGN_OUT: "退出登录",
    Action.SESSION_END: "结束登录",
    Action.CHANGE_PASSWORD: "修改密码",
    Action.RESET_PASSWORD: "重置密码",
    Action.UNLOCK: "解除锁定",
    Action.MAKE_TOKEN: "生成接口密钥",
    Action.END_TOKEN: "停用接口密钥",
    Action.BACKUP: "备份",
    Action.RESTORE: "从备份恢复",
    Action.ADD_PERSON: "登记人员",
    Action.PERSON_LEAVES: "办理离岗",
    Action.GRANT_ROLE: "授予角色",
    Action.TAKE_ROLE: "收回角色",
    Action.MAKE_POST: "设立岗位",
    Action.FILL_POST: "安排任岗",
    Action.LEAVE_POST: "免去任岗",
    Action.SET_PORTFOLIO: "调整分管",
    Action.DELEGATE: "书面指定代办",
    Action.END_DELEGATION: "收回指定",
    Action.KEEP_CHANNELS: "调整所管渠道",
    Action.SET_WORKPLACE: "登记所在科室",
    Action.RECORD_ABSENCE: "登记外出",
    Action.CANCEL_ABSENCE: "销假",
    Action.BRIEF: "返岗简报",
    Action.HAND_OVER: "移交待办",
    Action.FOUND_AGENCY: "建立单位",
    Action.MAKE_SECTION: "设立栏目",
    Action.CHANGE_SECTION: "调整栏目",
    Action.ADOPT_DEFINITION: "启用流程定义",
    Action.ENTER_CALENDAR: "录入工作日历",
    Action.ADD_UNIT: "登记村（社区）",
    Action.OPEN_CHECKS: "生成巡查任务",
    Action.LOG_CHECK: "记录巡查",
    Action.MISS_CHECK: "记为漏查",
    Action.FAULT_FIXED: "确认整改",
    Action.REGISTER_REQUEST: "登记公开申请",
    Action.ANSWER_REQUEST: "答复公开申请",
    Action.ENTER_REGISTER: "录入台账",
    Action.REPEAL_ENTRY: "登记废止",
    Action.IMPORT_REGISTER: "从表格导入台账",
    Action.ENTER_SUPERVISION: "登记考核评议追责",
    Action.MEND_SUPERVISION: "登记整改",
    Action.WRITE_REPORT: "填写年报文字",
    Action.TAKE_IN_REPORT: "录入往年年报",
    Action.HAND_IN_REPORT: "年报成稿",
    Action.AMEND_REPORT: "更正年报",
    Action.EXPORT: "导出",
    Action.VERIFY_TRAIL: "校验留痕",
}

_TABLES = (
    _PEOPLE,
    _ARTICLES,
    _INSPECTIONS,
    _GRID,
    _REQUESTS,
    _REGISTERS,
    _NOTICES,
    _ACTIONS,
)

# keyed by kind and value: members of two enumerations with one value are equal strings
LABELS: Mapping[tuple[type[StrEnum], str], str] = {
    (type(member), member.value): word
    for table in _TABLES
    for member, word in table.items()
}
