"""The checker with the packaged tables, made once for the tests."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from web.commands.proofread import make_checker
from workflow.proofreading.rules import Checker, Proofread
from workflow.proofreading.tables import Town, read_town

CASES = Path(__file__).parent / "proofread_cases"
SPELLER_RULES = frozenset({"T01", "T02", "T03", "T06"})


@dataclass(frozen=True)
class Case:
    rule: str
    text: str
    fire: bool


@cache
def desk() -> Checker:
    return make_checker()


@cache
def town() -> Town:
    with (CASES / "dev.jsonl").open(encoding="utf-8") as file:
        return read_town(json.loads(file.readline()), given=True)


def cases(name: str) -> Iterator[Case]:
    with (CASES / name).open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if "rule" in row and row["rule"] not in SPELLER_RULES:
                yield Case(row["rule"], row["text"], row["fire"])


def read(text: str, level: int | None = None) -> Proofread:
    return desk().proofread(text, town(), level)


def rules_found(text: str) -> set[str]:
    return {finding.rule for finding in read(text).findings}
