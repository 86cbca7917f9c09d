"""From what was typed to a revision on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Section
from models.articles import Article, Attachment, Blob, Revision
from workflow.agencies import questions as agencies
from workflow.articles import files
from workflow.articles.facts import attributes_typed, channels_typed, finished
from workflow.articles.files import NewFile
from workflow.articles.text import (
    FileRef,
    Text,
    Value,
    clean_body,
    clean_title,
    digest_of,
    parts_of,
    plain,
)
from workflow.calendar import town_day
from workflow.errors import InvalidInput, NotPermitted
from workflow.numbering import next_number
from workflow.occasion import Occasion
from workflow.process.definition import Definition
from workflow.process.machine import DRAFTING

PUBLICATION, REPLY = "publication", "reply"


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it was typed: nothing about it is believed yet.

    Args:
        section: code of the section; channels: codes; attributes: by declared name.
        kept: digests of the present revision's files that stay.
        added: files newly uploaded.
        minor: only the wording changes, not the meaning (文字性修改).
        purpose: ``publication``, or ``reply`` for the answer to one applicant.
    """

    title: str
    body: str
    section: str
    channels: Sequence[str]
    attributes: Mapping[str, Value] = field(default_factory=dict)
    kept: Sequence[str] = ()
    added: Sequence[NewFile] = ()
    minor: bool = False
    purpose: str = PUBLICATION

    def as_values(self) -> dict[str, object]:
        """What an operation id stands for; the files by their digests."""
        return {
            "title": self.title,
            "body": self.body,
            "section": self.section,
            "channels": list(self.channels),
            "attributes": {name: plain(v) for name, v in self.attributes.items()},
            "kept": list(self.kept),
            "added": [
                [f.name, files.digest_of_bytes(f.content), f.kind] for f in self.added
            ],
            "minor": self.minor,
            "purpose": self.purpose,
        }


def write(
    session: Session,
    agency_id: int,
    typed: Draft,
    definition: Definition,
    before: Text | None = None,
) -> Text:
    """The text that was typed, cleaned; every fault of every field at once.

    What stands in the text may set an attribute by itself (关键词).

    Args:
        before: the text that it takes the place of, if any.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults: dict[str, list[str]] = {}
    with _gather(faults):
        title = clean_title(typed.title)
    with _gather(faults):
        body = clean_body(typed.body)
    with _gather(faults):
        section = _section(session, agency_id, typed.section)
    with _gather(faults):
        attributes = attributes_typed(definition, typed.attributes)
    with _gather(faults):
        channels = channels_typed(definition, typed.channels)
    with _gather(faults):
        kept = _files(session, typed, definition, before.files if before else ())
    if faults:
        raise InvalidInput(faults)
    text = Text(title, body, section, channels, attributes, kept)
    return finished(definition, text, before, minor=typed.minor)


class _gather:  # noqa: N801 -- reads as a verb where it is used
    """Collect the faults of one field instead of stopping at the first."""

    def __init__(self, into: dict[str, list[str]]) -> None:
        self.into = into

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _kind: object, error: BaseException | None, _at: object) -> bool:
        """Keep an ``InvalidInput``; let anything else through."""
        if not isinstance(error, InvalidInput):
            return False
        for name, lines in error.fields.items():
            self.into.setdefault(name, []).extend(lines)
        return True


def new_article(
    session: Session, by: Occasion, definition_id: int, text: Text, importance: str
) -> Article:
    """The row of a new article with its first revision."""
    year = town_day(by.at).year
    article = Article(
        agency_id=by.agency_id,
        year=year,
        serial=next_number(session, by.agency_id, "article", year),
        definition_id=definition_id,
        drafter_id=_author(by),
        section_id=section_row(session, by.agency_id, text.section).id,
        title=text.title,
        importance=importance,
        state=DRAFTING,
        made_at=by.at,
        entered_at=by.at,
    )
    session.add(article)
    session.flush()
    new_revision(session, by, article, text, number=1)
    return article


def new_revision(
    session: Session,
    by: Occasion,
    article: Article,
    text: Text,
    number: int,
    reason: str = "",
) -> Revision:
    """One more revision of an article, with its files; never changed afterwards."""
    section = section_row(session, by.agency_id, text.section)
    revision = _revision(text, section.id)
    revision.article_id, revision.number = article.id, number
    revision.author_id, revision.author_stage = _author(by), article.state
    revision.reason, revision.made_at = reason, by.at
    session.add(revision)
    session.flush()
    _attach(session, revision, text.files)
    return revision


def _revision(text: Text, section_id: int) -> Revision:
    parts = parts_of(text)
    return Revision(
        title=text.title,
        body=text.body,
        section_id=section_id,
        channels=list(text.channels),
        attributes={name: plain(value) for name, value in text.attributes.items()},
        parts=parts,
        digest=digest_of(parts),
        meaning=text.meaning,
    )


def _author(by: Occasion) -> int:
    if by.person_id is None:
        raise NotPermitted("系统不能代替人起草或改稿。", rule="system-never-signs")
    return by.person_id


def _attach(session: Session, revision: Revision, refs: Sequence[FileRef]) -> None:
    for position, ref in enumerate(refs):
        row = Attachment(
            revision_id=revision.id,
            position=position,
            name=ref.name,
            media_type=ref.media_type,
            digest=ref.digest,
            kind=ref.kind,
        )
        session.add(row)


def importance_of(definition: Definition, text: Text) -> str:
    """The value of the attribute that says whether a matter is major, for lists."""
    rule = definition.importance
    if rule is None:
        return ""
    value = text.attributes.get(rule.attribute, "")
    return definition.attributes[rule.attribute].kept(value)


def keep_blob(session: Session, content: bytes) -> str:
    """Keep bytes once under their SHA-256."""
    digest = files.digest_of_bytes(content)
    if session.get(Blob, digest) is None:
        session.add(Blob(digest=digest, size=len(content), content=content))
        session.flush()
    return digest


def _section(session: Session, agency_id: int, code: str) -> str:
    if agencies.section_by_code(session, agency_id, code) is None:
        raise InvalidInput({"section": ["请选择栏目。"]})
    return code


def section_row(session: Session, agency_id: int, code: str) -> Section:
    """The section of that code, open or closed; a saved text keeps its section."""
    query = select(Section).where(Section.agency_id == agency_id, Section.code == code)
    return session.scalars(query).one()


def _files(
    session: Session,
    typed: Draft,
    definition: Definition,
    present: Sequence[FileRef],
) -> tuple[FileRef, ...]:
    kept = [file for file in present if file.digest in typed.kept]
    if any(new.kind and new.kind not in definition.attachments for new in typed.added):
        raise InvalidInput({"files": ["没有这一种附件，请重新选择。"]})
    added = [files.accept(new) for new in typed.added]
    found = list(dict.fromkeys([*kept, *added]))
    if len(found) > files.COUNT_MAX:
        raise InvalidInput({"files": [f"附件最多{files.COUNT_MAX}个。"]})
    for new in typed.added:
        keep_blob(session, new.content)
    return tuple(found)
