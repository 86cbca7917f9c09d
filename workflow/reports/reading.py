"""From the text of a report file to a ``Report``, or a refusal naming the place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from workflow.errors import InvalidInput
from workflow.reports.form import COLUMNS, REMEDY_CELLS
from workflow.reports.places import Place
from workflow.reports.printed_texts import (
    OLD_SUFFIX,
    WITHOUT_CELLS,
    printed_cell,
    texts_in_cells,
)
from workflow.reports.report import (
    SCHEMA,
    Active,
    Annotation,
    Cell,
    Claim,
    Number,
    Organ,
    OrganFee,
    Percent,
    ProcessingFee,
    Published,
    Report,
)

LONGEST_FILE = 2_000_000


def read_report(text: str) -> Report:
    """The annual report in a file of schema ``gid-annual-report/1``.

    Figures are taken as printed, wrong ones included; only what is no report at
    all is refused.

    Args:
        text: the whole file, at most 2,000,000 characters.

    Raises:
        InvalidInput: not JSON, another schema, or a value of the wrong kind; the
            message is one Chinese sentence naming the place.
    """
    top = Place(_parsed(text))
    top.entries()
    if top["schema"].value != SCHEMA:
        top["schema"].refuse(f"应为 {SCHEMA}，其他格式的文件无法检查。")
    return _report(top)


def _parsed(text: str) -> object:
    if len(text) > LONGEST_FILE:
        raise InvalidInput(message="年报文件过大，超过二百万字，没有读取。")
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_repetition,
        )
    except json.JSONDecodeError as fault:
        sentence = f"年报文件不是有效的 JSON：第 {fault.lineno} 行第 {fault.colno} 列"
        raise InvalidInput(message=f"{sentence}附近有误。") from fault
    except (RecursionError, ValueError, ArithmeticError) as fault:
        raise InvalidInput(message="年报文件嵌套过深或数字过长，无法读取。") from fault


def _refuse_constant(name: str) -> object:
    raise InvalidInput(message=f"年报文件中的 {name} 不是数字，无法读取。")


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for name, value in pairs:
        if name in members:
            raise InvalidInput(message=f"年报文件中同一处的“{name}”写了两遍。")
        members[name] = value
    return members


def _report(top: Place) -> Report:
    prose = top["prose"]
    is_silent = prose.is_blank
    return Report(
        year=_year(top.required("year")),
        organ=_organ(top.required("organ")),
        sections=tuple(item.text() for item in top.required("sections").items()),
        active=_active(top.required("active")),
        requests=_requests(top.required("requests")),
        remedies=_remedies(top.required("remedies")),
        fee=_fee(top["processing_fee"]),
        published=() if is_silent else _all_published(prose["published"]),
        claims=() if is_silent else _all_claims(prose["claims"]),
        period=_period(top["period"]),
        published_on=_day_or_none(top["published_on"]),
        layout=top.required("format").one_of("2021", "2019"),
        title="" if top["source"].is_blank else _title(top["source"]),
        id=top["id"].text_or_empty(),
        texts=texts_in_cells(top),
    )


def _year(place: Place) -> int:
    year = place.number()
    if not isinstance(year, int) or not 2000 <= year <= 2100:
        place.refuse("应为四位年份。")
    return year


def _organ(place: Place) -> Organ:
    return Organ(
        name=place.required("name").text(),
        level=place.required("level").text(),
        region=place["region"].text_or_empty(),
        scope=place.required("scope").one_of("own", "aggregate"),
    )


def _title(place: Place) -> str:
    return place["title"].text_or_empty()


def _day_or_none(place: Place) -> date | None:
    return None if place.is_blank else place.day()


def _period(place: Place) -> tuple[date, date] | None:
    if place.is_blank or place["from"].is_blank or place["to"].is_blank:
        return None
    return place["from"].day(), place["to"].day()


def _active(place: Place) -> Active:
    rows = place.entries()
    remarks = rows.get("annotations", Place([]))
    rows = {code: row for code, row in rows.items() if code not in WITHOUT_CELLS}
    figures: dict[str, Cell] = {}
    old_figures: dict[str, Cell | str] = {}
    for code, row in rows.items():
        if code.endswith(OLD_SUFFIX):
            old_figures.update(_old_cells(code, row))
        else:
            figures.update(_active_cells(code, row))
    return Active(figures, old_figures, _annotations(remarks))


def _active_cells(code: str, row: Place) -> Iterator[tuple[str, Cell]]:
    if isinstance(row.value, dict):
        for name, cell in row.entries().items():
            yield f"{code}.{name}", printed_cell(cell)
    elif row.is_blank and code in {"rules", "normative"}:
        for name in ("made", "repealed", "valid"):
            yield f"{code}.{name}", None
    else:
        yield code, printed_cell(row)


def _old_cells(code: str, row: Place) -> Iterator[tuple[str, Cell | str]]:
    if isinstance(row.value, dict):
        for name, cell in row.entries().items():
            yield from _old_cells(f"{code}.{name}", cell)
    elif isinstance(row.value, list):
        for index, cell in enumerate(row.items()):
            yield from _old_cells(f"{code}.{index}", cell)
    else:
        yield code, row.text() if isinstance(row.value, str) else row.cell()


def _annotations(place: Place) -> tuple[Annotation, ...]:
    if place.is_blank:
        return ()
    return tuple(
        Annotation(item.required("cell").text(), item.required("text").text())
        for item in place.items()
    )


def _requests(place: Place) -> Mapping[str, tuple[Cell, ...]]:
    rows = place.entries().items()
    return {code: _row(row) for code, row in rows if code not in WITHOUT_CELLS}


def _row(row: Place) -> tuple[Cell, ...]:
    if row.is_blank:
        return (None,) * len(COLUMNS)
    return tuple(printed_cell(cell) for cell in row.items())


def _remedies(place: Place) -> Mapping[str, Mapping[str, Cell]]:
    groups = place.entries().items()
    return {
        code: _remedy_cells(group)
        for code, group in groups
        if code not in WITHOUT_CELLS
    }


def _remedy_cells(group: Place) -> Mapping[str, Cell]:
    if group.is_blank:
        return dict.fromkeys(REMEDY_CELLS)
    return {
        code: printed_cell(cell)
        for code, cell in group.entries().items()
        if code not in WITHOUT_CELLS
    }


def _fee(place: Place) -> ProcessingFee:
    if place.is_blank:
        return ProcessingFee(stated=False)
    organs = place["by_organ"]
    return ProcessingFee(
        stated=place.required("stated").truth(),
        notices=place["notices"].cell(),
        amount_notified=place["amount_notified"].cell(),
        amount_received=place["amount_received"].cell(),
        paid_count=place["paid_count"].cell(),
        by_organ=()
        if organs.is_blank
        else tuple(_organ_fee(item) for item in organs.items()),
    )


def _organ_fee(place: Place) -> OrganFee:
    return OrganFee(
        place.required("organ").text(), place["count"].cell(), place["amount"].cell()
    )


def _all_published(place: Place) -> tuple[Published, ...]:
    return () if place.is_blank else tuple(_published(item) for item in place.items())


def _published(place: Place) -> Published:
    parts = place["by_column"]
    return Published(
        scope=place["scope"].text_or_empty(),
        unit=place["unit"].text_or_empty(),
        total=place["total"].cell(),
        exhaustive=place.required("exhaustive").truth(),
        by_column={}
        if parts.is_blank
        else {name: part.cell() for name, part in parts.entries().items()},
        quote=place["quote"].text_or_empty(),
    )


def _all_claims(place: Place) -> tuple[Claim, ...]:
    return () if place.is_blank else tuple(_claim(item) for item in place.items())


def _claim(place: Place) -> Claim:
    name, quote = place.required("claim").text(), place["quote"].text_or_empty()
    if name == "percent":
        inside = place if place["value"].is_blank else place["value"]
        return Claim(name, None, quote, _percent(inside))
    return Claim(name, place["value"].cell(), quote)


def _percent(place: Place) -> Percent:
    return Percent(
        _percentage(place.required("stated")),
        _count_or_name(place.required("numerator")),
        _count_or_name(place.required("denominator")),
    )


def _percentage(place: Place) -> Decimal:
    if not isinstance(place.value, str):
        return place.decimal()
    digits = place.value.strip().rstrip("%％").strip()
    if not digits.replace(".", "", 1).isdecimal():
        place.refuse("应为百分数，例如 38.5。")
    return Place(Decimal(digits), place.path).decimal()


def _count_or_name(place: Place) -> Number | str:
    return place.text() if isinstance(place.value, str) else place.number()
