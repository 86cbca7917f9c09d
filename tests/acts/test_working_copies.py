"""What is typed and not saved yet: never lost, never over a newer text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from models.articles import WorkingCopy
from tests import stories
from tests.small_town import found
from tests.town import Town
from workflow.articles import working_copies
from workflow.articles.working_copies import NEW_COPIES_MAX, Typed
from workflow.errors import InvalidInput, NotFound

TYPED = Typed("page1", None, None, 0, {"title": ["题"], "channels": ["a", "b"]})


def keep(town: Town, typed: Typed, who: str = "drafter") -> bool:
    town.later(hours=0.01)
    return working_copies.keep(town.session, town.by(who), typed) is not None


def test_it_is_kept_and_found_whole(town: Town) -> None:
    assert keep(town, TYPED)
    kept = working_copies.mine(town.session, town.by("drafter"), None)

    assert kept is not None
    assert (kept.name, kept.sequence, kept.fields) == ("page1", 1, TYPED.fields)
    assert kept.saved_at == town.at


def test_only_who_knows_the_newest_may_follow_it(town: Town) -> None:
    assert keep(town, TYPED)
    assert not keep(town, TYPED), "a second window that never saw the first one's text"
    assert keep(town, replace(TYPED, sequence=1))
    assert not keep(town, replace(TYPED, sequence=1))
    assert not keep(town, replace(TYPED, sequence=9))


def test_one_name_is_two_copies_of_two_people(town: Town) -> None:
    assert keep(town, TYPED)
    assert keep(town, TYPED, "colleague")
    working_copies.discard(town.session, town.by("colleague"), "page1")

    assert working_copies.mine(town.session, town.by("drafter"), None) is not None
    assert working_copies.mine(town.session, town.by("colleague"), None) is None


def test_the_copies_of_an_article_go_when_it_is_saved(town: Town) -> None:
    article = stories.drafted(town)
    of_it = replace(TYPED, article_id=article.id, revision_id=1)
    assert keep(town, of_it)
    assert keep(town, replace(of_it, name="page2"))
    assert keep(town, replace(TYPED, name="page3"))
    working_copies.discard_all(town.session, town.by("drafter"), article.id)

    assert working_copies.mine(town.session, town.by("drafter"), article.id) is None
    assert working_copies.mine(town.session, town.by("drafter"), None) is not None


def test_the_oldest_of_very_many_new_ones_go(town: Town) -> None:
    for number in range(NEW_COPIES_MAX + 3):
        assert keep(town, replace(TYPED, name=f"page{number}"))
    query = select(func.count()).select_from(WorkingCopy)

    assert town.session.execute(query).scalar_one() == NEW_COPIES_MAX
    kept = working_copies.mine(town.session, town.by("drafter"), None)
    assert kept is not None
    assert kept.name == f"page{NEW_COPIES_MAX + 2}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "a b"},
        {"name": "x" * 41},
        {"fields": {"bad name": ["x"]}},
        {"fields": {"body": ["长" * 400_001]}},
        {"fields": {f"f{n}": ["x"] for n in range(301)}},
    ],
)
def test_what_no_page_sends_is_refused(town: Town, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        keep(town, replace(TYPED, **wrong))  # type: ignore[arg-type]


def test_an_article_of_another_agency_is_not_there(town: Town) -> None:
    other = found(town.session, "other", "邻镇")
    article = stories.drafted(town)
    by = replace(town.by("drafter"), agency_id=other.agency)
    with pytest.raises(NotFound):
        working_copies.keep(town.session, by, replace(TYPED, article_id=article.id))
