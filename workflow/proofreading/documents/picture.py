"""What a photo gives away: the place where it was taken (EXIF, GPS)."""

from __future__ import annotations

import struct

from workflow.proofreading.documents.contents import Contents, Hidden
from workflow.proofreading.findings import Severity

MARK = b"Exif\x00\x00"
GPS_TAG = 0x8825
ENTRY = 12
HEAD = 64 * 1024
TOLD = "照片里带有拍摄地点（GPS），请清除后再上传"


def read_picture(content: bytes) -> Contents:
    """Whether a JPEG tells where it was taken; the picture itself people look at."""
    if not _has_place(content[:HEAD]):
        return Contents()
    return Contents(hidden=(Hidden("V12", "照片属性", TOLD, Severity.WARN),))


def _has_place(head: bytes) -> bool:
    start = head.find(MARK)
    if start < 0:
        return False
    tiff = head[start + len(MARK) :]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return False
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    if first + 2 > len(tiff):
        return False
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    entries = [first + 2 + ENTRY * number for number in range(count)]
    inside = [place for place in entries if place + 2 <= len(tiff)]
    tags = [struct.unpack_from(f"{order}H", tiff, place)[0] for place in inside]
    return GPS_TAG in tags
