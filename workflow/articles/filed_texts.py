"""The texts of attachments, each read once under the digest of its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Blob
from models.findings import FileText
from models.natural_keys import insert_missing
from workflow.articles.checked_parts import ReadFile
from workflow.articles.text import FileRef
from workflow.occasion import Occasion
from workflow.proofreading.documents.contents import Contents, Hidden
from workflow.proofreading.documents.reading import VERSION, read_file
from workflow.proofreading.findings import Severity


def of(session: Session, by: Occasion, files: Sequence[FileRef]) -> list[ReadFile]:
    """What was read in each file, in their order; read now if it never was."""
    if not files:
        return []
    known = _known(session, [file.digest for file in files])
    found = []
    for file in files:
        contents = known.get(file.digest)
        if contents is None:
            contents = _read(session, by, file)
        found.append(ReadFile(file.digest, file.name, contents))
    return found


def shown(session: Session, digest: str, name: str) -> Contents:
    """What was read in one file; read anew, and not kept, if it never was."""
    known = _known(session, [digest]).get(digest)
    if known is not None:
        return known
    return read_file(name, session.get_one(Blob, digest).content)


def _known(session: Session, digests: Sequence[str]) -> dict[str, Contents]:
    rows = session.scalars(
        select(FileText).where(FileText.digest.in_(digests), FileText.reader == VERSION)
    )
    return {row.digest: _out_of(row.content, row.fault) for row in rows}


def _read(session: Session, by: Occasion, file: FileRef) -> Contents:
    contents = read_file(file.name, session.get_one(Blob, file.digest).content)
    row = {
        "digest": file.digest,
        "reader": VERSION,
        "content": _into(contents),
        "fault": contents.fault,
        "read_at": by.at,
    }
    insert_missing(session, FileText, [row])
    return contents


def _into(contents: Contents) -> dict[str, object]:
    return {
        "text": contents.text,
        "places": [list(place) for place in contents.places],
        "hidden": [
            [one.rule, one.place, one.what, one.severity.value]
            for one in contents.hidden
        ],
    }


def _out_of(kept: Mapping[str, object], fault: str) -> Contents:
    places = cast("list[tuple[int, str]]", kept["places"])
    hidden = cast("list[tuple[str, str, str, str]]", kept["hidden"])
    return Contents(
        str(kept["text"]),
        tuple((start, words) for start, words in places),
        tuple(Hidden(r, place, what, Severity(s)) for r, place, what, s in hidden),
        fault,
    )
