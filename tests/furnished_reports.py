"""A penalty, a document in force and an assessment that found something wanting."""

from __future__ import annotations

from datetime import date

from models.reports import RegisterKind, SupervisionKind
from tests.town import Town
from workflow.reports.acts import enter_register
from workflow.reports.registers import NewEntry
from workflow.reports.supervising import enter_supervision
from workflow.reports.supervisions import NewSupervision


def registers_of(town: Town) -> dict[str, int]:
    """Their ids, by the names that addresses use."""
    session = town.session
    penalty = NewEntry(
        RegisterKind.PUNISHMENT, "示例1号", "示例案", date(2024, 3, 1), "示例台账"
    )
    entry = enter_register(session, town.by("registrar"), penalty)
    document = NewEntry(
        RegisterKind.NORMATIVE, "示例规1号", "示例办法", date(2024, 3, 1), "示例文件柜"
    )
    rule = enter_register(session, town.by("registrar"), document)
    found = NewSupervision(
        SupervisionKind.ASSESSMENT,
        date(2024, 3, 1),
        "示例区政府办",
        "示例考核",
        "合格",
        "示例通报",
        "示例栏目更新不及时",
    )
    wanting = enter_supervision(session, town.by("registrar"), found)
    return {
        "entry_id": entry.id,
        "document_id": rule.id,
        "supervision_id": wanting.id,
    }
