"""Bulletins: which days a period has, and how its text is drafted from the numbers.

The blocks are those that recur in the bulletins of towns and counties: overall, last
period's rectification, problems, training, what is required.  No unit is ranked and
none is named for the number of its items (《关于防治“指尖上的形式主义”的若干意见》: no
排名); units are named where something is to be put right, in the order of the road map.
The text is a draft: it is an article and passes 三审三校 before it goes out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.bulletins import BulletinCycle
from models.inspections import FaultKind
from workflow.calendar import ONE_DAY, TOWN_TIME

ROWS_MOST = 120
CHINESE_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """One month or one quarter."""

    cycle: BulletinCycle
    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - ONE_DAY

    @property
    def next(self) -> Period:
        """The period after it."""
        return Period(self.cycle, _months_on(self.first, _MONTHS[self.cycle]))

    @property
    def before(self) -> Period:
        """The period before it."""
        return Period(self.cycle, _months_on(self.first, -_MONTHS[self.cycle]))

    @property
    def words(self) -> str:
        """As the office writes it: 2024年第一季度, 2024年3月."""
        if self.cycle is BulletinCycle.MONTH:
            return f"{self.first.year}年{self.first.month}月"
        return f"{self.first.year}年第{CHINESE_QUARTERS[self.first.month // 3]}季度"


_MONTHS = {BulletinCycle.MONTH: 1, BulletinCycle.QUARTER: 3}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with the records behind it.

    Args:
        key: stable name of the number.
        words: what it counts.
        kind: of what the records are.
        ids: of the records; the number is how many there are.
    """

    key: str
    words: str
    kind: str
    ids: tuple[int, ...]

    @property
    def value(self) -> int:
        """The number."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault as the bulletin names it, at the cut-off.

    Args:
        until: by which day it was to be put right, if one was set.
        fixed: the day on which it was seen put right, if it was by the cut-off.
        excused: whether it was exempted (免予整改) by the cut-off.
    """

    unit: str
    kind: FaultKind
    note: str
    found: date
    until: date | None
    fixed: date | None
    excused: bool = False

    def state(self, on: date) -> str:
        """How it stood on the day of the cut-off."""
        if self.fixed is not None:
            return f"{_day(self.fixed)}已整改"
        if self.excused:
            return "免予整改"
        late = self.until is not None and self.until < on
        return "逾期未整改" if late else "整改中"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a bulletin is drafted from; all of it as it was at the cut-off.

    Args:
        missed: unit and how many of its checks were missed.
        trainings: day and topic of what was held.
        report_by: by which day units report what they put right.
        kind_words: the office's word for each kind of fault.
    """

    agency: str
    period: Period
    cutoff: datetime
    figures: Mapping[str, Figure]
    problems: Sequence[Problem]
    last_open: Sequence[Problem]
    missed: Sequence[tuple[str, int]]
    trainings: Sequence[tuple[date, str]]
    report_by: date
    kind_words: Mapping[FaultKind, str] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """One of the numbers; nought when there is no such number."""
        found = self.figures.get(key)
        return found.value if found else 0


def period_of(cycle: BulletinCycle, day: date) -> Period:
    """The period in which a day lies."""
    month = day.month
    if cycle is BulletinCycle.QUARTER:
        month -= (month - 1) % 3
    return Period(cycle, date(day.year, month, 1))


def last_ended(cycle: BulletinCycle, on: date) -> Period:
    """The latest period that is over on a day."""
    return period_of(cycle, on).before


def title_of(facts: Facts) -> str:
    """Issuer, period, subject (发文机关、期间、事由)."""
    return f"{facts.agency}关于{facts.period.words}村（居）公开栏检查情况的通报"


def body_of(facts: Facts) -> str:
    """The draft, one paragraph a line, a table row a line with tabs."""
    blocks: list[Iterable[str]] = [
        _opening(facts),
        _overall(facts),
        _last_time(facts),
        _problems(facts),
        _training(facts),
        _required(facts),
        (facts.agency, _day(facts.cutoff.astimezone(TOWN_TIME).date(), year=True)),
    ]
    return "\n".join(line for block in blocks for line in block)


def seal(values: Mapping[str, object]) -> str:
    """The SHA-256 of frozen figures, so that a later change is noticed."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _opening(facts: Facts) -> Iterable[str]:
    first, last = facts.period.first, facts.period.last
    n = facts.number
    yield "各村（居）民委员会："
    yield (
        f"根据《中华人民共和国村民委员会组织法》关于村务公开的规定和本单位公开栏巡查"
        f"制度，{_day(first, year=True)}至{_day(last)}，对{n('units')}个村（居）的"
        f"公开栏进行了检查，其中现场查看{n('on_site')}次、照片查看{n('photo')}次、"
        f"远程了解{n('remote')}次。数字截至{_moment(facts.cutoff)}。现将情况通报如下："
    )


def _overall(facts: Facts) -> Iterable[str]:
    n = facts.number
    yield "一、基本情况"
    yield (
        f"本期应查{n('planned')}次，已查{n('done')}次，检查率"
        f"{share(n('done'), n('planned'))}；漏查{n('missed')}次。查看中"
        f"{n('well')}次全部正常，{n('faulty')}次发现问题，正常率"
        f"{share(n('well'), n('well') + n('faulty'))}。"
    )
    if facts.missed:
        named = "、".join(f"{unit}{count}次" for unit, count in facts.missed)
        yield f"漏查的有：{named}。"
    yield f"本期公开发布信息{n('published')}条。"
    if n("reported"):
        yield (
            f"收到群众扫码反映{n('reported')}件，核实列为问题{n('accepted')}件，"
            f"经核实不列为问题{n('dismissed')}件。"
        )


def _last_time(facts: Facts) -> Iterable[str]:
    n = facts.number
    yield "二、上期问题整改情况"
    if not n("last_found"):
        yield f"{facts.period.before.words}没有发现问题。"
        return
    yield (
        f"{facts.period.before.words}发现的{n('last_found')}个问题，已确认整改到位"
        f"{n('last_fixed')}个，仍未整改到位{n('last_open')}个。"
    )
    yield from _table(facts, facts.last_open)


def _problems(facts: Facts) -> Iterable[str]:
    n = facts.number
    yield "三、存在问题"
    if not n("found"):
        yield "本期没有发现问题。"
        return
    yield (
        f"本期发现问题{n('found')}个，其中重复出现{n('repeated')}个。截至统计时，"
        f"已确认整改到位{n('fixed')}个（按期{n('in_time')}个），整改中"
        f"{n('open') - n('late')}个，逾期未整改{n('late')}个。按种类："
    )
    named: dict[FaultKind, list[Problem]] = {}
    for one in facts.problems:
        named.setdefault(one.kind, []).append(one)
    for number, kind in enumerate(kind for kind in FaultKind if kind in named):
        units = "、".join(dict.fromkeys(one.unit for one in named[kind]))
        words = facts.kind_words.get(kind, kind.value)
        yield f"{number + 1}. {words}{len(named[kind])}个：{units}。"
    yield "具体情况："
    yield from _table(facts, facts.problems)


def _training(facts: Facts) -> Iterable[str]:
    yield "四、学习培训情况"
    if not facts.trainings:
        yield "本期没有培训记录。"
        return
    held = "；".join(f"{_day(day)}，{topic}" for day, topic in facts.trainings)
    yield f"本期开展培训{len(facts.trainings)}次：{held}。"


def _required(facts: Facts) -> Iterable[str]:
    yield "五、工作要求"
    yield (
        "（一）立即整改。通报所列问题，各村（居）要逐项整改；表述错误和泄露个人信息的，"
        "发现后立即更正、遮盖。"
    )
    yield "（二）举一反三。没有列出问题的村（居）也要对照自查，及时更新公开内容。"
    yield (
        f"（三）按时反馈。请于{_day(facts.report_by, year=True)}前将整改情况报党政"
        "办公室，整改到位须由巡查人员看到后销号。"
    )


def _table(facts: Facts, problems: Sequence[Problem]) -> Iterable[str]:
    if not problems:
        return
    on = facts.cutoff.astimezone(TOWN_TIME).date()
    yield "\t".join(("村（居）", "问题", "发现日期", "整改期限", "截至统计时"))
    for one in problems[:ROWS_MOST]:
        words = facts.kind_words.get(one.kind, one.kind.value)
        what = f"{words}：{one.note}" if one.note else words
        until = _day(one.until) if one.until else "—"
        yield "\t".join((one.unit, _flat(what), _day(one.found), until, one.state(on)))
    if len(problems) > ROWS_MOST:
        yield f"其余{len(problems) - ROWS_MOST}个问题见系统记录。"


def share(part: int, whole: int) -> str:
    """A share in per cent; a dash when there is no whole."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def _flat(text: str) -> str:
    return " ".join(text.split())[:80]


def _day(day: date, *, year: bool = False) -> str:
    words = f"{day.month}月{day.day}日"
    return f"{day.year}年{words}" if year else words


def _moment(at: datetime) -> str:
    local = at.astimezone(TOWN_TIME)
    return f"{_day(local.date(), year=True)}{local.hour}时{local.minute:02d}分"


def _months_on(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
