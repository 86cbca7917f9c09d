"""The report's own acts: written, handed in as an article, amended once published.

起草、审核、签发、发布 are the acts of ``workflow/articles``: the report climbs the same
ladder as everything else (R75), and what is published is frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.articles import Article
from models.people import Role
from models.reports import AnnualReport, ReportAmendment, ReportOrigin
from workflow.actions import Action
from workflow.articles import acts as articles
from workflow.articles import cases
from workflow.articles.drafts import Draft
from workflow.articles.files import NewFile, digest_of_bytes
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.calendar import town_day
from workflow.errors import DoesNotAddUp, InvalidInput, Superseded, WrongState
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import has_role, need_role
from workflow.reports import questions
from workflow.reports.manuscripts import (
    ENDED,
    Manuscript,
    carried_ids,
    manuscript,
    to_explain,
)
from workflow.reports.plain_text import as_text
from workflow.reports.printed import word_file
from workflow.reports.prose import CODES, LONGEST
from workflow.reports.rules import read_report
from workflow.reports.writing import write_report

REASON_MAX = 500


@dataclass(frozen=True, slots=True)
class Written:
    """What the office wrote.

    Args:
        own: slot code to its paragraphs, each on a line.
        reasons: what needs a word of explanation, to that word.
        version: the version of the row that was read; 0 when there was none.
    """

    own: Mapping[str, str]
    reasons: Mapping[str, str]
    version: int

    def as_values(self) -> dict[str, object]:
        """What an operation id stands for."""
        return {
            "own": dict(self.own),
            "reasons": dict(self.reasons),
            "version": self.version,
        }


def write(session: Session, by: Occasion, year: int, written: Written) -> AnnualReport:
    """Keep the office's own paragraphs and its words of explanation.

    Raises:
        NotPermitted: neither a registrar nor a drafter.
        WrongState: on its way through the reviews, or published.
        Superseded: somebody wrote in between.
        InvalidInput: too long.
    """

    def doing() -> AnnualReport:
        _may_write(session, by, Action.WRITE_REPORT)
        seen = manuscript(session, by.agency_id, year)
        _still_open(seen)
        _refuse_too_long(written)
        row = _kept(session, by, year, seen, written)
        details: dict[str, audit.Plain] = {"year": year, "slots": sorted(written.own)}
        _record(session, by, Action.WRITE_REPORT, row, details)
        return row

    return _once(session, by, Action.WRITE_REPORT, year, written.as_values(), doing)


def take_in(
    session: Session, by: Occasion, year: int, source: str, words: str
) -> AnnualReport:
    """Take in an earlier year's report as it was published, to compare with.

    Args:
        source: the report in the schema of ``report check``.
        words: its prose, for the measure of likeness; may be empty.

    Raises:
        NotPermitted: not a registrar.
        InvalidInput: unreadable, or of another year.
        WrongState: that year's report was made here.
    """

    def doing() -> AnnualReport:
        need_role(session, by, Role.REGISTRAR, Action.TAKE_IN_REPORT)
        report = read_report(source)
        if report.year != year or year >= town_day(by.at).year:
            raise InvalidInput({"file": [f"文件是{report.year}年的，应为{year}年的。"]})
        row = questions.report_row(session, by.agency_id, year)
        if row is not None and row.origin is ReportOrigin.MADE:
            raise WrongState(f"{year}年的报告是在本系统生成的，不能另行录入。")
        row = row or _new(session, by, year, ReportOrigin.TAKEN_IN)
        row.figures, row.words = write_report(report), words[: LONGEST * len(CODES)]
        row.written_by_id, row.written_at = by.person_id or 0, by.at
        session.flush()
        digest = digest_of_bytes(source.encode())
        details: dict[str, audit.Plain] = {"year": year, "digest": digest}
        _record(session, by, Action.TAKE_IN_REPORT, row, details)
        return row

    asked = {"source": source, "words": words}
    return _once(session, by, Action.TAKE_IN_REPORT, year, asked, doing)


def hand_in(
    session: Session, by: Occasion, year: int, section: str, channels: list[str]
) -> AnnualReport:
    """Make the article of it, or write it anew into the article that came back.

    Args:
        section: the code of the section it goes out in (年报栏目).
        channels: where it goes out.

    Raises:
        NotPermitted: no drafter, or the article is another's.
        DoesNotAddUp: a rule of error severity is broken; names each.
        InvalidInput: a passage is missing, or a warning has no word of explanation.
        WrongState: the year is not over, on its way, or published.
    """

    def doing() -> AnnualReport:
        _may_write(session, by, Action.HAND_IN_REPORT)
        seen = manuscript(session, by.agency_id, year)
        row = _fit_to_hand_in(seen, by)
        article = _article(session, by, seen, section, channels)
        row.article_id, row.version = article.id, row.version + 1
        row.figures = write_report(seen.whole.report)
        row.words = "\n".join(t for lines in seen.whole.prose.values() for t in lines)
        row.carried = carried_ids(session, by.agency_id, year)
        session.flush()
        details: dict[str, audit.Plain] = {"year": year, "article": article.id}
        _record(session, by, Action.HAND_IN_REPORT, row, details)
        return row

    asked = {"section": section, "channels": channels}
    return _once(session, by, Action.HAND_IN_REPORT, year, asked, doing)


def amend(
    session: Session, by: Occasion, year: int, cell: str, reason: str
) -> ReportAmendment:
    """Put a figure of the published report right: what the records say now, and why.

    Raises:
        NotPermitted: not a registrar.
        WrongState: not published, or the records say nothing else.
        InvalidInput: no reason.
    """

    def doing() -> ReportAmendment:
        need_role(session, by, Role.REGISTRAR, Action.AMEND_REPORT)
        seen = manuscript(session, by.agency_id, year)
        row = _amendment(by, seen, cell, reason)
        session.add(row)
        session.flush()
        details: dict[str, audit.Plain] = {
            "cell": cell,
            "before": row.before,
            "after": row.after,
        }
        subject = Subject("report", row.report_id, details=details)
        audit.record(session, by, Action.AMEND_REPORT, subject)
        return row

    asked = (Action.AMEND_REPORT, {"year": year, "cell": cell, "reason": reason})
    return make_once(session, by, asked, ReportAmendment, doing)


def _amendment(
    by: Occasion, seen: Manuscript, cell: str, reason: str
) -> ReportAmendment:
    wanted = [one for one in seen.drift if one.cell == cell]
    if not seen.is_frozen or seen.row is None or not wanted:
        raise WrongState("只有已发布的报告与现在的记录不一致时，才能更正。")
    if not reason.strip() or len(reason) > REASON_MAX:
        raise InvalidInput({"reason": [f"请写明更正理由，最多{REASON_MAX}字。"]})
    before, after = _stood(seen, cell, str(wanted[0].stated)), str(wanted[0].computed)
    if before == after:
        raise WrongState("这一数字已经更正过，与现在的记录一致。")
    return ReportAmendment(
        agency_id=by.agency_id,
        report_id=seen.row.id,
        cell=cell,
        before=before,
        after=after,
        reason=reason.strip(),
        person_id=by.person_id,
        at=by.at,
    )


def _stood(seen: Manuscript, cell: str, first: str) -> str:
    amended = [one.after for one in seen.amendments if one.cell == cell]
    return amended[-1] if amended else first


def _fit_to_hand_in(seen: Manuscript, by: Occasion) -> AnnualReport:
    year = seen.whole.report.year
    if town_day(by.at).year <= year:
        raise WrongState(f"{year}年还没有结束，年度报告不能成稿。", rule="R62")
    _still_open(seen)
    if seen.errors:
        lines = [f"{one.rule} {one.message}" for one in seen.errors]
        raise DoesNotAddUp({"report": lines})
    missing = [f"“{one.slot.lead}”一段还没有写。" for one in seen.missing]
    silent = [f"需要说明：{words}" for _, words in seen.unexplained]
    if missing or silent or seen.row is None:
        raise InvalidInput({"report": [*missing, *silent] or ["请先填写文字部分。"]})
    return seen.row


def _article(
    session: Session, by: Occasion, seen: Manuscript, section: str, channels: list[str]
) -> Article:
    report = seen.whole.report
    file = NewFile(f"{report.title}.docx", word_file(seen.whole))
    draft = Draft(report.title, as_text(seen.whole), section, channels, added=[file])
    inside = by.under(f"{by.operation}/article")
    if seen.article is None or seen.article.state in ENDED:
        return articles.draft(session, inside, draft)
    case = cases.load(session, by.agency_id, seen.article.id)
    again = Draft(
        draft.title,
        draft.body,
        section,
        channels,
        attributes=case.text.attributes,
        added=[file],
    )
    return articles.revise(session, inside, case.article.id, case.revision.id, again)


def _may_write(session: Session, by: Occasion, action: Action) -> None:
    if not has_role(session, by, Role.DRAFTER):
        need_role(session, by, Role.REGISTRAR, action)


def _still_open(seen: Manuscript) -> None:
    if seen.is_frozen:
        raise WrongState("报告已经发布，不能再改，只能更正并写明理由。", rule="R75")
    if seen.is_on_its_way:
        raise WrongState("报告正在审校，退回拟稿人后才能再改。")


def _refuse_too_long(written: Written) -> None:
    faults: dict[str, list[str]] = {}
    for code, text in written.own.items():
        if code not in CODES or len(text) > LONGEST:
            faults[f"own-{code}"] = [f"每段最多{LONGEST}字。"]
    if any(len(text) > REASON_MAX for text in written.reasons.values()):
        faults["reasons"] = [f"每条说明最多{REASON_MAX}字。"]
    if faults:
        raise InvalidInput(faults)


def _kept(
    session: Session, by: Occasion, year: int, seen: Manuscript, written: Written
) -> AnnualReport:
    row = seen.row or _new(session, by, year, ReportOrigin.MADE)
    known = dict(to_explain(seen.findings, seen.changes))
    reasons = {key: text for key, text in written.reasons.items() if key in known}
    values = {
        "own": {code: text.strip() for code, text in written.own.items()},
        "reasons": reasons,
        "version": written.version + 1,
        "written_by_id": by.person_id,
        "written_at": by.at,
    }
    version = written.version if seen.row else row.version
    same = AnnualReport.id == row.id, AnnualReport.version == version
    statement = update(AnnualReport).where(*same).values(**values)
    if not session.execute(statement.returning(AnnualReport.id)).all():
        raise Superseded("年报文字刚被他人改动，请刷新后再填。")
    session.refresh(row)
    return row


def _new(
    session: Session, by: Occasion, year: int, origin: ReportOrigin
) -> AnnualReport:
    row = AnnualReport(
        agency_id=by.agency_id,
        year=year,
        origin=origin,
        own={},
        reasons={},
        carried=[],
        written_by_id=by.person_id,
        written_at=by.at,
    )
    session.add(row)
    session.flush()
    return row


def _once(
    session: Session,
    by: Occasion,
    action: Action,
    year: int,
    values: Mapping[str, object],
    doing: Callable[[], AnnualReport],
) -> AnnualReport:
    asked = (action, {"year": year, **values})
    return make_once(session, by, asked, AnnualReport, doing)


def _record(
    session: Session,
    by: Occasion,
    action: Action,
    row: AnnualReport,
    details: dict[str, audit.Plain],
) -> None:
    audit.record(session, by, action, Subject("report", row.id, details=details))
