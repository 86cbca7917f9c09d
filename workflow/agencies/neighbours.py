"""Definitions that belong together: one uses another, or hands over to it.

Those that another one names are adopted first; from then on no article starts under
them by itself.  What is handed over to is kept with the definition that does, as it was
on that day, so that running articles keep both ladders.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import ProcessDefinition
from workflow.agencies.questions import newest_of
from workflow.errors import NotFound
from workflow.process.definition import Definition, DefinitionFaults, Fault
from workflow.process.handover import joined
from workflow.process.reading import read_definition
from workflow.process.soundness import check


def named_by(definition: Definition) -> Iterator[tuple[str, int]]:
    """The ids of the definitions that one names, each with its line."""
    yield from ((use.process, use.line) for use in definition.uses)
    if definition.hand_over is not None:
        yield definition.hand_over.process, definition.hand_over.line


def successor_of(session: Session, agency_id: int, definition: Definition) -> str:
    """The source of the definition that it hands over to; empty when it does not.

    Raises:
        DefinitionFaults: one that it names was not adopted, or the two ladders
            together are not sound.
    """
    faults = []
    for code, line in named_by(definition):
        try:
            newest_of(session, agency_id, code)
        except NotFound as missing:
            faults.append(Fault(line, "unknown-process", missing.message))
    if faults:
        raise DefinitionFaults(faults)
    if definition.hand_over is None:
        return ""
    source = newest_of(session, agency_id, definition.hand_over.process).source
    whole = check(joined(definition, read_definition(source)))
    if whole.faults:
        raise DefinitionFaults(whole.faults)
    return source


def stand_beside(session: Session, row: ProcessDefinition) -> None:
    """Say of each version that another definition names that it is not in force."""
    rows = session.scalars(
        select(ProcessDefinition).where(ProcessDefinition.agency_id == row.agency_id)
    ).all()
    for one in rows:
        for code, _ in named_by(read_definition(one.source)):
            for other in rows:
                other.beside = other.beside or other.code == code
    session.flush()
