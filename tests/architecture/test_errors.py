"""Every refusal says in Chinese what was not done, and under which rule."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from workflow import errors
from workflow.errors import WorkflowError

CHINESE_SENTENCE = re.compile(r"[\u4e00-\u9fff].*。$")


def refusals() -> list[type[WorkflowError]]:
    found = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    return [kind for kind in found if issubclass(kind, WorkflowError)]


def faults(kind: type[Exception]) -> Iterator[str]:
    own = vars(kind)
    if not own.get("__doc__"):
        yield "no docstring"
    if not CHINESE_SENTENCE.search(own.get("message", "")):
        yield "no Chinese sentence of its own"
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", own.get("rule", "")):
        yield "no rule of its own"


@pytest.mark.parametrize("kind", refusals())
def test_a_refusal_explains_itself(kind: type[WorkflowError]) -> None:
    assert list(faults(kind)) == []


def test_no_two_refusals_share_a_rule() -> None:
    rules = Counter(kind.rule for kind in refusals())

    assert [rule for rule, times in rules.items() if times > 1] == []


def test_an_unexplained_refusal_is_noticed() -> None:
    bare = type("Bare", (Exception,), {"message": "not permitted", "rule": "No"})

    assert len(list(faults(bare))) == 3


def test_the_tree_is_found() -> None:
    assert {errors.WorkflowError, errors.OpinionRequired} <= set(refusals())
