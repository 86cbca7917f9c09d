"""What a person says when she signs; nothing of it is filled in for her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """What a person answers and says when approving.

    Args:
        checklist: answer by line of the rung's checklist: ``yes``, ``na`` or ``no``.
        act: which of the open acts she means, by its id; the first of hers when empty.
        particulars: of a meeting or of an outsider's answer, by key: ``met_on``,
            ``minutes``, ``document``.
        needed_by: by when the drafter of an urgent text says it is needed; handing in.
    """

    checklist: Mapping[str, str]
    opinion: str = ""
    act: str = ""
    particulars: Mapping[str, str] = field(default_factory=dict)
    needed_by: datetime | None = None

    def as_values(self) -> dict[str, object]:
        """What an operation id stands for."""
        return {
            "checklist": dict(self.checklist),
            "opinion": self.opinion,
            "act": self.act,
            "particulars": dict(self.particulars),
            "needed_by": self.needed_by,
        }
