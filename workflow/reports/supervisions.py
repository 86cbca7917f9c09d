"""工作考核、社会评议、责任追究 and their rectification (条例第五十条); pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from models.reports import SupervisionKind
from workflow.errors import InvalidInput

LONGEST = {"by_whom": 120, "title": 300, "result": 300, "source": 300}
PROBLEM_MAX = 2000


@dataclass(frozen=True, slots=True)
class NewSupervision:
    """One judgement on the office's work, as it is entered.

    Args:
        by_whom: who judged, as 区政府办公室.
        result: what came out, in the words of the paper.
        problem: what was found wanting; empty when nothing was.
        source: where the paper is on record.
    """

    kind: SupervisionKind
    dated: date
    by_whom: str
    title: str
    result: str
    source: str
    problem: str = ""

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Mending:
    """How a problem was put right (整改), and when."""

    on: date
    how: str

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


def refuse_bad_supervision(new: NewSupervision, today: date) -> None:
    """Refuse an entry that lacks something, naming every field at once.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults: dict[str, list[str]] = {}
    texts = {name: str(getattr(new, name)) for name in LONGEST}
    for name, text in texts.items():
        if not text.strip():
            faults[name] = ["请填写。"]
        elif len(text) > LONGEST[name]:
            faults[name] = [f"最多{LONGEST[name]}字。"]
    if len(new.problem) > PROBLEM_MAX:
        faults["problem"] = [f"最多{PROBLEM_MAX}字。"]
    if new.dated > today:
        faults["dated"] = ["日期晚于今天。"]
    if faults:
        raise InvalidInput(faults)


def refuse_bad_mending(dated: date, mending: Mending, today: date) -> None:
    """Refuse a rectification without words, before the problem, or in the future.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults: dict[str, list[str]] = {}
    if not dated <= mending.on <= today:
        faults["mended_on"] = ["整改日期应在指出问题之后、今天之前。"]
    how = mending.how.strip()
    if not how or len(how) > PROBLEM_MAX:
        faults["mended_how"] = [f"请写明整改情况，最多{PROBLEM_MAX}字。"]
    if faults:
        raise InvalidInput(faults)
