"""The sample year reads like an office's year and adds up to the published one."""

import re
from collections import Counter
from datetime import date

import pytest

from tests.rules.sample_sources import book, calendar, town, year_2024
from workflow.calendar import town_day
from workflow.errors import InvalidInput
from workflow.sample_year.composition import PUBLISHED_2024, composition
from workflow.sample_year.slips import WEEKDAYS
from workflow.sample_year.texts import MARK, SampleItem, sample_items

RIVALS = re.compile(r"[\[\]{}|@]")


def text_of(item: SampleItem) -> str:
    return item.body.removesuffix(f"\n{MARK}")


def test_the_composition_is_the_published_one() -> None:
    assert Counter(item.report_column for item in year_2024()) == PUBLISHED_2024
    assert [item.number for item in year_2024()] == list(range(1, 853))


@pytest.mark.parametrize("items", [6, 7, 20, 100, 500, 851, 852])
def test_fewer_items_keep_every_column_and_the_sum(items: int) -> None:
    counts = composition(items)
    assert sum(counts.values()) == items
    assert min(counts.values()) >= 1
    made = sample_items(town(), book(), calendar(), items=items)
    assert Counter(item.report_column for item in made) == counts


@pytest.mark.parametrize("items", [0, 5, 853])
def test_too_few_or_too_many_items_are_refused(items: int) -> None:
    with pytest.raises(InvalidInput, match="6至852"):
        composition(items)


def test_titles_and_bodies_are_all_different() -> None:
    assert len({item.title for item in year_2024()}) == 852
    assert len({item.body for item in year_2024()}) == 852


def test_each_body_has_its_length_its_paragraphs_and_the_mark() -> None:
    for item in year_2024():
        assert item.body.endswith(MARK), item.title
        assert 250 <= len(text_of(item)) <= 600, (item.title, len(text_of(item)))
        assert 3 <= text_of(item).count("\n") + 1 <= 6, item.title


def test_nothing_of_the_frames_is_left_in_a_text() -> None:
    for item in year_2024():
        assert not RIVALS.search(item.title + item.body), item.title
        assert "，，" not in item.body, item.title
        assert "。。" not in item.body, item.title
        assert "工作工作" not in item.title + item.body, item.title


def test_items_appear_on_working_days_three_or_four_a_day() -> None:
    days = Counter(item.on for item in year_2024())
    assert set(days) == set(calendar().working_days_of(2024))
    assert set(days.values()) == {3, 4}
    assert all(town_day(item.drafted_at) == item.on for item in year_2024())
    moments = [item.drafted_at for item in year_2024()]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)


def test_every_dated_text_names_the_right_weekday() -> None:
    dated = re.compile(r"(\d+)月(\d+)日（星期(.)）")
    found = [m for item in year_2024() for m in dated.finditer(item.body)]
    assert len(found) > 200
    for month, day, said in (match.groups() for match in found):
        assert WEEKDAYS[date(2024, int(month), int(day)).weekday()] == said


def test_the_event_is_of_the_same_day_or_shortly_before() -> None:
    first = re.compile(r"(\d+)月(\d+)日")
    for item in year_2024():
        if item.kind == "work_news" and (match := first.search(item.body)):
            event = date(2024, int(match[1]), int(match[2]))
            assert 0 <= calendar().working_days_between(event, item.on) <= 1
            assert calendar().is_working_day(event)


def test_parts_make_the_total() -> None:
    parts = re.compile(
        r"(?<!\d)(\d+)(户|处|起|人次)，其中[^，。；、]*?(\d+)\2?[，、](?:[^，。；]*?)"
        r"(\d+)\2"
    )
    found = [m for item in year_2024() for m in parts.finditer(item.body)]
    assert len(found) > 60
    for match in found:
        assert int(match[1]) == int(match[3]) + int(match[4]), match[0]


def test_at_least_twenty_genres_and_no_one_crowds_the_year() -> None:
    news = [item for item in year_2024() if item.kind == "work_news"]
    genres = Counter(item.genre for item in news)
    assert len(genres) == len(book().genres) >= 20
    assert max(genres.values()) < 0.1 * len(news)


def test_seasonal_news_keeps_its_season() -> None:
    months = {genre.code: genre.months for genre in book().genres if genre.months}
    for item in year_2024():
        assert item.on.month in months.get(item.genre, (item.on.month,)), item.title
    storms = [i for i in year_2024() if "防汛" in i.title and i.kind == "work_news"]
    assert storms
    assert all(3 <= item.on.month <= 9 for item in storms)


def test_what_touches_people_money_or_land_is_major_with_its_reason() -> None:
    for item in year_2024():
        must = {"personnel", "finance", "policy"} & {item.section}
        assert item.importance == (
            "major" if must or item.genre == "land" else "ordinary"
        )
        assert bool(item.importance_reason) == (item.importance == "major")


def test_the_website_carries_everything() -> None:
    channels = Counter(channel for item in year_2024() for channel in item.channels)
    assert channels["website"] == 852
    assert 150 < channels["wechat_official"] < 350
    assert 100 < channels["notice_board"] < 300
    assert len(channels) == 3


def test_each_item_goes_to_a_section_of_its_column_with_a_drafter() -> None:
    for item in year_2024():
        assert town().section(item.section).report_column == item.report_column
        assert item.section in town().post(item.drafter_post).portfolio


def test_no_leader_is_named() -> None:
    names = [person.name.removesuffix("（示例）") for person in town().people]
    for item in year_2024():
        assert not any(name in item.title + item.body for name in names)


def test_about_eight_in_a_hundred_first_drafts_have_one_fault() -> None:
    faults = [item.draft_fault for item in year_2024() if item.draft_fault]
    assert 50 <= len(faults) <= 90
    assert len({fault.kind for fault in faults}) >= 6
    assert {fault.rung for fault in faults} == {"office_review", "deputy_review"}


def test_a_fault_is_quoted_once_and_the_correction_removes_it() -> None:
    for item in year_2024():
        if fault := item.draft_fault:
            assert fault.body != item.body
            assert fault.body.endswith(MARK)
            assert fault.body.count(fault.quote) == 1
            assert fault.quote not in item.body
            assert fault.reason.endswith("。")


def test_opinions_vary() -> None:
    assert len({item.opinions.office_review for item in year_2024()}) >= 5
    assert len({item.opinions.deputy_review for item in year_2024()}) >= 5
    assert all(item.opinions.correction for item in year_2024())


def test_the_same_seed_gives_the_same_year_and_another_another() -> None:
    again = sample_items(town(), book(), calendar())
    assert tuple(again) == year_2024()
    other = tuple(sample_items(town(), book(), calendar(), seed=7))
    assert [i.title for i in other] != [i.title for i in year_2024()]
    assert Counter(item.report_column for item in other) == PUBLISHED_2024


@pytest.mark.parametrize("year", [2025, 2026])
def test_another_year_can_be_told(year: int) -> None:
    made = tuple(sample_items(town(), book(), calendar(), items=120, year=year))
    assert {item.on.year for item in made} == {year}
    assert any(f"江口镇{year}年" in item.title for item in made)
