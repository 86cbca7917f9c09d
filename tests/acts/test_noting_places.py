"""The place of a noted finding: which of several, after an edit, in title and file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.acts.test_noting import SOFT, note, seen
from tests.office_files import WRONG, faulty_excel
from tests.stories import BODY, case_of, revision_of, sent_back, submitted, written
from tests.town import Town
from workflow.articles import acts
from workflow.errors import InvalidInput


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"quote": "没有这些字"}, "不在现在的正文里"),
        ({"quote": "会议"}, "有2处"),
        ({"quote": "抓好", "which": 3}, "只有1处"),
        ({"note": " "}, "请写明"),
        ({"part": "file:0"}, "没有这个附件"),
    ],
)
def test_what_stands_nowhere_is_refused(
    town: Town, change: dict[str, object], fault: str
) -> None:
    article = submitted(town)
    with pytest.raises(InvalidInput, match=fault):
        note(town, article, new=replace(SOFT, **change))  # type: ignore[arg-type]


def test_which_of_several_places_is_kept_through_an_edit_before_it(town: Town) -> None:
    article = submitted(town)
    found = note(town, article, new=replace(SOFT, quote="会议", which=2))
    assert case_of(town, article).text.body[(found.start or 0) :].startswith("会议要求")
    sent_back(town, article, "director")
    town.later(hours=0.1)
    new = written(body=f"会议以前，会议议程已定。\n{BODY}")
    at = (article.id, revision_of(town, article))
    acts.revise(town.session, town.by("drafter"), *at, new)

    (shown,) = seen(town, article, "drafter")
    body = case_of(town, article).text.body
    assert body[(shown.start or 0) :].startswith("会议要求")


def test_title_and_attachment_are_places_too(town: Town) -> None:
    article = submitted(town, added=(faulty_excel(),))
    case = case_of(town, article)
    digest = case.text.files[0].digest
    title = note(town, article, new=replace(SOFT, quote="春季", part="title"))
    cell = note(town, article, new=replace(SOFT, quote=WRONG, part=f"file:{digest}"))

    assert case.text.title[title.start : title.end] == "春季"
    assert cell.place == "附件《明细表.xlsx》工作表“明细”C2"
    assert [one.start for one in seen(town, article, "drafter")] == [
        title.start,
        cell.start,
    ]
