"""Reading the rungs of a definition file: stages, their acts, actors and limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from workflow.process.conditions import Attribute, Condition, ConditionRefused
from workflow.process.definition import (
    ACT_NAMES,
    RELATIONS,
    TEXT_PARTS,
    Act,
    ActKind,
    Actor,
    ActorKind,
    CheckItem,
    ExclusiveSet,
    Limit,
    LimitUnit,
    Silence,
    Stage,
)
from workflow.process.entries import Entry
from workflow.process.grammar import parse_condition

DRAFTING = "drafting"
RESERVED = frozenset(
    {DRAFTING, "cleared", "published", "withdrawn", "rejected", "publish"}
)
_STAGE_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ACT_ID = re.compile(r"[a-z][a-z0-9_.]{0,79}")
_Code = TypeVar("_Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a stage may refer to."""

    posts: Mapping[str, str]
    attributes: Mapping[str, Attribute]

    @property
    def parts(self) -> frozenset[str]:
        """Every part of the text and every fact a signature can be about."""
        own = (item.part for item in self.attributes.values())
        return frozenset({*TEXT_PARTS, *own})


@dataclass(frozen=True, slots=True)
class Rung:
    """A stage as read, with the sets that its many-handed acts bring along."""

    stage: Stage
    apart: tuple[ExclusiveSet, ...]


def read_stage(entry: Entry, words: Vocabulary, below: tuple[str, ...]) -> Rung:
    """One ``[[stages]]`` table; ``below`` are the ids of the stages before it."""
    stage_id = read_id(entry, _STAGE_ID)
    basis = entry.text("basis", "")
    acts, apart = _read_acts(entry, words, stage_id, basis)
    stage = Stage(
        id=stage_id,
        name=entry.text("name"),
        acts=acts,
        when=read_condition(entry, words),
        basis=basis,
        note=entry.text("note", ""),
        joint=entry.flag("joint"),
        parallel=entry.flag("parallel"),
        depends_on=_read_parts(entry, words),
        checklist=_read_checklist(entry),
        limit=read_limit(entry),
        returns_to=_read_targets(entry, below),
        line=entry.line,
    )
    _check_joint(entry, stage, apart)
    entry.close()
    return Rung(stage, apart)


def read_id(entry: Entry, pattern: re.Pattern[str] = _STAGE_ID) -> str:
    """The ``id`` of a table, fit to be a name."""
    found = entry.text("id")
    if found and (not pattern.fullmatch(found) or found in RESERVED):
        entry.fault("id", "bad-id", f"“{found}”不能作编号：用小写字母起头的英文名。")
    return found


def read_condition(entry: Entry, words: Vocabulary) -> Condition | None:
    """The ``when`` of a table."""
    text = entry.text("when", "")
    if not text:
        if entry.has("when"):
            entry.fault("when", "condition-syntax", "条件写法有误：条件为空。")
        return None
    try:
        return parse_condition(text, words.attributes)
    except ConditionRefused as refused:
        entry.fault("when", refused.code, refused.message)
        return None


def read_actor(entry: Entry, words: Vocabulary) -> tuple[Actor, ...]:
    """The ``actor`` of a table: one actor for each seat; empty when unreadable."""
    table = entry.table("actor", required=True)
    if table is None:
        return ()
    ways = [way for way in ("post", "relation", "any_of", "all_of") if table.has(way)]
    named = _named_actors(table, words)
    count = table.number("count", 1)
    table.close()
    if len(ways) != 1 or (table.has("count") and ways != ["any_of"]):
        entry.fault(
            "actor",
            "actor-unclear",
            "办理人须且只须写明一种：post、relation、any_of（可带 count）或 all_of。",
        )
        return ()
    if not _all_known(entry, named, words, several=ways == ["all_of"]):
        return ()
    if ways == ["all_of"]:
        return tuple(_actor((name,), len(named)) for name in named)
    return _seats(entry, named, count)


def _named_actors(table: Entry, words: Vocabulary) -> tuple[str, ...]:
    post, relation = table.text("post", ""), table.text("relation", "")
    if post in RELATIONS and post not in words.posts:
        table.fault("post", "unknown-post", f"“{post}”是关系，应写成 relation。")
    if relation and relation not in RELATIONS:
        known = "、".join(RELATIONS)
        message = f"没有“{relation}”这种关系；可写：{known}。"
        table.fault("relation", "unknown-relation", message)
    many = (*table.texts("any_of"), *table.texts("all_of"))
    return (*filter(None, (post, relation)), *many)


def _all_known(
    entry: Entry, named: tuple[str, ...], words: Vocabulary, *, several: bool
) -> bool:
    known = True
    for name in named:
        if name not in words.posts and name not in RELATIONS:
            entry.fault("actor", "unknown-post", f"没有声明岗位“{name}”。")
            known = False
    if not several and sum(name in RELATIONS for name in named) > 1:
        entry.fault("actor", "actor-unclear", "任一办理人中只能有一种与稿件的关系。")
        known = False
    if not named:
        entry.fault("actor", "no-actor", "没有写明由谁办理。")
    return known and bool(named)


def _seats(entry: Entry, named: tuple[str, ...], count: int) -> tuple[Actor, ...]:
    if count > 9:
        entry.fault("actor", "quorum-too-large", f"要求{count}人办理，最多九人。")
    return tuple(_actor(named, count) for _ in range(min(count, 9)))


def _actor(named: tuple[str, ...], quorum: int) -> Actor:
    posts = tuple(name for name in named if name not in RELATIONS)
    relation = next((name for name in named if name in RELATIONS), None)
    if relation is None:
        return Actor(ActorKind.POST, posts, None, quorum)
    kind = ActorKind.EITHER if posts else ActorKind.RELATION
    return Actor(kind, posts, relation, quorum)


def read_limit(entry: Entry) -> Limit | None:
    """The ``limit`` of a table; silence may remind or escalate, never approve."""
    table = entry.table("limit")
    if table is None:
        return None
    if not table.has("unit"):
        entry.fault("limit", "limit-without-unit", "期限没有写明单位（日或工作日）。")
    unit = _code(table, "unit", LimitUnit, LimitUnit.WORKING_DAYS)
    if table.has("urgent_unit") and not table.has("urgent"):
        table.fault("urgent_unit", "missing-key", "写了 urgent_unit，却没有 urgent。")
    limit = Limit(
        amount=table.number("amount"),
        unit=unit,
        urgent=table.number("urgent") if table.has("urgent") else None,
        urgent_unit=_code(table, "urgent_unit", LimitUnit, unit),
        silence=_read_silence(table),
        note=table.text("note", ""),
    )
    table.asked.add("urgent")
    table.close()
    return limit


def _read_silence(table: Entry) -> Silence:
    if table.values.get("silence") in ("deemed_approved", "approve", "publish"):
        table.fault("silence", "silence-publishes", "逾期未办不得视为同意。")
        table.asked.add("silence")
        return Silence.ESCALATE
    return _code(table, "silence", Silence, Silence.ESCALATE)


def _code(table: Entry, key: str, codes: type[_Code], default: _Code) -> _Code:
    text = table.text(key, default.value)
    if text in {code.value for code in codes}:
        return codes(text)
    known = "、".join(code.value for code in codes)
    table.fault(key, "unknown-value", f"“{key}”不能是“{text}”；可取：{known}。")
    return default


def _read_acts(
    entry: Entry, words: Vocabulary, stage_id: str, basis: str
) -> tuple[tuple[Act, ...], tuple[ExclusiveSet, ...]]:
    tables = entry.tables("acts", required=True)
    if entry.has("acts") and not tables:
        entry.fault("acts", "no-acts", f"环节“{stage_id}”没有任何办理事项。")
    shared = read_actor(entry, words) if entry.has("actor") else ()
    entry.asked.add("actor")
    acts: list[Act] = []
    apart: list[ExclusiveSet] = []
    for table in tables:
        seats = _read_seats(table, words, stage_id, shared)
        acts.extend(seats)
        if len(seats) > 1:
            ids = tuple(seat.id for seat in seats)
            name = ids[0].rpartition(".")[0]
            apart.append(ExclusiveSet(name, basis, acts=ids, line=table.line))
    return tuple(acts), tuple(apart)


def _read_seats(
    table: Entry, words: Vocabulary, stage_id: str, shared: tuple[Actor, ...]
) -> list[Act]:
    kind = _read_kind(table)
    own = table.has("actor") or not shared
    actors = read_actor(table, words) if own else shared
    act_id = read_id(table, _ACT_ID) if table.has("id") else f"{stage_id}.{kind.value}"
    when = read_condition(table, words)
    basis, note = table.text("basis", ""), table.text("note", "")
    table.asked.update(("id", "actor"))
    table.close()
    several = len(actors) > 1
    return [
        Act(
            f"{act_id}.{seat}" if several else act_id,
            kind,
            actor,
            when,
            basis,
            note,
            line=table.line,
        )
        for seat, actor in enumerate(actors, start=1)
    ]


def _read_kind(table: Entry) -> ActKind:
    kind = _code(table, "kind", ActKind, ActKind.REVIEW)
    if not table.has("kind"):
        table.notes.add(table.path, "missing-key", "缺少“kind”。")
    if kind in (ActKind.PUBLISH, ActKind.POST_CHECK):
        name = ACT_NAMES[kind]
        table.fault("kind", "act-misplaced", f"“{name}”不能放在发布前的环节里。")
    return kind


def _read_parts(entry: Entry, words: Vocabulary) -> frozenset[str]:
    chosen, left_out = entry.texts("depends_on"), entry.texts("independent_of")
    for key, named in (("depends_on", chosen), ("independent_of", left_out)):
        for part in named:
            if part not in words.parts:
                known = "、".join(sorted(words.parts))
                entry.fault(
                    key, "unknown-part", f"稿件没有“{part}”这一部分；有：{known}。"
                )
    if entry.has("depends_on") and entry.has("independent_of"):
        entry.fault(
            "depends_on", "depends-twice", "depends_on 与 independent_of 只能写一个。"
        )
    if entry.has("depends_on"):
        if not chosen:
            entry.fault("depends_on", "depends-on-nothing", "签字必须针对稿件的内容。")
        return frozenset(chosen)
    return words.parts - frozenset(left_out)


def _read_checklist(entry: Entry) -> tuple[CheckItem, ...]:
    items = []
    for table in entry.tables("checklist"):
        items.append(
            CheckItem(table.text("id"), table.text("text"), table.text("basis", ""))
        )
        if items[-1].id in {item.id for item in items[:-1]}:
            table.fault("id", "duplicate-id", f"检查项“{items[-1].id}”重复。")
        table.close()
    return tuple(items)


def _read_targets(entry: Entry, below: tuple[str, ...]) -> tuple[str, ...]:
    allowed = (DRAFTING, *below)
    if not entry.has("returns_to"):
        entry.asked.add("returns_to")
        return allowed
    targets = entry.texts("returns_to")
    for target in targets:
        if target not in allowed:
            entry.fault(
                "returns_to",
                "bad-return",
                f"不能退回“{target}”：只能退回拟稿或更早环节。",
            )
    return targets


def _check_joint(entry: Entry, stage: Stage, apart: tuple[ExclusiveSet, ...]) -> None:
    if not stage.joint:
        return
    if len({act.actor for act in stage.acts}) > 1 or apart:
        entry.fault(
            "joint", "joint-by-many", "合并签字的环节，各项须由同一办理人一人完成。"
        )
    if stage.parallel:
        entry.fault(
            "parallel", "joint-parallel", "合并签字的环节不分先后，不能再并行。"
        )
