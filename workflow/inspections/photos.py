"""Photos of faults: what we take, and taking out what tells too much; pure.

A camera writes place, time and device into its files.  None of that is asked of an
inspector (no 轨迹), so it is taken out here as well as on the phone; only the turn of
the picture (EXIF orientation) is kept, else it would lie on its side.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator

from workflow.errors import InvalidInput

PHOTO_MAX_MEGABYTES = 8
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_TYPES = {_JPEG: "image/jpeg", _PNG: "image/png"}
_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"}
_SCAN, _END, _APP0, _APP1, _APP14, _APP15 = 0xDA, 0xD9, 0xE0, 0xE1, 0xEE, 0xEF
_COMMENT, _ORIENTATION = 0xFE, 0x0112
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8), _END})
# inside a scan 0xFF is followed by 0x00 or a restart marker; anything else ends it
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def photo_digest(content: bytes) -> str:
    """The SHA-256 under which a photo is kept."""
    return hashlib.sha256(content).hexdigest()


def photo_type(content: bytes) -> str:
    """The media type of a photo by its first bytes; empty when it is none we take."""
    return next(
        (kind for magic, kind in _TYPES.items() if content.startswith(magic)), ""
    )


def without_metadata(content: bytes) -> bytes:
    """The same picture without place, time, device, comments and thumbnails.

    Args:
        content: a JPEG or PNG, at most ``PHOTO_MAX_MEGABYTES``.

    Raises:
        InvalidInput: neither, too large, or broken off, so that it cannot be said what
            is in it.
    """
    if len(content) > PHOTO_MAX_MEGABYTES * 1024 * 1024:
        raise _bad(f"照片超过{PHOTO_MAX_MEGABYTES}MB，请缩小后再传。")
    kind = photo_type(content)
    if not kind:
        raise _bad("照片只接收 JPEG 或 PNG 图片。")
    try:
        if kind == "image/png":
            return _PNG + b"".join(_png_chunks(content))
        return b"\xff\xd8" + b"".join(_jpeg_parts(content))
    except (struct.error, IndexError) as broken:
        raise _bad("照片文件不完整，请重新拍摄或选择。") from broken


def _png_chunks(content: bytes) -> Iterator[bytes]:
    at, name = len(_PNG), b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise IndexError
        if name in _PNG_KEPT:
            yield content[at:end]
        at = end


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    """Each segment that is kept, scans as they are, up to the end marker.

    What a phone hangs on behind the end marker (a film, a depth map) is left out.
    """
    at, marker = 2, 0
    while marker != _END:
        marker, end = _segment(content, at)
        if marker == _APP1:
            yield _turn(content[at + 4 : end])
        elif not _tells_more(marker):
            yield content[at:end]
        at = end


def _segment(content: bytes, at: int) -> tuple[int, int]:
    """The marker at an offset, and where the next one is."""
    if content[at] != 0xFF:
        raise IndexError
    marker = content[at + 1]
    if marker in _WITHOUT_LENGTH:
        return marker, at + 2
    (length,) = struct.unpack_from(">H", content, at + 2)
    end = at + 2 + length
    if length < 2 or end > len(content):
        raise IndexError
    return marker, _after_scan(content, end) if marker == _SCAN else end


def _after_scan(content: bytes, at: int) -> int:
    found = _NEXT_MARKER.search(content, at)
    if found is None:
        raise IndexError
    return found.start()


def _tells_more(marker: int) -> bool:
    """APP segments but JFIF's and Adobe's (needed for the colours), and comments."""
    is_app = _APP1 <= marker <= _APP15 and marker != _APP14
    return is_app or marker == _COMMENT


def _turn(exif: bytes) -> bytes:
    """An EXIF segment that says how the picture is turned and nothing else."""
    turned = _orientation(exif)
    if not 2 <= turned <= 8:
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    body = b"Exif\x00\x00MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body


def _orientation(exif: bytes) -> int:
    order = {b"MM": ">", b"II": "<"}.get(exif[6:8], "")
    if not exif.startswith(b"Exif\x00\x00") or not order:
        return 0
    tiff = exif[6:]
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            at = first + 2 + 12 * number
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, at)
            if tag == _ORIENTATION and kind == 3:
                return int(value)
    except struct.error:
        return 0
    return 0


def _bad(sentence: str) -> InvalidInput:
    return InvalidInput({"photo": [sentence]})
