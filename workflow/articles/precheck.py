"""The machine's read-through on record: run, compared with what was settled, asked.

The checker is made once in a process and handed to the sessions (``equip``); what it
found stands in rows.  A revision that was read today with the present tables is not
read again, so signing asks one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from models.articles import Article, Revision
from models.database import Database
from models.findings import Answer, Finding, Grade, Precheck
from models.natural_keys import insert_missing
from models.town_tables import TownTables
from workflow.articles import filed_texts
from workflow.articles.cases import Case
from workflow.articles.checked_parts import (
    Found,
    Reader,
    ReadThrough,
    kind_of,
    read_through,
)
from workflow.articles.findings import NOTE_MAX, QUOTE_MAX
from workflow.articles.stops import level_of
from workflow.articles.text import READ_PARTS
from workflow.errors import WrongState
from workflow.occasion import Occasion
from workflow.proofreading.findings import Finding as MachineFinding
from workflow.proofreading.local import LocalTables, with_local
from workflow.proofreading.questions import local_tables
from workflow.proofreading.rules import whole_key

_MACHINE = "precheck_machine"
SETTLED = (Answer.KEPT, Answer.OVERRULED)

# Built once: every signature asks it.
_OPEN = (
    select(Precheck.id, Finding)
    .select_from(Article)
    .outerjoin(TownTables, TownTables.agency_id == Article.agency_id)
    .outerjoin(
        Precheck,
        and_(
            Precheck.revision_id == bindparam("revision"),
            Precheck.on == bindparam("today"),
            Precheck.packaged == bindparam("packaged"),
            Precheck.town_version == func.coalesce(TownTables.version, 0),
        ),
    )
    .outerjoin(
        Finding,
        and_(
            Finding.article_id == Article.id,
            Finding.still_open(),
            Finding.escaped.is_(False),
        ),
    )
    .where(Article.id == bindparam("article"))
    .order_by(Finding.id)
)


@dataclass(frozen=True, slots=True)
class Machine:
    """The checker, made when it is first needed.

    Args:
        tables: digest of the packaged tables.
        names: what each rule is called, in Chinese.
    """

    checker: Callable[[], Reader]
    tables: str
    names: Callable[[], Mapping[str, str]] = dict


def equip(database: Database, machine: Machine) -> None:
    """Let every session of this database have the checker."""
    for maker in (database.writing, database.reading):
        maker.configure(info={_MACHINE: machine})


def equip_session(session: Session, machine: Machine | None) -> None:
    """Let one session have the checker, or none."""
    session.info[_MACHINE] = machine


def is_equipped(session: Session) -> bool:
    """Whether this process has the checker."""
    return session.info.get(_MACHINE) is not None


def rule_names(session: Session) -> Mapping[str, str]:
    """What each rule is called; nothing where the process has no checker."""
    machine: Machine | None = session.info.get(_MACHINE)
    return machine.names() if machine else {}


def run(session: Session, by: Occasion, case: Case) -> None:
    """Read the present revision, unless that was done today with these tables.

    What was settled stays settled; what is no longer found is put right, or has
    lapsed where only a table changed; what is new is added.
    """
    machine: Machine | None = session.info.get(_MACHINE)
    if machine is None or by.person_id is None:
        return
    lock = select(Article.id).where(Article.id == case.article.id).with_for_update()
    session.execute(lock)
    local = local_tables(session, by.agency_id, by.today)
    before = _last(session, case)
    if not _begin(session, by, case, (machine.tables, local.version)):
        return
    read = _read(session, by, case, machine, local)
    same = before is not None and _same_text(session, before, case)
    _compare(session, by, case, read.found, Answer.LAPSED if same else Answer.FIXED)
    _note(session, case, read)
    session.flush()


def look_at(session: Session, by: Occasion, given: str) -> tuple[MachineFinding, ...]:
    """What the machine says of a text that belongs to no article; nothing is kept.

    Raises:
        WrongState: this process has no checker.
    """
    machine: Machine | None = session.info.get(_MACHINE)
    if machine is None:
        raise WrongState("这里没有启用机器预检。", rule="no-machine")
    local = local_tables(session, by.agency_id, by.today)
    read = machine.checker().proofread(given, local.town)
    return with_local(given, read.findings, local)


def open_now(session: Session, by: Occasion, case: Case) -> list[Finding]:
    """Everything nobody has settled yet, the text read through if it was not today.

    Both people's findings and the machine's, in the order they were raised.
    """
    done, waiting = _ask(session, by, case)
    if not done and is_equipped(session):
        run(session, by, case)
        _, waiting = _ask(session, by, case)
    return waiting


def is_current(session: Session, by: Occasion, case: Case) -> bool:
    """Whether the present revision was read today with the present tables."""
    return not is_equipped(session) or _ask(session, by, case)[0]


def last_run(session: Session, case: Case) -> Precheck | None:
    """The last read-through of the present revision."""
    query = select(Precheck).where(Precheck.revision_id == case.revision.id)
    return session.scalars(query.order_by(Precheck.id.desc()).limit(1)).first()


def _ask(session: Session, by: Occasion, case: Case) -> tuple[bool, list[Finding]]:
    machine: Machine | None = session.info.get(_MACHINE)
    rows = session.execute(
        _OPEN,
        {
            "article": case.article.id,
            "revision": case.revision.id,
            "today": by.today,
            "packaged": machine.tables if machine else "",
        },
    ).all()
    done = any(run_id is not None for run_id, _ in rows)
    return done, [finding for _, finding in rows if finding is not None]


def _last(session: Session, case: Case) -> Precheck | None:
    query = select(Precheck).where(Precheck.article_id == case.article.id)
    return session.scalars(query.order_by(Precheck.id.desc()).limit(1)).first()


def _begin(session: Session, by: Occasion, case: Case, tables: tuple[str, int]) -> bool:
    """Whether nobody else does the same; the row's natural key decides."""
    row = {
        "agency_id": by.agency_id,
        "article_id": case.article.id,
        "revision_id": case.revision.id,
        "on": by.today,
        "packaged": tables[0],
        "town_version": tables[1],
        "chars": 0,
        "silent": [],
        "unread": [],
        "at": by.at,
    }
    return insert_missing(session, Precheck, [row]) == 1


def _read(
    session: Session, by: Occasion, case: Case, machine: Machine, local: LocalTables
) -> ReadThrough:
    files = filed_texts.of(session, by, case.text.files)
    return read_through(machine.checker(), case.text, files, local)


def _note(session: Session, case: Case, read: ReadThrough) -> None:
    row = last_run(session, case)
    if row is not None:
        row.chars, row.silent = read.chars, list(read.silent)
        row.unread = list(read.unread)


def _same_text(session: Session, before: Precheck, case: Case) -> bool:
    if before.revision_id == case.revision.id:
        return True
    earlier = session.get_one(Revision, before.revision_id).parts
    now = case.revision.parts
    return all(earlier.get(part) == now.get(part) for part in READ_PARTS)


def _compare(
    session: Session,
    by: Occasion,
    case: Case,
    found: Sequence[Found],
    gone: Answer,
) -> None:
    mine = list(
        session.scalars(
            select(Finding).where(
                Finding.article_id == case.article.id, Finding.rule != ""
            )
        )
    )
    settled = {one.key for one in mine if one.answer in SETTLED}
    waiting = {one.key: one for one in mine if one.answer is None}
    for one in found:
        if one.key in waiting:
            _place_anew(waiting[one.key], case, one)
        elif not settled & {one.key, whole_key(one.finding.rule)}:
            session.add(_row(by, case, one))
    _close(by, waiting, {one.key for one in found}, gone)


def _close(
    by: Occasion, waiting: Mapping[str, Finding], found: Iterable[str], gone: Answer
) -> None:
    for key in waiting.keys() - set(found):
        waiting[key].answer = gone
        waiting[key].answered_by_id, waiting[key].answered_at = by.person_id, by.at


def _place_anew(row: Finding, case: Case, one: Found) -> None:
    row.revision_id, row.part, row.place = case.revision.id, one.part, one.place
    row.start, row.end = one.start, one.end
    row.quote, row.note = one.finding.text[:QUOTE_MAX], one.finding.message[:NOTE_MAX]
    row.suggestions = list(one.finding.suggestions)
    row.grade = Grade(one.finding.severity.value)


def _row(by: Occasion, case: Case, one: Found) -> Finding:
    levels = one.finding.levels
    row = Finding(
        agency_id=by.agency_id,
        article_id=case.article.id,
        stage=case.article.state,
        kind=kind_of(one.finding.rule),
        rule=one.finding.rule,
        key=one.key,
        levels="".join(str(level) for level in levels),
        level=max(min(levels), level_of(case)),
        raised_at=by.at,
    )
    _place_anew(row, case, one)
    return row
