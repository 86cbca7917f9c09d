"""The shape of one plan, as the machine needs it; equal ladders share one machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """One planned stage.

    Args:
        id: of the stage.
        returns_to: where it may be sent back to, in this plan, lowest first.
        recallable: nobody but the drafter acts below it.
    """

    id: str
    returns_to: tuple[str, ...]
    recallable: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a plan, and the stages of the definition that are not in it."""

    rungs: tuple[Rung, ...]
    dormant: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rungs, lowest first."""
        return tuple(rung.id for rung in self.rungs)

    def rung(self, stage_id: str) -> Rung | None:
        """The rung of this id, if it is on this ladder."""
        return next((rung for rung in self.rungs if rung.id == stage_id), None)
