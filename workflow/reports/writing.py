"""From a ``Report`` to a file of schema ``gid-annual-report/1``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from workflow.reports.form import COLUMNS
from workflow.reports.report import (
    SCHEMA,
    Active,
    Cell,
    Claim,
    Organ,
    ProcessingFee,
    Published,
    Report,
)

Json = str | int | float | bool | None | Mapping[str, "Json"] | list["Json"]


def write_report(report: Report) -> str:
    """The report as a JSON document that ``read_report`` reads back unchanged."""
    document = {**_cover(report), **_figures(report)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _cover(report: Report) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "id": report.id,
        "organ": _organ(report.organ),
        "year": report.year,
        "period": _period(report),
        "published_on": _day(report.published_on),
        "format": report.layout,
        "source": {"title": report.title},
        "sections": list(report.sections),
    }


def _figures(report: Report) -> dict[str, Json]:
    texts = {one.cell: one.text for one in report.texts}
    return {
        "active": _active(report.active, texts),
        "requests": {
            row: [
                texts.get(f"requests.{row}.{column}", _number(cell))
                for column, cell in zip(COLUMNS, cells, strict=False)
            ]
            for row, cells in report.requests.items()
        },
        "remedies": {
            group: {
                name: texts.get(f"remedies.{group}.{name}", _number(cell))
                for name, cell in cells.items()
            }
            for group, cells in report.remedies.items()
        },
        "processing_fee": _fee(report.fee),
        "prose": {
            "published": [_published(item) for item in report.published],
            "claims": [_claim(claim) for claim in report.claims],
        },
    }


def _number(cell: Cell | str) -> int | float | str | None:
    return float(cell) if isinstance(cell, Decimal) else cell


def _numbers(cells: Mapping[str, Cell]) -> dict[str, Json]:
    return {name: _number(cell) for name, cell in cells.items()}


def _organ(organ: Organ) -> Json:
    return {
        "name": organ.name,
        "level": organ.level,
        "region": organ.region,
        "scope": organ.scope,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _period(report: Report) -> Json:
    if report.period is None:
        return None
    first, last = report.period
    return {"from": first.isoformat(), "to": last.isoformat()}


def _active(active: Active, texts: Mapping[str, str]) -> Json:
    document: dict[str, Json] = {}
    rows: dict[str, dict[str, Json]] = {}
    for name, value in [*active.figures.items(), *active.old_figures.items()]:
        row, _, column = name.partition(".")
        if column:
            document[row] = rows.setdefault(row, {})
            rows[row][column] = texts.get(f"active.{name}", _number(value))
        else:
            document[name] = texts.get(f"active.{name}", _number(value))
    if active.annotations:
        document["annotations"] = [
            {"cell": remark.cell, "text": remark.text} for remark in active.annotations
        ]
    return document


def _fee(fee: ProcessingFee) -> Json:
    document: dict[str, Json] = {
        "stated": fee.stated,
        "notices": _number(fee.notices),
        "amount_notified": _number(fee.amount_notified),
        "amount_received": _number(fee.amount_received),
        "paid_count": _number(fee.paid_count),
        "unit": "元",
    }
    if fee.by_organ:
        document["by_organ"] = [
            {
                "organ": line.organ,
                "count": _number(line.count),
                "amount": _number(line.amount),
            }
            for line in fee.by_organ
        ]
    return document


def _published(item: Published) -> Json:
    return {
        "scope": item.scope,
        "unit": item.unit,
        "total": _number(item.total),
        "exhaustive": item.exhaustive,
        "by_column": _numbers(item.by_column),
        "quote": item.quote,
    }


def _claim(claim: Claim) -> Json:
    if claim.percent is None:
        value: Json = _number(claim.value)
    else:
        value = {
            "stated": str(claim.percent.stated),
            "numerator": _number(claim.percent.numerator),
            "denominator": _number(claim.percent.denominator),
        }
    return {"claim": claim.name, "value": value, "quote": claim.quote}
