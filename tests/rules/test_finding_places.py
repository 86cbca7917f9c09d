"""Where a finding's words stand: which of several, found anew, drawn where seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office_files import WARNED, WRONG, faulty_excel, faulty_word
from web.file_view import AROUND, FIRST, MOST, view_of
from web.rendering import Mark, Piece, blocks_of, pieces_of, seen
from workflow.articles.checked_parts import ReadFile
from workflow.articles.spans import (
    Span,
    Words,
    found_anew,
    key_of,
    occurrences,
    span_of,
)
from workflow.articles.text import Text
from workflow.errors import InvalidInput
from workflow.proofreading.documents.contents import Contents, Gathering
from workflow.proofreading.documents.reading import read_file

TEXT = Text("春耕会议", "会议要求春耕。\n会议结束。", "rural", (), {})
LINES = st.lists(st.sampled_from(["会议", "春耕", "甲乙丙丁", ""]), max_size=6)


def read(*lines: str) -> Contents:
    gathered = Gathering()
    for number, line in enumerate(lines, 1):
        gathered.add(line, f"第{number}段")
    return gathered.contents()


def test_overlapping_places_are_counted_each() -> None:
    assert occurrences("呵呵呵", "呵呵") == [0, 1]
    assert occurrences("甲", "") == []


@pytest.mark.parametrize(
    ("words", "part", "start"),
    [
        (Words("春耕"), "title", 0),
        (Words("要求"), "body", 2),
        (Words("会议", "body", 2), "body", 8),
        (Words("", "title"), "title", None),
        (Words(""), "body", None),
    ],
)
def test_words_have_their_place(words: Words, part: str, start: int | None) -> None:
    found = span_of(words, TEXT, (), "quote")
    assert (found.part, found.start) == (part, start)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (Words("会议", "body"), "有2处"),
        (Words("会议", "body", 3), "只有2处"),
        (Words("没有"), "照原文"),
        (Words("甲", "file:ab"), "没有这个附件"),
    ],
)
def test_words_without_a_place_are_refused_beside_their_field(
    words: Words, fault: str
) -> None:
    with pytest.raises(InvalidInput, match=fault) as refused:
        span_of(words, TEXT, (), "quote")
    assert list(refused.value.fields) == ["quote"]


def test_a_place_in_a_file_is_said_in_words() -> None:
    file = ReadFile("ab", "甲.docx", read("第一段话", "第二段话"))
    found = span_of(Words("第二段话", "file:ab"), TEXT, (file,), "quote")
    assert found == Span("file:ab", 5, "附件《甲.docx》第2段", found.key)


@given(LINES, LINES)
def test_lines_put_before_do_not_move_a_finding_to_another_place(
    before: list[str], after: list[str]
) -> None:
    line = "今天的会议在上午开"
    text = "\n".join([line, *after])
    start = text.index("会议")
    key = key_of(text, start, "会议")

    later = "\n".join([*before, text])
    found = found_anew(later, "会议", key)

    assert found is not None
    assert later[found - 3 :].startswith("今天的会议在上午开")
    assert found_anew("全都改了", "会议", key) is None


@given(LINES, st.integers(0, 8), st.integers(1, 8))
def test_a_mark_is_drawn_from_where_it_is_seen_or_not_at_all(
    lines: list[str], start: int, length: int
) -> None:
    body = "\n".join(f"　　{line}" for line in lines)
    pieces = list(pieces_of(blocks_of(body)))
    shown = seen(pieces, [Mark(start, start + length, "k")])
    touched = [p for p in pieces if p.start < start + length and p.end > start]
    touched = [p for p in touched if p.text]
    assert len(shown) == bool(touched)
    for mark in shown:
        assert any(p.start <= mark.start < p.end for p in pieces)


def test_a_span_that_begins_in_the_indent_is_anchored_at_the_first_letter() -> None:
    (mark,) = seen([Piece(2, "会议")], [Mark(0, 3, "k")])
    assert (mark.start, mark.end) == (2, 3)
    assert seen([Piece(2, "会议")], [Mark(0, 0, "k"), Mark(4, 6, "k")]) == []
    beside_an_empty_cell = [Piece(0, ""), Piece(1, "会议")]
    (mark,) = seen(beside_an_empty_cell, [Mark(0, 3, "k")])
    assert mark.start == 1


def test_an_excel_file_is_drawn_as_its_sheets() -> None:
    new = faulty_excel()
    contents = read_file(new.name, new.content)
    at = contents.text.index(WRONG)
    shown = view_of(contents, [Mark(at, at + 3, "k")], whole=False)

    (group,) = shown.groups
    assert (group.heading, group.is_table) == ("工作表“明细”", True)
    assert group.columns == ["A", "B", "C"]
    assert [line.label for line in group.lines] == ["1", "2", "3"]
    assert [cell.piece.text for cell in group.lines[1].cells] == ["石桥村", "3", WRONG]
    assert [mark.key for mark in shown.marks] == ["k"]


def test_a_word_file_is_drawn_as_paragraphs_and_tables() -> None:
    new = faulty_word()
    first, table = view_of(read_file(new.name, new.content), (), whole=False).groups
    assert [cell.label for line in first.lines for cell in line.cells] == ["1", "2"]
    assert (table.heading, table.columns) == ("表1", ["1", "2"])
    assert table.lines[1].cells[1].piece.text == WARNED


def test_a_pdf_is_drawn_page_by_page_and_margins_by_their_name() -> None:
    gathered = Gathering()
    for place in ("第1页第1行", "第1页第3行", "第2页第1行", "页眉"):
        gathered.add("文字", place)
    groups = view_of(gathered.contents(), (), whole=False).groups
    assert [group.heading for group in groups] == ["第1页", "第2页", "页眉"]
    assert [line.label for line in groups[0].lines] == ["1", "3"]
    assert not any(group.is_table for group in groups)


def test_every_piece_stands_where_its_offset_says() -> None:
    for new in (faulty_excel(), faulty_word()):
        contents = read_file(new.name, new.content)
        for group in view_of(contents, (), whole=True).groups:
            for cell in (cell for line in group.lines for cell in line.cells):
                piece = cell.piece
                assert contents.text[piece.start : piece.end] == piece.text


def test_of_a_long_file_the_beginning_and_what_is_marked_are_drawn() -> None:
    contents = read(*(f"第{number}行文字" for number in range(MOST + 50)))
    at = contents.text.index("第500行文字")
    mark = Mark(at, at + 3, "k")

    shown = view_of(contents, [mark], whole=False)
    lines = [line for group in shown.groups for line in group.lines]

    assert len(lines) == FIRST + 2 * AROUND + 1
    assert shown.left_out == MOST + 50 - len(lines)
    assert [line.skipped for line in lines if line.skipped] == [500 - AROUND - FIRST]
    assert view_of(contents, [mark], whole=True).left_out == 0


def test_a_file_without_text_has_nothing_to_draw() -> None:
    assert view_of(Contents(), (), whole=False).groups == ()
