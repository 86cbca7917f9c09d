"""Bulletins (通报): drafted from records, frozen at a cut-off, passed like any text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.articles import Article
from models.bulletins import Bulletin, BulletinCycle
from models.inspections import FaultKind
from workflow.actions import Action
from workflow.agencies.questions import agency, calendar_of
from workflow.articles import acts as articles
from workflow.articles.drafts import Draft
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.calendar import town_day
from workflow.errors import NotFound, WrongState
from workflow.inspections import bulletin_records
from workflow.inspections.bulletin_figures import count
from workflow.inspections.bulletin_records import Record
from workflow.inspections.bulletin_rules import (
    Facts,
    Figure,
    Period,
    body_of,
    period_of,
    seal,
    title_of,
)
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.process.states import REJECTED, WITHDRAWN

REPORT_AFTER = 10
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewBulletin:
    """What the drafter chooses; everything else comes from the records.

    Args:
        first: any day of the period.
        kind_words: the office's word for each kind of fault.
    """

    cycle: BulletinCycle
    first: date
    section: str
    channels: Sequence[str]
    kind_words: Mapping[FaultKind, str] = field(default_factory=dict)

    def as_values(self) -> dict[str, object]:
        """What was chosen, plainly: the contents of the operation."""
        return {
            "cycle": self.cycle.value,
            "first": self.first,
            "section": self.section,
            "channels": list(self.channels),
        }


def draft(session: Session, by: Occasion, new: NewBulletin) -> Bulletin:
    """Count a period, freeze the numbers, and begin the article that says them.

    Raises:
        NotPermitted: not a drafter.
        WrongState: the period is not over, or its bulletin is drafted already.
        InvalidInput: no such section or channel.
    """

    def doing() -> Bulletin:
        period = period_of(new.cycle, new.first)
        edition = _next_edition(session, by, period)
        facts, values = _facts(session, by, period, new.kind_words)
        text = Draft(title_of(facts), body_of(facts), new.section, new.channels)
        under = by.under(f"{by.operation[:70]}-text")
        article = articles.draft(session, under, text)
        row = _row(by, period, edition, article, values)
        session.add(row)
        session.flush()
        details: dict[str, audit.Plain] = {
            "period": period.first.isoformat(),
            "cycle": period.cycle.value,
            "article": article.id,
            "digest": row.digest,
        }
        subject = Subject("bulletin", row.id, details=details)
        audit.record(session, by, Action.DRAFT_BULLETIN, subject)
        return row

    asked = (Action.DRAFT_BULLETIN, new.as_values())
    return make_once(session, by, asked, Bulletin, doing)


def bulletins(session: Session, agency_id: int) -> list[tuple[Bulletin, Article]]:
    """Every bulletin with its article, the latest period first."""
    query = (
        select(Bulletin, Article)
        .join(Article, Article.id == Bulletin.article_id)
        .where(Bulletin.agency_id == agency_id)
        .order_by(Bulletin.period.desc(), Bulletin.edition.desc(), Bulletin.id)
    )
    return [(bulletin_, article) for bulletin_, article in session.execute(query)]


def bulletin(session: Session, agency_id: int, bulletin_id: int) -> Bulletin:
    """One bulletin of this agency.

    Raises:
        NotFound: no such bulletin here.
    """
    found = session.get(Bulletin, bulletin_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这份通报。")
    return found


def figures(found: Bulletin) -> list[Figure]:
    """The frozen numbers, in the order in which they were counted."""
    rows: list[dict[str, Any]] = found.figures["rows"]
    return [
        Figure(row["key"], row["words"], row["kind"], tuple(row["ids"])) for row in rows
    ]


def is_whole(found: Bulletin) -> bool:
    """Whether the frozen numbers are still what they were when they were counted."""
    return seal(found.figures) == found.digest


def records(session: Session, found: Bulletin, key: str) -> tuple[Figure, list[Record]]:
    """A number of a bulletin and the records behind it.

    Raises:
        NotFound: the bulletin has no such number.
    """
    figure = next((one for one in figures(found) if one.key == key), None)
    if figure is None:
        raise NotFound("通报里没有这个数字。")
    behind = bulletin_records.records(session, found.agency_id, figure.kind, figure.ids)
    return figure, behind


def _facts(
    session: Session,
    by: Occasion,
    period: Period,
    kind_words: Mapping[FaultKind, str],
) -> tuple[Facts, Values]:
    counted = count(session, by.agency_id, period, by.at)
    calendar = calendar_of(session, by.agency_id)
    facts = Facts(
        agency(session, by.agency_id).name,
        period,
        by.at,
        {one.key: one for one in counted.figures},
        counted.problems,
        counted.last_open,
        counted.missed,
        counted.trainings,
        calendar.add_working_days(town_day(by.at), REPORT_AFTER),
        kind_words,
    )
    rows = [{**asdict(one), "ids": list(one.ids)} for one in counted.figures]
    return facts, {"cutoff": by.at.isoformat(), "rows": rows}


def _row(
    by: Occasion,
    period: Period,
    edition: int,
    article: Article,
    values: Values,
) -> Bulletin:
    return Bulletin(
        agency_id=by.agency_id,
        cycle=period.cycle,
        period=period.first,
        edition=edition,
        cutoff_at=by.at,
        figures=values,
        digest=seal(values),
        article_id=article.id,
        drafted_by_id=by.person_id,
        drafted_at=by.at,
    )


def _next_edition(session: Session, by: Occasion, period: Period) -> int:
    if period.last >= town_day(by.at):
        raise WrongState(
            f"{period.words}还没有结束，结束后才能起草通报。", rule="period-not-over"
        )
    row = session.execute(_latest(by.agency_id, period)).one_or_none()
    if row is None:
        return 1
    edition, article = row
    if article.state not in (WITHDRAWN, REJECTED):
        raise WrongState(
            f"{period.words}的通报已经起草（{article.title}），请在稿件里修改。",
            rule="bulletin-drafted",
        )
    return edition + 1


def _latest(agency_id: int, period: Period) -> Select[int, Article]:
    return (
        select(Bulletin.edition, Article)
        .join(Article, Article.id == Bulletin.article_id)
        .where(
            Bulletin.agency_id == agency_id,
            Bulletin.cycle == period.cycle,
            Bulletin.period == period.first,
        )
        .order_by(Bulletin.edition.desc())
        .limit(1)
    )
