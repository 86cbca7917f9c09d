"""Reading the clauses of a regulation that stand beside its ladder."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.process.clauses import (
    Doubts,
    ExclusiveSet,
    HandOver,
    Importance,
    Minimum,
    SamePersonSet,
    Trigger,
    Urgency,
    Uses,
)
from workflow.process.conditions import Attribute, AttributeKind, Value
from workflow.process.definition import ActKind, Stage
from workflow.process.entries import Entry
from workflow.process.words import (
    DRAFTING,
    Vocabulary,
    read_code,
    read_condition,
    read_id,
)

PUBLISH = "publish"


def read_exclusive(root: Entry, stages: tuple[Stage, ...]) -> tuple[ExclusiveSet, ...]:
    """The ``[[exclusive]]`` tables."""
    found = []
    for entry in root.tables("exclusive"):
        members = _read_members(entry, stages, also=(DRAFTING, PUBLISH))
        set_id, basis = read_id(entry), entry.text("basis", "")
        note, warns = entry.text("note", ""), entry.flag("warns")
        found.append(ExclusiveSet(set_id, basis, *members, note, entry.line, warns))
        entry.close()
    return tuple(found)


def read_same_person(
    root: Entry, stages: tuple[Stage, ...]
) -> tuple[SamePersonSet, ...]:
    """The ``[[same_person]]`` tables."""
    found = []
    for entry in root.tables("same_person"):
        members = _read_members(entry, stages, also=(DRAFTING, PUBLISH))
        set_id, basis = read_id(entry), entry.text("basis", "")
        note = entry.text("note", "")
        found.append(SamePersonSet(set_id, basis, *members, note, entry.line))
        entry.close()
    return tuple(found)


def _read_members(
    entry: Entry, stages: tuple[Stage, ...], also: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named, acts = entry.texts("stages"), entry.texts("acts")
    _check_members(entry, "stages", named, [*(s.id for s in stages), *also])
    known = (act.id for stage in stages for act in stage.acts)
    _check_members(entry, "acts", acts, known)
    if len(named) + len(acts) < 2:
        entry.notes.add(entry.path, "set-too-small", "至少要有两个成员才谈得上约束。")
    return named, acts


def _check_members(
    entry: Entry, key: str, named: tuple[str, ...], known: Iterable[str]
) -> None:
    declared = tuple(known)
    for name in named:
        if name not in declared:
            told = "、".join(declared)
            message = f"没有“{name}”这个成员；可写：{told}。"
            entry.fault(
                key, "unknown-act" if key == "acts" else "unknown-stage", message
            )


def read_importance(
    root: Entry, words: Vocabulary, stages: tuple[Stage, ...]
) -> Importance | None:
    """The ``[importance]`` table."""
    entry = root.table("importance")
    if entry is None:
        return None
    attribute = entry.text("attribute")
    raised = _read_value(entry, words, "raised", attribute)
    basis, note = entry.text("basis", ""), entry.text("note", "")
    named = [_read_stages(entry, key, stages) for key in ("lowered_at", "replaces")]
    levels = entry.texts("levels")
    declared = words.attributes.get(attribute)
    if levels and declared and set(levels) != set(declared.values):
        message = f"levels 须由低到高写全“{declared.label}”的取值。"
        entry.fault("levels", "unknown-value", message)
    entry.close()
    return Importance(attribute, raised, basis, note, named[0], levels, named[1])


def read_urgency(root: Entry, words: Vocabulary) -> Urgency | None:
    """The ``[urgency]`` table."""
    entry = root.table("urgency")
    if entry is None:
        return None
    attribute = entry.text("attribute")
    urgent = _read_value(entry, words, "urgent", attribute)
    entry.close()
    return Urgency(attribute, urgent)


def read_doubts(
    root: Entry, words: Vocabulary, stages: tuple[Stage, ...]
) -> Doubts | None:
    """The ``[doubts]`` table."""
    entry = root.table("doubts")
    if entry is None:
        return None
    name = entry.text("attribute")
    found = words.attributes.get(name)
    if found is None or found.kind is not AttributeKind.SET or not found.values:
        message = f"“{name}”应为声明了取值的 set 属性。"
        entry.fault("attribute", "unknown-attribute", message)
    raised_at = _read_stages(entry, "raised_at", stages)
    basis, note = entry.text("basis", ""), entry.text("note", "")
    entry.close()
    return Doubts(name, raised_at, basis, note)


def read_minimums(root: Entry, words: Vocabulary) -> tuple[Minimum, ...]:
    """The ``[[minimum]]`` tables."""
    found = []
    for entry in root.tables("minimum"):
        kind = read_code(entry, "kind", ActKind, ActKind.PROOFREAD)
        number, when = entry.number("number"), read_condition(entry, words)
        basis = entry.text("basis", "")
        found.append(Minimum(kind.value, number, when, basis, entry.line))
        entry.close()
    return tuple(found)


def read_triggers(root: Entry, words: Vocabulary) -> tuple[Trigger, ...]:
    """The ``[[triggers]]`` tables; ``list`` names a list instead of ``words``."""
    found = []
    for entry in root.tables("triggers"):
        attribute, said = entry.text("attribute"), entry.texts("words")
        listed = entry.text("list", "")
        if listed and listed not in words.lists:
            entry.fault("list", "unknown-list", f"[lists] 里没有“{listed}”。")
        said = (*said, *words.lists.get(listed, ()))
        value = _trigger_value(entry, words, attribute)
        if not said and not listed:
            entry.notes.add(entry.path, "missing-key", "缺少“words”或“list”。")
        found.append(Trigger(attribute, value, said, entry.text("basis", "")))
        entry.close()
    return tuple(found)


def _trigger_value(entry: Entry, words: Vocabulary, name: str) -> Value:
    attribute = words.attributes.get(name)
    written = entry.raw("value") if entry.has("value") else True
    entry.asked.add("value")
    if attribute is None:
        message = f"没有声明属性“{name}”。"
        entry.fault("attribute", "unknown-attribute", message)
        return True
    if isinstance(written, bool | str) and attribute.accepts(written):
        return written
    entry.fault("value", "unknown-value", f"“{attribute.label}”不能取这个值。")
    return True


def read_uses(root: Entry, words: Vocabulary) -> tuple[Uses, ...]:
    """The ``[[uses]]`` tables."""
    found = []
    for entry in root.tables("uses"):
        when, process = read_condition(entry, words), read_code_name(entry, "process")
        basis, note = entry.text("basis", ""), entry.text("note", "")
        if not entry.has("when"):
            entry.notes.add(entry.path, "missing-key", "缺少“when”。")
        if when is not None:
            found.append(Uses(when, process, basis, note, entry.line))
        entry.close()
    return tuple(found)


def read_hand_over(root: Entry, words: Vocabulary) -> HandOver | None:
    """The ``[hand_over]`` table."""
    entry = root.table("hand_over")
    if entry is None:
        return None
    found = HandOver(
        read_code_name(entry, "process"),
        entry.text("agency"),
        read_condition(entry, words),
        entry.text("basis", ""),
        entry.text("note", ""),
        entry.line,
    )
    entry.close()
    return found


def read_code_name(entry: Entry, key: str) -> str:
    """The id of another definition."""
    found = entry.text(key)
    if found and not found.replace("_", "a").isalnum():
        entry.fault(key, "bad-id", f"“{found}”不能作流程编号。")
    return found


def _read_stages(entry: Entry, key: str, stages: tuple[Stage, ...]) -> tuple[str, ...]:
    named = entry.texts(key)
    _check_members(entry, key, named, [stage.id for stage in stages])
    return named


def _read_value(
    entry: Entry, words: Vocabulary, key: str, attribute: str
) -> str | bool:
    """Which value of the attribute is the weightier one; ``true`` of a flag."""
    found = words.attributes.get(attribute)
    if found is None:
        known = "、".join(words.attributes)
        message = f"没有声明属性“{attribute}”；已声明的有：{known}。"
        entry.fault("attribute", "unknown-attribute", message)
    elif found.kind is AttributeKind.FLAG:
        return _read_yes(entry, key, found)
    elif found.kind is not AttributeKind.CHOICE:
        message = f"“{found.label}”须是几选一或是否属性。"
        entry.fault("attribute", "unknown-attribute", message)
    value = entry.text(key)
    if value and found and (value not in found.values or value == found.default):
        others = "、".join(code for code in found.values if code != found.default)
        message = f"“{value}”不是“{found.label}”默认值以外的取值；可写：{others}。"
        entry.fault(key, "unknown-value", message)
    return value


def _read_yes(entry: Entry, key: str, found: Attribute) -> bool:
    """A flag is raised when it is true, so the key may be left out."""
    if not entry.flag(key, default=True) or found.default is not False:
        message = f"“{found.label}”是是否属性：默认为否，{key} 只能写 true。"
        entry.fault(key, "unknown-value", message)
    return True
