"""Texts printed where a number belongs: "5件", "/", "—" (R06)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workflow.reports.form import COLUMNS
from workflow.reports.places import Place
from workflow.reports.report import Annotation, Cell

THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
ONE_NUMBER = re.compile(r"[^\d\-－]*([-－]?\d+(?:\.\d+)?)[^\d]*")
OLD_SUFFIX = "_2019"
WITHOUT_CELLS = {"annotations", "note", "notes"}
TABLES = ("active", "requests", "remedies")


def printed_cell(place: Place) -> Cell:
    """The number of a table's cell; a text there counts as the one number in it.

    ``None`` for a blank, and for a text that holds no number, or several.
    """
    if not isinstance(place.value, str):
        return place.cell()
    found = ONE_NUMBER.fullmatch(THOUSANDS.sub("", place.text()))
    if found is None:
        return None
    return Place(Decimal(found[1].replace("－", "-")), place.path).number()


def texts_in_cells(top: Place) -> tuple[Annotation, ...]:
    """Every text that stands in a number cell of the three tables."""
    return tuple(found for table in TABLES for found in _within(top[table], table))


def _within(place: Place, name: str) -> Iterator[Annotation]:
    if isinstance(place.value, str):
        yield Annotation(name, place.text())
    elif isinstance(place.value, list):
        for index, cell in enumerate(place.items()):
            column = COLUMNS[index] if index < len(COLUMNS) else str(index)
            yield from _within(cell, f"{name}.{column}")
    elif isinstance(place.value, dict):
        for code, cell in place.entries().items():
            if code not in WITHOUT_CELLS and not code.endswith(OLD_SUFFIX):
                yield from _within(cell, f"{name}.{code}")
