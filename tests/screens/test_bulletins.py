"""Bulletins on the screens, in Word and in PDF; the pictures of the rounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from docx import Document
from docx.shared import Length, Mm

from tests.screens.house import House
from tests.small_town import PASSWORD
from tests.web_client import Browserlike
from web import official_pdf, official_word
from web.official_paper import Paper
from workflow.inspections import bulletins

FORM = {"period": "month 2024-03-01", "section": "farming", "channels": "website"}
PAPER = Paper(
    "示例镇人民政府关于示例事项的通报",
    "各村民委员会：\n　　现通报如下：\n一、基本情况\n（一）检查\n"
    "村\t问题\n示例村\t脏污 <b>&\n"
    + "有关情况已经查明。" * 300
    + "\n示例镇人民政府\n2024年4月1日",
    mark="（草稿）",
)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("bulletins"))
    yield made
    made.database.close()


@pytest.fixture
def house(furnished: House) -> House:
    """A month after the round in which one of three boards was seen, with a fault."""
    furnished.fresh()
    furnished.clock.move(days=28)
    return furnished


def signed_in(house: House, login: str) -> Browserlike:
    """Signed in anew, since the sessions of a month ago are over."""
    browser = Browserlike(house.app)
    browser.sign_in(login, PASSWORD)
    return browser


def newest(house: House) -> str:
    """The address of the bulletin of the latest period."""
    with house.database.reading() as session:
        (found, _), *_others = bulletins.bulletins(session, 1)
        return f"/bulletins/{found.id}"


def test_a_bulletin_is_drafted_and_each_number_opens_its_records(
    house: House,
) -> None:
    drafter = signed_in(house, "drafter")
    assert "2024年3月村（居）" not in drafter.get("/bulletins").text
    drafter.get("/bulletins/new")
    page = drafter.post("/bulletins/new", FORM)
    assert page.h1 == ["2024年3月 · 月通报"]
    assert "与统计时一致" in page.text
    page = signed_in(house, "inspector").get(f"{newest(house)}/figures/found")
    assert page.h1 == ["发现的问题 1"]
    assert "栏面脏污" in page.text
    assert "示例" in page.text
    drafter.get(f"{newest(house)}/figures/nothing", status=404)


def test_a_period_that_is_not_over_or_drafted_is_refused_beside_the_form(
    house: House,
) -> None:
    drafter = signed_in(house, "drafter")
    drafter.get("/bulletins/new")
    wrong = {**FORM, "period": "month 2024-04-01"}
    assert "请选择期间" in drafter.post("/bulletins/new", wrong, status=422).text
    drafter.post("/bulletins/new", FORM)
    page = drafter.post("/bulletins/new", FORM, status=409)
    assert "已经起草" in page.text


def test_the_files_say_what_the_article_says_and_that_it_is_a_draft(
    house: House,
) -> None:
    drafter = signed_in(house, "drafter")
    drafter.get("/bulletins/new")
    drafter.post("/bulletins/new", FORM)

    answer = drafter.http.get(f"{newest(house)}.docx")
    assert answer.mimetype == official_word.MEDIA_TYPE
    document = Document(io.BytesIO(answer.data))
    text = "\n".join(line.text for line in document.paragraphs)
    assert "未经审签的草稿" in text
    assert "一、基本情况" in text
    assert any("示例" in cell.text for cell in document.tables[0].rows[1].cells)
    answer = drafter.http.get(f"{newest(house)}.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]


def millimetres(*lengths: Length | None) -> list[int]:
    return [round((one or 0) / Mm(1)) for one in lengths]


def test_the_word_file_has_the_page_of_the_standard() -> None:
    content = official_word.word(PAPER)
    document = Document(io.BytesIO(content))

    (section,) = document.sections
    assert millimetres(section.page_width, section.page_height) == [210, 297]
    assert millimetres(section.top_margin, section.bottom_margin) == [37, 35]
    assert millimetres(section.left_margin, section.right_margin) == [28, 26]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("word/document.xml").decode()
        feet = parts.read("word/footer1.xml").decode()
    assert 'w:eastAsia="仿宋_GB2312"' in xml
    assert 'w:eastAsia="黑体"' in xml
    assert "PAGE" in feet
    lines = [line for line in document.paragraphs if line.text]
    addressed = next(line for line in lines if line.text.startswith("各村"))
    assert addressed.paragraph_format.first_line_indent is None
    assert document.tables[0].cell(1, 1).text == "脏污 <b>&"


def test_the_pdf_has_its_pages_and_its_face() -> None:
    content = official_pdf.pdf(PAPER)

    assert content.startswith(b"%PDF-")
    assert b"STSong-Light" in content
    assert content.count(b"/Type /Page\n") >= 3
