"""As what an added signer signs beside the rung: her post today, kept apart or not."""

from __future__ import annotations

from workflow.articles import added
from workflow.articles.added import Demand
from workflow.articles.desks import Asking
from workflow.errors import NotPermitted, WrongState
from workflow.people import rules as people
from workflow.people.rules import Capacity, Holder
from workflow.process import machine


def capacity(asking: Asking, demand: Demand) -> Capacity:
    """In which capacity a person may sign as one who was added.

    Raises:
        NotPermitted: not her post, not today, or kept apart from what she signed.
        WrongState: it is not owed, or the article has not come to that rung.
    """
    case, stage = asking.case, demand.row.stage
    if not demand.open or not added.is_up(case.definition, case.article.state, stage):
        raise WrongState("这一加签现在不用签。", rule="not-owed")
    found = people.capacity(holders(asking, demand.row.post_id), asking.person)
    acts = frozenset({demand.act})
    bar = machine.barred(case.plan, case.signed_ever, asking.person, stage, acts)
    if bar is not None:
        raise NotPermitted(
            "您已签过这篇稿件的另一级，同一人不能再签本级。",
            rule=f"persons:{bar.id}",
            basis=bar.basis,
        )
    return found


def holders(asking: Asking, post_id: int) -> list[Holder]:
    """Who holds the post that was added."""
    return [h for h in asking.staffing.holders if h.post_id == post_id]
