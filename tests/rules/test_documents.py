"""The text of Word, Excel and PDF files with its places, and what they hide."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from workflow.proofreading.documents.contents import CHARS_MAX, Contents
from workflow.proofreading.documents.reading import BROKEN, read_file
from workflow.proofreading.findings import Severity


def place_of(contents: Contents, words: str) -> str:
    at = contents.text.index(words)
    return [place for start, place in contents.places if start <= at][-1]


def word(write: Callable[[docx.document.Document], object]) -> bytes:
    document = docx.Document()
    document.core_properties.author = ""
    write(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def excel(write: Callable[[openpyxl.Workbook, Worksheet], object]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "名单"
    workbook.properties.creator = ""
    write(workbook, sheet)
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF of plain ASCII lines, one page each, written by hand."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, line in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Contents {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _joined(objects)


def _joined(objects: list[str]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    return out + f"startxref\n{start}\n%%EOF\n".encode()


def test_a_word_file_is_read_in_order_with_paragraphs_and_cells() -> None:
    def write(document: docx.document.Document) -> None:
        document.add_paragraph("低保公示名单")
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "金额"
        table.cell(1, 0).text, table.cell(1, 1).text = "张某某", "300"
        document.add_paragraph("其它事项另行通知。")
        document.sections[0].header.paragraphs[0].text = "内部资料"

    read = read_file("名单.docx", word(write))

    assert (
        read.text
        == "低保公示名单\n姓名\t金额\n张某某\t300\n其它事项另行通知。\n内部资料"
    )
    assert place_of(read, "低保") == "第1段"
    assert place_of(read, "300") == "表1第2行第2列"
    assert place_of(read, "其它") == "第2段"
    assert place_of(read, "内部") == "页眉"
    assert read.hidden == ()


def test_word_hides_changes_comments_and_text() -> None:
    def write(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("看得见的话")
        run = paragraph.add_run("藏起来的话")
        run.font.hidden = True
        run_xml = "<w:r><w:delText>删去的话</w:delText></w:r>"
        deleted = f'<w:del {nsdecls("w")} w:id="1" w:author="x">{run_xml}</w:del>'
        paragraph._p.append(parse_xml(deleted))
        document.add_comment(run, "请核对", author="x")
        document.core_properties.author = "张三（虚构）"

    read = read_file("a.docx", word(write))

    assert read.text == "看得见的话"
    said = {one.place: one for one in read.hidden}
    assert set(said) == {"正文", "批注", "文件属性"}
    assert sum(one.severity is Severity.BLOCK for one in read.hidden) == 3
    assert said["文件属性"].severity == "hint"


def test_an_excel_file_is_read_cell_by_cell_and_what_is_hidden_is_told() -> None:
    def write(workbook: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append(["姓名", "身份证号", "金额"])
        sheet.append(["张某某", "11010519491231002X", 300.0])
        sheet.append(["李某某", "藏", 400])
        sheet.row_dimensions[3].hidden = True
        sheet["A1"].comment = Comment("核对", "x")
        workbook.create_sheet("底稿").sheet_state = "hidden"

    read = read_file("名单.xlsx", excel(write))

    assert read.text == "姓名\t身份证号\t金额\n张某某\t11010519491231002X\t300"
    assert place_of(read, "1101") == "工作表“名单”B2"
    assert [one.place for one in read.hidden] == [
        "工作表“名单”A3",
        "工作表“名单”A1",
        "工作表“底稿”",
    ]


def test_a_pdf_is_read_page_by_page() -> None:
    read = read_file("a.pdf", pdf("first page", "second page"))

    assert read.text == "first page\nsecond page"
    assert place_of(read, "second") == "第2页第1行"


def test_a_scan_has_no_text_and_says_so() -> None:
    assert "扫描件" in read_file("a.pdf", pdf("")).fault


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.4 broken"])
def test_a_broken_file_is_one_clear_sentence(name: str, content: bytes) -> None:
    assert read_file(name, content).fault == BROKEN


def test_every_cut_of_a_good_file_is_read_or_said_to_be_broken() -> None:
    whole = word(lambda document: document.add_paragraph("一段话"))
    for size in range(0, len(whole), 997):
        read = read_file("a.docx", whole[:size])
        assert read.fault == BROKEN or read.text == "一段话"


def test_a_photo_that_tells_where_it_was_taken_is_told() -> None:
    entry = struct.pack("<HHII", 0x8825, 4, 1, 26)
    tiff = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry
    photo = b"\xff\xd8\xff\xe1\x00\x40Exif\x00\x00" + tiff + b"\x00" * 30

    (told,) = read_file("a.jpg", photo).hidden
    assert told.rule == "V12"
    assert read_file("a.jpg", photo.replace(b"\x25\x88", b"\x0f\x01")).hidden == ()


def test_a_very_long_file_is_read_to_a_point_and_says_so() -> None:
    def write(document: docx.document.Document) -> None:
        for _ in range(25):
            document.add_paragraph("长" * (CHARS_MAX // 20))

    read = read_file("a.docx", word(write))
    assert len(read.text) <= CHARS_MAX
    assert "前20万字" in read.fault
