"""A definition as it is being written: everything that is known of it, at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.errors import WorkflowError
from workflow.process.definition import Definition, DefinitionFaults, Fault
from workflow.process.handover import with_successor
from workflow.process.reading import read_definition
from workflow.process.scenario.player import play
from workflow.process.scenario.reading import read_scenarios
from workflow.process.scenario.script import Report
from workflow.process.soundness import check


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of reading and proving.

    Args:
        definition: when it could be read.
        faults: why it may not be used; each on its line.
        proven: what was proved, in sentences.
    """

    definition: Definition | None
    faults: tuple[Fault, ...]
    proven: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it was read and proved."""
        return self.definition is not None and not self.faults

    @property
    def by_line(self) -> Mapping[int, list[Fault]]:
        """The faults and warnings by the line they stand on."""
        warned = self.definition.warnings if self.definition else ()
        found: dict[int, list[Fault]] = {}
        for fault in (*self.faults, *warned):
            found.setdefault(fault.line, []).append(fault)
        return found


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of playing the paper cases: unreadable, or played."""

    faults: tuple[Fault, ...] = ()
    report: Report = field(default_factory=Report)


def checked(source: str, others: Mapping[str, Definition] | None = None) -> Checked:
    """Read a definition and prove it, together with what it hands over to.

    Args:
        others: by id, the definitions that it may use or hand over to.
    """
    try:
        definition = read_definition(source)
        missing = _unknown(definition, others or {})
        if missing:
            return Checked(definition, missing)
        proof = check(definition)
        whole = with_successor(definition, others or {})
        joined = check(whole) if whole is not definition and proof.sound else proof
    except DefinitionFaults as refused:
        return Checked(None, refused.faults)
    return Checked(definition, proof.faults or joined.faults, proof.proven)


def tried(
    cases: str, definition: Definition, others: Mapping[str, Definition] | None = None
) -> Tried:
    """Play paper cases against a definition that was read.

    Args:
        cases: the file of paper cases, as typed.
    """
    try:
        return Tried(report=play(read_scenarios(cases), definition, others))
    except DefinitionFaults as refused:
        return Tried(faults=refused.faults)
    except WorkflowError as refusal:
        return Tried(faults=(Fault(1, "unreadable", refusal.message),))


def _unknown(
    definition: Definition, others: Mapping[str, Definition]
) -> tuple[Fault, ...]:
    named = [(use.process, use.line) for use in definition.uses]
    if definition.hand_over is not None:
        named.append((definition.hand_over.process, definition.hand_over.line))
    return tuple(
        Fault(line, "unknown-process", f"没有找到所引用的流程“{name}”，请先启用它。")
        for name, line in named
        if name not in others
    )
