"""Photographs as a camera makes them, with the place in their metadata."""

from __future__ import annotations

import io

from PIL import Image

PLACE = b"GPS-25.88N-115.07E"
DESCRIPTION = 0x010E


def photograph(number: int, width: int = 2400, height: int = 1800) -> bytes:
    """A JPEG larger than the phone page sends, with an EXIF block that names a place.

    Args:
        number: makes it differ from the others.
    """
    picture = Image.new("RGB", (width, height), (200, 40 * (number % 6), 60))
    for step in range(0, width, 40):
        picture.paste((30, number * 37 % 255, step % 255), (step, 0, step + 9, height))
    exif = Image.Exif()
    exif[DESCRIPTION] = PLACE.decode()
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif.tobytes())
    assert PLACE in out.getvalue()
    return out.getvalue()
