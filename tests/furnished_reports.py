"""A penalty, a document in force and an assessment that found something wanting."""

from __future__ import annotations

from datetime import date

from models.articles import Article
from models.reports import RegisterKind, SupervisionKind
from tests.stories import publish, sign, submit
from tests.town import Town
from workflow.reports import handing_in
from workflow.reports.acts import enter_register
from workflow.reports.handing_in import Written
from workflow.reports.prose import SLOTS
from workflow.reports.registers import NewEntry
from workflow.reports.supervising import enter_supervision
from workflow.reports.supervisions import NewSupervision

OWN = {slot.code: f"示例：{slot.lead}" for slot in SLOTS if slot.needed}


def reports_of(town: Town, section: str) -> None:
    """A report ready to be handed in, and one published whose records have changed."""
    for year in (2021, 2023):
        words = Written(OWN, {}, 0)
        handing_in.write(town.session, town.by("drafter"), year, words)
    by, session = town.by("drafter"), town.session
    row = handing_in.hand_in(session, by, 2021, section, ["website"])
    article = session.get_one(Article, row.article_id)
    submit(town, article)
    for who in ("director", "deputy"):
        sign(town, article, who)
    publish(town, article)
    late = NewEntry(
        RegisterKind.PUNISHMENT, "示例旧案", "示例案", date(2021, 3, 1), "示例台账"
    )
    enter_register(session, town.by("registrar"), late)


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
