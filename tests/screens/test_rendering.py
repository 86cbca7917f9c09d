"""A body as readers see it: what is drawn is what was written, offsets and all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.rendering import Block, Heading, Mark, Paragraph, Piece, Table, blocks_of, runs

BODY = (
    "一、总体要求\n　　会议要求，抓好春耕。\n\n"
    "（一）备耕物资\n单位\t数量\n示例村\t12\n二、本段说完就结束。"
)
TEXTS = st.text(st.sampled_from("一二、（）。村\t\n 　a"), max_size=60)


def pieces(blocks: list[Block]) -> list[Piece]:
    found: list[Piece] = []
    for block in blocks:
        if isinstance(block, Table):
            found += [cell for row in block.rows for cell in row]
        else:
            found.append(block.piece)
    return found


def test_headings_paragraphs_and_tables_are_told_apart() -> None:
    one, two, three, table, last = blocks_of(BODY)

    assert isinstance(one, Heading)
    assert one.level == 1
    assert isinstance(two, Paragraph)
    assert two.piece.text == "会议要求，抓好春耕。"
    assert isinstance(three, Heading)
    assert three.level == 2
    assert isinstance(table, Table)
    assert [[c.text for c in row] for row in table.rows] == [
        ["单位", "数量"],
        ["示例村", "12"],
    ]
    assert isinstance(last, Paragraph), "a sentence that runs on is no heading"


@given(TEXTS)
def test_every_piece_stands_in_the_body_where_it_says(body: str) -> None:
    found = pieces(blocks_of(body))

    assert all(body[p.start : p.end] == p.text for p in found)
    assert "".join("".join(p.text.split()) for p in found) == "".join(body.split())


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_marks_cut_the_text_and_lose_none_of_it(
    body: str, spans: list[tuple[int, int]]
) -> None:
    marks = [Mark(min(s), max(s), str(n)) for n, s in enumerate(spans)]
    for piece in pieces(blocks_of(body)):
        found = runs(piece, marks)
        assert "".join(run.text for run in found) == piece.text
        at = piece.start
        for run in found:
            inside = [m for m in marks if m.start <= at < m.end]
            assert list(run.marks) == inside
            at += len(run.text)
