"""Pictures of numbers: what is drawn is what was counted, and the table says it too."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import charts
from web.charts import Chart, Series

COUNTS = st.integers(0, 400)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[Series]]:
    columns = [f"{at}月" for at in range(1, draw(st.integers(1, 60)) + 1)]
    row = st.lists(COUNTS, min_size=len(columns), max_size=len(columns))
    rows = draw(st.lists(row, min_size=1, max_size=9))
    return columns, [Series(f"第{at}类", row) for at, row in enumerate(rows)]


def heights(drawn: Chart, column: int) -> float:
    middle = charts.LEFT + column * drawn_step(drawn)
    inside = [b for b in drawn.boxes if middle <= b.x < middle + drawn_step(drawn)]
    return sum(box.height for box in inside)


def drawn_step(drawn: Chart) -> float:
    return (drawn.width - charts.LEFT - charts.RIGHT) / len(drawn.heads)


@given(tables())
def test_a_stack_is_as_high_as_its_sum(
    table: tuple[list[str], list[Series]],
) -> None:
    columns, series = table
    drawn = charts.bars("问题", columns, series)
    sums = [sum(one.values[at] or 0 for one in series) for at, _ in enumerate(columns)]
    top = charts.ticks(max(sums))[-1]

    for at, expected in enumerate(sums):
        share = expected / top * charts.PLOT_HEIGHT
        assert heights(drawn, at) == pytest.approx(share, abs=0.1)
    assert drawn.total == str(sum(sums))


@given(tables())
def test_nothing_is_drawn_outside_the_picture(
    table: tuple[list[str], list[Series]],
) -> None:
    drawn = charts.bars("问题", *table)

    for box in drawn.boxes:
        assert box.x >= charts.LEFT
        assert box.x + box.width <= drawn.width - charts.RIGHT + 0.1
        assert box.y >= charts.TOP - 0.1
        assert box.y + box.height <= charts.TOP + charts.PLOT_HEIGHT + 0.1


@given(tables())
def test_the_table_has_every_number(table: tuple[list[str], list[Series]]) -> None:
    columns, series = table
    drawn = charts.bars("问题", columns, series)

    said = [[int(one.words) for one in row.entries] for row in drawn.rows]
    assert said == [list(one.values) for one in series]
    assert drawn.heads == tuple(columns)


@given(st.floats(0, 1e7, allow_nan=False))
def test_the_axis_reaches_the_highest_with_few_even_steps(highest: float) -> None:
    marks = charts.ticks(highest)

    assert marks[0] == 0
    assert marks[-1] >= highest
    assert 2 <= len(marks) <= charts.MOST_TICKS
    steps = {after - before for before, after in itertools.pairwise(marks)}
    assert len(steps) == 1


def test_the_axis_of_small_counts_has_whole_steps() -> None:
    assert charts.ticks(0) == (0, 1)
    assert charts.ticks(3) == (0, 1, 2, 3)
    assert charts.ticks(7) == (0, 2, 4, 6, 8)
    assert charts.ticks(41) == (0, 20, 40, 60)


def test_each_series_has_its_own_pattern_and_stands_on_the_one_before() -> None:
    drawn = charts.bars("问题", ["1月"], [Series("空白", [2]), Series("破损", [1])])

    lower, upper = drawn.boxes
    assert (lower.look, upper.look) == (0, 1)
    assert upper.y + upper.height == pytest.approx(lower.y)
    assert drawn.legend == (("空白", 0), ("破损", 1))
    assert drawn.peak == ("1月", "3")


def test_one_series_needs_no_legend_and_nothing_is_said_so() -> None:
    assert charts.bars("问题", ["1月"], [Series("问题", [2])]).legend == ()
    assert charts.bars("问题", ["1月"], [Series("问题", [0])]).is_empty
    assert charts.bars("问题", [], []).is_empty


def test_a_period_without_a_whole_is_a_gap_and_not_nought() -> None:
    drawn = charts.share(
        "按期整改率",
        ["1月", "2月", "3月", "4月"],
        Series("按期整改", [1, 0, 2, 1]),
        Series("到期", [2, 0, 2, 3]),
        "按期整改率",
    )

    assert [[one.words for one in run] for run in drawn.lines] == [
        ["50%"],
        ["100%", "33.3%"],
    ]
    shares = [entry.words for entry in drawn.rows[-1].entries]
    assert shares == ["50%", "—", "100%", "33.3%"]
    assert drawn.peak == ("4月", "33.3%")
    assert drawn.lines[1][0].y == charts.TOP


def test_a_share_above_all_is_refused() -> None:
    with pytest.raises(ValueError, match="larger"):
        charts.per_cent(3, 2)


def test_a_grid_shows_each_place_and_period() -> None:
    looks = ["已查", "有问题", "漏查"]
    rows: list[tuple[str, list[int | None]]] = [
        ("示例一村", [0, 2, None]),
        ("示例二村", [1, 0, 0]),
    ]
    drawn = charts.grid("一览", ["1周", "2周", "3周"], rows, looks)

    assert len(drawn.boxes) == 5
    assert [one.words for one in drawn.rows[0].entries] == ["已查", "漏查", "—"]
    assert drawn.legend == (("已查", 0), ("有问题", 1), ("漏查", 2))
    assert [one.words for one in drawn.names] == ["示例一村", "示例二村"]
    with pytest.raises(ValueError, match="each column"):
        charts.grid("一览", ["1周"], rows, looks)


def test_misfits_are_refused() -> None:
    with pytest.raises(ValueError, match="each column"):
        charts.bars("问题", ["1月", "2月"], [Series("空白", [2])])
    with pytest.raises(ValueError, match="shorter"):
        charts.bars("问题", ["1月"], [Series("空白", [-2])])


def test_a_number_opens_its_records() -> None:
    drawn = charts.bars("问题", ["1月"], [Series("空白", [2], ["/rounds/faults"])])

    assert drawn.rows[0].entries[0].link == "/rounds/faults"
