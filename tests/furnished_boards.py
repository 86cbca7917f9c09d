"""Labels, a villager's report and a bulletin for the furnished town."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.bulletins import BulletinCycle
from models.inspections import FaultKind
from tests.town import Town
from workflow.inspections import bulletins, labels, public_reports
from workflow.occasion import Occasion

Ids = Mapping[str, Any]


def of_labels(town: Town) -> Ids:
    """Each board has its code; a villager's report about the first one waits."""
    session = town.session
    labels.make_codes(session, town.by("inspector"))
    first, *others = labels.labels(session, town.agency.id)
    assert len(others) == 2
    villager = Occasion(town.agency.id, None, town.at, f"villager-{town.agency.code}")
    told = (FaultKind.STALE, "还是去年的")
    sent = public_reports.report(session, villager, first, told, "somewhere")
    return {"code": first.code, "receipt": sent.receipt, "report_id": sent.id}


def of_bulletins(town: Town, section: str) -> Ids:
    """The bulletin of January, whose article is a draft."""
    month = BulletinCycle.MONTH
    new = bulletins.NewBulletin(month, date(2024, 1, 1), section, ["website"])
    made = bulletins.draft(town.session, town.by("drafter"), new)
    return {"bulletin_id": made.id}
