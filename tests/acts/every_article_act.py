"""Every act on an article: the story before it, and the act itself."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models.articles import Article
from models.findings import Answer, Finding, FindingKind
from models.people import Role, RoleGrant
from tests.acts.every_shared_act import SHARED, Tried
from tests.reading_machine import not_read_by_machine, read_by_machine
from tests.stories import (
    BODY,
    at_deputy,
    cleared,
    drafted,
    publish,
    published,
    revision_of,
    sent_back,
    sign,
    submit,
    submitted,
    written,
)
from tests.town import Town
from workflow.actions import Action
from workflow.articles import acts, alarms, claims, clocks, handling, noting, settling
from workflow.articles.findings import NewFinding, Reply
from workflow.occasion import Occasion


def _raised(town: Town) -> Article:
    article = submitted(town)
    at = revision_of(town, article)
    acts.raise_importance(town.session, town.by("director"), article.id, at, "人事")
    return sign(town, article, "director")


def _held(town: Town) -> Article:
    article = submitted(town)
    at = revision_of(town, article)
    return acts.hold(town.session, town.by("director"), article.id, at, "待核实")


def _with_finding(town: Town) -> Article:
    finding = NewFinding(FindingKind.WORDING, "用词再斟酌")
    return sent_back(town, submitted(town), "director", raised=(finding,))


def _answer(town: Town, article: Article, at: int) -> object:
    raised = town.session.scalars(select(Finding)).one()
    replies = {raised.id: Reply(Answer.FIXED)}
    return acts.answer_findings(
        town.session, town.by("drafter"), article.id, at, replies
    )


def _noted(town: Town) -> Article:
    """With the director, who has noted something of his own."""
    article = submitted(town)
    at, new = revision_of(town, article), NewFinding(FindingKind.WORDING, "用词再斟酌")
    noting.add_finding(town.session, town.by("director"), article.id, at, new)
    return article


def _circulate(town: Town, article: Article) -> Article:
    reader = [town.people["deputy"].id]
    return handling.circulate(town.session, town.by("drafter"), article.id, reader)


def _read_by_machine(town: Town) -> Article:
    """A draft with one finding that blocks and one that is to be answered."""
    read_by_machine(town.session)
    body = f"{BODY}\n我镇己完成整改。\n其它事项另行通知。"
    article = drafted(town, body=body)
    not_read_by_machine(town.session)
    return article


def _at_finding(town: Town, article: Article, at: int, rule: str) -> settling.At:
    query = select(Finding.id).where(Finding.rule == rule)
    return article.id, at, town.session.scalars(query).one()


def _system(town: Town) -> Occasion:
    return Occasion(town.agency.id, None, town.at, f"ring-{town.at.isoformat()}")


def _overdue(town: Town) -> Article:
    article = submitted(town)
    town.later(days=2)
    return article


def _left_alone(town: Town) -> Article:
    since = town.at - timedelta(days=1)
    leader = RoleGrant(
        person_id=town.people["principal"].id, role=Role.LEADER, since=since
    )
    town.session.add(leader)
    article = submitted(town)
    town.away("director")
    town.away("director_b")
    return article


ACTS: list[Tried] = [
    (
        Action.FIX,
        _read_by_machine,
        lambda t, a, at: settling.fix(
            t.session, t.by("drafter"), _at_finding(t, a, at, "T15")
        ),
    ),
    (
        Action.KEEP,
        _read_by_machine,
        lambda t, a, at: settling.keep(
            t.session, t.by("drafter"), _at_finding(t, a, at, "T08"), "照录原文"
        ),
    ),
    (
        Action.PLEAD,
        _read_by_machine,
        lambda t, a, at: settling.plead(
            t.session, t.by("drafter"), _at_finding(t, a, at, "T15"), "照录原文"
        ),
    ),
    (
        Action.OVERRULE,
        _read_by_machine,
        lambda t, a, at: settling.overrule(
            t.session, t.by("director"), _at_finding(t, a, at, "T15"), "同意保留"
        ),
    ),
    (
        Action.ADD_FINDING,
        submitted,
        lambda t, a, at: noting.add_finding(
            t.session,
            t.by("director"),
            a.id,
            at,
            NewFinding(FindingKind.FACT, "日期有误", "3月4日"),
        ),
    ),
    (
        Action.WITHDRAW_FINDING,
        _noted,
        lambda t, a, at: noting.withdraw_finding(
            t.session, t.by("director"), _at_finding(t, a, at, ""), "没有错"
        ),
    ),
    (
        Action.ESCAPED,
        published,
        lambda t, a, at: settling.report_escaped(
            t.session,
            t.by("principal"),
            a.id,
            at,
            NewFinding(FindingKind.FACT, "日期有误"),
        ),
    ),
    (
        Action.REVISE,
        drafted,
        lambda t, a, at: acts.revise(
            t.session, t.by("drafter"), a.id, at, written(title="改后的标题")
        ),
    ),
    (Action.SUBMIT, drafted, lambda t, a, _: submit(t, a)),
    (Action.SIGN, submitted, lambda t, a, _: sign(t, a, "director")),
    (Action.SEND_BACK, submitted, lambda t, a, _: sent_back(t, a, "director")),
    (Action.ANSWER, _with_finding, _answer),
    (
        Action.HOLD,
        submitted,
        lambda t, a, at: acts.hold(t.session, t.by("director"), a.id, at, "待核实"),
    ),
    (
        Action.RESUME,
        _held,
        lambda t, a, at: acts.resume(t.session, t.by("director"), a.id, at),
    ),
    (
        Action.REJECT,
        submitted,
        lambda t, a, at: acts.reject(t.session, t.by("director"), a.id, at, "重复"),
    ),
    (
        Action.RECALL,
        submitted,
        lambda t, a, at: acts.recall(t.session, t.by("drafter"), a.id, at),
    ),
    (
        Action.RAISE,
        submitted,
        lambda t, a, at: acts.raise_importance(
            t.session, t.by("director"), a.id, at, "涉及人事"
        ),
    ),
    (
        Action.LOWER,
        _raised,
        lambda t, a, at: acts.lower_importance(
            t.session, t.by("deputy"), a.id, at, "属一般事项"
        ),
    ),
    (Action.PUBLISH, cleared, lambda t, a, _: publish(t, a)),
    (
        Action.WITHDRAW,
        published,
        lambda t, a, at: acts.withdraw(t.session, t.by("deputy"), a.id, at, "有误"),
    ),
    (
        Action.TAKE_BACK,
        at_deputy,
        lambda t, a, at: handling.take_back(t.session, t.by("director"), a.id, at),
    ),
    (
        Action.TAKE_OVER,
        submitted,
        lambda t, a, _: claims.take_over(t.session, t.by("director"), a.id),
    ),
    (
        Action.URGE,
        submitted,
        lambda t, a, _: handling.urge(t.session, t.by("drafter"), a.id),
    ),
    (Action.CIRCULATE, drafted, lambda t, a, _: _circulate(t, a)),
    (Action.REMIND, _overdue, lambda t, a, _: clocks.remind(t.session, _system(t))),
    (
        Action.ALERT,
        _left_alone,
        lambda t, a, _: alarms.watch_all(t.session, _system(t)),
    ),
]
ACTS += SHARED
UNREAD = {Action.TAKE_OVER, Action.REMIND, Action.ALERT}  # say nothing of a text
