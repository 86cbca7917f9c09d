"""What people do with an article, in the order of its life.

Every act reads: load, permit, move, record, return.  It takes the occasion (who, when,
under which operation id), names the revision that was read, and never commits.  The
regulation decides what comes next (``workflow/process``), the posts decide who may
(``permits.py``), and ``moves.py`` is the only place where the state changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from models.articles import Article
from models.signatures import Outcome
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.articles import cases, findings, precheck, releases, rules
from workflow.articles.approvals import Approval
from workflow.articles.cases import Case
from workflow.articles.changing import change_fact, replace_text, sign_rung
from workflow.articles.choosing import begun, changed
from workflow.articles.demands import complete_for, stated_in_time
from workflow.articles.desks import desk_of
from workflow.articles.doing import article_once, on_article
from workflow.articles.drafts import Draft, importance_of, new_article
from workflow.articles.findings import NewFinding, Reply
from workflow.articles.moves import Decision, decide, move, note, take
from workflow.articles.permits import may_draft
from workflow.articles.proofread import proofreading_is_done
from workflow.articles.publishing import publish
from workflow.occasion import Occasion
from workflow.people.rules import Capacity
from workflow.process import machine
from workflow.process.machine import step

__all__ = ["Approval", "publish"]


@dataclass(frozen=True, slots=True)
class Return:
    """Where a text goes back to, and why, item by item.

    Args:
        direct: put right, it comes straight back (直达): what was signed between is
            left alone and counts as long as it is on the same text.
    """

    to: str
    reason: str = ""
    raised: Sequence[NewFinding] = ()
    direct: bool = False

    def as_values(self) -> dict[str, object]:
        """What an operation id stands for."""
        items = [finding.as_values() for finding in self.raised]
        return {
            "to": self.to,
            "reason": self.reason,
            "raised": items,
            "direct": self.direct,
        }


def draft(session: Session, by: Occasion, written: Draft) -> Article:
    """Begin an article; the drafter is answerable by name from here on (谁起草谁负责).

    Raises:
        NotPermitted: the person has not the role of a drafter.
        InvalidInput: what was typed cannot be taken; all fields named at once.
    """

    def doing() -> Article:
        capacity = may_draft(session, by)
        start = begun(session, by.agency_id, written)
        text, importance = start.text, importance_of(start.definition, start.text)
        article = new_article(session, by, start.definition_id, text, importance)
        article.purpose = written.purpose
        case = cases.of(session, article)
        precheck.run(session, by, case)
        what = Decision(Action.DRAFT, Outcome.APPROVED, capacity)
        note(session, by, case, what, {"title": text.title})
        return article

    return article_once(session, by, Action.DRAFT, written.as_values(), doing)


def revise(
    session: Session, by: Occasion, article_id: int, revision_id: int, written: Draft
) -> Article:
    """Save another revision; voids exactly the signatures that depend on the change.

    A save without a change makes no revision and voids nothing.  Where a rung's
    holder corrects a text, the rungs below see it again.

    Raises:
        Superseded: the revision that was read is not the latest.
        NotPermitted: neither the drafter with the text in hand nor this rung's holder.
        WrongState: published or ended, or a major matter quietly made ordinary.
        InvalidInput: all fields named at once.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        rules.text_is_open(case)
        now = changed(session, by.agency_id, case, written)
        rules.importance_is_not_lowered(case, now.text)
        rules.doubts_stay(case, now.text)
        what = Decision(Action.REVISE, Outcome.APPROVED, capacity)
        replace_text(session, by, case, now, what)

    at, values = (article_id, revision_id), written.as_values()
    return on_article(session, by, Action.REVISE, at, values, doing)


def submit(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    approval: Approval,
) -> Article:
    """Hand the text in; where the first rung is the drafter's own check, sign it too.

    “一是拟稿人员负责对稿件进行通篇校对……自查自校。”

    Raises:
        ChecklistOpen: a line of the self-check is not answered.
        FindingsOpen: something sent back, or found by the machine, is not settled.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        proofreading_is_done(session, by, case)
        to = step(case.plan, case.position, machine.Submit())
        calendar = calendar_of(session, by.agency_id)
        stated_in_time(case, approval.needed_by, by.at, calendar)
        complete_for(case, case.plan.stage(to.state))
        handed = {"submitted_at": by.at, "needed_by": approval.needed_by}
        move(session, by, case, to, handed)
        handed_in = cases.of(session, case.article)
        if rules.first_rung_is_the_drafters(handed_in):
            sign_rung(session, by, handed_in, Action.SUBMIT, approval)
        else:
            what = Decision(Action.SUBMIT, Outcome.APPROVED, capacity)
            note(session, by, handed_in, what, {"revision": case.revision.number})

    at, values = (article_id, revision_id), approval.as_values()
    return on_article(session, by, Action.SUBMIT, at, values, doing)


def sign(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    approval: Approval,
) -> Article:
    """Approve at the present rung: the text of this revision, and no other.

    Raises:
        ChecklistOpen: a line of this rung's checklist is open, or answered "no".
        FindingsOpen: something that was raised, or found by the machine, is open.
        NotPermitted: not this rung's holder, or she signed an exclusive rung before.
        Superseded: another revision was saved, or somebody acted first.
    """

    def doing(case: Case, _capacity: Capacity) -> None:
        proofreading_is_done(session, by, case)
        sign_rung(session, by, case, Action.SIGN, approval)

    at, values = (article_id, revision_id), approval.as_values()
    return on_article(session, by, Action.SIGN, at, values, doing)


def send_back(
    session: Session, by: Occasion, article_id: int, revision_id: int, back: Return
) -> Article:
    """Return it to the drafter or to an earlier rung, with reasons item by item.

    Every signature from that rung on is to be given again; in a direct return only
    those of that rung, of this one, and those whose text is then changed.

    Raises:
        OpinionRequired: neither a reason nor a finding.
        WrongState: the regulation does not let this rung return to there.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        noted = findings.noted_by(session, by, case)
        opinion = rules.reason_for_return(back.reason, [*back.raised, *noted])
        at_ = desk_of(session, by, case, Action.SEND_BACK)
        back_to = machine.SendBack(back.to, at_, back.direct)
        to = step(case.plan, case.position, back_to)
        findings.raise_all(session, by, case, back.raised)
        what = _returned(case, capacity, back, opinion)
        decide(session, by, case, replace(what, stage=at_), to)

    at = (article_id, revision_id)
    return on_article(session, by, Action.SEND_BACK, at, back.as_values(), doing)


def answer_findings(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    replies: Mapping[int, Reply],
) -> Article:
    """Answer what was raised, one by one: put right, or kept with a reason.

    Raises:
        InvalidInput: kept without a reason, or put right where nothing was changed.
        NotPermitted: one's own, or one that the drafter answers.
        NotFound: not an open finding of this article.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        take(session, case)
        findings.answer_all(session, by, case, replies)
        what = Decision(Action.ANSWER, Outcome.APPROVED, capacity)
        answered = [f"{key}:{reply.answer}" for key, reply in replies.items()]
        said = [reply.text.strip() for reply in replies.values()]
        note(session, by, case, what, {"answered": answered, "replies": said})

    values = {str(key): reply.as_values() for key, reply in replies.items()}
    at = (article_id, revision_id)
    return on_article(session, by, Action.ANSWER, at, values, doing)


def hold(
    session: Session, by: Occasion, article_id: int, revision_id: int, reason: str
) -> Article:
    """Put it aside at this rung (待用), with a written reason."""
    choice = (Action.HOLD, Outcome.HELD, machine.Hold())
    return _decide(session, by, (article_id, revision_id), choice, reason)


def resume(
    session: Session, by: Occasion, article_id: int, revision_id: int, reason: str = ""
) -> Article:
    """Take a held article up again, where it was."""
    choice = (Action.RESUME, Outcome.RESUMED, machine.Resume())
    return _decide(session, by, (article_id, revision_id), choice, reason)


def reject(
    session: Session, by: Occasion, article_id: int, revision_id: int, reason: str
) -> Article:
    """Refuse it for good (不予采用), with a written reason; its record stays."""
    choice = (Action.REJECT, Outcome.REJECTED, machine.Reject())
    return _decide(session, by, (article_id, revision_id), choice, reason)


def recall(
    session: Session, by: Occasion, article_id: int, revision_id: int, reason: str = ""
) -> Article:
    """The drafter takes it back while nobody else has acted (收回)."""
    choice = (Action.RECALL, Outcome.RECALLED, machine.Recall())
    return _decide(session, by, (article_id, revision_id), choice, reason)


def raise_importance(
    session: Session, by: Occasion, article_id: int, revision_id: int, reason: str
) -> Article:
    """Any reviewer may say that it is a major matter; the rest is planned anew.

    “涉及重大事项或特殊情况信息，需经单位主要负责人审定。”
    """

    def doing(case: Case, capacity: Capacity) -> None:
        opinion = rules.reason_given(reason)
        at_ = desk_of(session, by, case, Action.RAISE)
        what = Decision(
            Action.RAISE, Outcome.RAISED, capacity, opinion=opinion, stage=at_
        )
        change_fact(session, by, case, rules.raised(case), what)

    at, values = (article_id, revision_id), {"reason": reason}
    return on_article(session, by, Action.RAISE, at, values, doing)


def lower_importance(
    session: Session, by: Occasion, article_id: int, revision_id: int, reason: str
) -> Article:
    """Only a level above the one that raised it may lower it, with a reason."""

    def doing(case: Case, capacity: Capacity) -> None:
        opinion = rules.reason_given(reason)
        at_ = desk_of(session, by, case, Action.LOWER)
        what = Decision(
            Action.LOWER, Outcome.LOWERED, capacity, opinion=opinion, stage=at_
        )
        change_fact(session, by, case, rules.lowered(case, at_), what)

    at, values = (article_id, revision_id), {"reason": reason}
    return on_article(session, by, Action.LOWER, at, values, doing)


def withdraw(
    session: Session, by: Occasion, article_id: int, revision_id: int, reason: str
) -> Article:
    """Take a published article down on every channel; the record stays."""

    def doing(case: Case, capacity: Capacity) -> None:
        opinion = rules.reason_given(reason)
        to = step(case.plan, case.position, machine.Withdraw())
        what = Decision(Action.WITHDRAW, Outcome.WITHDRAWN, capacity, opinion=opinion)
        decide(session, by, case, what, to, {"withdrawn_at": by.at})
        releases.take_down(session, by, case)

    at, values = (article_id, revision_id), {"reason": reason}
    return on_article(session, by, Action.WITHDRAW, at, values, doing)


def _returned(case: Case, capacity: Capacity, back: Return, opinion: str) -> Decision:
    return Decision(
        Action.SEND_BACK,
        Outcome.RETURNED,
        capacity,
        opinion=opinion,
        returned_to=back.to,
        particulars=cases.left_alone(case, back.to) if back.direct else {},
    )


def _decide(
    session: Session,
    by: Occasion,
    at: tuple[int, int],
    choice: tuple[Action, Outcome, machine.Outcome],
    reason: str,
) -> Article:
    action, outcome, wanted = choice

    def doing(case: Case, capacity: Capacity) -> None:
        needs_reason = outcome in (Outcome.HELD, Outcome.REJECTED)
        check = rules.reason_given if needs_reason else rules.opinion_fits
        at_ = desk_of(session, by, case, action)
        what = Decision(action, outcome, capacity, opinion=check(reason), stage=at_)
        to = step(case.plan, case.position, wanted)
        decide(session, by, case, what, to)

    return on_article(session, by, action, at, {"reason": reason}, doing)
