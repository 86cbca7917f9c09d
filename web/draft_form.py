"""The form in which an article is written: what it shows, and what it sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

from models.agencies import Section
from models.findings import Answer, Finding
from models.signatures import Signature
from web.reading import Reading
from web.transaction import new_operation
from workflow.articles.attachments import AttachedFile
from workflow.articles.cases import Case
from workflow.articles.drafts import Draft
from workflow.articles.files import NewFile
from workflow.articles.findings import NOTE_MAX, Reply
from workflow.articles.working_copies import FIELD, NAME, Kept, Typed
from workflow.process.conditions import Attribute, AttributeKind, Value
from workflow.process.definition import Definition

Values = Mapping[str, Sequence[str]]
TICKED = "yes"
ASKED_APART = ("section", "channels")
NOT_KEPT = ("csrf_token", "operation", "copy", "sequence", "revision", "article")
RADIOS_MOST = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the writing page shows.

    Args:
        values: what stands in each field, unless it is shown again after a refusal.
        returned: the return that is to be dealt with, with its reason.
        restored: the working copy that these values come from.
        outdated: a working copy of an earlier revision, to be copied from by hand.
    """

    definition: Definition
    sections: Sequence[Section]
    values: Values
    case: Case | None = None
    files: Sequence[AttachedFile] = ()
    findings: Sequence[Finding] = ()
    returned: Signature | None = None
    restored: Kept | None = None
    outdated: Kept | None = None
    fresh: str = ""

    def one(self, name: str) -> str:
        """The single value of a field."""
        return next(iter(self.values.get(name, ())), "")

    def every(self, name: str) -> Sequence[str]:
        """The values of a group of boxes."""
        return self.values.get(name, ())

    @property
    def copy(self) -> str:
        """The name under which this page keeps what is typed."""
        return self.restored.name if self.restored else self.fresh

    @property
    def sequence(self) -> int:
        """The number of the working copy that this page knows."""
        return self.restored.sequence if self.restored else 0

    @property
    def section_choices(self) -> list[tuple[str, str]]:
        """Code and name of every open section."""
        return [(section.code, section.name) for section in self.sections]

    @property
    def attributes(self) -> list[Attribute]:
        """What the regulation wants to know of an article, beside its section."""
        return asked(self.definition)

    @property
    def tells_meaning(self) -> bool:
        """Whether a change of wording only has to be told from one of meaning."""
        saved = self.case is not None and self.case.article.submitted_at is not None
        return saved and self.definition.binds_meaning

    @staticmethod
    def is_radio(attribute: Attribute) -> bool:
        """Few choices are shown all at once, many in a list."""
        return len(attribute.values) <= RADIOS_MOST


def fresh_name() -> str:
    """A name for a new page's working copy."""
    return new_operation()[:20]


def asked(definition: Definition) -> list[Attribute]:
    """The declared attributes that the form asks one by one."""
    return [a for a in definition.attributes.values() if a.name not in ASKED_APART]


def blank(definition: Definition) -> dict[str, list[str]]:
    """The declared defaults; the title, the body and the section are the drafter's."""
    values = {a.name: _shown(a.default) for a in asked(definition)}
    channels = definition.attributes["channels"]
    only = list(channels.values) if len(channels.values) == 1 else []
    return {**values, "channels": only or _shown(channels.default)}


def saved(case: Case) -> dict[str, list[str]]:
    """The text on record."""
    text = case.text
    attributes = {name: _shown(value) for name, value in text.attributes.items()}
    return {
        **attributes,
        "title": [text.title],
        "body": [text.body],
        "section": [text.section],
        "channels": list(text.channels),
        "kept": [file.digest for file in text.files],
    }


def written(definition: Definition) -> Draft:
    """The text as it was sent; nothing about it is believed yet."""
    form = request.form
    return Draft(
        title=form.get("title", ""),
        body=form.get("body", ""),
        section=_code(form.get("section", "")),
        channels=form.getlist("channels"),
        attributes=_attributes(definition, form),
        kept=form.getlist("kept"),
        added=_added(definition),
        minor="minor" in form,
    )


def _added(definition: Definition) -> list[NewFile]:
    """The files newly chosen: any, and those of each kind the regulation names."""
    fields = {"files": "", **{f"files-{kind}": kind for kind in definition.attachments}}
    return [
        NewFile(file.filename, file.read(), kind)
        for field, kind in fields.items()
        for file in request.files.getlist(field)
        if file.filename
    ]


def replies(read: Reading, waiting: Sequence[Finding]) -> dict[int, Reply]:
    """The answers to those findings that were answered in this form."""
    found = {}
    for finding in waiting:
        answer = request.form.get(f"answer-{finding.id}", "")
        text = read.text(f"reply-{finding.id}", "答复", NOTE_MAX, needed=False)
        if answer in set(Answer):
            found[finding.id] = Reply(Answer(answer), text)
    return found


def typed_now() -> Typed:
    """What the page sends to be kept as a working copy."""
    read = Reading(request.form)
    sequence = read.optional_number("sequence", "序号") or 0
    article_id = read.optional_number("article", "稿件")
    revision_id = read.optional_number("revision", "稿次")
    read.check()
    fields = {
        name: values
        for name, values in request.form.lists()
        if name not in NOT_KEPT and FIELD.fullmatch(name)
    }
    name = request.form.get("copy", "")
    return Typed(name, article_id, revision_id, sequence, fields)


def copy_name() -> str:
    """The name of the working copy that this form belongs to; empty when none."""
    name = request.form.get("copy", "")
    return name if NAME.fullmatch(name) else ""


def _shown(value: Value) -> list[str]:
    if isinstance(value, bool):
        return [TICKED] if value else []
    return [value] if isinstance(value, str) else sorted(value)


def _attributes(definition: Definition, form: MultiDict[str, str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for attribute in asked(definition):
        if attribute.kind is AttributeKind.FLAG:
            found[attribute.name] = attribute.name in form
        elif attribute.kind is AttributeKind.SET:
            found[attribute.name] = frozenset(form.getlist(attribute.name))
        elif attribute.name in form:
            found[attribute.name] = form[attribute.name]
    return found


def _code(typed: str) -> str:
    return typed if FIELD.fullmatch(typed) else ""
