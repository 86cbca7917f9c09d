"""The sentence on remedies, a dated template for each outcome.

Since 1 January 2024 (行政复议法2023年修订，第二十三条第一款第四项) who was refused
has to ask for a review first; for a township from the county's government.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.requests import RequestOutcome

REVIEW_FIRST = (
    "如不服本答复，可以自收到本答复书之日起六十日内向上一级人民政府申请行政复议；"
    "对行政复议决定不服的，可以自收到复议决定书之日起十五日内向人民法院提起行政诉讼。"
)
EITHER = (
    "如不服本答复，可以自收到本答复书之日起六十日内向上一级人民政府申请行政复议，"
    "或者自收到本答复书之日起六个月内向人民法院提起行政诉讼。"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in use from a day on, for refusals or for everything else."""

    since: date
    refusals: str
    others: str


SENTENCES = (
    Sentence(date(2019, 5, 15), EITHER, EITHER),
    Sentence(date(2024, 1, 1), REVIEW_FIRST, EITHER),
)


def refuses(outcome: RequestOutcome) -> bool:
    """Whether the outcome keeps back what was asked for, wholly or in part."""
    return outcome is RequestOutcome.PARTIAL or outcome.value.startswith("deny_")


def remedy_sentence(outcome: RequestOutcome, on: date) -> str:
    """What a reply signed on a day says of review and suit."""
    valid = [sentence for sentence in SENTENCES if sentence.since <= on]
    sentence = valid[-1] if valid else SENTENCES[0]
    return sentence.refusals if refuses(outcome) else sentence.others
