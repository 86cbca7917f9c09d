"""Reading a definition file (TOML): a ``Definition`` comes out, or every fault."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace

from workflow.process.act_reading import read_after
from workflow.process.actor_reading import read_actor
from workflow.process.clause_reading import (
    read_doubts,
    read_exclusive,
    read_hand_over,
    read_importance,
    read_minimums,
    read_same_person,
    read_triggers,
    read_urgency,
    read_uses,
)
from workflow.process.definition import (
    Act,
    ActKind,
    Actor,
    ActorKind,
    Definition,
    DefinitionFaults,
    Fault,
    Stage,
)
from workflow.process.dependence import settled
from workflow.process.entries import Entry, Notes
from workflow.process.limit_reading import read_limit
from workflow.process.lines import Lines
from workflow.process.stages import Rung, read_stage
from workflow.process.toml_words import line_of, why_not_toml
from workflow.process.vocabulary_reading import read_words
from workflow.process.words import Vocabulary, read_id, read_known

LONGEST = 400_000
BYTE_ORDER_MARK = "\ufeff"
_NOBODY = Actor(ActorKind.POST)


def read_definition(text: str) -> Definition:
    """Read a regulation.

    Args:
        text: the definition file, TOML, at most ``LONGEST`` characters.

    Raises:
        DefinitionFaults: with every fault found, each with its line.
    """
    root = Entry(read_toml(text), (), Notes(Lines(text)))
    definition = _read_root(root, hashlib.sha256(text.encode()).hexdigest())
    root.close()
    if root.notes.found:
        raise DefinitionFaults(root.notes.found)
    return definition


def read_toml(text: str) -> dict[str, object]:
    """The tables of a TOML text.

    Raises:
        DefinitionFaults: too large, or not TOML, with the line.
    """
    if len(text) > LONGEST:
        raise DefinitionFaults([Fault(1, "too-large", "流程定义文件过大。")])
    try:
        return tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    except tomllib.TOMLDecodeError as error:
        line = line_of(str(error), text)
        fault = Fault(line, "not-toml", why_not_toml(str(error)))
        raise DefinitionFaults([fault]) from error
    except RecursionError as error:
        raise DefinitionFaults([Fault(1, "not-toml", "文件套得太深。")]) from error


def _read_root(root: Entry, digest: str) -> Definition:
    head = root.table("process", required=True) or Entry({}, ("process",), root.notes)
    words = read_words(root)
    rungs = _read_ladder(root, words)
    definition = Definition(
        id=read_id(head),
        number=head.number("number"),
        title=head.text("title"),
        issuer=head.text("issuer"),
        posts=words.posts,
        attributes=words.attributes,
        stages=tuple(rung.stage for rung in rungs),
        publish=Act("publish", ActKind.PUBLISH, _NOBODY),
        exclusive=(),
        same_person=(),
        importance=None,
        urgency=None,
        digest=digest,
    )
    head.close()
    definition = _with_publishing(root, words, definition)
    definition = _with_constraints(root, words, definition, rungs)
    definition = _with_clauses(root, words, definition)
    _check_urgent(root, definition)
    return replace(definition, stages=settled(definition, rungs))


def _with_publishing(
    root: Entry, words: Vocabulary, definition: Definition
) -> Definition:
    publish, publishers = _read_publish(root, words)
    after = [read_after(entry, words) for entry in root.tables("after")]
    done = tuple(act for act in after if act is not None)
    stages = definition.stages
    _check_act_ids(root, [*(act for s in stages for act in s.acts), *done])
    return replace(definition, publish=publish, publishers=publishers, after=done)


def _with_constraints(
    root: Entry, words: Vocabulary, definition: Definition, rungs: list[Rung]
) -> Definition:
    stages = definition.stages
    seats = tuple(item for rung in rungs for item in rung.apart)
    return replace(
        definition,
        exclusive=(*read_exclusive(root, stages), *seats),
        same_person=read_same_person(root, stages),
        importance=read_importance(root, words, stages),
        urgency=read_urgency(root, words),
        doubts=read_doubts(root, words, stages),
        warnings=tuple(warning for rung in rungs for warning in rung.warnings),
    )


def _with_clauses(root: Entry, words: Vocabulary, definition: Definition) -> Definition:
    return replace(
        definition,
        bodies=words.bodies,
        collectives=words.collectives,
        attachments=words.attachments,
        limit=read_limit(root, words),
        minimums=read_minimums(root, words),
        triggers=read_triggers(root, words),
        uses=read_uses(root, words),
        hand_over=read_hand_over(root, words),
    )


def _read_ladder(root: Entry, words: Vocabulary) -> list[Rung]:
    rungs: list[Rung] = []
    for entry in root.tables("stages", required=True):
        below = tuple(rung.stage.id for rung in rungs)
        rung = read_stage(entry, words, below)
        if rung.stage.id in below:
            entry.fault("id", "duplicate-id", f"环节“{rung.stage.id}”重复。")
        rungs.append(rung)
    return rungs


def _check_act_ids(root: Entry, acts: list[Act]) -> None:
    seen: set[str] = set()
    for act in acts:
        if act.id in seen:
            root.notes.found.append(
                Fault(act.line, "duplicate-id", f"办理事项“{act.id}”重复，请另起编号。")
            )
        seen.add(act.id)


def _read_publish(root: Entry, words: Vocabulary) -> tuple[Act, dict[str, Act]]:
    entry = root.table("publish", required=not root.has("hand_over"))
    if entry is None:
        return Act("publish", ActKind.PUBLISH, _NOBODY), {}
    usual = _read_publisher(entry, words, "publish")
    single: dict[str, Act] = {}
    for table in entry.tables("by_channel"):
        channels = read_known(table, "channels", words.channels, "unknown-part")
        if not channels:
            table.notes.add(table.path, "missing-key", "缺少“channels”。")
        act = _read_publisher(table, words, "publish")
        for channel in channels:
            if channel in single:
                table.fault("channels", "repeated", f"渠道“{channel}”写了两次。")
            single[channel] = act
        table.close()
    entry.close()
    return usual, single


def _read_publisher(entry: Entry, words: Vocabulary, act_id: str) -> Act:
    actors = read_actor(entry, words).actors
    if len(actors) > 1:
        entry.fault("actor", "publish-by-many", "发布由一人办理，不能要求多人。")
    actor = actors[0] if actors else _NOBODY
    if actor.body:
        entry.fault("actor", "body-signs", "发布须由本单位的人办理。")
    return Act(
        act_id,
        ActKind.PUBLISH,
        actor,
        basis=entry.text("basis", ""),
        note=entry.text("note", ""),
        limit=read_limit(entry, words, ActKind.PUBLISH),
        line=entry.line,
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
