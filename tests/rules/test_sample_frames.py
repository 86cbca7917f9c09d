"""Frames: one choice among several, words that agree, sums that are sums."""

from random import Random

import pytest

from tests.rules.sample_sources import sources
from workflow.errors import InvalidInput
from workflow.sample_year.frames import Filling
from workflow.sample_year.phrases import Slip, Word, read_phrase_book
from workflow.sample_year.slips import draft_fault

VILLAGES = ["江口村", "优新村", "优良村"]


def chance(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311 -- sample texts, no secret


def filling(seed: int = 1) -> Filling:
    return Filling(chance(seed), {"village": "优良村"}, {"a": 3, "b": 4})


def test_words_and_sums_are_put_in() -> None:
    assert (
        filling().fill("{village}{a+b}户，其中{a}户、{b}户")
        == "优良村7户，其中3户、4户"
    )


def test_one_of_several_is_taken() -> None:
    taken = {filling(seed).fill("[甲|乙{a}]") for seed in range(30)}
    assert taken == {"甲", "乙3"}


def test_a_number_of_a_range_is_taken() -> None:
    taken = {int(filling(seed).fill("{3-5}")) for seed in range(40)}
    assert taken == {3, 4, 5}


def test_an_unknown_name_is_a_fault_of_the_phrase_book() -> None:
    with pytest.raises(KeyError):
        filling().fill("{nobody}")


def test_words_keep_their_months() -> None:
    genres = read_phrase_book(sources()).genres
    meeting = next(genre for genre in genres if genre.code == "meeting")
    fire = next(w for w in meeting.slots["topic"] if w.text == "森林防灭火")
    assert fire == Word("森林防灭火", frozenset({1, 2, 3, 4, 9, 10, 11, 12}))
    assert fire.fits(4)
    assert not fire.fits(6)
    assert Word("政务公开", frozenset()).fits(6)


def test_a_phrase_book_with_a_part_missing_is_refused() -> None:
    without = [source for source in sources() if "slips" not in source]
    with pytest.raises(InvalidInput, match="缺一不可"):
        read_phrase_book(without)


def test_a_typo_is_caught_by_the_office_with_its_clause_quoted() -> None:
    slip = Slip("typo", "部署", "布署", "应为“部署”。")
    fault = draft_fault(
        chance(), "标题", "会议研究部署工作。大家发言。", [slip], VILLAGES
    )
    assert fault is not None
    assert fault.kind == "typo"
    assert fault.rung == "office_review"
    assert fault.quote == "会议研究布署工作"
    assert fault.body == "会议研究布署工作。大家发言。"


@pytest.mark.parametrize(
    ("title", "body", "kind", "quote", "words"),
    [
        (
            "标题",
            "3月5日（星期二），开会。",
            "wrong_weekday",
            "3月5日（星期三）",
            "星期二",
        ),
        (
            "优新村开会",
            "在优新村开会。",
            "wrong_village",
            "在优良村开会",
            "标题为优新村",
        ),
        (
            "标题",
            "共走访9户，其中困难的4户、其他的5户，均已登记。",
            "wrong_total",
            "共走访11户",
            "相加是9户",
        ),
    ],
)
def test_a_wrong_fact_is_caught_by_the_deputy(
    title: str, body: str, kind: str, quote: str, words: str
) -> None:
    fault = draft_fault(chance(), title, body, [], VILLAGES)
    assert fault is not None
    assert (fault.kind, fault.rung, fault.quote) == (kind, "deputy_review", quote)
    assert words in fault.reason


def test_a_text_that_offers_no_fault_gets_none() -> None:
    assert draft_fault(chance(), "标题", "正文。", [], VILLAGES) is None
