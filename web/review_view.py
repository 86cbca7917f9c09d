"""Which text the review screen opens on: the text, what changed, or any two drafts."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from models.articles import Revision
from workflow.articles.cases import Case
from workflow.articles.comparison import Comparison, compare

TEXT, CHANGES, COMPARE = "text", "changes", "compare"
BLANKS = str.maketrans({" ": "␣", "\u3000": "□", "\t": "→"})
INLINE, SIDE = "inline", "side"


@dataclass(frozen=True, slots=True)
class View:
    """What stands in the middle of the screen.

    Args:
        old: number of the earlier draft, in the two comparing views.
        new: number of the later one.
        layout: differences within the lines, or side by side.
    """

    name: str
    old: int
    new: int
    layout: str = INLINE

    @property
    def in_other_layout(self) -> dict[str, str | int]:
        """The query of the same view, laid out the other way."""
        layout = INLINE if self.layout == SIDE else SIDE
        query: dict[str, str | int] = {"view": self.name, "layout": layout}
        if self.name == COMPARE:
            query |= {"from": self.old, "to": self.new}
        return query

    @property
    def compares(self) -> bool:
        """Whether two drafts are shown against each other."""
        return self.name in (CHANGES, COMPARE)


def chosen(case: Case, seen: Revision | None) -> View:
    """The view asked for; else what changed since she signed, if anything did.

    Args:
        seen: the revision the person signed last, if she ever did.
    """
    present = case.revision.number
    changed = seen is not None and seen.number < present
    base = seen.number if seen and changed else max(1, present - 1)
    by_itself = CHANGES if changed else TEXT
    name = request.values.get("view", "")
    name = name if name in (TEXT, CHANGES, COMPARE) else by_itself
    layout = SIDE if request.values.get("layout") == SIDE else INLINE
    if name == COMPARE:
        base, present = _number("from", base), _number("to", present)
    return View(name, base, present, layout)


def comparison(session: Session, case: Case, view: View) -> Comparison | None:
    """The difference, where the view shows one.

    Raises:
        NotFound: no draft of that number.
    """
    return compare(session, case, view.old, view.new) if view.compares else None


def visible(text: str) -> str:
    """A changed run with its blanks made visible, where it is nothing but blanks."""
    return text.translate(BLANKS) if text.isspace() else text


def _number(name: str, otherwise: int) -> int:
    typed = request.values.get(name, "")
    short = typed.isascii() and typed.isdigit() and len(typed) < 6
    return int(typed) if short else otherwise
