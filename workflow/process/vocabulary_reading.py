"""Reading what a definition declares: posts, bodies, attributes, lists."""

from __future__ import annotations

import re

from workflow.process.actors import RELATIONS
from workflow.process.clauses import WordLists
from workflow.process.conditions import Attribute, AttributeKind, Value
from workflow.process.entries import Entry
from workflow.process.grammar import KEYWORDS
from workflow.process.words import Vocabulary

_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_UNFIT = "\0"
_EMPTY: dict[AttributeKind, Value] = {
    AttributeKind.FLAG: False,
    AttributeKind.SET: frozenset(),
    AttributeKind.TEXT: "",
}


def read_words(root: Entry) -> Vocabulary:
    """Everything the stages and clauses may refer to."""
    return Vocabulary(
        _read_posts(root),
        _read_attributes(root),
        root.labels("bodies", required=False),
        root.labels("collectives", required=False),
        root.labels("attachments", required=False),
        _read_lists(root),
    )


def _read_lists(root: Entry) -> WordLists:
    entry = root.table("lists")
    if entry is None:
        return {}
    return {name: entry.texts(name) for name in entry.values}


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
