"""The trail as lines for an outsider: every digested field, its leaf and link."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.audit import AuditEntry
from workflow.audit import rules


def every_line(session: Session, agency: str) -> Iterator[str]:
    """One JSON object an entry, in order.

    Args:
        agency: its code.
    """
    query = (
        select(AuditEntry)
        .join(Agency, Agency.id == AuditEntry.agency_id)
        .where(Agency.code == agency)
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=1000)
    )
    for entry in session.scalars(query):
        values = {
            name: rules.plain(getattr(entry, name))
            for name in (*rules.FIELDS, "leaf", "link")
            if name != "agency"
        }
        yield json.dumps({"agency": agency, **values}, ensure_ascii=False)
