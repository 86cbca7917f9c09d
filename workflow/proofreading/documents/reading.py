"""The contents of a file by its kind; a broken one is one clear sentence."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from openpyxl.utils.exceptions import InvalidFileException
from pypdf.errors import PyPdfError

from workflow.proofreading.documents.contents import Contents
from workflow.proofreading.documents.excel import read_excel
from workflow.proofreading.documents.pdf import read_pdf
from workflow.proofreading.documents.picture import read_picture
from workflow.proofreading.documents.word import read_word

VERSION = 1  # raise it when a reader reads better: files are then read again
READERS: Mapping[str, Callable[[bytes], Contents]] = {
    "docx": read_word,
    "xlsx": read_excel,
    "pdf": read_pdf,
    "jpg": read_picture,
    "jpeg": read_picture,
}
BROKEN = "文件打不开，可能已损坏，机器没有检查，请重新导出后上传"
# What the libraries raise on files that are not what they say they are.
TROUBLES = (
    AttributeError,
    BadZipFile,
    InvalidFileException,
    LookupError,
    MemoryError,
    OSError,
    OpcError,
    PyPdfError,
    RecursionError,
    SyntaxError,  # lxml's, of XML that is none
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def read_file(name: str, content: bytes) -> Contents:
    """The text of a file and what it hides; nothing for kinds without text.

    Args:
        name: its ending says the kind, which was tried when it was accepted.
    """
    reader = READERS.get(name.rpartition(".")[2].lower())
    if reader is None:
        return Contents()
    try:
        return reader(content)
    except TROUBLES:
        return Contents(fault=BROKEN)
