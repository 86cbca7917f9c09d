"""Parts of an official document: title, addressee, attachments, signature, links (F, S19, S20)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit
from workflow.proofreading.text import DATE_LINE, Kind, Line

ABOUT = re.compile(r"^\s*(?:[\u4e00-\u9fff]{2,20}?)?关于")
LAST_OF = re.compile(
    r"(?:的|》|〉)(?:[\u4e00-\u9fff]{0,8}?)(?:通知|公告|通告|公示|报告|方案|意见|决定|办法|规定|细则|规划|计划|总结|函|批复|请示|纪要|要点|通报|预案|制度|倡议书|公报|情况|说明|决议|命令|议案|答复|复函|启事|建议|提案|一封信|实施|须知|声明|公开信|倡议|解读|措施|政策|告知|告知书|提示|提醒|提示函|答复书|决定书|通知书|意见书|建议书|承诺书|告知函|备忘录|回复|调研|指南|指引|清单|条例|规则|守则|章程|协议|合同|公约|纲要|安排|部署|思考|探讨|体会|讲话|致辞|报道|汇报|问答|释义|解释|标准|名单|目录|命令|督查|申请|申请书|自查|汇编|评论|故事|传说|简报|快报|专报|警示|预警|信息|由来|问题|方略|若干举措|任务分工|点评|预告|告知单|专题研究|实践|讨论|对话|口述|通稿|几点要求|结论|提纲|反馈|考察材料|论述|批示|指示|训令|布告|证明|介绍信|检查|调查|考察|评估|审计|公开|发言|感言|思路|构想|设想|对策)(?:（[^（）]{1,16}）)?\s*$"
)
KIND_END = re.compile(
    r"(?:通知|公告|通告|公示|报告|意见|决定|函|批复|请示|纪要|通报|决议|议案|答复|复函|说明|方案)(?:（[^（）]{1,16}）)?\s*$"
)


SOME_POINTS = re.compile("的[几三四五六七八九十][个点种条类][\u4e00-\u9fff]{0,6}$")
"""…中发现的几种隐蔽手法 is an article, which has no kind."""
SHORTEST_TITLE = 6
"""关于请客 is the title of an essay."""


def title_grammar(line: Line, desk: Desk) -> Iterator[Hit]:
    """关于…的通知: 关于 once, 的 once, and the kind of document at the end."""
    for match in re.finditer(
        r"关于关于|关于对于|的的(?=通知|公告|报告|意见|决定|函|批复|请示|方案)|关于[^《》，。；：、\s\u3000]{0,16}关于(?=[^《》，。]*的(?:通知|意见|报告)$)(?<!转发关于)",
        line.text,
    ):
        if not re.search(r"转发|印发|批转|修改|废止", match.group()):
            yield Hit(*match.span(), f"标题里“{match.group()[:6]}”重复")
    text = line.text.strip()
    if (
        line.number > 1
        or SOME_POINTS.search(text)
        or not SHORTEST_TITLE < len(text) <= 70
        or not ABOUT.match(text)
        or re.search(r"[。；：，！？?:]|[是的有吗哪些]$", text)
    ):
        return
    if (line.kind is Kind.TITLE or desk.document.is_single) and not LAST_OF.search(
        text
    ):
        at = len(line.text.rstrip())
        lacks = "“的”" if KIND_END.search(text) else "文种（通知、报告、意见等）"
        yield Hit(at - 2, at, f"公文标题缺少{lacks}")


UNITS = r"(?:村民委员会|居民委员会|村委会|居委会|村（居）委会|村（居）民委员会|单位|部门|办公室|办|站所|站、所|所|站|局|中心|学校|企业|党支部|党总支|党委|支部|政府|委员会|村|社区|乡镇|组|公司|大队|医院|卫生院|干部|科室|机构|党组织|街道)"
ADDRESS = re.compile(
    rf"^\s*(?:各|[\u4e00-\u9fff]{{0,6}}各)[\u4e00-\u9fff（）]{{0,12}}?{UNITS}(?:[，,、；;\s]\s?(?:各|[镇乡县区市]直?|驻[镇乡县]|有关|相关|机关)?[\u4e00-\u9fff（）]{{0,12}}?{UNITS}){{0,8}}\s*(?P<mark>[:：，,。；;、]?)\s*$"
)


def addressee(line: Line, _: Desk) -> Iterator[Hit]:
    """The addressees end with a full-width colon."""
    if line.number > 2:
        return
    match = ADDRESS.match(line.text)
    if not match or len(line.text.strip()) < 5:
        return
    mark = match.group("mark")
    at = match.start("mark")
    if mark != "：":
        yield Hit(
            max(0, at - (not mark)),
            max(at, match.end("mark")),
            "主送机关后面用全角冒号",
            ("：" if mark else line.text[at - 1] + "：",),
        )
    elif re.search(r"[,;]", line.text):
        comma = re.search(r"[,;]", line.text)
        if comma:
            yield Hit(*comma.span(), "主送机关之间用全角逗号", ("，",))


SEE = re.compile(
    r"(?:见|详见|参见|按|填写|报|填报|依照|根据|和|、|及)?附件\s?(\d{1,2}|[一二三四五六七八九十])(?![\d个份项条款页张.．:：、])"
)
SEE_ANY = re.compile(
    r"(?:详见|见|参见|具体见|名单见)附件(?!\s?[\d一二三四五六七八九十])"
)
IN_LIST = re.compile(r"(?:附\s*件\s*[:：])?\s*(\d{1,2})[.．、](?!\d)")
DIGIT_OF = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)}


def attachments(desk: Desk) -> Iterator[Hit]:
    """What the text points to stands in the list, and the list is numbered on."""
    lines = desk.document.lines
    listed, heads = _listed(lines), _heads(lines)
    has_list = any(line.kind is Kind.ATTACHMENT for line in lines)
    known = listed | set(heads.values())
    if has_list and not listed:
        known |= {1}
    for line in lines:
        if line.kind in (Kind.ATTACHMENT, Kind.ROW) or line.start in heads:
            continue
        if (known or len(lines) > 2) and not TELLS.search(line.text):
            yield from _not_listed(line, known)
        if not known and len(lines) > 3 and "附件" not in lines[-1].text:
            yield from _nothing_listed(line)
    if listed and sorted(listed) != list(range(1, len(listed) + 1)):
        first = next(line for line in lines if line.kind is Kind.ATTACHMENT)
        yield Hit(first.start, first.start + len(first.text), "附件序号不连续")
    yield from _told_apart(desk)


TELLS = re.compile(r"文末(?:仅|只|没有|缺|无)")


def _not_listed(line: Line, known: set[int]) -> Iterator[Hit]:
    for match in SEE.finditer(line.text):
        said = match.group(1)
        number = int(said) if said.isdigit() else DIGIT_OF[said]
        if number not in known:
            what = f"正文提到附件{number}，文末没有附件{number}"
            yield Hit(line.start + match.start(), line.start + match.end(), what)


def _nothing_listed(line: Line) -> Iterator[Hit]:
    for match in SEE_ANY.finditer(line.text):
        what = "正文说见附件，文末没有列附件"
        yield Hit(line.start + match.start(), line.start + match.end(), what)


def _listed(lines: tuple[Line, ...]) -> set[int]:
    rows = (IN_LIST.match(line.text) for line in lines if line.kind is Kind.ATTACHMENT)
    found = {int(match.group(1)) for match in rows if match}
    for line in lines:
        if line.kind is Kind.ATTACHMENT:
            found |= {
                int(n)
                for n in re.findall(
                    r"(?:[：:；\s]|附件)(\d{1,2})[.．、:：](?!\d)", line.text
                )
            }
    return found


def _heads(lines: tuple[Line, ...]) -> dict[int, int]:
    found = {}
    for line in lines:
        match = re.fullmatch(r"\s*附\s*件\s*(\d{0,2})\s*[:：]?\s*", line.text)
        if match and line.number:
            found[line.start] = int(match.group(1) or 1)
    return found


def _told_apart(desk: Desk) -> Iterator[Hit]:
    text = desk.document.folded
    match = re.search(
        r"见附件(\d)[^\n]{0,12}文末(?:仅|只)(?:有|列)?附件(\d)(?!\d)", text
    )
    if match and match.group(1) != match.group(2):
        yield Hit(
            *match.span(), f"正文提到附件{match.group(1)}，文末没有附件{match.group(1)}"
        )


ORGAN = re.compile(
    r"((?:中共)?[\u4e00-\u9fff]{2,16}?(?:人民政府办公室|人民政府|党政综合办公室|党政办公室|党政办|党委办公室|人大主席团|委员会办公室|纪律检查委员会|纪委|委员会|党委|党工委|办事处|指挥部办公室|指挥部|领导小组办公室|领导小组|村民委员会|村委会|居民委员会|财政所|管理局|[\u4e00-\u9fff]{2,6}局|中心))"
)
PARTY = re.compile(r"中共|党委|党工委|(?<!村民)(?<!居民)(?<!检查)委员会$|支部")


def signature(desk: Desk) -> Iterator[Hit]:
    """Who signs is who issues."""
    lines = desk.document.lines
    told = re.search(
        r"([\u4e00-\u9fff]{2,10}(?:人民政府|党委|委员会|办公室|局))[^。；]{0,12}，落款(?:为|是|写)?[：“]?([\u4e00-\u9fff]{2,10}(?:人民政府|党委|委员会|办公室|局))",
        desk.document.folded,
    )
    if told and _plain(told.group(1)) != _plain(told.group(2)):
        yield Hit(
            *told.span(2), f"发文机关是“{told.group(1)}”，落款是“{told.group(2)}”"
        )
    issuer = _issuer(lines)
    for line in lines[1:]:
        if not issuer or line.kind is not Kind.SIGNATURE or DATE_LINE.match(line.text):
            continue
        signed = line.text.strip()
        if len(signed) < 4 or _same(issuer, signed) or not ORGAN.search(signed):
            continue
        start = line.start + len(line.text) - len(line.text.lstrip())
        yield Hit(start, start + len(signed), f"发文机关是“{issuer}”，落款是“{signed}”")


def _issuer(lines: tuple[Line, ...]) -> str:
    if not lines:
        return ""
    head = lines[0].text.strip()
    match = ORGAN.match(head)
    if not match or not re.match(
        r"关于|印发|转发|通知|公告|通告|公示|办公室|$|\d{4}年|\s", head[match.end() :]
    ):
        return ""
    return match.group(1)


def _plain(name: str) -> str:
    return re.sub(r"^中共|^中国共产党", "", name).replace("党委", "委员会")


def _same(issuer: str, signed: str) -> bool:
    a, b = _plain(issuer), _plain(signed.replace(" ", "").replace("\u3000", ""))
    if "、" in issuer or " " in signed.strip():
        return True
    return a == b or ((a.endswith(b) or b.endswith(a)) and len(min(a, b, key=len)) > 4)


def chinese_date(line: Line, _: Desk) -> Iterator[Hit]:
    """The date of signing in Arabic digits."""
    match = re.fullmatch(
        r"\s*(?:落款|成文日期|日期)?[：:]?\s*([一二][〇零○OＯo０0一二三四五六七八九]{3}年(?:元|[一二三四五六七八九十]{1,2})月[一二三四五六七八九十]{1,3}日)\s*",
        line.text,
    )
    match = match or re.search(
        r"(?:成文日期|印发日期|日期|落款时间|落款)[：:为是\s]*([一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)|([一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)(?=印发|\s*$)",
        line.text,
    )
    if match:
        group = 1 if match.group(1) else 2
        yield Hit(*match.span(group), "成文日期用阿拉伯数字")


LINE_CHECKS = (
    LineCheck("F05", title_grammar, ("关于",)),
    LineCheck("F07", addressee, ("各",)),
    LineCheck("F10", chinese_date, ("月",)),
)
TEXT_CHECKS = (
    TextCheck("F08", attachments, ("附件",)),
    TextCheck(
        "F09", signature, ("政府", "委员会", "办公室", "党委", "局", "落款", "中心")
    ),
)
