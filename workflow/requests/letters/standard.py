"""The templates that come with the product, made here and not kept as files.

An office takes one down, edits it in Word and hands it in again; then its own is used.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from models.request_files import LetterKind
from workflow.requests.letters.forms import FORMS, IS_REPLY

SONG, HEI = "仿宋", "黑体"
RECEIVED = "您于{{收到日期}}提出的政府信息公开申请（编号{{申请编号}}）收悉。"
ASKED = "您申请公开的内容为：{{申请内容}}"
BODIES: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.RECEIPT: (
        "本机关于{{收到日期}}收到您提出的政府信息公开申请，编号{{申请编号}}。",
        ASKED,
        "本机关将在{{答复期限}}前答复；依法需要补正、征求意见、延期或者收费的，另行告知。",
    ),
    LetterKind.CORRECTION: (
        RECEIVED,
        "经审查，您的申请内容不明确。根据《中华人民共和国政府信息公开条例》第三十条，"
        "请对以下内容作出补正：{{补正内容}}",
        "请自收到本告知书之日起{{期限}}个工作日内补正。答复期限自本机关收到补正之日起计算；"
        "无正当理由逾期不补正的，视为放弃申请，本机关不再处理。",
    ),
    LetterKind.REASONS: (
        RECEIVED,
        "您申请的数量、频次明显超过合理范围。根据《中华人民共和国政府信息公开条例》"
        "第三十五条，请说明理由：{{说明事项}}",
        "请自收到本告知书之日起{{期限}}个工作日内说明；理由不合理的，本机关不予处理。",
    ),
    LetterKind.EXTENSION: (
        RECEIVED,
        "因{{延期理由}}，根据《中华人民共和国政府信息公开条例》第三十三条，经本机关政府信息"
        "公开工作机构负责人同意，延长答复期限，最迟于{{答复期限}}前答复。",
    ),
    LetterKind.POSTPONEMENT: (
        RECEIVED,
        "您已说明理由且理由合理，但{{延迟理由}}，无法在法定期限内答复。根据《中华人民共和国"
        "政府信息公开条例》第三十五条，本机关将于{{答复日期}}前答复。",
    ),
    LetterKind.THIRD_PARTY: (
        "有申请人向本机关申请公开的政府信息涉及你（单位）的合法权益：{{征求事项}}",
        "根据《中华人民共和国政府信息公开条例》第三十二条，请自收到本征求书之日起15个工作日"
        "内提出是否同意公开的意见和理由；逾期未提出意见的，由本机关依法决定是否公开。",
    ),
    LetterKind.THIRD_PARTY_CONFIRM: (
        "关于征求你（单位）意见一事，现请确认：{{说明}}",
        "□同意公开　□不同意公开　□同意部分公开　理由：",
    ),
    LetterKind.CONSULT_NOTICE: (
        RECEIVED,
        "因需要征求意见（{{征求意见情况}}），根据《中华人民共和国政府信息公开条例》"
        "第三十三条，征求意见所需时间不计算在答复期限内。",
    ),
    LetterKind.THIRD_PARTY_TOLD: (
        "本机关曾就公开涉及你（单位）的政府信息征求意见。经审查，{{公开理由}}",
        "根据《中华人民共和国政府信息公开条例》第三十二条，本机关决定予以公开，特此告知。",
    ),
    LetterKind.CO_PRODUCER: (
        "本机关收到的政府信息公开申请涉及与贵机关共同制作的政府信息：{{征求事项}}",
        "根据《中华人民共和国政府信息公开条例》第三十四条，请自收到本征求书之日起15个工作日"
        "内提出意见；逾期未提出意见的，视为同意公开。",
    ),
    LetterKind.ASSIST: ("为办理政府信息公开申请，请协助：{{协办事项}}",),
    LetterKind.FEE: (
        RECEIVED,
        "根据《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》"
        "（国办函〔2020〕109号），您的申请应缴纳信息处理费{{金额}}元"
        "（页数{{页数}}，件数{{件数}}，当月此前件数{{当月此前件数}}）。",
        "请自收到本通知次日起20个工作日内缴纳；逾期未缴纳的，视为放弃申请，本机关不再处理。",
    ),
    LetterKind.NO_CORRECTION: (
        "申请人{{申请人}}逾期未补正。{{说明}}",
        "根据《中华人民共和国政府信息公开条例》第三十条，视为放弃申请，不再处理。",
    ),
    LetterKind.NO_FEE: (
        RECEIVED,
        "您未在规定期限内缴纳信息处理费。{{说明}}根据国办函〔2020〕109号，视为放弃申请，"
        "本机关不再处理。",
    ),
    LetterKind.WITHDRAWAL: ("申请人{{申请人}}撤回申请。{{说明}}",),
}
REPLY = (RECEIVED, ASKED, "{{答复正文}}", "依据：{{依据}}", "{{救济途径}}")
ROWS = (
    ("申请编号", "{{申请编号}}"),
    ("登记表文号", "{{文号}}"),
    ("申请人", "{{申请人}}"),
    ("收到日期", "{{收到日期}}"),
    ("申请内容", "{{申请内容}}"),
    ("答复期限", "{{答复期限}}"),
    ("登记单位", "{{单位}}"),
    ("登记日期", "{{落款日期}}"),
    ("送交", "{{收件人}}"),
)


@cache
def standard_template(kind: LetterKind) -> bytes:
    """The template of a kind as the product brings it along."""
    document = Document()
    _page(document)
    _line(document, FORMS[kind].title, HEI, 22, WD_ALIGN_PARAGRAPH.CENTER)
    if kind is LetterKind.REGISTRATION:
        _register_sheet(document)
    else:
        _letter(document, kind)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _letter(document: Word, kind: LetterKind) -> None:
    _line(document, "{{文号}}", SONG, 14, WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, "{{收件人}}：", SONG, 16)
    for text in REPLY if kind in IS_REPLY else BODIES[kind]:
        _line(document, text, SONG, 16, indent=True)
    _line(document, "{{单位}}", SONG, 16, WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, "{{落款日期}}", SONG, 16, WD_ALIGN_PARAGRAPH.RIGHT)


def _register_sheet(document: Word) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for head, value in ROWS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = head, value
        cells[0].width, cells[1].width = Cm(3.5), Cm(12.1)


def _page(document: Word) -> None:
    """A4 with the margins of 党政机关公文格式 (GB/T 9704)."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)


def _line(
    document: Word,
    text: str,
    font: str,
    size: int,
    place: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    *,
    indent: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = place
    paragraph.paragraph_format.line_spacing = Pt(28)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 -- python-docx has no other way to a Chinese font
