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
        holds: it may put the article aside.
        rejects: it may refuse the article for good.
    """

    id: str
    returns_to: tuple[str, ...]
    recallable: bool
    holds: bool = True
    rejects: bool = True


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a plan, and the stages of the definition that are not in it.

    Args:
        after: something is to be done once it is published.
        splits: some rungs are for single channels, so several may be open at once.
    """

    rungs: tuple[Rung, ...]
    dormant: tuple[str, ...]
    after: bool = False
    splits: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rungs, lowest first."""
        return tuple(rung.id for rung in self.rungs)

    def rung(self, stage_id: str) -> Rung | None:
        """The rung of this id, if it is on this ladder."""
        return next((rung for rung in self.rungs if rung.id == stage_id), None)
