"""Pictures of numbers, drawn on the server: geometry only, no words and no colours.

Each function turns plain numbers into a :class:`Chart`; ``templates/_charts.html``
draws it as an SVG with a title, a description and a table of the same numbers behind
it.  Nothing needs a script.  Each series has a pattern as well as a colour, so that a
picture printed in grey, or seen by somebody who does not tell red from green, says the
same.

All lengths are CSS pixels, from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LEFT, RIGHT, TOP, BOTTOM = 40.0, 10.0, 22.0, 24.0
PLOT_HEIGHT = 150.0
PLOT_WIDTH = 296.0
NARROWEST, WIDEST = 22.0, 64.0
GAP = 0.24
MOST_TICKS = 5
CELL = 16.0
LETTER = 14.0
PATTERNS = 10
QUARTERS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers, a value a column; ``None`` where there is nothing to say.

    Args:
        links: addresses of the records behind each value, shown in the table; empty
            or as many as values, "" where there is none.
    """

    name: str
    values: Sequence[float | None]
    links: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the pattern of its series."""

    x: float
    y: float
    width: float
    height: float
    look: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Words at a place: a tick of the axis, the name of a column, a total."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of the table behind the picture."""

    words: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table behind the picture."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture ready to be drawn, with its table.

    Args:
        legend: name and pattern of each series; empty when there is but one.
        lines: runs of points to be joined; a gap in the numbers is a gap in the line.
        total: the sum of all values; empty where a sum means nothing.
        peak: column and value that the description names (the highest bar, the lowest
            share); ``None`` when there is nothing to draw.
    """

    title: str
    width: float
    height: float
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: tuple[tuple[str, int], ...] = ()
    boxes: tuple[Box, ...] = ()
    lines: tuple[tuple[Mark, ...], ...] = ()
    ticks: tuple[Mark, ...] = ()
    columns: tuple[Mark, ...] = ()
    values: tuple[Mark, ...] = ()
    names: tuple[Mark, ...] = ()
    total: str = ""
    peak: tuple[str, str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; then a sentence says so."""
        return self.peak is None


def bars(title: str, columns: Sequence[str], series: Sequence[Series]) -> Chart:
    """Bars over time; several series stand on top of each other.

    Args:
        columns: the names of the periods, in order.
        series: at most :data:`PATTERNS`, each with a value a column, none negative.

    Raises:
        ValueError: a series is of another length, or has a negative value.
    """
    _refuse_misfits(columns, series)
    sums = [sum(s.values[at] or 0 for s in series) for at, _ in enumerate(columns)]
    marks = ticks(max(sums, default=0))
    frame = _Frame(_step(len(columns)), marks[-1], len(columns))
    return Chart(
        title=title,
        width=frame.width,
        height=frame.height,
        heads=tuple(columns),
        rows=tuple(_row(one) for one in series),
        legend=_legend(series) if len(series) > 1 else (),
        boxes=tuple(_stacks(frame, series)),
        ticks=tuple(Mark(LEFT, frame.y(at), number(at)) for at in marks),
        columns=frame.columns(columns),
        values=frame.totals(sums),
        total=number(sum(sums)),
        peak=_highest(columns, sums),
    )


def share(
    title: str,
    columns: Sequence[str],
    part: Series,
    whole: Series,
    share_name: str,
) -> Chart:
    """A share in per cent over time, as a line; a period without a whole is a gap.

    Args:
        part: how many of them, for instance put right in time.
        whole: of how many.
        share_name: what the share is called in the table.

    Raises:
        ValueError: a series is of another length, or a part is larger than its whole.
    """
    _refuse_misfits(columns, (part, whole))
    shares = [per_cent(p, w) for p, w in zip(part.values, whole.values, strict=True)]
    frame = _Frame(_step(len(columns)), 100, len(columns))
    words = Row(share_name, tuple(Entry(_per_cent_words(one)) for one in shares))
    return Chart(
        title=title,
        width=frame.width,
        height=frame.height,
        heads=tuple(columns),
        rows=(_row(part), _row(whole), words),
        lines=tuple(_runs(frame, shares)),
        ticks=tuple(Mark(LEFT, frame.y(at), f"{at}%") for at in QUARTERS),
        columns=frame.columns(columns),
        peak=_lowest(columns, shares),
    )


def grid(
    title: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int | None]]],
    looks: Sequence[str],
) -> Chart:
    """Places by periods, a small square each, its pattern saying how it was.

    Args:
        rows: name of the place and, for each column, which of ``looks``; ``None`` is
            an empty square.
        looks: what each pattern means.

    Raises:
        ValueError: a row is of another length than ``columns``.
    """
    if any(len(cells) != len(columns) for _, cells in rows):
        raise ValueError("every row needs a cell for each column")
    left = 12 + LETTER * max((len(name) for name, _ in rows), default=0)
    boxes = tuple(_squares(rows, left))
    return Chart(
        title=title,
        width=left + CELL * len(columns) + RIGHT,
        height=TOP + CELL * len(rows) + 6,
        heads=tuple(columns),
        rows=tuple(_words_row(name, cells, looks) for name, cells in rows),
        legend=tuple((name, look) for look, name in enumerate(looks)),
        boxes=boxes,
        columns=_spaced_columns(columns, left),
        names=tuple(
            Mark(0, TOP + line * CELL + CELL - 5, name)
            for line, (name, _) in enumerate(rows)
        ),
        peak=("", "") if boxes else None,
    )


def ticks(highest: float) -> tuple[float, ...]:
    """Round numbers for an axis from nought to at least ``highest``; at most six.

    >>> ticks(7)
    (0, 2, 4, 6, 8)
    """
    size: float = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if highest <= step * (MOST_TICKS - 1):
                count = max(1, -int(-highest // step))
                return tuple(step * at for at in range(count + 1))
        size *= 10


def number(value: float) -> str:
    """A number as the office writes it: whole ones without a point, else one place."""
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def per_cent(part: float | None, whole: float | None) -> float | None:
    """How many of a hundred; ``None`` when there is no whole.

    Raises:
        ValueError: the part is larger than the whole.
    """
    if not whole:
        return None
    if (part or 0) > whole:
        raise ValueError("a part larger than its whole")
    return 100 * (part or 0) / whole


@dataclass(frozen=True, slots=True)
class _Frame:
    step: float
    top: float
    count: int

    @property
    def width(self) -> float:
        return LEFT + self.step * max(self.count, 1) + RIGHT

    @property
    def height(self) -> float:
        return TOP + PLOT_HEIGHT + BOTTOM

    def y(self, value: float) -> float:
        return round(TOP + PLOT_HEIGHT * (1 - value / self.top), 2)

    def middle(self, at: int) -> float:
        return round(LEFT + self.step * (at + 0.5), 2)

    def totals(self, sums: Sequence[float]) -> tuple[Mark, ...]:
        return tuple(
            Mark(self.middle(at), self.y(value) - 4, number(value))
            for at, value in enumerate(sums)
            if value
        )

    def columns(self, names: Sequence[str]) -> tuple[Mark, ...]:
        """The names under the axis: as many as have room."""
        longest = max((_length(name) for name in names), default=1)
        each = max(1, -int(-(longest + 4) // self.step))
        foot = TOP + PLOT_HEIGHT + 16
        return tuple(
            Mark(self.middle(at), foot, name)
            for at, name in enumerate(names)
            if at % each == 0
        )


def _highest(columns: Sequence[str], sums: Sequence[float]) -> tuple[str, str] | None:
    if not any(sums):
        return None
    at = max(range(len(sums)), key=lambda at: sums[at])
    return columns[at], number(sums[at])


def _lowest(
    columns: Sequence[str], shares: Sequence[float | None]
) -> tuple[str, str] | None:
    there = [(value, at) for at, value in enumerate(shares) if value is not None]
    if not there:
        return None
    value, at = min(there)
    return columns[at], _per_cent_words(value)


def _step(count: int) -> float:
    return round(min(WIDEST, max(NARROWEST, PLOT_WIDTH / max(count, 1))), 2)


def _length(name: str) -> float:
    return sum(12 if ord(letter) > 255 else 7 for letter in name)


def _stacks(frame: _Frame, series: Sequence[Series]) -> Iterator[Box]:
    width = round(frame.step * (1 - GAP), 2)
    for at in range(frame.count):
        foot: float = 0
        for look, one in enumerate(series):
            value = one.values[at] or 0
            if value:
                y = frame.y(foot + value)
                x = round(frame.middle(at) - width / 2, 2)
                yield Box(x, y, width, round(frame.y(foot) - y, 2), look % PATTERNS)
            foot += value


def _squares(
    rows: Sequence[tuple[str, Sequence[int | None]]], left: float
) -> Iterator[Box]:
    for line, (_, cells) in enumerate(rows):
        for at, look in enumerate(cells):
            if look is not None:
                x, y = left + at * CELL, TOP + line * CELL
                yield Box(x, y, CELL - 2, CELL - 2, look % PATTERNS)


def _runs(frame: _Frame, shares: Sequence[float | None]) -> Iterator[tuple[Mark, ...]]:
    breaks = [-1, *(at for at, v in enumerate(shares) if v is None), len(shares)]
    for before, after in pairwise(breaks):
        run = tuple(
            Mark(frame.middle(at), frame.y(value), _per_cent_words(value))
            for at in range(before + 1, after)
            if (value := shares[at]) is not None
        )
        if run:
            yield run


def _per_cent_words(value: float | None) -> str:
    return "—" if value is None else f"{number(round(value, 1))}%"


def _row(one: Series) -> Row:
    links = [*one.links, *[""] * (len(one.values) - len(one.links))]
    entries = (
        Entry("—" if value is None else number(value), link)
        for value, link in zip(one.values, links, strict=True)
    )
    return Row(one.name, tuple(entries))


def _words_row(name: str, cells: Sequence[int | None], looks: Sequence[str]) -> Row:
    return Row(name, tuple(Entry("—" if c is None else looks[c]) for c in cells))


def _legend(series: Sequence[Series]) -> tuple[tuple[str, int], ...]:
    return tuple((one.name, look % PATTERNS) for look, one in enumerate(series))


def _spaced_columns(names: Sequence[str], left: float) -> tuple[Mark, ...]:
    longest = max((_length(name) for name in names), default=1)
    each = max(1, -int(-(longest + 4) // CELL))
    return tuple(
        Mark(left + at * CELL + CELL / 2 - 1, TOP - 8, name)
        for at, name in enumerate(names)
        if at % each == 0
    )


def _refuse_misfits(columns: Sequence[str], series: Sequence[Series]) -> None:
    if any(len(one.values) != len(columns) for one in series):
        raise ValueError("every series needs a value for each column")
    if any((value or 0) < 0 for one in series for value in one.values):
        raise ValueError("a bar cannot be shorter than nothing")
