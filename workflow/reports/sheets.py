"""A register's Excel sheet: the empty one to fill in, a filled one read by lines.

Nothing of a file is believed: its size, what it unpacks to, its lines and columns are
bounded, formulas are not computed, and every fault is told with its row.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from models.reports import RegisterKind
from workflow.errors import InvalidInput
from workflow.reports.registers import DOCUMENTS, NewEntry, refuse_bad_entry

SIZE_MAX = 2_000_000
UNPACKED_MAX = 40_000_000
LINES_MAX = 2000
FAULTS_SHOWN = 50
NUMBER, TITLE, DATED, SOURCE = "文号或编号", "名称", "日期", "出处"
AMOUNT, REPEALED, PLACE = "金额（元）", "废止日期", "公布位置"
COMMON = (NUMBER, TITLE, DATED, SOURCE)
FIELDS = {
    "number": NUMBER,
    "title": TITLE,
    "dated": DATED,
    "source": SOURCE,
    "amount_yuan": AMOUNT,
    "repealed_on": REPEALED,
    "published_at": PLACE,
}
WIDTHS = {NUMBER: 24, TITLE: 50, DATED: 14, SOURCE: 36, PLACE: 40}
NOT_EXCEL = "这不是能读取的 Excel 文件（.xlsx）。请下载空表，填好后再导入。"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet; ``row`` is the number Excel shows beside it."""

    row: int
    entry: NewEntry


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a filled sheet holds: good lines, and the faults of the others by row."""

    kind: RegisterKind
    lines: tuple[Line, ...]
    faults: Mapping[int, list[str]] = field(default_factory=dict)


def columns_of(kind: RegisterKind) -> tuple[str, ...]:
    """The heads of a register's sheet."""
    if kind in DOCUMENTS:
        return (*COMMON, REPEALED, PLACE)
    return (*COMMON, AMOUNT) if kind is RegisterKind.FEES else COMMON


def empty_sheet(kind: RegisterKind, title: str) -> bytes:
    """The sheet to fill in, as an ``.xlsx``; its first row holds the heads.

    Args:
        title: the name of the register, for the tab.
    """
    book = Workbook()
    sheet = book.create_sheet(title, 0)
    for at, head in enumerate(columns_of(kind), 1):
        cell = sheet.cell(1, at, head)
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(head, 16)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.remove(book.worksheets[1])
    book.save(file)
    return file.getvalue()


def read_sheet(kind: RegisterKind, content: bytes, today: date) -> Sheet:
    """Every line of a filled sheet.

    Raises:
        InvalidInput: no Excel file, too large, without the register's heads, or empty.
    """
    rows = _rows(content, len(columns_of(kind)) + 5)
    heads = [_text(value) for value in next(rows, (1, ()))[1]]
    missing = [head for head in columns_of(kind) if head not in heads]
    if missing:
        _refuse(f"第一行缺少表头：{'、'.join(missing)}。请下载空表，不要改动表头。")
    places = {head: heads.index(head) for head in columns_of(kind)}
    lines: list[Line] = []
    faults: dict[int, list[str]] = {}
    for row, values in rows:
        if all(not _text(value) for value in values):
            continue
        typed = {head: values[at] for head, at in places.items() if at < len(values)}
        _take(kind, row, typed, today, lines, faults)
    if not lines and not faults:
        _refuse("表里没有可以导入的行。")
    return Sheet(kind, tuple(lines), _with_twins(lines, faults))


def faults_message(faults: Mapping[int, Sequence[str]]) -> list[str]:
    """One sentence a row, at most 50, and that nothing was imported."""
    told = [f"第{row}行：{''.join(faults[row])}" for row in sorted(faults)]
    more = len(told) - FAULTS_SHOWN
    rest = [f"另有{more}行有问题。"] if more > 0 else []
    return [
        f"共{len(told)}行有问题，没有导入任何一行。改好后请整表重新导入。",
        *told[:FAULTS_SHOWN],
        *rest,
    ]


def _rows(content: bytes, columns: int) -> Iterator[tuple[int, tuple[object, ...]]]:
    _refuse_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row, values in enumerate(
            sheet.iter_rows(max_col=columns, max_row=LINES_MAX + 2, values_only=True), 1
        ):
            if row > LINES_MAX + 1:
                _refuse(f"一次最多导入{LINES_MAX}行，请分开导入。")
            yield row, tuple(values)
    except (InvalidFileException, KeyError, ValueError, TypeError, IndexError) as bad:
        raise InvalidInput({"file": [NOT_EXCEL]}) from bad
    except (OSError, SyntaxError, AttributeError, zipfile.BadZipFile) as bad:
        raise InvalidInput({"file": [NOT_EXCEL]}) from bad


def _refuse_bomb(content: bytes) -> None:
    if not content:
        _refuse("请选择填好的 Excel 文件。")
    if len(content) > SIZE_MAX:
        _refuse("文件超过2MB，请分开导入。")
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as bad:
        raise InvalidInput({"file": [NOT_EXCEL]}) from bad
    if len(members) > 500 or sum(one.file_size for one in members) > UNPACKED_MAX:
        _refuse("文件解开后过大，没有读取。")


def _refuse(sentence: str) -> None:
    raise InvalidInput({"file": [sentence]})


def _take(
    kind: RegisterKind,
    row: int,
    typed: Mapping[str, object],
    today: date,
    lines: list[Line],
    faults: dict[int, list[str]],
) -> None:
    wrong: list[str] = []
    entry = NewEntry(
        kind=kind,
        number=_text(typed.get(NUMBER)),
        title=_text(typed.get(TITLE)),
        dated=_day(typed, DATED, wrong) or date.min,
        source=_text(typed.get(SOURCE)),
        amount_yuan=_amount(typed, wrong),
        repealed_on=_day(typed, REPEALED, wrong, needed=False),
        published_at=_text(typed.get(PLACE)),
    )
    if not wrong:
        wrong = _faults_of(entry, today)
    if wrong:
        faults[row] = wrong
    else:
        lines.append(Line(row, entry))


def _faults_of(entry: NewEntry, today: date) -> list[str]:
    try:
        refuse_bad_entry(entry, today)
    except InvalidInput as refused:
        return [
            f"“{FIELDS[name]}”{line}"
            for name, sentences in refused.fields.items()
            for line in sentences
        ]
    return []


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "".join(c for c in str(value) if c.isprintable())
    return text.strip()


def _day(
    typed: Mapping[str, object], head: str, wrong: list[str], *, needed: bool = True
) -> date | None:
    value = typed.get(head)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(value)
    if not text and not needed:
        return None
    for unwanted, wanted in (
        ("年", "-"),
        ("月", "-"),
        ("日", ""),
        ("/", "-"),
        (".", "-"),
    ):
        text = text.replace(unwanted, wanted)
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return date(year, month, day)
    except ValueError:
        wrong.append(f"“{head}”请按“2024-03-05”的样子填写。")
        return None


def _amount(typed: Mapping[str, object], wrong: list[str]) -> Decimal | None:
    text = _text(typed.get(AMOUNT)).replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        return Decimal(text) if len(text) <= 20 else Decimal("NaN")
    except InvalidOperation:
        wrong.append(f"“{AMOUNT}”请填数字，例如“1200.50”。")
        return None


def _with_twins(
    lines: Sequence[Line], faults: dict[int, list[str]]
) -> dict[int, list[str]]:
    first: dict[str, int] = {}
    for line in lines:
        row = first.setdefault(line.entry.number, line.row)
        if row != line.row:
            sentence = f"“{NUMBER}”与第{row}行相同。"
            faults.setdefault(line.row, []).append(sentence)
    return faults
