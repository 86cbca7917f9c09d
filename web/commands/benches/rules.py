"""How often the rules of the pre-check fire where they should, and how fast they read.

Measured on files of cases, never asserted by a test.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from pathlib import Path

from web.commands.proofread import make_checker
from workflow.proofreading.rules import Checker
from workflow.proofreading.tables import Town, read_town

STATISTICAL = frozenset({"T01", "T02", "T03", "T06"})
CLEAN = "会议要求，各村要压实责任，抓好春耕备耕各项工作，确保农时不误。\n"
COPIES = 4000


@dataclass(frozen=True, slots=True)
class Figures:
    """Cases of one file, without those that only a statistical speller can find.

    Args:
        should_fire, fired: cases with a fault, and those where the rule saw it.
        should_not, wrongly: clean cases, and those where the rule fired.
        chars_per_second: of processor time, on clean text, all rules on.
    """

    file: str
    should_fire: int
    fired: int
    should_not: int
    wrongly: int
    chars_per_second: int


def measure(file: Path) -> Figures:
    """Judge one file of cases: a first line of context, then one case a line."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
    has_context = "context" in lines[0]
    town = read_town(lines[0] if has_context else {}, given=has_context)
    desk = replace(make_checker(), speller=None)
    cases = [one for one in lines[int(has_context) :] if one["rule"] not in STATISTICAL]
    seen = [(one["fire"], _fires(desk, town, one)) for one in cases]
    return Figures(
        file=file.name,
        should_fire=sum(wanted for wanted, _ in seen),
        fired=sum(wanted and found for wanted, found in seen),
        should_not=sum(not wanted for wanted, _ in seen),
        wrongly=sum(found and not wanted for wanted, found in seen),
        chars_per_second=_speed(desk, town),
    )


def _fires(desk: Checker, town: Town, case: dict[str, str]) -> bool:
    found = desk.proofread(case["text"], town, None).findings
    return any(finding.rule == case["rule"] for finding in found)


def _speed(desk: Checker, town: Town) -> int:
    text = CLEAN * COPIES
    desk.proofread(CLEAN * 100, town, None)
    begun = time.process_time()
    desk.proofread(text, town, None)
    return round(len(text) / (time.process_time() - begun))
