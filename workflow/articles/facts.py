"""What a text is said to be: its attributes as typed, and what its words say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workflow.articles.text import Text, Value, wording_of
from workflow.errors import InvalidInput
from workflow.process.clauses import Trigger
from workflow.process.definition import Definition


def channels_typed(definition: Definition, typed: Sequence[str]) -> tuple[str, ...]:
    """The codes of the channels, sorted.

    Raises:
        InvalidInput: none, or one that is not declared.
    """
    declared = definition.attributes["channels"]
    if not typed:
        raise InvalidInput({"channels": ["请至少选择一个发布渠道。"]})
    if not declared.accepts(frozenset(typed)):
        raise InvalidInput({"channels": ["请从列出的发布渠道中选择。"]})
    return tuple(sorted(set(typed)))


def attributes_typed(
    definition: Definition, typed: Mapping[str, Value]
) -> dict[str, Value]:
    """Every declared attribute, with its default where nothing was typed.

    Raises:
        InvalidInput: names every attribute that has a value it cannot have.
    """
    found: dict[str, Value] = {}
    faults: dict[str, list[str]] = {}
    for name, attribute in definition.attributes.items():
        if name in ("section", "channels"):
            continue
        value = typed.get(name, attribute.default)
        if attribute.accepts(value):
            found[name] = value
        else:
            faults[name] = [f"“{attribute.label}”请从列出的选项中选择。"]
    if faults:
        raise InvalidInput(faults)
    return found


def finished(
    definition: Definition, text: Text, before: Text | None, *, minor: bool
) -> Text:
    """The text with what its words say of it, and whose meaning it has.

    Args:
        before: the text that it takes the place of; minor: only the wording changed.

    Raises:
        InvalidInput: a mark was taken off while its keyword still stands in the text.
    """
    if before is not None:
        _marks_stay(definition, text, before)
    marked = triggered(definition, text)
    return replace(marked, meaning=_meaning(definition, text, before, minor=minor))


def triggered(definition: Definition, text: Text) -> Text:
    """The text with every attribute set that one of its words sets."""
    hit = {t.attribute: t.value for t in definition.triggers if _stands_in(t, text)}
    return replace(text, attributes={**text.attributes, **hit}) if hit else text


def _marks_stay(definition: Definition, text: Text, before: Text) -> None:
    faults = {
        trigger.attribute: ["文中有关键词，这一标记不能取消。"]
        for trigger in definition.triggers
        if before.attributes.get(trigger.attribute) == trigger.value
        and text.attributes.get(trigger.attribute) != trigger.value
        and _stands_in(trigger, text)
    }
    if faults:
        raise InvalidInput(faults, rule="trigger-stays")


def _stands_in(trigger: Trigger, text: Text) -> bool:
    whole = f"{text.title}\n{text.body}"
    return any(word in whole for word in trigger.words)


def _meaning(
    definition: Definition, text: Text, before: Text | None, *, minor: bool
) -> str:
    if not definition.binds_meaning:
        return ""
    same = before is not None and wording_of(text.title, text.body) == wording_of(
        before.title, before.body
    )
    if before is not None and before.meaning and (minor or same):
        return before.meaning
    return wording_of(text.title, text.body)
