"""Reading a definition file (TOML): a ``Definition`` comes out, or every fault."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable

from workflow.process.conditions import Attribute, AttributeKind, Value
from workflow.process.definition import (
    RELATIONS,
    Act,
    ActKind,
    Actor,
    ActorKind,
    Definition,
    DefinitionFaults,
    ExclusiveSet,
    Fault,
    Importance,
    SamePersonSet,
    Stage,
    Urgency,
)
from workflow.process.entries import Entry, Notes
from workflow.process.grammar import KEYWORDS
from workflow.process.lines import Lines
from workflow.process.stages import (
    Rung,
    Vocabulary,
    read_actor,
    read_id,
    read_limit,
    read_stage,
)

LONGEST = 400_000
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_AT_LINE = re.compile(r"at line (\d+)")
_UNFIT = "\0"
_EMPTY: dict[AttributeKind, Value] = {
    AttributeKind.FLAG: False,
    AttributeKind.SET: frozenset(),
    AttributeKind.TEXT: "",
}
_NOBODY = Actor(ActorKind.POST)


def read_definition(text: str) -> Definition:
    """Read a regulation.

    Args:
        text: the definition file, TOML, at most ``LONGEST`` characters.

    Raises:
        DefinitionFaults: with every fault found, each with its line.
    """
    root = Entry(_toml(text), (), Notes(Lines(text)))
    definition = _read_root(root, hashlib.sha256(text.encode()).hexdigest())
    root.close()
    if root.notes.found:
        raise DefinitionFaults(root.notes.found)
    return definition


def _toml(text: str) -> dict[str, object]:
    if len(text) > LONGEST:
        raise DefinitionFaults([Fault(1, "too-large", "流程定义文件过大。")])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise DefinitionFaults(
            [Fault(line, "not-toml", "这一行不合 TOML 写法。")]
        ) from error
    except RecursionError as error:
        raise DefinitionFaults([Fault(1, "not-toml", "文件套得太深。")]) from error


def _read_root(root: Entry, digest: str) -> Definition:
    head = root.table("process", required=True) or Entry({}, ("process",), root.notes)
    words = Vocabulary(_read_posts(root), _read_attributes(root))
    rungs = _read_ladder(root, words)
    stages = tuple(rung.stage for rung in rungs)
    seats = tuple(item for rung in rungs for item in rung.apart)
    definition = Definition(
        id=read_id(head),
        number=head.number("number"),
        title=head.text("title"),
        issuer=head.text("issuer"),
        posts=words.posts,
        attributes=words.attributes,
        stages=stages,
        publish=_read_publish(root, words),
        exclusive=(*_read_exclusive(root, stages), *seats),
        same_person=_read_same_person(root, stages),
        importance=_read_importance(root, words),
        urgency=_read_urgency(root, words),
        digest=digest,
    )
    head.close()
    _check_urgent(root, definition)
    return definition


def _read_posts(root: Entry) -> dict[str, str]:
    posts = root.labels("posts")
    for code in posts:
        if code in RELATIONS:
            root.notes.add(
                ("posts", code), "bad-id", f"“{code}”是与稿件的关系，不能用作岗位名。"
            )
    return posts


def _read_attributes(root: Entry) -> dict[str, Attribute]:
    sections = root.labels("sections", required=False)
    channels = root.labels("channels", required=False)
    found = {
        "section": Attribute("section", "栏目", AttributeKind.TEXT, "", sections),
        "channels": Attribute(
            "channels", "发布渠道", AttributeKind.SET, frozenset(), channels
        ),
    }
    tables = root.table("attributes")
    for name in tables.values if tables else ():
        entry = tables.table(name) if tables else None
        if entry is None:
            continue
        taken = name in found or name in KEYWORDS
        if taken or not _ATTRIBUTE.fullmatch(name):
            entry.notes.add(entry.path, "bad-id", f"“{name}”不能用作属性名。")
        found[name] = _read_attribute(entry, name)
    return found


def _read_attribute(entry: Entry, name: str) -> Attribute:
    kind = _read_attribute_kind(entry)
    label = entry.text("label")
    choice = kind is AttributeKind.CHOICE
    values = entry.labels("values", required=choice)
    if kind is AttributeKind.FLAG and values:
        entry.fault("values", "attribute-values", "“是/否”属性不必列取值。")
    default = _default(entry.raw("default"), kind, values)
    attribute = Attribute(name, label, kind, default, values)
    if default == _UNFIT or not attribute.accepts(default):
        entry.fault("default", "bad-default", f"默认值不在“{label}”的取值之内。")
    entry.close()
    return attribute


def _read_attribute_kind(entry: Entry) -> AttributeKind:
    text = entry.text("type", AttributeKind.CHOICE.value)
    if text in {kind.value for kind in AttributeKind}:
        return AttributeKind(text)
    known = "、".join(kind.value for kind in AttributeKind)
    entry.fault("type", "unknown-value", f"没有“{text}”这种属性；可取：{known}。")
    return AttributeKind.TEXT


def _default(written: object, kind: AttributeKind, values: dict[str, str]) -> Value:
    if isinstance(written, list):
        return frozenset(str(member) for member in written)
    if isinstance(written, bool | str):
        return written
    if written is not None:
        return _UNFIT
    if kind is AttributeKind.CHOICE:
        return next(iter(values), "")
    return _EMPTY[kind]


def _read_ladder(root: Entry, words: Vocabulary) -> list[Rung]:
    rungs: list[Rung] = []
    for entry in root.tables("stages", required=True):
        below = tuple(rung.stage.id for rung in rungs)
        rung = read_stage(entry, words, below)
        if rung.stage.id in below:
            entry.fault("id", "duplicate-id", f"环节“{rung.stage.id}”重复。")
        rungs.append(rung)
    _check_act_ids(root, [act for rung in rungs for act in rung.stage.acts])
    return rungs


def _check_act_ids(root: Entry, acts: list[Act]) -> None:
    seen: set[str] = set()
    for act in acts:
        if act.id in seen:
            root.notes.found.append(
                Fault(act.line, "duplicate-id", f"办理事项“{act.id}”重复，请另起编号。")
            )
        seen.add(act.id)


def _read_publish(root: Entry, words: Vocabulary) -> Act:
    entry = root.table("publish", required=True)
    if entry is None:
        return Act("publish", ActKind.PUBLISH, _NOBODY)
    actors = read_actor(entry, words)
    if len(actors) > 1:
        entry.fault("actor", "publish-by-many", "发布由一人办理，不能要求多人。")
    act = Act(
        "publish",
        ActKind.PUBLISH,
        actors[0] if actors else _NOBODY,
        basis=entry.text("basis", ""),
        note=entry.text("note", ""),
        limit=read_limit(entry),
        line=entry.line,
    )
    entry.close()
    return act


def _read_exclusive(root: Entry, stages: tuple[Stage, ...]) -> tuple[ExclusiveSet, ...]:
    found = []
    for entry in root.tables("exclusive"):
        members = _read_members(entry, stages)
        set_id, basis = read_id(entry), entry.text("basis", "")
        note = entry.text("note", "")
        found.append(ExclusiveSet(set_id, basis, *members, note, entry.line))
        entry.close()
    return tuple(found)


def _read_same_person(
    root: Entry, stages: tuple[Stage, ...]
) -> tuple[SamePersonSet, ...]:
    found = []
    for entry in root.tables("same_person"):
        members = _read_members(entry, stages)
        set_id, basis = read_id(entry), entry.text("basis", "")
        note = entry.text("note", "")
        found.append(SamePersonSet(set_id, basis, *members, note, entry.line))
        entry.close()
    return tuple(found)


def _read_members(
    entry: Entry, stages: tuple[Stage, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named, acts = entry.texts("stages"), entry.texts("acts")
    _check_members(entry, "stages", named, (stage.id for stage in stages))
    known = (act.id for stage in stages for act in stage.acts)
    _check_members(entry, "acts", acts, known)
    if len(named) + len(acts) < 2:
        entry.notes.add(entry.path, "set-too-small", "至少要有两个成员才谈得上约束。")
    return named, acts


def _check_members(
    entry: Entry, key: str, named: tuple[str, ...], known: Iterable[str]
) -> None:
    declared = frozenset(known)
    for name in named:
        if name not in declared:
            entry.fault(key, f"unknown-{key[:-1]}", f"没有“{name}”这个成员。")


def _read_importance(root: Entry, words: Vocabulary) -> Importance | None:
    entry = root.table("importance")
    if entry is None:
        return None
    attribute, raised = entry.text("attribute"), entry.text("raised")
    _check_value(entry, words, "raised", attribute, raised)
    basis, note = entry.text("basis", ""), entry.text("note", "")
    entry.close()
    return Importance(attribute, raised, basis, note)


def _read_urgency(root: Entry, words: Vocabulary) -> Urgency | None:
    entry = root.table("urgency")
    if entry is None:
        return None
    attribute, urgent = entry.text("attribute"), entry.text("urgent")
    _check_value(entry, words, "urgent", attribute, urgent)
    entry.close()
    return Urgency(attribute, urgent)


def _check_value(
    entry: Entry, words: Vocabulary, key: str, attribute: str, value: str
) -> None:
    found = words.attributes.get(attribute)
    if found is None or found.kind is not AttributeKind.CHOICE:
        entry.fault("attribute", "unknown-attribute", f"没有声明属性“{attribute}”。")
    elif value not in found.values or value == found.default:
        entry.fault(
            key, "unknown-value", f"“{value}”不是“{found.label}”默认值以外的取值。"
        )


def _check_urgent(root: Entry, definition: Definition) -> None:
    if definition.urgency is not None:
        return
    owners: tuple[Stage | Act, ...] = (*definition.stages, definition.publish)
    for owner in owners:
        if owner.limit is not None and owner.limit.urgent is not None:
            root.notes.found.append(
                Fault(
                    owner.line, "urgent-undeclared", "写了加急期限，却没有 [urgency]。"
                )
            )
