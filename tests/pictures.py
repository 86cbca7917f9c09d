"""Small pictures that are whole, with and without what a camera writes into them."""

from __future__ import annotations

import struct
import zlib


def _chunk(name: bytes, body: bytes) -> bytes:
    check = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def png(*more: tuple[bytes, bytes]) -> bytes:
    """A PNG of one white pixel, with more chunks behind its header."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    added = b"".join(_chunk(name, body) for name, body in more)
    pixel = _chunk(b"IDAT", zlib.compress(b"\x00\xff"))
    return b"\x89PNG\r\n\x1a\n" + header + added + pixel + _chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(*more: bytes, behind: bytes = b"") -> bytes:
    """A JPEG as far as its segments go, with more of them behind the first."""
    first = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    tables = segment(0xDB, bytes(65))
    return b"\xff\xd8" + first + b"".join(more) + tables + scan + b"\xff\xd9" + behind


def exif(orientation: int, place: bytes = b"") -> bytes:
    """An EXIF segment with an orientation and whatever a camera says about a place."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"II\x2a\x00" + struct.pack("<IH", 8, 1) + entry + bytes(4) + place
    return segment(0xE1, b"Exif\x00\x00" + tiff)


PNG = png()
JPEG = jpeg()
