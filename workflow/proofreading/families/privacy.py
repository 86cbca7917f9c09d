"""Personal data: numbers with checksums, names with what must not stand beside (V, B07)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.families.dates import is_possible
from workflow.proofreading.findings import Hit, Severity
from workflow.proofreading.names import name_at, names_in
from workflow.proofreading.numerals import any_number
from workflow.proofreading.text import Line, sentences

ID = re.compile(
    r"(?<![\dA-Za-z*])(\d{6})[\s\-]?(\d{4})[\s\-]?(\d{4})[\s\-]?(\d{3}[\dXx])(?![\dA-Za-z*])"
)
OLD_ID = re.compile(r"身份证(?:号码?)?[：:为是\s（(]*(\d{15})(?!\d)")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_LETTERS = "10X98765432"
PROVINCES = frozenset(
    ["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"]
)


def is_identity_number(number: str) -> bool:
    """Province, date and check letter of GB 11643—1999 all hold."""
    return looks_like_identity(number) and _letter(number) == number[17].upper()


def looks_like_identity(number: str) -> bool:
    """Province and birth date hold; the check letter is not looked at."""
    born = int(number[6:10]), int(number[10:12]), int(number[12:14])
    return number[:2] in PROVINCES and 1900 <= born[0] <= 2099 and is_possible(*born)


def _letter(number: str) -> str:
    total = sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False))
    return CHECK_LETTERS[total % 11]


def masked(number: str) -> str:
    """First and last four kept."""
    return number[:4] + "*" * (len(number) - 8) + number[-4:]


def identity_number(line: Line, _: Desk) -> Iterator[Hit]:
    """A whole identity number."""
    for match in ID.finditer(line.text):
        number = "".join(match.groups())
        if is_identity_number(number):
            yield Hit(
                *match.span(), "完整的身份证号不得公开，应当遮掩", (masked(number),)
            )
    for match in OLD_ID.finditer(line.text):
        yield Hit(
            *match.span(1),
            "完整的身份证号不得公开，应当遮掩",
            (masked(match.group(1)),),
        )


LABELLED = re.compile(r"(?:身份证|证件|公民身份|身份号)[^，。；\d]{0,10}$")


def wrong_identity_number(line: Line, _: Desk) -> Iterator[Hit]:
    """Eighteen digits that look like one and fail the check."""
    for match in ID.finditer(line.text):
        number = "".join(match.groups())
        labelled = LABELLED.search(line.text[: match.start()])
        if is_identity_number(number) or not (looks_like_identity(number) or labelled):
            continue
        if re.search(
            r"(?:信用代码|账号|卡号|订单|流水|编码|编号|单号|代码)[^，。；\d]{0,6}$",
            line.text[: match.start()],
        ):
            continue
        yield Hit(
            *match.span(), "像身份证号但校验码不对，请核对后遮掩", (masked(number),)
        )


MOBILE = re.compile(
    r"(?<![\d*.\-])(?:\+?86[\s\-]?)?(1[3-9]\d)[\s\-]?(\d{4})[\s\-]?(\d{4})(?![\d*])"
)
OFFICE_LINE = re.compile(
    r"(?:热线|咨询|服务|监督|举报|值班|办公|联系|报名|投诉|客服|受理|应急|救援|求助|反馈|受理|公示|24小时)[\u4e00-\u9fff]{0,4}(?:电话|方式|号码)?[\u4e00-\u9fff]{0,3}[：:为是（(]?\s?$|(?:电话|热线)[：:]\s?$|监督举报|(?:中心|办公室|派出所|卫生院|村委会|政府|所|站|办)[：:，（(]?\s?$"
)
PERSONAL = re.compile(r"手机|本人|家属|村民|户主|身份证|个人")


def mobile_number(line: Line, desk: Desk) -> Iterator[Hit]:
    """A mobile number; a unit's hotline is only warned of."""
    surnames = desk.tables.lists["surnames"]
    for match in MOBILE.finditer(line.text):
        before = line.text[max(0, match.start() - 24) : match.start()]
        clause = re.split(r"[，。；]", before)[-1]
        office = OFFICE_LINE.search(before) and not PERSONAL.search(clause)
        named = any(names_in(before, surnames))
        grade = Severity.WARN if office and not (named and "手机" in before) else None
        number = "".join(match.groups())
        put = f"{number[:3]}****{number[-4:]}"
        yield Hit(*match.span(), "个人手机号不得公开，应当遮掩", (put,), severity=grade)


CARD = re.compile(
    r"(?<![\dA-Za-z*.])(\d{4}[\s\-]?\d{4}[\s\-]?\d{4}[\s\-]?\d{4}(?:[\s\-]?\d{1,3})?|\d{16,19})(?![\d*])"
)
CARD_LABEL = re.compile(
    r"(?:账号|帐号|卡号|银行卡|一卡通|社保卡|存折|账户|帐户|储蓄卡|信用卡|打卡|汇入|转入|收款)[^，。；\d]{0,12}$"
)
UNIT_ACCOUNT = re.compile(
    r"(?:户名|单位名称|收款单位|开户名称|账户名称|收款人)[：:为]?[\u4e00-\u9fff]{0,16}(?:政府|财政|局|公司|中心|委员会|基金会|慈善会|合作社|学校|红十字会)"
)
NOT_CARD = re.compile(
    r"(?:订单|流水|信用代码|编号|单号|合同|项目代码|条码|追溯|统一代码|统一编码|许可证|备案)[^，。；\d]{0,8}$"
)


def passes_luhn(number: str) -> bool:
    """The check digit of card numbers."""
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def card_number(line: Line, _: Desk) -> Iterator[Hit]:
    """A bank card: by its label, or by issuer digits and check digit."""
    for match in CARD.finditer(line.text):
        number = re.sub(r"[\s\-]", "", match.group())
        before = line.text[max(0, match.start() - 24) : match.start()]
        labelled = CARD_LABEL.search(before)
        looks = number.startswith(
            ("62", "4", "51", "52", "53", "54", "55")
        ) and passes_luhn(number)
        if (len(number) == 18 and looks_like_identity(number)) or NOT_CARD.search(before):
            continue
        if not (looks or labelled) or not 16 <= len(number) <= 19:
            continue
        grade = Severity.WARN if UNIT_ACCOUNT.search(line.text) else None
        yield Hit(
            *match.span(),
            "银行卡号不得公开，应当遮掩",
            (masked(number),),
            severity=grade,
        )


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


def health(line: Line, desk: Desk) -> Iterator[Hit]:
    """A disease or disability beside a name."""
    lists = desk.tables.lists
    for offset, sentence in sentences(line.text):
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


def private_columns(line: Line, desk: Desk) -> Iterator[Hit]:
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


MASKED_ID = re.compile(
    r"(?<![\dA-Za-z*×])(?=[\d*×xX＊]{15,18}(?![\d*×＊]))(?=[\d*×xX＊]*[*×＊xX]{2})(\d[\d*×＊xX]{14,17})(?![\dA-Za-z*×＊])"
)
MASKED_PHONE = re.compile(
    r"(?<![\d*])(?=1[3-9][\d*×＊]{9}(?![\d*]))(?=\d*[*×＊])(1[3-9][\d*×＊]{9})"
)
MASKED_CARD = re.compile(
    r"(?:卡号|账号|帐号|银行卡|一卡通)[^\d，。；]{0,6}(\d{4,}[*×＊]{1,}\d{2,})(?!\d)"
)


def thin_mask(line: Line, _: Desk) -> Iterator[Hit]:
    """A mask that leaves the birth date or too many digits."""
    for match in MASKED_ID.finditer(line.text):
        number = match.group(1)
        if len(number) in {15, 18} and re.search(
            r"\d", number[6 : 14 if len(number) == 18 else 12]
        ):
            yield Hit(
                *match.span(1),
                "身份证号的出生日期没有遮住",
                (number[:4] + "*" * (len(number) - 8) + number[-4:],),
            )
    for match in MASKED_PHONE.finditer(line.text):
        if len(re.findall(r"[*×＊]", match.group(1))) < 4:
            number = match.group(1)
            yield Hit(
                *match.span(1),
                "手机号至少遮住中间四位",
                (f"{number[:3]}****{number[-4:]}",),
            )
    for match in MASKED_CARD.finditer(line.text):
        hidden = len(re.findall(r"[*×＊]", match.group(1)))
        if hidden < 4 or len(match.group(1)) - hidden > 10:
            yield Hit(*match.span(1), "银行卡号遮掩过少，只留前四位和后四位")


def uneven_mask(desk: Desk) -> Iterator[Hit]:
    """One manner of masking in one list."""
    text = desk.document.folded
    for pattern in (MASKED_ID, MASKED_PHONE):
        shapes: dict[str, int] = {}
        found = list(pattern.finditer(text))
        for match in found:
            shape = re.sub(r"\d", "0", match.group(1))
            shapes[shape] = shapes.get(shape, 0) + 1
        if len(shapes) > 1:
            rare = min(shapes, key=lambda s: shapes[s])
            odd = next(
                m for m in reversed(found) if re.sub(r"\d", "0", m.group(1)) == rare
            )
            yield Hit(*odd.span(1), "同一名单里遮掩的位数、位置不一致")


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


DIGITS = tuple("0123456789")
LINE_CHECKS = (
    LineCheck("V01", identity_number, DIGITS),
    LineCheck("V02", wrong_identity_number, DIGITS),
    LineCheck("V03", mobile_number, tuple(f"1{n}" for n in "3456789")),
    LineCheck("V04", card_number, DIGITS),
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
    LineCheck("V10", thin_mask, ("*", "×", "＊", "X", "x")),
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
TEXT_CHECKS = (TextCheck("V10", uneven_mask, ("*", "×", "＊")),)
