"""How one sample item climbs: drafted, checked, sometimes sent back, signed, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from sqlalchemy.orm import Session

from models.articles import Article
from models.findings import Answer
from workflow.articles import acts, cases, findings
from workflow.articles.acts import Approval, Return
from workflow.articles.cases import Case
from workflow.articles.drafts import Draft
from workflow.articles.findings import NewFinding, Reply
from workflow.calendar import town_day
from workflow.occasion import Occasion
from workflow.sample_year import sown_steps
from workflow.sample_year.seeds import Way
from workflow.sample_year.slips import SELF_CHECK
from workflow.sample_year.sowing import FINDING_KINDS, draft_of
from workflow.sample_year.steps import Doing, Step, answer_of
from workflow.sample_year.texts import SampleItem
from workflow.sample_year.town import Town

HELD_EVERY = 211
RECALLED_EVERY = 173
RAISED_EVERY = 3


class UpTo(IntEnum):
    """How far an item goes; the whole year goes out, today's desk stops on the way."""

    DRAFTED = 0
    SUBMITTED = 1
    RETURNED = 2
    OFFICE_SIGNED = 3
    DEPUTY_SIGNED = 4
    CLEARED = 5
    PUBLISHED = 6


@dataclass
class Climb:
    """One item and the clock of its day."""

    town: Town
    item: SampleItem
    name: str
    at: datetime

    def step(self, login: str, act: str, minutes: int, doing: Doing) -> Step:
        """The next step, so many minutes after the one before."""
        self.at += timedelta(minutes=minutes + self.item.number * 7 % 5)
        first = f"{self.name}/draft"

        def whole(session: Session, by: Occasion) -> object:
            article = session.get_one(Article, answer_of(session, by, first))
            return doing(session, by, cases.of(session, article))

        return Step(self.at, login, f"{self.name}/{act}", whole)

    def holder(self, kind: str) -> str:
        """Who acts today in the only post of a kind."""
        (post,) = self.town.posts_of(kind)
        return self.town.acting_holder(post, town_day(self.at))

    @property
    def deputy(self) -> str:
        """Who acts today for the deputy whose portfolio has the section."""
        post = self.town.post_for("deputy_head", self.item.section)
        return self.town.acting_holder(post, town_day(self.at))

    @property
    def drafter(self) -> str:
        """Who drafts for this section on the day of the item."""
        post = self.town.post(self.item.drafter_post)
        return self.town.acting_holder(post, town_day(self.item.drafted_at))


def climb(
    town: Town, item: SampleItem, name: str, up_to: UpTo = UpTo.PUBLISHED
) -> Iterator[Step]:
    """Every step of one item, in order, as far as it goes.

    Args:
        name: the beginning of its operation ids.
    """
    way = Climb(town, item, name, item.drafted_at)
    yield Step(way.at, way.drafter, f"{name}/draft", _draft(item))
    yield from _self_checked(way)
    if up_to >= UpTo.SUBMITTED:
        yield from _handed_in(way, "submit", item.opinions.self_check)
    if up_to == UpTo.RETURNED:
        yield way.step(way.holder("office_director"), "return", 15, _send_back(item))
    if up_to >= UpTo.OFFICE_SIGNED:
        yield from _office(way)
    if up_to >= UpTo.DEPUTY_SIGNED:
        yield from _deputy(way)
    if up_to >= UpTo.CLEARED and item.importance == "major":
        login = way.holder("principal")
        opinion = item.opinions.principal_decision
        yield way.step(login, "principal", 40, signing(opinion))
    if up_to >= UpTo.PUBLISHED:
        yield way.step(way.holder("publisher"), "publish", 25, _publish)


def _self_checked(way: Climb) -> Iterator[Step]:
    """What the machine finds at once, the drafter settles before handing in."""
    fault, seed = way.item.draft_fault, way.item.seed
    if fault and fault.rung == SELF_CHECK:
        yield way.step(way.drafter, "self-fix", 10, _fix(way.item))
    if any(level == 1 for _, level in way.item.alarms):
        yield way.step(way.drafter, "alarms-1", 10, sown_steps.alarms_kept)
    if seed is None or seed.level != 1:
        return
    if seed.way is Way.FIX:
        yield way.step(way.drafter, "seed-fix", 10, sown_steps.pressed(seed))
    elif seed.way is Way.REWRITE:
        yield way.step(way.drafter, "seed-fix", 10, _fix(way.item))
    elif seed.way is Way.KEEP:
        yield way.step(way.drafter, "seed-keep", 10, sown_steps.kept(seed))
    else:
        yield way.step(way.drafter, "seed-plead", 10, sown_steps.pleaded(seed))
        login = way.holder("office_director")
        yield way.step(login, "seed-overrule", 10, sown_steps.overruled(seed))


def _second_proofread(way: Climb) -> Iterator[Step]:
    """The director's click sends the text down; else the drafter writes it anew."""
    seed = way.item.seed
    if any(level == 2 for _, level in way.item.alarms):
        login = way.holder("office_director")
        yield way.step(login, "alarms-2", 10, sown_steps.alarms_kept)
    if seed is None or seed.level != 2:
        return
    login = way.holder("office_director")
    if seed.way is Way.FIX:
        yield way.step(login, "seed-fix", 10, sown_steps.pressed(seed))
        opinion = way.item.opinions.correction
        yield way.step(way.drafter, "seed-confirm", 10, signing(opinion))
    else:
        yield from _rewritten(way, login)


def _rewritten(way: Climb, login: str) -> Iterator[Step]:
    if seed := way.item.seed:
        yield way.step(login, "seed-return", 10, sown_steps.sent_back(seed))
        yield way.step(way.drafter, "seed-fix", 15, _fix(way.item))
        opinion = way.item.opinions.correction
        yield from _handed_in(way, "seed-submit", opinion)


def _third_proofread(way: Climb) -> Iterator[Step]:
    seed = way.item.seed
    if seed is None or seed.level != 3:
        return
    yield from _rewritten(way, way.deputy)
    opinion = way.item.opinions.office_review
    yield way.step(way.holder("office_director"), "seed-again", 20, signing(opinion))


def _handed_in(way: Climb, act: str, opinion: str) -> Iterator[Step]:
    yield way.step(way.drafter, act, 20, submitting(opinion))
    if way.item.number % RECALLED_EVERY == 0 and act == "submit":
        yield way.step(way.drafter, "recall", 5, _recall)
        yield way.step(way.drafter, "submit-again", 5, submitting(opinion))


def _office(way: Climb) -> Iterator[Step]:
    fault, login = way.item.draft_fault, way.holder("office_director")
    if way.item.number % HELD_EVERY == 0:
        yield way.step(login, "hold", 10, _hold)
        yield way.step(login, "resume", 30, _resume)
    if fault and fault.rung == "office_review":
        yield from _corrected(way, login, "office")
    yield from _second_proofread(way)
    if _is_raised(way.item):
        yield way.step(way.holder("office_director"), "raise", 10, _raise(way.item))
    opinion = way.item.opinions.office_review
    yield way.step(way.holder("office_director"), "office", 35, signing(opinion))


def _deputy(way: Climb) -> Iterator[Step]:
    fault = way.item.draft_fault
    if fault and fault.rung == "deputy_review":
        yield from _corrected(way, way.deputy, "deputy")
        opinion = way.item.opinions.office_review
        login = way.holder("office_director")
        yield way.step(login, "office-again", 20, signing(opinion))
    yield from _third_proofread(way)
    opinion = way.item.opinions.deputy_review
    yield way.step(way.deputy, "deputy", 40, signing(opinion))


def _corrected(way: Climb, login: str, rung: str) -> Iterator[Step]:
    yield way.step(login, f"{rung}-return", 15, _send_back(way.item))
    yield way.step(way.drafter, f"{rung}-fix", 15, _fix(way.item))
    yield way.step(way.drafter, f"{rung}-answer", 3, _answer(way.item))
    opinion = way.item.opinions.correction
    yield from _handed_in(way, f"{rung}-submit", opinion)


def _draft(item: SampleItem) -> Callable[[Session, Occasion], Article]:
    written = _written(item, draft_of(item))
    return lambda session, by: acts.draft(session, by, written)


def _written(item: SampleItem, body: str) -> Draft:
    importance = "ordinary" if _is_raised(item) else item.importance
    return Draft(
        title=item.title,
        body=body,
        section=item.section,
        channels=item.channels,
        attributes={"kind": item.kind, "importance": importance},
    )


def _is_raised(item: SampleItem) -> bool:
    """Some major matters are noticed by the office director, not by the drafter."""
    return item.importance == "major" and item.number % RAISED_EVERY == 0


def submitting(opinion: str) -> Doing:
    """Hand in with every line of the self-check answered."""
    return lambda session, by, case: acts.submit(
        session, by, case.article.id, case.revision.id, _approval(case, opinion)
    )


def signing(opinion: str) -> Doing:
    """Approve with every line of this rung answered."""
    return lambda session, by, case: acts.sign(
        session, by, case.article.id, case.revision.id, _approval(case, opinion)
    )


def _approval(case: Case, opinion: str) -> Approval:
    state = case.article.state
    rung = case.plan.stage(state) if case.plan.has(state) else case.plan.first
    return Approval({item.id: "yes" for item in rung.stage.checklist}, opinion)


def _send_back(item: SampleItem) -> Doing:
    fault = item.draft_fault

    def doing(session: Session, by: Occasion, case: Case) -> object:
        if fault is None:
            raise ValueError("nothing to send back")
        raised = NewFinding(FINDING_KINDS[fault.kind], fault.reason, fault.quote)
        back = Return("drafting", fault.reason, (raised,))
        return acts.send_back(session, by, case.article.id, case.revision.id, back)

    return doing


def _fix(item: SampleItem) -> Doing:
    return lambda session, by, case: acts.revise(
        session, by, case.article.id, case.revision.id, _written(item, item.body)
    )


def _answer(item: SampleItem) -> Doing:
    def doing(session: Session, by: Occasion, case: Case) -> object:
        waiting = findings.open_of(session, case.article.id)
        reply = Reply(Answer.FIXED, item.opinions.correction)
        replies = {finding.id: reply for finding in waiting}
        return acts.answer_findings(
            session, by, case.article.id, case.revision.id, replies
        )

    return doing


def _raise(item: SampleItem) -> Doing:
    return lambda session, by, case: acts.raise_importance(
        session, by, case.article.id, case.revision.id, item.importance_reason
    )


def _recall(session: Session, by: Occasion, case: Case) -> object:
    reason = "补充附件后重新提交。"
    return acts.recall(session, by, case.article.id, case.revision.id, reason)


def _hold(session: Session, by: Occasion, case: Case) -> object:
    reason = "等候有关数据核实后再办。"
    return acts.hold(session, by, case.article.id, case.revision.id, reason)


def _resume(session: Session, by: Occasion, case: Case) -> object:
    reason = "数据已核实，继续办理。"
    return acts.resume(session, by, case.article.id, case.revision.id, reason)


def _publish(session: Session, by: Occasion, case: Case) -> object:
    return acts.publish(session, by, case.article.id, case.revision.id)
