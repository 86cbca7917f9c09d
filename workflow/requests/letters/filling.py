"""Filling a Word template: ``{{收件人}}`` becomes what stands for it; pure.

No template language runs: an uploaded file can name placeholders of our own table and
nothing else, so that a template is paper and never a program.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from docx import Document
from docx.document import Document as Word
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from models.request_files import LetterKind
from workflow.articles.files import NewFile, accept
from workflow.errors import InvalidInput
from workflow.requests.letters.forms import must_use, placeholders

NAMED = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def fill(template: bytes, values: Mapping[str, str]) -> bytes:
    """The document with every placeholder replaced.

    Args:
        values: by placeholder; one that is missing becomes empty.
    """
    document = _open(template)
    for paragraph in _paragraphs(document):
        _fill(paragraph, values)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def names_in(template: bytes) -> list[str]:
    """The placeholders of a template, in their order, each once."""
    found = [
        name
        for paragraph in _paragraphs(_open(template))
        for name in NAMED.findall(paragraph.text)
    ]
    return list(dict.fromkeys(found))


def text_of(document: bytes) -> str:
    """All that a document says, paragraph by paragraph."""
    return "\n".join(paragraph.text for paragraph in _paragraphs(_open(document)))


def refuse_bad_template(kind: LetterKind, name: str, content: bytes) -> None:
    """Refuse a file that is no Word document or names what we do not know.

    Raises:
        InvalidInput: says which placeholder is unknown or missing.
    """
    _refuse_bad_file(name, content)
    named = names_in(content)
    faults = [
        f"模板里的“{{{{{unknown}}}}}”不认识，可用：{'、'.join(placeholders(kind))}。"
        for unknown in named
        if unknown not in placeholders(kind)
    ]
    missing = [f"{{{{{one}}}}}" for one in must_use(kind) if one not in named]
    if missing:
        faults.append(f"模板缺少{'、'.join(missing)}。")
    if faults:
        raise InvalidInput({"file": faults})


def _refuse_bad_file(name: str, content: bytes) -> None:
    if not name.lower().endswith(".docx"):
        raise InvalidInput({"file": ["请上传 Word 文件（.docx）。"]})
    try:
        accept(NewFile(name, content))
    except InvalidInput as refused:
        raise InvalidInput({"file": refused.fields["files"]}) from refused


def _open(content: bytes) -> Word:
    try:
        return Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as broken:
        raise InvalidInput({"file": ["这个文件不是能打开的 Word 文档。"]}) from broken


def _paragraphs(document: Word) -> Iterator[Paragraph]:
    yield from _of(document.paragraphs, document.tables)
    for section in document.sections:
        for part in (section.header, section.footer):
            yield from _of(part.paragraphs, part.tables)


def _of(
    paragraphs: Sequence[Paragraph], tables: Sequence[Table]
) -> Iterator[Paragraph]:
    yield from paragraphs
    for table in tables:
        for cell in _cells(table):
            yield from _of(cell.paragraphs, cell.tables)


def _cells(table: Table) -> Iterator[_Cell]:
    """Each cell once: a merged one is named by every place it covers."""
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:  # noqa: SLF001 -- the element is its only identity
                seen.add(cell._tc)  # noqa: SLF001
                yield cell


def _fill(paragraph: Paragraph, values: Mapping[str, str]) -> None:
    """Replace from the last to the first, so that earlier places stay where they are.

    Word cuts a placeholder into runs as it likes: the value goes into the run where it
    begins, with that run's look, and is cut out of the following ones.
    """
    for match in reversed(list(NAMED.finditer(paragraph.text))):
        value = values.get(match.group(1), "")
        _replace(paragraph, match.start(), match.end(), value)


def _replace(paragraph: Paragraph, start: int, end: int, value: str) -> None:
    at = 0
    for run in paragraph.runs:
        first, last = at, at + len(run.text)
        at = last
        if last <= start or first >= end:
            continue
        before = run.text[: max(start - first, 0)]
        after = run.text[end - first :] if end < last else ""
        begins = first <= start
        run.text = before + (value if begins else "") + after
