"""Two ladders as one: ours, and on top of it the ladder of the agency that publishes.

The joined definition is an ordinary one, so the same proofs and the same gate hold for
both chains on the same text.  The other agency's posts and stages carry the id of its
definition as a prefix.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from workflow.process.actors import Actor
from workflow.process.clauses import Doubts, ExclusiveSet, Importance, SamePersonSet
from workflow.process.conditions import Attribute, Value
from workflow.process.definition import (
    Act,
    Definition,
    DefinitionFaults,
    Fault,
    Stage,
)
from workflow.process.words import DRAFTING

_OURS = (DRAFTING, "publish")


def chosen(definition: Definition, facts: Mapping[str, Value]) -> str | None:
    """The id of the definition that such an article follows instead, if any.

    Args:
        facts: complete, see ``plan.complete``.
    """
    for use in definition.uses:
        if use.when.holds(facts):
            return use.process
    return None


def with_successor(
    definition: Definition, others: Mapping[str, Definition]
) -> Definition:
    """The definition with the ladder it hands over to, if it does."""
    over = definition.hand_over
    return definition if over is None else joined(definition, others[over.process])


def joined(own: Definition, other: Definition) -> Definition:
    """Our ladder with the other's on top; it publishes by its own rule.

    Raises:
        DefinitionFaults: an attribute has one name and two meanings.
    """
    _check_attributes(own, other)
    name = _Named(other.id)
    both = _with_clauses(_with_ladder(own, other, name), other, name)
    digests = f"{own.digest}{other.digest}".encode()
    return replace(both, digest=hashlib.sha256(digests).hexdigest())


def _with_ladder(own: Definition, other: Definition, name: _Named) -> Definition:
    together = (name.together(item) for item in other.same_person)
    return replace(
        own,
        posts={**own.posts, **{name(code): t for code, t in other.posts.items()}},
        attributes=_merged(own, other),
        stages=(*own.stages, *_above(own, other, name)),
        publish=name.act(other.publish),
        publishers={c: name.act(act) for c, act in other.publishers.items()},
        after=(*own.after, *(name.act(act) for act in other.after)),
        exclusive=(*own.exclusive, *(name.apart(item) for item in other.exclusive)),
        same_person=(*own.same_person, *together),
        hand_over=None,
    )


def _above(own: Definition, other: Definition, name: _Named) -> Iterator[Stage]:
    """The other's stages; who may return to anywhere may return to our rungs too."""
    ours = tuple(stage.id for stage in own.stages)
    below = [DRAFTING]
    for stage in other.stages:
        anywhere = stage.returns_to == tuple(below)
        below.append(stage.id)
        found = name.stage(stage)
        if anywhere:
            found = replace(found, returns_to=(DRAFTING, *ours, *found.returns_to[1:]))
        yield found


def _with_clauses(own: Definition, other: Definition, name: _Named) -> Definition:
    return replace(
        own,
        importance=own.importance or name.importance(other.importance),
        urgency=own.urgency or other.urgency,
        doubts=own.doubts or name.doubts(other.doubts),
        minimums=(*own.minimums, *other.minimums),
        bodies={**other.bodies, **own.bodies},
        collectives={**other.collectives, **own.collectives},
        attachments={**other.attachments, **own.attachments},
        triggers=(*own.triggers, *other.triggers),
        warnings=(*own.warnings, *other.warnings),
    )


def _merged(own: Definition, other: Definition) -> dict[str, Attribute]:
    """Sections and channels are both agencies'; other attributes are the same."""
    found = {**other.attributes, **own.attributes}
    for name in ("section", "channels"):
        mine, theirs = own.attributes[name], other.attributes[name]
        found[name] = replace(mine, values={**theirs.values, **mine.values})
    return found


def _check_attributes(own: Definition, other: Definition) -> None:
    for name in own.attributes.keys() & other.attributes.keys():
        if name in ("section", "channels"):
            continue
        mine, theirs = own.attributes[name], other.attributes[name]
        if (mine.kind, dict(mine.values)) != (theirs.kind, dict(theirs.values)):
            line = own.hand_over.line if own.hand_over else 1
            message = f"属性“{name}”在两个单位的流程里含义不同，不能衔接。"
            raise DefinitionFaults([Fault(line, "attribute-clash", message)])


class _Named:
    """Names of the other agency, told apart from ours."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def __call__(self, name: str) -> str:
        return name if name in _OURS else f"{self._prefix}.{name}"

    def stage(self, stage: Stage) -> Stage:
        return replace(
            stage,
            id=self(stage.id),
            acts=tuple(self.act(act) for act in stage.acts),
            returns_to=tuple(self(to) for to in stage.returns_to),
            objection_to=self(stage.objection_to),
        )

    def act(self, act: Act) -> Act:
        follows = frozenset(self(before) for before in act.follows)
        actor = self.actor(act.actor)
        return replace(act, id=self(act.id), actor=actor, follows=follows)

    def actor(self, actor: Actor) -> Actor:
        return replace(actor, posts=tuple(self(post) for post in actor.posts))

    def apart(self, item: ExclusiveSet) -> ExclusiveSet:
        stages, acts = self._all(item.stages), self._all(item.acts)
        return replace(item, id=self(item.id), stages=stages, acts=acts)

    def together(self, item: SamePersonSet) -> SamePersonSet:
        stages, acts = self._all(item.stages), self._all(item.acts)
        return replace(item, id=self(item.id), stages=stages, acts=acts)

    def importance(self, item: Importance | None) -> Importance | None:
        if item is None:
            return None
        lowered, replaced = self._all(item.lowered_at), self._all(item.replaces)
        return replace(item, lowered_at=lowered, replaces=replaced)

    def doubts(self, item: Doubts | None) -> Doubts | None:
        if item is None:
            return None
        return replace(item, raised_at=self._all(item.raised_at))

    def _all(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self(name) for name in names)
