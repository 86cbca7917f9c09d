"""Where each finding is underlined, and the address of that place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from flask import url_for

from models.findings import Finding
from web.rendering import Mark, Piece, blocks_of, pieces_of, seen
from workflow.articles.attachments import AttachedFile
from workflow.articles.cases import Case
from workflow.articles.checked_parts import BODY, FILE, TITLE
from workflow.articles.prechecked import Prechecked, Shown
from workflow.articles.raised import Raised


@dataclass(frozen=True, slots=True)
class Marked:
    """The underlines of one page.

    Args:
        places: by the key of a mark, the address at which its words are seen.
    """

    title: Sequence[Mark]
    body: Sequence[Mark]
    places: Mapping[str, str]


def marked(
    case: Case,
    check: Prechecked,
    raised: Iterable[Raised],
    files: Sequence[AttachedFile],
    *,
    body: bool = True,
) -> Marked:
    """The underlines in title and body, and the way to those in attachments.

    Args:
        body: whether the present body is drawn on this page.
    """
    shown: list[Shown | Raised] = [*check.now, *raised]
    title = seen([Piece(0, case.text.title)], marks_in(TITLE, shown))
    text = seen(pieces_of(blocks_of(case.text.body)), marks_in(BODY, shown))
    on_page = [*title, *(text if body else ())]
    places = {mark.key: f"#mark-{mark.key}" for mark in on_page}
    places |= _in_files(case, chain(shown, check.later), files)
    return Marked(title, text, places)


def marks_in(part: str, shown: Iterable[Shown | Raised]) -> list[Mark]:
    """The spans of these findings in one part."""
    found = []
    for one in shown:
        start, end = _span(one)
        if one.finding.part == part and start is not None and end is not None:
            note, look = one.finding.note, _look(one)
            found.append(Mark(start, end, one.mark, note, look))
    return found


def _span(one: Shown | Raised) -> tuple[int | None, int | None]:
    if isinstance(one, Shown):
        return one.finding.start, one.finding.end
    return one.start, one.end


def _look(one: Shown | Raised) -> str:
    if isinstance(one, Shown):
        return one.finding.grade.value
    return "finding" if one.finding.is_open else "answered"


def _in_files(
    case: Case, shown: Iterable[Shown | Raised], files: Sequence[AttachedFile]
) -> dict[str, str]:
    found = {}
    for one in shown:
        file = _file_of(one.finding, files)
        if file is not None:
            start, end = _span(one)
            spans = start is not None and start != end
            anchor = f"{'mark' if spans else 'finding'}-{one.mark}"
            found[one.mark] = url_for(
                "file_texts.show",
                article_id=case.article.id,
                attachment_id=file.id,
                _anchor=anchor,
            )
    return found


def _file_of(finding: Finding, files: Sequence[AttachedFile]) -> AttachedFile | None:
    """The file meant: by its bytes, and by its name where two have the same."""
    mine = [one for one in files if finding.part == f"{FILE}{one.digest}"]
    named = [one for one in mine if f"《{one.name}》" in finding.place]
    return next(iter([*named, *mine]), None)
