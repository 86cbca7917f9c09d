"""The statutory form of the annual report (国办公开办函〔2021〕30号), as data.

Headings, rows, columns and printed labels, in the order of the printed form.  The
codes are those of the file format ``gid-annual-report/1``.
"""

from __future__ import annotations

from dataclasses import dataclass

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row or column of a table: its code in the file, its printed label."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ActiveBlock:
    """One block of section 二: its clause, its columns, its rows.

    ``columns`` of a block with a single number per row has one entry with an
    empty code.
    """

    clause: str
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]

    def cells(self) -> tuple[str, ...]:
        """Codes of the block's number cells, as ``rules.made`` or ``licensing``."""
        return tuple(
            cell_code(row, column) for row in self.rows for column in self.columns
        )


def cell_code(row: Line, column: Line) -> str:
    """The code of a section 二 cell: the row's, and the column's if it has one."""
    return f"{row.code}.{column.code}" if column.code else row.code


_DECISIONS = (Line("", "本年处理决定数量"),)

ACTIVE_BLOCKS = (
    ActiveBlock(
        "第二十条第（一）项",
        (
            Line("made", "本年制发件数"),
            Line("repealed", "本年废止件数"),
            Line("valid", "现行有效件数"),
        ),
        (Line("rules", "规章"), Line("normative", "行政规范性文件")),
    ),
    ActiveBlock("第二十条第（五）项", _DECISIONS, (Line("licensing", "行政许可"),)),
    ActiveBlock(
        "第二十条第（六）项",
        _DECISIONS,
        (Line("punishment", "行政处罚"), Line("coercion", "行政强制")),
    ),
    ActiveBlock(
        "第二十条第（八）项",
        (Line("", "本年收费金额（单位：万元）"),),
        (Line("fees_wan", "行政事业性收费"),),
    ),
)
ACTIVE_CELLS = tuple(cell for block in ACTIVE_BLOCKS for cell in block.cells())
DOCUMENT_ROWS = ACTIVE_BLOCKS[0].rows

APPLICANT_LINES = (
    Line("natural", "自然人"),
    Line("business", "商业企业"),
    Line("research", "科研机构"),
    Line("nonprofit", "社会公益组织"),
    Line("legal", "法律服务机构"),
    Line("other", "其他"),
)
APPLICANTS = tuple(line.code for line in APPLICANT_LINES)
ORGANISATIONS = APPLICANTS[1:]
COLUMN_LINES = (*APPLICANT_LINES, Line("total", "总计"))
COLUMNS = tuple(line.code for line in COLUMN_LINES)

CROSS_FOOTING_NOTE = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
)


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """One of （一） to （六）: its name in prose claims, its label, its rows.

    A group whose single row has an empty label is itself the row.
    """

    code: str
    label: str
    rows: tuple[Line, ...]


OUTCOME_GROUPS = (
    OutcomeGroup("granted", "（一）予以公开", (Line("granted", ""),)),
    OutcomeGroup(
        "partial",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        (Line("partial", ""),),
    ),
    OutcomeGroup(
        "denied",
        "（三）不予公开",
        (
            Line("deny_state_secret", "1.属于国家秘密"),
            Line("deny_law", "2.其他法律行政法规禁止公开"),
            Line("deny_safety", "3.危及“三安全一稳定”"),
            Line("deny_third_party", "4.保护第三方合法权益"),
            Line("deny_internal", "5.属于三类内部事务信息"),
            Line("deny_process", "6.属于四类过程性信息"),
            Line("deny_enforcement", "7.属于行政执法案卷"),
            Line("deny_query", "8.属于行政查询事项"),
        ),
    ),
    OutcomeGroup(
        "cannot",
        "（四）无法提供",
        (
            Line("cannot_not_held", "1.本机关不掌握相关政府信息"),
            Line("cannot_create", "2.没有现成信息需要另行制作"),
            Line("cannot_unclear", "3.补正后申请内容仍不明确"),
        ),
    ),
    OutcomeGroup(
        "refused",
        "（五）不予处理",
        (
            Line("refuse_petition", "1.信访举报投诉类申请"),
            Line("refuse_repeat", "2.重复申请"),
            Line("refuse_publication", "3.要求提供公开出版物"),
            Line("refuse_excessive", "4.无正当理由大量反复申请"),
            Line("refuse_reissue", "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
    OutcomeGroup(
        "other",
        "（六）其他处理",
        (
            Line(
                "other_no_correction",
                "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            ),
            Line(
                "other_no_fee",
                "2.申请人逾期未按收费通知要求缴纳费用、"
                "行政机关不再处理其政府信息公开申请",
            ),
            Line("other_misc", "3.其他"),
        ),
    ),
)
OUTCOMES = tuple(row.code for group in OUTCOME_GROUPS for row in group.rows)
OTHER_ROWS = tuple(row.code for row in OUTCOME_GROUPS[-1].rows)
OLD_OTHER_ROW = "other"

NEW = Line("new", "一、本年新收政府信息公开申请数量")
CARRIED_IN = Line("carried_in", "二、上年结转政府信息公开申请数量")
RESULTS_LABEL = "三、本年度办理结果"
TOTAL = Line("total", "（七）总计")
CARRIED_OUT = Line("carried_out", "四、结转下年度继续办理")
REQUEST_ROWS = ("new", "carried_in", *OUTCOMES, "total", "carried_out")

REMEDY_GROUPS = (
    Line("review", "行政复议"),
    Line("suit_direct", "未经复议直接起诉"),
    Line("suit_after_review", "复议后起诉"),
)
REMEDY_RESULTS = (
    Line("upheld", "结果维持"),
    Line("corrected", "结果纠正"),
    Line("other", "其他结果"),
    Line("pending", "尚未审结"),
)
REMEDY_CELL_LINES = (*REMEDY_RESULTS, Line("total", "总计"))
REMEDY_CELLS = tuple(line.code for line in REMEDY_CELL_LINES)


def _labels_of_requests() -> dict[str, str]:
    labels = {line.code: line.label for line in (NEW, CARRIED_IN, TOTAL, CARRIED_OUT)}
    for group in OUTCOME_GROUPS:
        for row in group.rows:
            labels[row.code] = f"{group.label}{row.label}"
    return {**labels, OLD_OTHER_ROW: OUTCOME_GROUPS[-1].label}


ROW_LABELS = _labels_of_requests()
COLUMN_LABELS = {line.code: line.label for line in COLUMN_LINES}
REMEDY_LABELS = {line.code: line.label for line in REMEDY_GROUPS}
ACTIVE_LABELS = {
    cell_code(row, column): f"{row.label}{column.label}"
    for block in ACTIVE_BLOCKS
    for row in block.rows
    for column in block.columns
}
