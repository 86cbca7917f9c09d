"""The machine pre-check of one text: pure, deterministic, every finding with its rule.

Order matters: code points are folded first; then one automaton reads the whole text
for every word and trigger, and a check runs only on lines where its trigger stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import accumulate

from workflow.proofreading.automaton import Near, near_of
from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.families import LINE_CHECKS, TEXT_CHECKS
from workflow.proofreading.findings import (
    Finding,
    Hit,
    RuleCard,
    Sentence,
    Severity,
    Speller,
)
from workflow.proofreading.mentions import is_mentioned
from workflow.proofreading.spelling import beside_rules, words_of_town
from workflow.proofreading.tables import Tables, Town
from workflow.proofreading.text import Document, read_document, sentences
from workflow.proofreading.wordlists import pattern_checks, word_checks

GROUP_FROM = 5
SPELLER_LEVEL = 1
CONTEXT = 6
NO_TOWN = Town()


@dataclass(frozen=True, slots=True)
class Proofread:
    """One text as the machine read it.

    Args:
        silent: rules that said nothing because the town's table has no entry.
    """

    chars: int
    findings: tuple[Finding, ...]
    silent: tuple[str, ...]

    @property
    def blocks(self) -> bool:
        """Whether something stops the signature."""
        return any(finding.severity == "block" for finding in self.findings)


@dataclass(frozen=True)
class Checker:
    """The tables made ready once; then any number of texts."""

    tables: Tables
    line_checks: tuple[LineCheck, ...]
    text_checks: tuple[TextCheck, ...]
    near_lines: Near[LineCheck]
    near_texts: Near[TextCheck]
    speller: Speller | None = None

    def proofread(
        self, given: str, town: Town = NO_TOWN, level: int | None = None
    ) -> Proofread:
        """Every finding of all rules and of the speller, in the order of the text.

        Args:
            given: the text; offsets of the findings count its code points.
            town: the issuer's table; an empty part silences the rules that need it.
            level: 1, 2 or 3 for the rules of that proofread only; none for all.
        """
        return self.proofread_many([given], town, level)[0]

    def proofread_many(
        self, texts: Sequence[str], town: Town = NO_TOWN, level: int | None = None
    ) -> list[Proofread]:
        """Several texts, each by itself; faster than one by one.

        Args:
            texts, town, level: see ``proofread``.
        """
        documents = [read_document(given) for given in texts]
        doubts = self._doubts(documents, town, level)
        return [
            self._judged(document, own, town, level)
            for document, own in zip(documents, doubts, strict=True)
        ]

    def _judged(
        self,
        document: Document,
        doubts: Sequence[tuple[str, Hit]],
        town: Town,
        level: int | None,
    ) -> Proofread:
        desk = Desk(document, self.tables, town)
        hits = [*self._line_hits(desk), *self._text_hits(desk)]
        hits = [h for h in hits if not is_mentioned(*h, document)]
        hits += beside_rules(hits, doubts)
        wanted = [(self.tables.cards[rule], hit) for rule, hit in hits]
        kept = [(c, h) for c, h in wanted if self._is_heard(c, town, level)]
        return Proofread(
            len(document.given),
            tuple(sorted(_findings(document, kept), key=_place)),
            self._silent(town, level),
        )

    def _doubts(
        self, documents: Sequence[Document], town: Town, level: int | None
    ) -> list[list[tuple[str, Hit]]]:
        """What the speller says of each text: asked once for all of them."""
        found: list[list[tuple[str, Hit]]] = [[] for _ in documents]
        if self.speller is None or level not in (None, SPELLER_LEVEL):
            return found
        sizes = [len(document.folded) + 1 for document in documents]
        bases = list(accumulate(sizes, initial=0))
        asked = [
            replace(sentence, start=sentence.start + base)
            for document, base in zip(documents, bases, strict=False)
            for sentence in _sentences_of(document)
        ]
        for rule, hit in self.speller(asked, words_of_town(town)):
            number = bisect_right(bases, hit.start) - 1
            start, end = hit.start - bases[number], hit.end - bases[number]
            found[number].append((rule, replace(hit, start=start, end=end)))
        return found

    def _line_hits(self, desk: Desk) -> Iterator[tuple[str, Hit]]:
        lines = desk.document.lines
        for line, checks in self.near_lines.by_line(desk.document.folded, lines):
            for check in checks:
                for hit in check.check(line, desk):
                    start, end = hit.start + line.start, hit.end + line.start
                    yield check.rule, replace(hit, start=start, end=end)

    def _text_hits(self, desk: Desk) -> Iterator[tuple[str, Hit]]:
        for check in self.near_texts.of_text(desk.document.folded):
            for hit in check.check(desk):
                yield check.rule, hit

    def _is_heard(self, card: RuleCard, town: Town, level: int | None) -> bool:
        return not town.lacks(card.needs) and (level is None or level in card.levels)

    def _silent(self, town: Town, level: int | None) -> tuple[str, ...]:
        concerned = [c for c in self.needy if level is None or level in c.levels]
        return tuple(card.id for card in concerned if town.lacks(card.needs))

    @cached_property
    def needy(self) -> tuple[RuleCard, ...]:
        """The rules that read the town's table."""
        return tuple(card for card in self.tables.cards.values() if card.needs)


def checker(tables: Tables, speller: Speller | None = None) -> Checker:
    """A checker from the tables; takes a moment, so make it once.

    Args:
        speller: the statistical half; without it the rules speak alone.
    """
    lines = (*LINE_CHECKS, *word_checks(tables), *pattern_checks(tables))
    return Checker(
        tables, lines, TEXT_CHECKS, near_of(lines), near_of(TEXT_CHECKS), speller
    )


def corrected(given: str, findings: Iterable[Finding]) -> str:
    """The text with the first suggestion of every finding that is ``applied``."""
    parts, done = [], 0
    for finding in findings:
        if finding.applied and finding.suggestions and finding.start >= done:
            parts += [given[done : finding.start], finding.suggestions[0]]
            done = finding.end
    return "".join([*parts, given[done:]])


def _sentences_of(document: Document) -> list[Sentence]:
    return [
        Sentence(line.start + start, text)
        for line in document.lines
        for start, text in sentences(line.text)
    ]


def _findings(
    document: Document, hits: Sequence[tuple[RuleCard, Hit]]
) -> Iterator[Finding]:
    many = _many(hits)
    grouped = _grouped(hits, many)
    seen: set[tuple[str, int, int]] = set()
    known: dict[str, int] = {}
    for card, hit in sorted(grouped, key=lambda p: (p[1].start, p[1].end, p[0].id)):
        place = (card.id, hit.start, hit.end)
        if place in seen:
            continue
        seen.add(place)
        key = whole_key(card.id) if card.id in many else _key(document, card, hit)
        known[key] = known.get(key, 0) + 1
        suffix = f"-{known[key]}" if known[key] > 1 else ""
        yield _finding(document, card, hit, key + suffix)


def _finding(document: Document, card: RuleCard, hit: Hit, key: str) -> Finding:
    start, end = hit.start, hit.end
    if not hit.as_given:
        start, end = document.given_span(start, end)
    return Finding(
        start=start,
        end=end,
        text=document.given[start:end],
        rule=card.id,
        category=card.category,
        severity=hit.severity or card.severity,
        levels=card.levels,
        message=f"{hit.what}（{card.source}）。",
        suggestions=hit.put,
        confidence=hit.confidence,
        applied=hit.sure and bool(hit.put) and card.severity != Severity.HINT,
        key=key,
    )


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.start, finding.end, finding.rule


def _key(document: Document, card: RuleCard, hit: Hit) -> str:
    text = document.given if hit.as_given else document.folded
    return local_key(card.id, text, hit.start, hit.end)


def local_key(rule: str, text: str, start: int, end: int) -> str:
    """Rule and the words around, within the line: a line put before changes nothing."""
    before = text[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    after = text[end : end + CONTEXT].partition("\n")[0]
    digest = sha256(f"{rule}\n{before}{text[start:end]}{after}".encode()).hexdigest()
    return f"{rule}-{digest[:16]}"


def whole_key(rule: str) -> str:
    """The key of a rule's many places in one text, reported once."""
    return f"{rule}-all"


def _many(hits: Sequence[tuple[RuleCard, Hit]]) -> dict[str, int]:
    """Rules that are reported once for the whole text, with how often they spoke."""
    numbers: dict[str, int] = {}
    for card, _ in hits:
        if card.grouped:
            numbers[card.id] = numbers.get(card.id, 0) + 1
    return {rule: count for rule, count in numbers.items() if count >= GROUP_FROM}


def _grouped(
    hits: Sequence[tuple[RuleCard, Hit]], many: Mapping[str, int]
) -> list[tuple[RuleCard, Hit]]:
    kept: list[tuple[RuleCard, Hit]] = []
    told: set[str] = set()
    for card, hit in sorted(hits, key=lambda p: p[1].start):
        if card.id not in many:
            kept.append((card, hit))
        elif card.id not in told:
            told.add(card.id)
            what = f"{hit.what}，全文同类共{many[card.id]}处，请一并改正"
            kept.append((card, replace(hit, what=what)))
    return kept
