"""Reading the rungs of a definition file: stages and what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflow.process.act_reading import read_acts
from workflow.process.clauses import Block, Requirement
from workflow.process.conditions import AllOf, AnyOf, Condition, Contains
from workflow.process.definition import (
    MEANING,
    OUTCOMES,
    CheckItem,
    ExclusiveSet,
    Fault,
    Stage,
)
from workflow.process.entries import Entry
from workflow.process.limit_reading import read_limit
from workflow.process.words import (
    DRAFTING,
    Vocabulary,
    read_condition,
    read_id,
    read_known,
)

_WORDING = frozenset({"title", "body"})


@dataclass(frozen=True, slots=True)
class Rung:
    """A stage as read, with what its acts bring along.

    Args:
        apart: the sets of its many-handed acts.
        warnings: what has to be known of it.
        is_explicit: whether it says itself on which parts its signatures depend.
    """

    stage: Stage
    apart: tuple[ExclusiveSet, ...]
    warnings: tuple[Fault, ...] = ()
    is_explicit: bool = True


def read_stage(entry: Entry, words: Vocabulary, below: tuple[str, ...]) -> Rung:
    """One ``[[stages]]`` table; ``below`` are the ids of the stages before it."""
    stage_id = read_id(entry)
    basis = entry.text("basis", "")
    read = read_acts(entry, words, stage_id, basis)
    stage = Stage(
        id=stage_id,
        name=entry.text("name"),
        acts=read.acts,
        when=read_condition(entry, words),
        basis=basis,
        note=entry.text("note", ""),
        joint=entry.flag("joint"),
        parallel=entry.flag("parallel"),
        depends_on=_read_parts(entry, words),
        checklist=_read_checklist(entry),
        limit=read_limit(entry, words),
        returns_to=_read_targets(entry, below),
        line=entry.line,
    )
    _check_joint(entry, stage, read.apart)
    stage = _with_clauses(entry, words, stage, below)
    explicit = entry.has("depends_on") or entry.has("independent_of")
    entry.close()
    return Rung(stage, read.apart, read.warnings, explicit)


def _with_clauses(
    entry: Entry, words: Vocabulary, stage: Stage, below: tuple[str, ...]
) -> Stage:
    channels = frozenset(read_known(entry, "channels", words.channels, "unknown-part"))
    return replace(
        stage,
        when=_scoped(stage.when, channels, words),
        channels=channels,
        requires=_read_requirements(entry, words),
        blocks=_read_blocks(entry, words),
        objection_to=_read_objection(entry, below),
        outcomes=_read_outcomes(entry),
    )


def _scoped(
    when: Condition | None, channels: frozenset[str], words: Vocabulary
) -> Condition | None:
    """The condition of a stage that is for single channels only."""
    if not channels:
        return when
    attribute = words.attributes["channels"]
    named = tuple(Contains(attribute, code) for code in sorted(channels))
    scope = named[0] if len(named) == 1 else AnyOf(named)
    told = " or ".join(f'"{code}" in channels' for code in sorted(channels))
    if when is None:
        return Condition(told, scope)
    return Condition(f"({when.text}) and ({told})", AllOf((when.root, scope)))


def _read_requirements(entry: Entry, words: Vocabulary) -> tuple[Requirement, ...]:
    """What must be there: plain names, or tables with ``part``, ``when``, ``basis``."""
    written = entry.raw("requires")
    if written is None:
        return ()
    if not isinstance(written, list):
        entry.fault("requires", "wrong-type", "“requires”应为列表。")
        return ()
    tables = [item if isinstance(item, dict) else {"part": item} for item in written]
    paths = ((*entry.path, "requires", number) for number in range(len(tables)))
    return tuple(
        _requirement(Entry(table, path, entry.notes), words)
        for table, path in zip(tables, paths, strict=True)
    )


def _requirement(table: Entry, words: Vocabulary) -> Requirement:
    part = table.text("part")
    if part not in words.requirable:
        known = "、".join(sorted(words.requirable))
        table.fault("part", "unknown-part", f"没有“{part}”；有：{known}。")
    when, basis = read_condition(table, words), table.text("basis", "")
    table.close()
    return Requirement(part, when, basis)


def _read_blocks(entry: Entry, words: Vocabulary) -> tuple[Block, ...]:
    found = []
    for table in entry.tables("blocks"):
        when = read_condition(table, words)
        text, basis = table.text("text"), table.text("basis", "")
        if not table.has("when"):
            table.notes.add(table.path, "missing-key", "缺少“when”。")
        if when is not None:
            found.append(Block(when, text, basis))
        table.close()
    return tuple(found)


def _read_objection(entry: Entry, below: tuple[str, ...]) -> str:
    target = entry.text("objection_to", DRAFTING)
    if target not in (DRAFTING, *below):
        message = f"异议不能转到“{target}”：只能退回拟稿或更早环节。"
        entry.fault("objection_to", "bad-return", message)
    return target


def _read_outcomes(entry: Entry) -> frozenset[str]:
    if not entry.has("outcomes"):
        entry.asked.add("outcomes")
        return frozenset(OUTCOMES)
    known = frozenset(OUTCOMES)
    named = read_known(entry, "outcomes", known, "unknown-value")
    if "approve" not in named:
        entry.fault("outcomes", "no-approval", "outcomes 须有 approve，否则走不下去。")
    return frozenset(named) & known


def _read_parts(entry: Entry, words: Vocabulary) -> frozenset[str]:
    chosen, left_out = entry.texts("depends_on"), entry.texts("independent_of")
    for key, named in (("depends_on", chosen), ("independent_of", left_out)):
        for part in named:
            if part not in words.bindable:
                known = "、".join(sorted(words.bindable))
                entry.fault(
                    key, "unknown-part", f"稿件没有“{part}”这一部分；有：{known}。"
                )
    if entry.has("depends_on") and entry.has("independent_of"):
        entry.fault(
            "depends_on", "depends-twice", "depends_on 与 independent_of 只能写一个。"
        )
    if entry.has("depends_on") and not chosen:
        entry.fault("depends_on", "depends-on-nothing", "签字必须针对稿件的内容。")
    parts = frozenset(chosen) if chosen else words.parts - frozenset(left_out)
    return _bound(entry, parts)


def _bound(entry: Entry, parts: frozenset[str]) -> frozenset[str]:
    """The parts; ``binds = "meaning"`` puts the meaning in place of the wording."""
    binds = entry.text("binds", "text")
    if binds not in ("text", MEANING):
        message = f"“binds”不能是“{binds}”；可取：text、meaning。"
        entry.fault("binds", "unknown-value", message)
    return parts - _WORDING | {MEANING} if binds == MEANING else parts


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
