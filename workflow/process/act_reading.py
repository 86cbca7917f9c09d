"""Reading the acts of a stage: each seat one act, with what has to come before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflow.process.actor_reading import Seats, read_actor
from workflow.process.actors import Actor, ActorKind
from workflow.process.definition import ACT_NAMES, Act, ActKind, ExclusiveSet, Fault
from workflow.process.entries import Entry
from workflow.process.limit_reading import read_limit, silence_warning
from workflow.process.words import (
    ACT_ID,
    Vocabulary,
    read_code,
    read_condition,
    read_id,
)

AFTER_KINDS = (ActKind.REGISTER, ActKind.FILE, ActKind.POST_CHECK, ActKind.PROOFREAD)
_ONLY_AFTER = (ActKind.PUBLISH, ActKind.POST_CHECK, ActKind.FILE)
_BODY_KINDS = (ActKind.CONSULT, ActKind.SPECIAL_REVIEW, ActKind.REVIEW)
_MOST_PASSES = 9


@dataclass(frozen=True, slots=True)
class ActsRead:
    """The acts of one stage, with the sets and warnings they bring along."""

    acts: tuple[Act, ...] = ()
    apart: tuple[ExclusiveSet, ...] = ()
    warnings: tuple[Fault, ...] = ()

    def plus(self, more: ActsRead) -> ActsRead:
        """Both together."""
        return ActsRead(
            (*self.acts, *more.acts),
            (*self.apart, *more.apart),
            (*self.warnings, *more.warnings),
        )


def read_acts(entry: Entry, words: Vocabulary, stage_id: str, basis: str) -> ActsRead:
    """The ``acts`` of a stage; an ``actor`` of the stage serves those without one."""
    tables = entry.tables("acts", required=True)
    if entry.has("acts") and not tables:
        entry.fault("acts", "no-acts", f"环节“{stage_id}”没有任何办理事项。")
    shared = read_actor(entry, words) if entry.has("actor") else None
    entry.asked.add("actor")
    in_order = not entry.values.get("parallel")
    read = ActsRead()
    for table in tables:
        more = _read_act(table, words, stage_id, shared)
        if in_order:
            before = frozenset(act.id for act in read.acts)
            acts = tuple(replace(a, follows=a.follows | before) for a in more.acts)
            more = replace(more, acts=acts)
        apart = tuple(replace(item, basis=item.basis or basis) for item in more.apart)
        read = read.plus(replace(more, apart=apart))
    return read


def read_after(entry: Entry, words: Vocabulary) -> Act | None:
    """One ``[[after]]`` table: what is done once the article is out."""
    read = _read_act(entry, words, "after", None, after=True)
    if len(read.acts) > 1:
        entry.fault("actor", "actor-unclear", "发布后的事项由一人办理。")
    return read.acts[0] if read.acts else None


def _read_act(
    table: Entry,
    words: Vocabulary,
    stage_id: str,
    shared: Seats | None,
    *,
    after: bool = False,
) -> ActsRead:
    own = table.has("actor") or shared is None
    seats = read_actor(table, words) if own or shared is None else shared
    kind = _read_kind(table, after=after)
    act_id = read_id(table, ACT_ID) if table.has("id") else f"{stage_id}.{kind.value}"
    act = _read_single(table, words, Act(act_id, kind, _first(seats), line=table.line))
    passes = table.number("passes", 1)
    warned = silence_warning(table, ACT_NAMES[kind], act.limit)
    _check_body(table, act)
    _check_passes(table, passes, seats)
    table.asked.update(("id", "actor"))
    table.close()
    seated = _seated(act, seats, min(passes, _MOST_PASSES))
    return replace(seated, warnings=tuple(warned))


def _first(seats: Seats) -> Actor:
    return seats.actors[0] if seats.actors else Actor(ActorKind.POST)


def _read_single(table: Entry, words: Vocabulary, act: Act) -> Act:
    """The act with everything that its table says of it."""
    return replace(
        act,
        when=read_condition(table, words),
        basis=table.text("basis", ""),
        note=table.text("note", ""),
        limit=read_limit(table, words, act.kind),
        pauses=table.flag("pauses", default=act.kind is ActKind.CONSULT),
    )


def _seated(act: Act, seats: Seats, passes: int) -> ActsRead:
    if passes > 1:
        numbers = range(1, passes + 1)
        each = tuple(replace(act, id=f"{act.id}.{n}") for n in numbers)
        return ActsRead(_in_order(each))
    if len(seats.actors) < 2:
        return ActsRead((act,) if seats.actors else ())
    each = tuple(
        replace(act, id=f"{act.id}.{seat}", actor=actor)
        for seat, actor in enumerate(seats.actors, start=1)
    )
    ids = tuple(seat.id for seat in each)
    apart = ExclusiveSet(act.id, act.basis, acts=ids, line=act.line)
    return ActsRead(_in_order(each) if seats.in_order else each, (apart,))


def _in_order(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    ids = [act.id for act in acts]
    return tuple(
        replace(act, follows=frozenset(ids[:number])) for number, act in enumerate(acts)
    )


def _read_kind(table: Entry, *, after: bool) -> ActKind:
    usual = ActKind.POST_CHECK if after else ActKind.REVIEW
    fits = {k: name for k, name in ACT_NAMES.items() if _fits(k, after=after)}
    kind = read_code(table, "kind", ActKind, usual, fits)
    if not table.has("kind"):
        table.notes.add(table.path, "missing-key", "缺少“kind”。")
    name = ACT_NAMES[kind]
    if not _fits(kind, after=after):
        where = "放到发布之后" if after else "放在发布前的环节里"
        told = "、".join(f"{code} {words}" for code, words in fits.items())
        message = f"“{name}”不能{where}；可写：{told}。"
        table.fault("kind", "act-misplaced", message)
    return kind


def _fits(kind: ActKind, *, after: bool) -> bool:
    return kind in AFTER_KINDS if after else kind not in _ONLY_AFTER


def _check_body(table: Entry, act: Act) -> None:
    if act.actor.kind is ActorKind.BODY and act.kind not in _BODY_KINDS:
        name = ACT_NAMES[act.kind]
        table.fault("actor", "body-signs", f"“{name}”不能由外单位办理。")


def _check_passes(table: Entry, passes: int, seats: Seats) -> None:
    if passes > 1 and len(seats.actors) > 1:
        table.fault("passes", "passes-by-many", "passes 不与多人办理同用。")
    if passes > _MOST_PASSES:
        table.fault("passes", "quorum-too-large", "最多九遍。")
