"""Names beside what must not stand with them (V06-V09, B07)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit
from workflow.proofreading.names import name_at, names_in
from workflow.proofreading.numerals import any_number
from workflow.proofreading.text import Line, sentences

DOOR = re.compile(
    r"\d{1,4}\s?[组栋幢]\s?\d{1,4}\s?[号户室]|[\u4e00-\u9fff]{1,6}(?:组|小组|屋场|村民小组|队)\s?\d{1,4}\s?号|\d{1,3}\s?[栋幢号][楼]?\s?\d{1,2}\s?单元(?:\s?\d{2,5}\s?[室号]?)?|\d{1,3}\s?单元\s?\d{2,4}|\d{1,4}号楼?\s?\d{3,4}\s?[室号]|[\u4e00-\u9fff]{1,6}(?:路|街|巷|道|弄|村|里)\s?\d{1,4}\s?号(?!台风|公告|令|文|线|井|桥)|门牌号?\s?\d+|[一二三四五六七八九十]{1,2}组\s?\d{1,4}号|\d{1,2}组\d{1,4}号"
)


AT_HOME = re.compile(
    r"家住|住址|住在|现住|居住(?:地|在)|家庭(?:住址|地址)|户籍(?:地址|地)|户主|村民|低保户|申请人|救助对象|居民|受助|老人"
)


def home_address(line: Line, desk: Desk) -> Iterator[Hit]:
    """An address to the door beside a name."""
    surnames = desk.tables.lists["surnames"]
    for offset, sentence in sentences(line.text):
        for match in DOOR.finditer(sentence):
            before = sentence[: match.start()]
            named = any(True for _ in names_in(before, surnames)) or _after_role(
                before, surnames
            )
            if named and not re.search(
                r"(?:办公|单位|机关|政府|服务中心|公司|店|有限|厂|学校|卫生院|窗口|大厅)[\u4e00-\u9fff]{0,6}(?:地址|位于|设在|在|：)?[^，。]{0,8}$",
                before,
            ):
                start, end = match.span()
                yield Hit(
                    offset + start, offset + end, "家庭住址写到门牌又有姓名，应当去标识"
                )


ROLE = r"(?:村民|居民|户主|低保户|五保户|老人|患者|病人|申请人|学生|残疾人|困难户|困难群众|困难职工|脱贫户|监测户|贫困户|救助对象|受助人|特困人员|特困户|孤儿|儿童|小朋友|同学|女童|男童|少年|少女|孩子|小学生|初中生|中学生|幼儿|婴儿|未成年人|青年|职工|家属|妻子|丈夫|儿子|女儿|孙子|孙女|母亲|父亲|当事人|受害人|嫌疑人|对象|救助|人员|村级|组|村|镇|社区)"


def _after_role(text: str, surnames: tuple[str, ...]) -> str:
    for match in re.finditer(ROLE, text):
        if name := name_at(text, match.end(), surnames):
            return name
    return ""


HELPERS = re.compile(
    r"医生|医师|护士|专家|教授|院长|讲解|宣传|防治|预防|知识|义诊|筛查|培训|科普|讲座|健康教育|普及|保险|政策|待遇|病种|门诊慢|医保|救助标准|书记|镇长|主任|干部走访|对策|防控|补贴标准|鉴定机构"
)


NOT_ILL = re.compile(
    "中风(?=[险铃电景格力化貌速光物情机向])|开放疗|动手术语|抗癌|防癌|[慢急热恶良]性病(?!患)|(?:癌|肿瘤|结核病|精神病|肝病|胃病)(?:医院|研究|防治|专科)|消防设施瘫痪"
)


def health(line: Line, desk: Desk) -> Iterator[Hit]:
    """A disease or disability beside a name."""
    lists = desk.tables.lists
    for offset, sentence in sentences(line.text):
        sentence = NOT_ILL.sub(lambda m: "　" * len(m.group()), sentence)
        word = next((d for d in lists["diseases"] if d in sentence), "")
        if not word or HELPERS.search(sentence):
            continue
        at = sentence.index(word)
        near = sentence[max(0, at - 40) : at + 40]
        name = next((n for _, _, n in names_in(near, lists["surnames"])), "")
        if name or _after_role(near, lists["surnames"]):
            yield Hit(
                offset + at,
                offset + at + len(word),
                "姓名与健康、残疾信息写在一起，应当去标识",
            )


CHILD = re.compile(
    r"(?:小学生|初中生|中学生|高中生|幼儿|女童|男童|儿童|未成年人|少年|少女|小朋友|孤儿|留守儿童|婴儿|未成年|学童|男孩|女孩|男生|女生|困境儿童)(?:代表)?(?=[\u4e00-\u9fff])|(?:学生|孩子|同学|其子|其女|儿子|女儿|孙子|孙女|孙女儿)(?=[\u4e00-\u9fff])"
)


AGE = re.compile(
    r"(?<!\d)(?:年仅|今年|现年|刚满|年龄|，|（|\()?\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:周?岁)(?!以|的?老)"
)


GRADE = re.compile(
    r"[一二三四五六](?:年级|（\d+）班)|初[一二三中]|高[一二三](?!位)|小学|中学|幼儿园|[七八九]年级|[一二三四五六]（?\d{1,2}）?班|就读|学校"
)


SURE_CHILD = re.compile(
    r"小学生|初中生|幼儿|女童|男童|儿童|未成年|少年|少女|小朋友|孤儿|婴儿|男孩|女孩"
)


def minor(line: Line, desk: Desk) -> Iterator[Hit]:
    """A child named with age, grade or role."""
    surnames = desk.tables.lists["surnames"]
    for offset, sentence in sentences(line.text):
        found = [
            (m, name_at(sentence, m.end(), surnames)) for m in CHILD.finditer(sentence)
        ]
        found = [(m, n) for m, n in found if n]
        young = any((_age(m.group(1)) or 99) < 18 for m in AGE.finditer(sentence))
        for match, name in found:
            if young or SURE_CHILD.search(match.group()) or GRADE.search(sentence):
                start = offset + match.end()
                yield Hit(start, start + len(name), "未成年人的姓名不得公开，应当隐去")
        if young and not found and (named := _young_name(sentence, surnames)):
            start = offset + named[0]
            yield Hit(start, start + len(named[1]), "未成年人的姓名不得公开，应当隐去")


def _young_name(sentence: str, surnames: tuple[str, ...]) -> tuple[int, str] | None:
    for start, end, name in names_in(sentence, surnames):
        age = re.match(
            r"[（(，,]?(?:男|女|系|，|年仅|今年|现年|、)*(\d{1,2}|[一二三四五六七八九十]{1,3})周?岁",
            sentence[end:],
        )
        if age and (_age(age.group(1)) or 99) < 18:
            return start, name
    return None


def _age(text: str) -> int | None:

    return any_number(text)


PRIVATE_HEAD = re.compile(
    r"身份证|银行[卡账帐]|卡号|账号|帐号|家庭住址|家庭地址|住址|手机号|社保号|户口|病[情种史]|残疾证号|一卡通|开户"
)


NAME_HEAD = re.compile(r"姓\s*名|户\s*主|申请人|序号|编号|受益人|领取人|负责人")


def private_columns(line: Line, _: Desk) -> Iterator[Hit]:
    """Column heads of private data in a published table."""
    text = re.sub(
        r"^\s*(?:表头|列名|栏目|表格列|字段|表格栏目|附件表头)[：:]\s*", "", line.text
    )
    offset = len(line.text) - len(text)
    parted = re.split(r"[\t|｜]+|[ \u3000]{1,}", text.strip())
    if offset and len(parted) < 3:
        parted = re.split(r"[、，,/]", text.strip())
    cells = [cell for cell in parted if cell]
    short = [cell for cell in cells if len(cell) <= 10]
    if (
        len(cells) < 2
        or len(short) < len(cells)
        or not any(NAME_HEAD.search(c) for c in cells)
    ):
        return
    for cell in cells:
        if PRIVATE_HEAD.search(cell):
            at = line.text.index(cell, offset)
            yield Hit(at, at + len(cell), f"公开的表格不得有“{cell}”一栏，删去或遮掩")


INFORMANT = re.compile(
    r"(?:举报人|信访人|上访人|投诉人|检举人|控告人|来访人|上访户|反映人|线索提供人|报案人|信访群众|来信人|投诉者|举报者|信访户|上访群众|申诉人|检举者|爆料人|知情人|证人|来电人|反映问题人|来访群众|举报群众)(?:姓名|为|是|系|：|:|（|\(|\s)*"
)


BY_NAME = re.compile(
    r"(?:接到|收到|根据|据)?(?:村民|居民|群众|职工|党员)(?=[\u4e00-\u9fff]{2,3}(?:的)?(?:实名)?(?:举报|信访|投诉|检举|控告|上访))"
)


def informant(line: Line, desk: Desk) -> Iterator[Hit]:
    """Who reports or petitions is not named."""
    surnames = desk.tables.lists["surnames"]
    for pattern in (INFORMANT, BY_NAME):
        for match in pattern.finditer(line.text):
            if name := name_at(line.text, match.end(), surnames):
                end = match.end() + len(name)
                yield Hit(match.end(), end, "举报人、信访人的姓名不得公开", ("有群众",))
    for match in re.finditer(r"(?<=[，。；：\s])|^", line.text):
        name = name_at(line.text, match.start(), surnames)
        if name and re.match(
            r"(?:等人|等)?(?:实名|署名)?(?:举报|信访(?!局|办)|上访|检举|控告)(?!电话|箱|热线|工作|平台)",
            line.text[match.start() + len(name) :],
        ):
            yield Hit(
                match.start(),
                match.start() + len(name),
                "举报人、信访人的姓名不得公开",
                ("有群众",),
            )


LINE_CHECKS: tuple[LineCheck, ...] = (
    LineCheck("V06", home_address, ("号", "单元", "组", "栋", "门牌")),
    LineCheck(
        "V07",
        health,
        (
            "症",
            "病",
            "癌",
            "残疾",
            "瘤",
            "肝炎",
            "瘫",
            "梗",
            "透析",
            "化疗",
            "放疗",
            "HIV",
            "失明",
            "骨",
            "流产",
            "不孕",
            "手术",
            "中风",
            "艾滋",
            "结核",
            "唐氏",
            "确诊",
            "肺",
            "痴呆",
            "阳性",
            "高血压",
            "脑",
            "精神",
            "先天",
            "肝硬化",
            "帕金森",
            "红斑",
            "贫血",
            "风湿",
            "肾",
        ),
    ),
    LineCheck(
        "V08",
        minor,
        (
            "岁",
            "学生",
            "儿童",
            "女童",
            "男童",
            "孩",
            "少年",
            "少女",
            "幼",
            "同学",
            "孤儿",
            "未成年",
            "小朋友",
            "其子",
            "其女",
            "儿子",
            "女儿",
            "孙",
            "婴",
            "女生",
            "男生",
        ),
    ),
    LineCheck(
        "V09",
        private_columns,
        (
            "身份证",
            "银行",
            "卡号",
            "账号",
            "帐号",
            "住址",
            "家庭地址",
            "手机号",
            "社保号",
            "病",
            "一卡通",
            "开户",
            "残疾证号",
            "户口",
        ),
    ),
    LineCheck(
        "B07",
        informant,
        (
            "举报",
            "信访",
            "上访",
            "投诉",
            "检举",
            "控告",
            "来访",
            "反映",
            "线索",
            "报案",
            "来信",
            "申诉",
            "爆料",
            "知情",
            "证人",
            "来电",
        ),
    ),
)

TEXT_CHECKS: tuple[TextCheck, ...] = ()
