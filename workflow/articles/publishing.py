"""Letting a text out, on all its channels or on one before the others."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from models.articles import Article
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import releases, rules
from workflow.articles.cases import PUBLISH, Case
from workflow.articles.desks import Asking, may_do, one_for_two
from workflow.articles.doing import on_article
from workflow.articles.moves import Decision, decide
from workflow.articles.proofread import nothing_blocks_release
from workflow.articles.witness import every_signature_left_its_trace
from workflow.audit.acts import Plain
from workflow.occasion import Occasion
from workflow.people.rules import Capacity
from workflow.process import machine
from workflow.process.machine import PUBLISHED, Position, step
from workflow.process.plan import publisher


def publish(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    channels: Collection[str] = (),
) -> Article:
    """Let it out (先审后发): recomputed from the signatures on the present digest.

    No column is trusted: the text is digested anew, the plan is made anew from its
    attributes, and every demanded act must stand on it, by persons who may, each
    signature with its trace.

    Args:
        channels: on which of its channels, where each has its own last word; on all
            that it is not out on yet when none is named.

    Raises:
        WrongState: a demanded signature is missing or without its trace; says which.
        NotPermitted: one of these channels is another's to publish on.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        wanted = _apart(case, channels)
        digest = rules.publishable(case, wanted)
        nothing_blocks_release(session, by, case)
        every_signature_left_its_trace(session, by, case)
        asking = Asking(session, by, case, Action.PUBLISH)
        out = wanted or case.plan.channels - case.released
        for channel in sorted(out):
            capacity = may_do(asking, publisher(case.plan, channel))
        to = step(case.plan, case.position, machine.Publish(wanted))
        what = _published(asking, capacity, out)
        decide(session, by, case, what, to, _kept(by, to, digest))
        releases.let_out(session, by, case, digest, out)

    at, named = (article_id, revision_id), {"channels": sorted(channels)}
    return on_article(session, by, Action.PUBLISH, at, named, doing)


def _apart(case: Case, channels: Collection[str]) -> frozenset[str]:
    """The channels, where naming some of them means something."""
    wanted = frozenset(channels)
    if not case.definition.releases_apart and wanted == case.plan.channels:
        return frozenset()
    return wanted


def _published(asking: Asking, capacity: Capacity, out: frozenset[str]) -> Decision:
    case, acts = asking.case, frozenset({PUBLISH})
    details: dict[str, Plain] = {}
    if case.definition.releases_apart:
        details["channels"] = sorted(out)
    if warned := one_for_two(case, asking.person, case.definition.publish, acts):
        details["warned"] = warned
    return Decision(
        Action.PUBLISH, Outcome.PUBLISHED, capacity, acts=acts, details=details
    )


def _kept(by: Occasion, to: Position, digest: str) -> dict[str, object]:
    return releases.who_when_what(by, digest) if to.state == PUBLISHED else {}
