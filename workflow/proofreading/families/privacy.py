"""Personal data: numbers with checksums, names with what must not stand beside (V, B07)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.proofreading.checks import Desk, LineCheck, TextCheck, where
from workflow.proofreading.families.dates import is_possible
from workflow.proofreading.findings import Hit, Severity
from workflow.proofreading.names import names_in
from workflow.proofreading.text import Line

ID = re.compile(
    r"(?<![\dA-Za-z*])(\d{6})[\s\-]?(\d{4})[\s\-]?(\d{4})[\s\-]?(\d{3}[\dXx])(?![\dA-Za-z*])"
)
OLD_ID = re.compile(r"身份证(?:号码?)?[：:为是\s（(]*(\d{15})(?!\d)")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_LETTERS = "10X98765432"
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
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
        if (len(number) == 18 and looks_like_identity(number)) or NOT_CARD.search(
            before
        ):
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


DIGITS = tuple("0123456789")
LONG_NUMBER = re.compile(r"\d[\d\s\-]{13}")
TELEPHONE = re.compile(r"1[3-9]\d[\d\s\-]{8}")
LINE_CHECKS = (LineCheck("V10", thin_mask, ("*", "×", "＊", "X", "x")),)
TEXT_CHECKS = (
    TextCheck("V01", where(LONG_NUMBER, identity_number), DIGITS),
    TextCheck("V02", where(LONG_NUMBER, wrong_identity_number), DIGITS),
    TextCheck("V03", where(TELEPHONE, mobile_number), ("1",)),
    TextCheck("V04", where(LONG_NUMBER, card_number), DIGITS),
    TextCheck("V10", uneven_mask, ("*", "×", "＊")),
)
