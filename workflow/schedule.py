"""When acts run by themselves; the only import of the alarm clock.

Duties are a table.  The alarm clock rings every few minutes and knows nothing: what is
due is computed from the moment, and that it was done is a row under the planned moment
(``operations``), in the act's own transaction.  So two machines, a restart or a second
ring do nothing twice, and a duty that was refused is tried again at the next ring.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.orm import Session

from models.database import Database
from workflow import board_duties, knocks, outbox
from workflow.agencies.questions import agency, every_agency
from workflow.articles import alarms, clocks, handovers, silence
from workflow.calendar import ONE_DAY, town_day, town_moment
from workflow.errors import WorkflowError
from workflow.occasion import Occasion
from workflow.operations import first_time, remember
from workflow.requests import alarms as requests
from workflow.requests import retention
from workflow.visiting import Visit, visit_pages

RING_MINUTES = 5
Carry = Callable[[str, Mapping[str, str]], None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that is done without anybody asking, once a day or at every ring.

    Args:
        name: stable, part of the operation id.
        title: what it is, in Chinese.
        at: time of day on the town's clock; ``None`` is at every ring, for an act
            that by itself does nothing twice.
        if_missed: what becomes of moments that passed while nothing ran, in Chinese.
        act: does it in one agency and says in Chinese what was done; empty if nothing.
    """

    name: str
    title: str
    at: time | None
    if_missed: str
    act: Callable[[Session, Occasion], str]


@dataclass(frozen=True, slots=True)
class DueDuty:
    """A duty and the latest moment for which it was planned."""

    duty: Duty
    planned_at: datetime

    @property
    def operation(self) -> str:
        """The operation id under which the duty is done once per agency."""
        return f"duty {self.duty.name} {self.planned_at:%Y-%m-%dT%H:%MZ}"


def remind(session: Session, by: Occasion) -> str:
    """Let the limits speak that have something to say."""
    told = clocks.remind(session, by)
    return f"已提醒 {told} 人" if told else ""


def let_limits_speak(session: Session, by: Occasion) -> str:
    """Do what the regulation says of the limits that ran out."""
    spoken = silence.let_limits_speak(session, by)
    return f"{spoken} 项期限已按规定办理" if spoken else ""


def morning_lists(session: Session, by: Occasion) -> str:
    """Give everybody the list of what waits for her today."""
    given = clocks.morning_lists(session, by)
    return f"已给 {given} 人送去今日待办" if given else ""


def watch(session: Session, by: Occasion) -> str:
    """Look whether absences or posts that ended overnight leave a text to nobody."""
    stuck = alarms.watch_all(session, by)
    return f"{stuck} 件稿件无人可办，已报警" if stuck else ""


def brief_returned(session: Session, by: Occasion) -> str:
    """Tell those who are back what was done for them."""
    told = handovers.brief_returned(session, by)
    return f"已给 {told} 人送去返岗简报" if told else ""


def half_year_list(session: Session, by: Occasion) -> str:
    """Send the half-year's list of A and B holders to be checked."""
    told = handovers.half_year_list(session, by)
    return f"已给 {told} 人送去AB岗名单" if told else ""


def watch_requests(session: Session, by: Occasion) -> str:
    """Say which requests are unconfirmed, near their limit, late, lapsed, unserved."""
    told = requests.watch(session, by)
    return f"依申请公开已提醒 {told} 人次" if told else ""


def erase_personal(session: Session, by: Occasion) -> str:
    """Erase what is personal and past its time; forget who knocked."""
    knocks.forget(session, by.at)
    erased = retention.erase_due(session, by)
    return f"{erased} 件申请的个人信息保存期满，已删除" if erased else ""


DUTIES: tuple[Duty, ...] = (
    Duty(
        "rounds.open",
        "开启巡查",
        time(0, 5),
        "停机期间应开而未开的各轮一次补齐",
        board_duties.open_rounds,
    ),
    Duty(
        "rounds.close",
        "巡查截止",
        time(0, 10),
        "只按最近一次时点办理，逾期的一并记为未查",
        board_duties.close_rounds,
    ),
    Duty(
        "rosters.draw",
        "排定值班表",
        time(0, 11),
        "每月最后一周内任何一天补排一次",
        board_duties.draw_rosters,
    ),
    Duty(
        "faults.watch",
        "问题整改督办",
        time(0, 12),
        "只按最近一次时点核对，中间各步不补",
        board_duties.watch_faults,
    ),
    Duty(
        "readings.open",
        "生成读网任务",
        time(0, 13),
        "停机期间应有而没有的一次补齐",
        board_duties.open_readings,
    ),
    Duty(
        "readings.close",
        "读网截止",
        time(0, 14),
        "逾期的一并记为漏读",
        board_duties.close_readings,
    ),
    Duty(
        "trainings.gaps",
        "核对季度培训",
        time(0, 18),
        "停机期间过完的季度一次补记",
        board_duties.find_training_gaps,
    ),
    Duty(
        "patrols.clocks",
        "栏目更新时限",
        time(8, 30),
        "只按最近一次时点提醒",
        board_duties.warn_of_clocks,
    ),
    Duty(
        "articles.watch",
        "核对有无人可办",
        time(0, 15),
        "只按最近一次时点核对",
        watch,
    ),
    Duty(
        "absences.brief",
        "返岗简报",
        time(0, 20),
        "停机期间返岗的一次补送",
        brief_returned,
    ),
    Duty(
        "requests.erase",
        "到期个人信息",
        time(0, 25),
        "到期未删的一次补齐",
        erase_personal,
    ),
    Duty(
        "requests.watch",
        "依申请公开提醒",
        time(8, 5),
        "只按最近一个早晨的情形提醒，错过的不补",
        watch_requests,
    ),
    Duty(
        "posts.half_year",
        "AB岗名单",
        time(7, 50),
        "一月、七月内任何一天补送一次",
        half_year_list,
    ),
    Duty(
        "articles.morning",
        "今日待办",
        time(8, 0),
        "只送最近一个早晨的，错过的不补",
        morning_lists,
    ),
    Duty(
        "articles.limits",
        "期限届满",
        None,
        "停机期间届满的一次补办，各按规定",
        let_limits_speak,
    ),
    Duty(
        "articles.remind",
        "到期提醒",
        None,
        "错过的几次提醒合为最近的一次",
        remind,
    ),
)


def due_duties(now: datetime, duties: Sequence[Duty] = DUTIES) -> list[DueDuty]:
    """Each duty with its latest planned moment up to ``now``, in the table's order.

    Moments before that are not made up one by one: the acts themselves fill what
    should exist by now.
    """
    return [DueDuty(duty, _latest(duty.at, now)) for duty in duties]


def tick(
    database: Database, at: datetime, duties: Sequence[Duty] = DUTIES
) -> list[str]:
    """Do what is due at a moment and not yet done, once in each agency.

    One agency's trouble does not keep another's duties from being done.

    Args:
        at: the moment, aware.

    Returns:
        One Chinese line for each thing that was done, refused or failed.
    """
    with database.reading() as session:
        ids = every_agency(session)
        names = {id_: agency(session, id_).name for id_ in ids}
    lines = [
        (names[id_], due.duty.title, _do(database, due, id_, at))
        for due in due_duties(at, duties)
        for id_ in ids
    ]
    return [f"{name} {title}：{said}" for name, title, said in lines if said]


def send_out(database: Database, at: datetime, carry: Carry) -> list[str]:
    """Send what waits in the outbox; nothing is locked while it is on its way.

    Args:
        at: the moment, aware.
        carry: sends one payload under its key; raises ``OSError`` when it could not,
            and it is tried again later.

    Returns:
        One Chinese line, or none where nothing waited.
    """
    with database.writing.begin() as session:
        rows = [(row.id, row.key, row.payload) for row in outbox.take(session, at)]
    sent = [id_ for id_, key, payload in rows if _carried(carry, key, payload)]
    with database.writing.begin() as session:
        outbox.mark_sent(session, sent, at)
    failed = len(rows) - len(sent)
    remark = f"，{failed} 条未能送出，稍后再送" if failed else ""
    return [f"外发消息：已送出 {len(sent)} 条{remark}"] if rows else []


def _carried(carry: Carry, key: str, payload: Mapping[str, str]) -> bool:
    try:
        carry(key, payload)
    except OSError:
        log.warning("outgoing %s was not taken", key, exc_info=True)
        return False
    return True


def alarm(
    database: Database,
    clock: Callable[[], datetime],
    say: Callable[[str], None],
    carry: Carry | None = None,
    visit: Visit | None = None,
) -> BlockingScheduler:
    """The alarm clock, not yet started; it rings ``tick`` and keeps nothing.

    Args:
        clock: gives the moment, aware.
        say: takes each line that a tick returns.
        carry: sends what waits in the outbox; nothing is sent without one.
        visit: visits the agency's own pages; nothing is visited without one.
    """

    def ring() -> None:
        lines = tick(database, clock())
        if carry is not None:
            lines += send_out(database, clock(), carry)
        if visit is not None:
            lines += visit_pages(database, clock(), visit)
        for line in lines:
            say(line)

    scheduler = BlockingScheduler(
        jobstores={"default": MemoryJobStore()},
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        timezone=UTC,
    )
    every = IntervalTrigger(minutes=RING_MINUTES, timezone=UTC)
    scheduler.add_job(ring, every, id="tick", next_run_time=clock())
    return scheduler


def run(
    database: Database,
    clock: Callable[[], datetime],
    say: Callable[[str], None],
    carry: Carry | None = None,
    visit: Visit | None = None,
) -> None:
    """Ring at once and then every few minutes, until interrupted."""
    scheduler = alarm(database, clock, say, carry, visit)
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        scheduler.shutdown()


def _latest(at: time | None, now: datetime) -> datetime:
    if at is None:
        return now
    today = town_moment(town_day(now), at)
    return today if today <= now else town_moment(town_day(now) - ONE_DAY, at)


def _do(database: Database, due: DueDuty, agency_id: int, at: datetime) -> str:
    by = Occasion(agency_id, None, at.astimezone(UTC), due.operation)
    try:
        with database.writing.begin() as session:
            return _once(session, by, due)
    except WorkflowError as refused:
        return f"未办。{refused.message}"
    except Exception:
        log.exception("%s failed in agency %s", due.operation, agency_id)
        return "未办，程序出错，详见运行日志。"


def _once(session: Session, by: Occasion, due: DueDuty) -> str:
    if due.duty.at is None:
        return due.duty.act(session, by)
    contents = {"planned_at": due.planned_at}
    if first_time(session, by, due.duty.name, contents) is not None:
        return ""
    said = due.duty.act(session, by)
    remember(session, by, {"said": said})
    return said
