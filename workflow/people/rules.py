"""Who may act in a post on a day: AB岗 as pure functions of who is away.

A holds the post.  B has the same authority, but only while A is recorded absent; then
the record reads "B代A" with both names.  One hop: nobody stands in for a stand-in.
(three-reviews.md section 4; 衢州市档案局、济南 AB 角 rules.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.people import Slot
from workflow.errors import NotPermitted


@dataclass(frozen=True, slots=True)
class Holder:
    """One person in one post on one day.

    Args:
        absent: whether this very person is recorded absent on that day.
        named_by_id: the holder who named this person in writing to do her post's work;
            ``None`` for whoever holds the post herself.
    """

    post_id: int
    post_code: str
    post_title: str
    person_id: int
    person_name: str
    slot: Slot
    absent: bool
    named_by_id: int | None = None
    named_by_name: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which post a person acts, and for whom.

    Args:
        mandated: because she was named in writing, not as B (受托).
    """

    post_id: int | None
    post_code: str
    post_title: str
    on_behalf_of_id: int | None = None
    on_behalf_of_name: str = ""
    mandated: bool = False

    @property
    def words(self) -> str:
        """The post as the record shows it, with 代 and the A holder when B acts."""
        if not self.on_behalf_of_name:
            return self.post_title
        how = "受托代" if self.mandated else "代"
        return f"{self.post_title}（{how} {self.on_behalf_of_name}）"


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who holds a post from when until when (``until`` is the first day without it)."""

    post_id: int
    post_title: str
    person_id: int
    person_name: str
    since: date
    until: date | None

    def covers(self, on: date) -> bool:
        """Whether she holds the post on this day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Away:
    """One recorded absence, both days included."""

    person_id: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A day on which nobody of a post would be here, and why the others are not."""

    post_title: str
    day: date
    others: tuple[tuple[str, Away], ...]


def uncovered(
    tenures: Sequence[Tenure],
    away: Sequence[Away],
    person_id: int,
    first_day: date,
    last_day: date,
) -> Uncovered | None:
    """The first day on which an absence would leave a post to nobody, if any.

    A post that has only one holder is not counted: who falls ill is away, B or no B.

    Args:
        tenures: all holdings of the posts that the person holds.
        away: the absences already recorded.
        person_id: who wants to be away from ``first_day`` to ``last_day``.
    """
    for offset in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=offset)
        today = [tenure for tenure in tenures if tenure.covers(day)]
        mine = {t.post_id: t.post_title for t in today if t.person_id == person_id}
        for post_id, title in mine.items():
            others = [
                t for t in today if t.post_id == post_id and t.person_id != person_id
            ]
            spans = [_span(t, away, day) for t in others]
            if spans and all(spans):
                pairs = zip((t.person_name for t in others), spans, strict=True)
                reasons = tuple((name, span) for name, span in pairs if span)
                return Uncovered(title, day, reasons)
    return None


def _span(tenure: Tenure, away: Sequence[Away], day: date) -> Away | None:
    mine = (a for a in away if a.person_id == tenure.person_id)
    return next((a for a in mine if is_away(a.first_day, a.last_day, day)), None)


def acting(holders: Sequence[Holder]) -> tuple[Holder, ...]:
    """Those who may act today: A where present, B where every A of the post is away."""
    return tuple(h for h in holders if not h.absent and _in_charge(h, holders))


def capacity(holders: Sequence[Holder], person_id: int) -> Capacity:
    """The capacity in which this person may act through one of these posts.

    Raises:
        NotPermitted: not a holder; or B while A is present; or recorded absent.
    """
    mine = [h for h in holders if h.person_id == person_id]
    if not mine:
        raise NotPermitted(
            _not_yours(holders), rule="not-your-post", help_from=names(holders)
        )
    for holder in mine:
        if not holder.absent and _in_charge(holder, holders):
            return _as(holder, holders)
    raise _not_today(mine[0], holders)


def names(holders: Sequence[Holder]) -> str:
    """Who can help: the people who may act today, else all holders, with posts."""
    people = acting(holders) or tuple(holders)
    seen = dict.fromkeys(f"{h.post_title} {h.person_name}" for h in people)
    return "、".join(seen)


def is_away(first_day: date, last_day: date, on: date) -> bool:
    """Whether a day lies within an absence, both ends included."""
    return first_day <= on <= last_day


def _a_holders(post_id: int, holders: Sequence[Holder]) -> list[Holder]:
    return [h for h in holders if h.post_id == post_id and h.slot is Slot.A]


def _in_charge(holder: Holder, holders: Sequence[Holder]) -> bool:
    if holder.slot is Slot.A or holder.named_by_id is not None:
        return True
    return all(a.absent for a in _a_holders(holder.post_id, holders))


def _as(holder: Holder, holders: Sequence[Holder]) -> Capacity:
    if holder.named_by_id is not None:
        return Capacity(
            holder.post_id,
            holder.post_code,
            holder.post_title,
            holder.named_by_id,
            holder.named_by_name,
            mandated=True,
        )
    for_whom = None
    if holder.slot is Slot.B:
        for_whom = next(iter(_a_holders(holder.post_id, holders)), None)
    return Capacity(
        holder.post_id,
        holder.post_code,
        holder.post_title,
        for_whom.person_id if for_whom else None,
        for_whom.person_name if for_whom else "",
    )


def _not_yours(holders: Sequence[Holder]) -> str:
    titles = "、".join(dict.fromkeys(h.post_title for h in holders))
    if not titles:
        return "这一环节的岗位目前无人任职，请管理员先补充岗位人员。"
    return f"此事应由{titles}办理，您不在这一岗位上。"


def _not_today(mine: Holder, holders: Sequence[Holder]) -> NotPermitted:
    if mine.absent:
        return NotPermitted(
            "您今天登记为不在岗，由B岗代行；已返岗请先销假。",
            rule="recorded-absent",
            help_from=names(holders),
        )
    a_names = "、".join(a.person_name for a in _a_holders(mine.post_id, holders))
    return NotPermitted(
        f"您是{mine.post_title}B岗，A岗{a_names}在岗时由A岗办理。",
        rule="b-only-while-a-away",
        help_from=a_names,
    )
