"""The ledger (台账): search, filters, paging, and the export to Excel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, g, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from models.people import Role
from web.clock import now
from web.ledger_workbook import MEDIA_TYPE, workbook
from web.login import may_enter
from web.reading import BIGGEST_ID, Reading
from web.screens.attachments import READERS
from web.transaction import db, occasion
from workflow.articles import ledger
from workflow.articles.ledger import LedgerFilter
from workflow.calendar import town_day, town_moment
from workflow.errors import InvalidInput

screen = Blueprint("ledger", __name__)
EXPORT_MAX = 20_000
EXACT = ("state", "section", "column", "importance")
DAYS = ("since", "until", "out_since", "out_until")
FIELDS = ("words", "drafter", "late", "unsigned", *EXACT, *DAYS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked: the filter, and the same as fields of the address."""

    filter: LedgerFilter
    fields: dict[str, str]


@screen.get("/ledger")
@may_enter(*READERS)
def show() -> ResponseReturnValue:
    """One page of the ledger."""
    wanted, before = _wanted(request.args), _before()
    found = ledger.page(
        db(), g.me.agency_id, wanted.filter, before, limit=ledger.PAGE + 1
    )
    rows, more = found[: ledger.PAGE], len(found) > ledger.PAGE
    count = ledger.count_up_to(db(), g.me.agency_id, wanted.filter, EXPORT_MAX + 1)
    return render_template(
        "ledger/show.html",
        rows=rows,
        fields=wanted.fields,
        choices=ledger.choices(db(), g.me.agency_id),
        count=count,
        most=EXPORT_MAX,
        first=_address(wanted) if before else "",
        older=_address(wanted, before=rows[-1].article.id) if more else "",
        today=town_day(now()),
        sees_late=_sees_late(),
    )


@screen.post("/ledger.xlsx")
@may_enter(*READERS)
def export() -> ResponseReturnValue:
    """What was asked as a workbook; who took what away is put on record.

    Raises:
        InvalidInput: more rows than one export may have.
    """
    wanted = _wanted(request.form)
    agency_id = g.me.agency_id
    count = ledger.count_up_to(db(), agency_id, wanted.filter, EXPORT_MAX + 1)
    if count > EXPORT_MAX:
        line = f"一次最多导出{EXPORT_MAX:,}条，请缩小查询范围后再导出。"
        raise InvalidInput({"words": [line]}, rule="export-too-large")
    asked = {name: value for name, value in wanted.fields.items() if value}
    ledger.note_export(db(), occasion(), asked, count)
    file = workbook(ledger.every_row(db(), agency_id, wanted.filter))
    day = f"{town_day(now()):%Y%m%d}"
    return send_file(
        file, mimetype=MEDIA_TYPE, as_attachment=True, download_name=f"台账{day}.xlsx"
    )


def _wanted(sent: MultiDict[str, str]) -> Wanted:
    read = Reading(sent)
    fields = {name: read.text(name, "条件", 120, needed=False) for name in FIELDS}
    days = {name: _day(read, name, fields[name]) for name in DAYS}
    read.check()
    wanted = LedgerFilter(
        words=fields["words"],
        drafter=fields["drafter"],
        state=fields["state"],
        section=fields["section"],
        report_column=fields["column"],
        importance=fields["importance"],
        since=_start(days["since"]),
        until=_end(days["until"]),
        out_since=_start(days["out_since"]),
        out_until=_end(days["out_until"]),
        unsigned=bool(fields["unsigned"]),
        late_at=now() if fields["late"] and _sees_late() else None,
    )
    return Wanted(wanted, fields)


def _sees_late() -> bool:
    """What is late, and with whom, is the leaders' list; others see their own desks."""
    return Role.LEADER in g.me.roles


def _day(read: Reading, name: str, typed: str) -> date | None:
    day = read.day(name, "日期") if typed else None
    if day is not None and not 1990 <= day.year <= 2200:
        read.refuse(name, "日期请填1990年至2200年之间的一天。")
        return None
    return day


def _start(day: date | None) -> datetime | None:
    return town_moment(day, time.min) if day else None


def _end(day: date | None) -> datetime | None:
    return town_moment(day + timedelta(days=1), time.min) if day else None


def _before() -> int | None:
    typed = request.args.get("before", "")
    is_id = typed.isascii() and typed.isdigit() and len(typed) < 11
    return min(int(typed), BIGGEST_ID) if is_id else None


def _address(wanted: Wanted, **more: Any) -> str:
    asked: dict[str, Any] = {k: v for k, v in wanted.fields.items() if v}
    return url_for("ledger.show", **asked, **more)
