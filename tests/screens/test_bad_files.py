"""Files that must not come in: refused with a sentence, the text still there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping

import pytest
from sqlalchemy import func, select

from models.articles import Attachment, Revision
from tests.screens.every_form import WRITTEN
from tests.screens.house import House
from tests.web_client import Browserlike, Page, read

Form = Mapping[str, object]
MEGABYTE = 1024 * 1024
TYPED = {**WRITTEN, "title": "写好的标题", "body": "写好的正文，一个字也不能丢。"}


def packed(*members: tuple[str, bytes]) -> bytes:
    """A zip file of these members, as Word and Excel make theirs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in (("[Content_Types].xml", b"<Types/>"), *members):
            file.writestr(name, content)
    return made.getvalue()


def bomb() -> bytes:
    """Small on the way in, 220 MB when unpacked."""
    zeros = bytes(22 * MEGABYTE)
    return packed(*((f"word/{n}.xml", zeros) for n in range(10)))


def crowded() -> bytes:
    return packed(*((f"word/{n}.xml", b"") for n in range(5_001)))


def _plain_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("readme.txt", "示例")
    return made.getvalue()


MACRO = "word/vbaProject.bin"
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb": ("示例.docx", bomb, "展开后过大"),
    "crowded": ("示例.docx", crowded, "展开后过大"),
    "macro": ("示例.docx", lambda: packed((MACRO, b"x")), "含有宏"),
    "macro-excel": ("示例.xlsx", lambda: packed(("xl/vbaproject.BIN", b"x")), "含有宏"),
    "macro-named": ("示例.docm", lambda: packed((MACRO, b"x")), "类型不能接收"),
    "empty": ("示例.pdf", lambda: b"", "是空文件"),
    "too-large": ("示例.pdf", lambda: b"%PDF-" + bytes(21 * MEGABYTE), "超过20MB"),
    "program": ("示例.pdf", lambda: b"MZ\x90\x00", "与扩展名不符"),
    "page": ("示例.html", lambda: b"<script>", "类型不能接收"),
    "two-endings": ("示例.pdf.exe", lambda: b"%PDF-", "类型不能接收"),
    "broken": ("示例.docx", lambda: b"PK\x03\x04broken", "打不开"),
    "any-zip": (
        "示例.docx",
        _plain_zip,
        "与扩展名不符",
    ),
    "no-name": ("...", lambda: b"%PDF-", "没有文件名"),
}
KEPT = {
    "upwards": ("../../../etc/示例.pdf", "示例.pdf"),
    "long": ("长" * 255 + ".pdf", "长" * 116 + ".pdf"),
    "turned": ("示例\u202efdp.pdf", "示例fdp.pdf"),
    "marked": ("<b>示例</b>.pdf", "b>.pdf"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("files"))
    yield house
    house.database.close()


@pytest.fixture(autouse=True)
def _fresh(house: House) -> None:
    house.fresh()


def count_of(house: House, table: type[Attachment | Revision]) -> int:
    with house.database.reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def sent_to(house: House, address: str, name: str, content: bytes) -> tuple[int, str]:
    """The drafter sends what she typed with a file; status and page."""
    browser = house.at("drafter")
    browser.get(address)
    return sent(browser, address, {**TYPED, "files": (io.BytesIO(content), name)})


def sent(browser: Browserlike, address: str, form: Form) -> tuple[int, str]:
    """Send a form with files; a large one goes through a file that is closed here."""
    keys = {"csrf_token": browser._token, "operation": "a-file"}
    answer = browser.http.post(address, data={**keys, **form})
    page = answer.text
    answer.request.input_stream.close()
    return answer.status_code, page


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_a_sentence_and_the_text_stays(
    house: House, what: str
) -> None:
    name, content, sentence = REFUSED[what]
    before = count_of(house, Attachment), count_of(house, Revision)
    status, page = sent_to(house, "/articles/new", name, content())
    assert status == 422
    assert sentence in page
    assert TYPED["title"] in page
    assert TYPED["body"] in page
    assert (count_of(house, Attachment), count_of(house, Revision)) == before


@pytest.mark.parametrize("what", KEPT)
def test_a_strange_name_is_kept_as_a_plain_one(house: House, what: str) -> None:
    name, kept = KEPT[what]
    status, page = sent_to(house, "/articles/new", name, b"%PDF-1.4 sample")
    assert status == 303, page[-2000:]
    with house.database.reading() as session:
        newest = select(Attachment).order_by(Attachment.id.desc())
        file = session.scalars(newest).first()
        assert file is not None
        article = session.get_one(Revision, file.revision_id).article_id
    assert file.name == kept
    shown: Page = house.at("drafter").get(f"/articles/{article}/edit")
    assert kept in shown.text
    answer = house.at("drafter").http.get(f"/attachments/{file.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_more_than_a_request_may_carry_keeps_the_text(house: House) -> None:
    status, page = sent_to(house, "/articles/new", "示例.pdf", bytes(65 * MEGABYTE))
    assert status == 413
    assert "超过大小限制" in page
    assert TYPED["body"] in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"GIF89a", "照片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "照片"),
        (b"\x89PNG\r\n\x1a\n" + bytes(9 * MEGABYTE), "照片"),
    ],
    ids=["gif", "svg", "too-large"],
)
def test_a_photo_that_is_none_is_refused(
    house: House, content: bytes, sentence: str
) -> None:
    browser = house.at("inspector")
    address = f"/rounds/checks/{house.ids.mine['check_id']}"
    browser.get(address)
    form = {
        "way": "on_site",
        "fault": "dirty",
        "looked_at": "2024-03-04T08:50",
        "note-dirty": "留下这句说明",
        "photo-dirty": (io.BytesIO(content), "示例.png"),
    }
    status, page = sent(browser, address, form)
    assert status == 422
    assert sentence in page
    noted = [one for one in read(page).fields if one.get("name") == "note-dirty"]
    assert noted[0]["value"] == "留下这句说明"
