"""Word templates: filled as paper, checked on the way in, all of ours complete."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.document import Document as Word

from models.request_files import LetterKind
from workflow.errors import InvalidInput
from workflow.requests.letters.filling import (
    fill,
    names_in,
    refuse_bad_template,
    text_of,
)
from workflow.requests.letters.forms import FORMS, must_use, placeholders
from workflow.requests.letters.standard import standard_template


def written(document: Word) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", LetterKind)
def test_every_template_of_ours_is_complete_and_is_filled(kind: LetterKind) -> None:
    template = standard_template(kind)
    refuse_bad_template(kind, "模板.docx", template)
    values = {name: f"【{name}】" for name in placeholders(kind)}

    text = text_of(fill(template, values))

    assert "{{" not in text
    assert FORMS[kind].title in text
    assert all(f"【{name}】" in text for name in must_use(kind))


def test_a_placeholder_cut_into_runs_keeps_the_look_where_it_begins() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("致{{收")
    paragraph.runs[0].bold = True
    for text in ("件", "人}}，{{文", "号}}。"):
        paragraph.add_run(text)

    values = {"收件人": "张示例", "文号": "公补1号"}
    filled = Document(io.BytesIO(fill(written(document), values)))

    assert filled.paragraphs[0].text == "致张示例，公补1号。"
    assert filled.paragraphs[0].runs[0].text == "致张示例"
    assert filled.paragraphs[0].runs[0].bold


def test_tables_merged_cells_headers_and_footers_are_filled_once() -> None:
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "{{申请人}}"
    document.sections[0].header.paragraphs[0].text = "{{单位}}"
    document.sections[0].footer.paragraphs[0].text = "{{文号}}"
    values = {"申请人": "甲{{单位}}", "单位": "乙", "文号": "丙"}

    filled = fill(written(document), values)

    assert text_of(filled).split("\n") == ["甲{{单位}}", "乙", "丙"]
    assert names_in(written(document)) == ["申请人", "单位", "文号"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("模板.doc", b"\xd0\xcf\x11\xe0", ".docx"),
        ("模板.docx", b"", "空文件"),
        ("模板.docx", b"not a zip", "不符"),
        ("模板.docx", b"PK\x03\x04 broken", "打不开"),
    ],
)
def test_what_is_no_word_document_is_refused(
    name: str, content: bytes, said: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        refuse_bad_template(LetterKind.RECEIPT, name, content)
    assert said in refused.value.message


def test_a_template_names_only_what_we_know_and_all_that_it_must() -> None:
    document = Document()
    document.add_paragraph("{{文号}}{{落款日期}}{{''.__class__}}")

    with pytest.raises(InvalidInput) as refused:
        refuse_bad_template(LetterKind.CORRECTION, "模板.docx", written(document))

    said = refused.value.message
    assert "不认识" in said
    for name in ("收件人", "补正内容", "期限"):
        assert f"{{{{{name}}}}}" in said
