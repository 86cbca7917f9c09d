"""The forms of the registers and of the annual report, filled in well."""

from __future__ import annotations

import io
import json

from openpyxl import load_workbook

from models.reports import RegisterKind
from tests.rules.report_files import of_year
from tests.screens.form import Form
from workflow.reports.prose import CODES
from workflow.reports.sheets import empty_sheet


class Again(io.BytesIO):
    """A file to be handed in as often as wished: closing begins it anew."""

    def close(self) -> None:
        self.seek(0)


def _sheet() -> Again:
    book = load_workbook(io.BytesIO(empty_sheet(RegisterKind.COERCION, "示例")))
    book.worksheets[0].append(["示例强1号", "示例强制", "2024-03-01", "示例台账"])
    file = io.BytesIO()
    book.save(file)
    return Again(file.getvalue())


def _earlier() -> Again:
    return Again(json.dumps(of_year(2020), ensure_ascii=False).encode())


REPORT_FORMS = (
    Form(
        "registers.take_sheet",
        "registrar",
        "/registers/import",
        "/registers/import",
        {"kind": "coercion", "file": (_sheet(), "强制.xlsx")},
    ),
    Form(
        "manuscripts.hand_in",
        "drafter",
        "/reports/writing?year=2023",
        "/reports/writing/article?year=2023",
        {"section": "farming", "channels": "website"},
    ),
    Form(
        "manuscripts.amend",
        "registrar",
        "/reports/writing?year=2021",
        "/reports/writing/amendment?year=2021",
        {"cell": "active.punishment", "reason": "年后补登。"},
        ("reason",),
    ),
    Form(
        "manuscripts.take_in",
        "registrar",
        "/reports/writing/earlier?year=2020",
        "/reports/writing/earlier?year=2020",
        {"file": (_earlier(), "2020.json"), "words": "示例文字。"},
        ("words",),
    ),
    Form(
        "registers.add",
        "registrar",
        "/registers/new",
        "/registers/new",
        {
            "kind": "punishment",
            "number": "示例9号",
            "title": "示例处罚案",
            "dated": "2024-03-01",
            "source": "示例台账",
            "amount_yuan": "",
            "repealed_on": "",
            "published_at": "",
        },
        (
            "number",
            "title",
            "dated",
            "source",
            "amount_yuan",
            "repealed_on",
            "published_at",
        ),
    ),
    Form(
        "registers.repeal",
        "registrar",
        "/registers/{document_id}/repeal",
        "/registers/{document_id}/repeal",
        {"repealed_on": "2024-03-04", "repealed_by": "示例清理决定"},
        ("repealed_on", "repealed_by"),
    ),
    Form(
        "supervisions.add",
        "registrar",
        "/supervisions/new",
        "/supervisions/new",
        {
            "kind": "assessment",
            "dated": "2024-03-01",
            "by_whom": "示例区政府办",
            "title": "示例考核",
            "result": "合格",
            "problem": "",
            "source": "示例通报",
        },
        ("dated", "by_whom", "title", "result", "problem", "source"),
    ),
    Form(
        "supervisions.mend",
        "registrar",
        "/supervisions/{supervision_id}",
        "/supervisions/{supervision_id}/mended",
        {"mended_on": "2024-03-04", "mended_how": "已补齐更新。"},
        ("mended_on", "mended_how"),
    ),
    Form(
        "manuscripts.write",
        "drafter",
        "/reports/writing?year=2023",
        "/reports/writing/words?year=2023",
        {f"own-{code}": "示例一段文字。" for code in CODES},
        ("own-management", "own-problems"),
    ),
)
