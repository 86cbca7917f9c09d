"""Reading one step of a paper case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflow.process.conditions import Value
from workflow.process.entries import Entry
from workflow.process.scenario.moments import read_moment
from workflow.process.scenario.office import Office
from workflow.process.scenario.script import EXPECTATIONS, VERBS, Said, Step

_GIVEN = (
    "act",
    "to",
    "reason",
    "opinion",
    "channels",
    "subjects",
    "title",
    "body",
    "attachments",
    "minutes",
    "met_on",
    "document",
)
_FLAGS = ("minor", "direct")
_TABLES = ("tasks", "due", "facts")


def read_step(table: Entry, office: Office, articles: frozenset[str]) -> Step:
    """One table of ``steps``."""
    who, do = table.text("who", ""), table.text("do", "")
    article = table.text("article", "")
    _check(table, office, articles)
    step = Step(
        at=_at(table),
        who=who,
        do=do,
        article=article,
        given=_given(table),
        facts=_facts(table),
        refused=table.text("refused", ""),
        because=table.text("because", ""),
        expect=_expected(table),
        line=table.line,
    )
    table.close()
    return step


def _at(table: Entry) -> datetime | None:
    table.asked.add("at")
    return read_moment(table, "at") if table.has("at") else None


def _check(table: Entry, office: Office, articles: frozenset[str]) -> None:
    who, do = table.values.get("who"), table.values.get("do")
    if who and who not in [person.name for person in office.people]:
        table.fault("who", "unknown-person", f"没有“{who}”这个人。")
    if do is not None and do not in VERBS:
        known = "、".join(VERBS)
        table.fault("do", "unknown-verb", f"没有“{do}”这种办理；可写：{known}。")
    if bool(do) != bool(who):
        table.notes.add(table.path, "missing-key", "who 与 do 须同时写。")
    named = table.values.get("article")
    if named is not None and named not in articles:
        table.fault("article", "unknown-article", f"没有编号为“{named}”的稿件。")


def _given(table: Entry) -> dict[str, Said]:
    found = {key: texts(table, key) for key in _GIVEN if table.has(key)}
    for key in _FLAGS:
        if table.flag(key):
            found[key] = ("true",)
    found["no"] = texts(table, "no") if table.has("no") else ()
    table.asked.update((*_GIVEN, "no"))
    return found


def texts(table: Entry, key: str) -> Said:
    """A text or a list of texts."""
    if isinstance(table.values.get(key), list):
        return table.texts(key)
    return (table.text(key),)


def _facts(table: Entry) -> dict[str, Value]:
    entry = table.table("set")
    found: dict[str, Value] = {}
    for name in entry.values if entry else ():
        value = entry.raw(name) if entry else None
        if isinstance(value, str | bool):
            found[name] = value
        elif isinstance(value, list):
            found[name] = frozenset(str(item) for item in value)
    return found


def _expected(table: Entry) -> dict[str, Said | Mapping[str, Said]]:
    entry = table.table("expect")
    if entry is None:
        return {}
    found: dict[str, Said | Mapping[str, Said]] = {}
    for key in entry.values:
        if key not in EXPECTATIONS:
            known = "、".join(EXPECTATIONS)
            entry.fault(key, "unknown-key", f"不认识“{key}”；可写：{known}。")
        elif key in _TABLES:
            inner = entry.table(key)
            found[key] = {k: _words(inner, k) for k in inner.values} if inner else {}
        else:
            found[key] = texts(entry, key)
    return found


def _words(entry: Entry, key: str) -> Said:
    value = entry.values.get(key)
    if isinstance(value, bool):
        entry.asked.add(key)
        return ("true" if value else "false",)
    return texts(entry, key)
