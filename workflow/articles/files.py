"""Which files may be attached: by content and by name, within bounds (S-42)."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass

from workflow.articles.text import FileRef
from workflow.errors import InvalidInput

MEGABYTE = 1024 * 1024
SIZE_MAX = 20 * MEGABYTE
UNPACKED_MAX = 200 * MEGABYTE
MEMBERS_MAX = 5000
COUNT_MAX = 20
NAME_MAX = 120

_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "docx": (_ZIP, _OFFICE + "wordprocessingml.document"),
    "xlsx": (_ZIP, _OFFICE + "spreadsheetml.sheet"),
}


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was uploaded: nothing about it is believed yet.

    Args:
        kind: the regulation's word for what it is said to be; empty for any other.
    """

    name: str
    content: bytes
    kind: str = ""


def accept(new: NewFile) -> FileRef:
    """The reference of a file that may be kept.

    Raises:
        InvalidInput: empty, too large, of a kind not taken, or not what its name says.
    """
    name = _safe_name(new.name)
    ending = name.rpartition(".")[2].lower()
    if ending not in _TYPES:
        known = "、".join(sorted(_TYPES))
        raise _no(f"附件“{name}”的类型不能接收，可用：{known}。")
    if not new.content:
        raise _no(f"附件“{name}”是空文件。")
    if len(new.content) > SIZE_MAX:
        raise _no(f"附件“{name}”超过{SIZE_MAX // MEGABYTE}MB。")
    magic, media_type = _TYPES[ending]
    if not new.content.startswith(magic):
        raise _no(f"附件“{name}”的内容与扩展名不符。")
    if magic == _ZIP:
        _look_inside(name, new.content)
    digest = hashlib.sha256(new.content).hexdigest()
    return FileRef(name, media_type, digest, len(new.content), new.kind)


def _safe_name(name: str) -> str:
    last = re.split(r"[\\/]", name)[-1]
    last = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b-\u200f]", "", last)
    last = last.strip(" .")
    if not last:
        raise _no("附件没有文件名。")
    stem, dot, ending = last.rpartition(".")
    room = NAME_MAX - len(dot) - len(ending)
    return f"{stem[:room]}{dot}{ending}" if dot else last[:NAME_MAX]


def _look_inside(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
    except zipfile.BadZipFile as broken:
        raise _no(f"附件“{name}”已损坏，打不开。") from broken
    if len(members) > MEMBERS_MAX or sum(m.file_size for m in members) > UNPACKED_MAX:
        raise _no(f"附件“{name}”展开后过大，不能接收。")
    if any(m.filename.lower().endswith("vbaproject.bin") for m in members):
        raise _no(f"附件“{name}”含有宏，不能接收。")
    if not any(m.filename == "[Content_Types].xml" for m in members):
        raise _no(f"附件“{name}”的内容与扩展名不符。")


def _no(line: str) -> InvalidInput:
    return InvalidInput({"files": [line]})


def digest_of_bytes(content: bytes) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
