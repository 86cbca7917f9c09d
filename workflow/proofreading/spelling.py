"""The statistical speller beside the rules: opened at the first sentence, not before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from workflow.proofreading.findings import Hit, Sentence, Severity, Speller
from workflow.proofreading.tables import Town

Spoken = tuple[str, Hit]


class LazySpeller:
    """A speller that reads its model (and numpy) only when it is first asked.

    Args:
        model: the model file; ``workflow/proofreading/training/build.py`` makes it.
    """

    def __init__(self, model: Path) -> None:
        self._file = model

    @cached_property
    def _speller(self) -> Speller:
        from workflow.proofreading.speller.checking import StatisticalSpeller

        return StatisticalSpeller(self._file)

    def __call__(
        self, sentences: Sequence[Sentence], kept: Sequence[str] = ()
    ) -> Sequence[Spoken]:
        """See ``Speller``."""
        return self._speller(sentences, kept)


def words_of_town(town: Town) -> tuple[str, ...]:
    """What the town's table says is right as it is: names of people and places."""
    villages = [v.removesuffix("村").removesuffix("社区") for v in town.villages]
    names = [name for name, _ in town.leaders]
    words = [town.name, *town.villages, *villages, *names]
    return tuple(sorted({word for word in words if len(word) > 1}))


def beside_rules(rules: Sequence[Spoken], doubts: Sequence[Spoken]) -> list[Spoken]:
    """The doubts that no rule has spoken about: where both see a fault the rule's word counts."""
    spans = sorted(
        (hit.start, hit.end)
        for _, hit in rules
        if hit.put and hit.severity != Severity.HINT and not hit.as_given
    )
    return [
        (rule, hit)
        for rule, hit in doubts
        if not any(start < hit.end and hit.start < end for start, end in spans)
    ]
