"""The text of a PDF file, page by page and line by line."""

from __future__ import annotations

import io

from pypdf import PdfReader

from workflow.proofreading.documents.contents import Contents, Gathering

PAGES_MAX = 300
LOCKED = "文件加了密码，机器没有检查，请上传没有密码的文件"
NO_TEXT = "没有可以检查的文字（可能是扫描件），机器没有检查，请人工逐字核对"


def read_pdf(content: bytes) -> Contents:
    """The text that a reader can mark and copy; a scanned page has none."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        return Contents(fault=LOCKED)
    gathered = Gathering()
    for number, page in enumerate(reader.pages[:PAGES_MAX], 1):
        if gathered.is_full:
            break
        for line_number, line in enumerate(page.extract_text().splitlines(), 1):
            if line.strip():
                gathered.add(line.rstrip(), f"第{number}页第{line_number}行")
    if not gathered.length:
        return Contents(fault=NO_TEXT)
    if len(reader.pages) > PAGES_MAX:
        return gathered.contents(fault=f"页数过多，机器只检查了前{PAGES_MAX}页")
    return gathered.contents()
