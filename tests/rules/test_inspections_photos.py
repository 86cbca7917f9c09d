"""A photo shows a board and tells nothing of who took it where."""

from __future__ import annotations

import pytest

from tests.pictures import JPEG, PNG, exif, jpeg, png, segment
from workflow.errors import InvalidInput
from workflow.inspections import photos
from workflow.inspections.photos import photo_type, without_metadata

PLACE = "北纬25度".encode()


def test_a_photo_is_known_by_its_first_bytes() -> None:
    assert photo_type(JPEG) == "image/jpeg"
    assert photo_type(PNG) == "image/png"
    assert photo_type(b"<svg>") == ""


def test_what_a_camera_adds_to_a_jpeg_is_taken_out() -> None:
    added = (exif(1, PLACE), segment(0xE2, PLACE), segment(0xFE, PLACE))
    full = jpeg(*added, behind=PLACE)
    assert PLACE in full

    assert without_metadata(full) == JPEG


def test_the_turn_of_a_picture_is_kept_and_nothing_else_of_its_exif() -> None:
    clean = without_metadata(jpeg(exif(6, PLACE)))

    assert PLACE not in clean
    assert photos._orientation(clean[clean.index(b"Exif") :]) == 6
    assert without_metadata(clean) == clean


def test_a_picture_of_several_scans_stays_whole() -> None:
    again = segment(0xDA, b"\x02\x01\x00\x00\x3f\x00") + b"\x99\xff\x00"
    progressive = JPEG[:-2] + segment(0xC4, b"\x00\xff\xd9") + again + b"\xff\xd9"

    assert without_metadata(progressive) == progressive


def test_what_a_camera_adds_to_a_png_is_taken_out() -> None:
    full = png((b"tEXt", b"place\x00" + PLACE), (b"eXIf", PLACE), (b"gAMA", bytes(4)))

    assert without_metadata(full + PLACE) == png((b"gAMA", bytes(4)))


@pytest.mark.parametrize(
    "broken", [JPEG[:-2], JPEG[:30], PNG[:-4], PNG[:20], b"\xff\xd8\xff"]
)
def test_what_is_broken_off_is_refused(broken: bytes) -> None:
    with pytest.raises(InvalidInput, match="照片文件不完整"):
        without_metadata(broken)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "PHOTO_MAX_MEGABYTES", 0)

    with pytest.raises(InvalidInput, match="照片超过0MB"):
        without_metadata(JPEG)
