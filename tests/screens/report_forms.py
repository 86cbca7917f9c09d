"""The forms of the registers and of the annual report, filled in well."""

from __future__ import annotations

from tests.screens.form import Form
from workflow.reports.prose import CODES

REPORT_FORMS = (
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
        tuple(f"own-{code}" for code in CODES),
    ),
)
