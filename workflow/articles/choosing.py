"""Under which definition an article starts: the one in force, or one that it uses."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflow.agencies.questions import definition_in_force, newest_of
from workflow.articles.cases import Case, definition_of
from workflow.articles.drafts import Draft, write
from workflow.articles.text import Text, facts_of
from workflow.errors import WrongState
from workflow.process.definition import Definition
from workflow.process.handover import chosen
from workflow.process.machine import DRAFTING
from workflow.process.plan import complete


@dataclass(frozen=True, slots=True)
class Begun:
    """A text with the definition that its kind follows."""

    definition_id: int
    definition: Definition
    text: Text


def begun(
    session: Session, agency_id: int, written: Draft, before: Text | None = None
) -> Begun:
    """Read what was typed under the definition in force, or under the one it names.

    Raises:
        NotFound: none is in force.
        InvalidInput: all fields named at once.
    """
    row = definition_in_force(session, agency_id)
    definition = definition_of(session, row.id)
    text = write(session, agency_id, written, definition, before)
    used = chosen(definition, complete(definition, facts_of(text)))
    if used is None:
        return Begun(row.id, definition, text)
    other = newest_of(session, agency_id, used)
    follows = definition_of(session, other.id)
    text = write(session, agency_id, written, follows, before)
    return Begun(other.id, follows, text)


def changed(session: Session, agency_id: int, case: Case, written: Draft) -> Begun:
    """The same for a text that stands already.

    While it was never handed in, it follows what its kind follows now; afterwards it
    keeps its ladder, and may not become of a kind that has another.

    Raises:
        WrongState: it would have to follow another definition.
        InvalidInput: all fields named at once.
    """
    article = case.article
    fresh = article.state == DRAFTING and article.submitted_at is None
    if fresh and case.definition.uses:
        return begun(session, agency_id, written, case.text)
    text = write(session, agency_id, written, case.definition, case.text)
    used = chosen(case.definition, complete(case.definition, facts_of(text)))
    if used is not None:
        raise WrongState(
            "改成这样以后应按另一流程办理；请撤稿后按新的类别重新起草。",
            rule="another-definition",
        )
    return Begun(article.definition_id, case.definition, text)
