"""The parts that the speller is made of, each without the model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.proofreading import speller_model
from workflow.errors import InvalidInput
from workflow.proofreading.findings import Hit, Sentence, Severity
from workflow.proofreading.speller.checking import Doubt, Mended, batches
from workflow.proofreading.speller.hashing import HashTable, first, laid_out, stir
from workflow.proofreading.speller.ngrams import ngrams_of
from workflow.proofreading.speller.proposals import short_words
from workflow.proofreading.speller.protection import shut_tokens
from workflow.proofreading.speller.reading import lens_of, tokens_of
from workflow.proofreading.speller.store import Array, Store, open_store, write_store
from workflow.proofreading.speller.tokens import EDGE, NUMBER, numbering, read_tokens
from workflow.proofreading.speller.trees import trees_of
from workflow.proofreading.spelling import beside_rules
from workflow.proofreading.training import counting

LETTERS = ["\0", "\n", "0", "A", *"各村要压实责任，。"]
SENTENCES = ["各村要压实责任。", "各村要压实责任，各村。", "村村要实。", "各村任责。"]


def stream() -> np.ndarray:
    numbers = numbering(LETTERS)
    ids = [i for text in SENTENCES for i in read_tokens(text, numbers).ids[:-1]]
    return np.array([*ids, EDGE], np.int64)


def test_a_number_is_one_token_and_keeps_its_span() -> None:
    tokens = read_tokens("共1,360户 ok。", {"共": 5, "户": 6, "。": 7})

    assert tokens.ids == [EDGE, 5, NUMBER, 6, 3, 7, EDGE]
    assert tokens.starts[2:4] == [1, 6]
    assert tokens.ends[2] == 6


def test_half_width_marks_are_read_as_full_ones() -> None:
    assert read_tokens(",", {"，": 9}).ids == [EDGE, 9, EDGE]


EVERY, OFTEN = (0.0, -9.0), (2.0, 0.1)


@pytest.mark.parametrize("least", [(EVERY,) * 4, (EVERY, EVERY, OFTEN, OFTEN)])
def test_the_chances_after_any_context_sum_to_one(
    least: tuple[tuple[float, float], ...],
) -> None:
    orders = counting.count(stream(), np.ones(len(stream())), len(LETTERS))
    counting.estimate(orders)
    keeps = counting.prune(orders, least)
    arrays, notes = counting.arrays_of(orders, keeps)
    ngrams = ngrams_of(Store(arrays, dict(notes)))
    contexts = [[EDGE, 4, 5, 6], [4, 5, 6, 7], [5, 5, 5, 5], [9, 9, 4, 5]]
    for context in contexts:
        rows = [[*context, token] for token in range(len(LETTERS))]
        likely, _ = ngrams.score(np.array(rows))
        assert np.exp(likely[:, -1]).sum() == pytest.approx(1, abs=0.12)


def test_what_was_met_is_likelier_than_what_was_not() -> None:
    orders = counting.count(stream(), np.ones(len(stream())), len(LETTERS))
    counting.estimate(orders)
    arrays, notes = counting.arrays_of(orders, counting.prune(orders, (EVERY,) * 4))
    ngrams = ngrams_of(Store(arrays, dict(notes)))
    numbers = numbering(LETTERS)
    texts = ("压实责任", "压责实任")
    right, wrong = (
        ngrams.score(np.array([read_tokens(text, numbers).ids]))[0].sum()
        for text in texts
    )

    assert right > wrong


@given(st.sets(st.tuples(st.integers(0, 8000), st.integers(0, 8000)), min_size=1))
def test_a_hash_table_finds_what_was_put_in(pairs: set[tuple[int, int]]) -> None:
    rows = np.array(sorted(pairs), np.int64)
    keys = stir(first(rows[:, 1]), rows[:, 0])
    places, prints, slots = laid_out(keys, 0.8)
    table = HashTable(prints, slots)

    assert (table.find(keys) >= 0).all()
    assert len(set(places.tolist())) == len(rows)


def test_a_store_reads_back_and_has_the_same_bytes(tmp_path: Path) -> None:
    arrays: dict[str, Array] = {
        "b": np.arange(7, dtype=np.uint16),
        "a": np.ones((2, 3), np.float32),
    }
    for name in ("one", "two"):
        write_store(tmp_path / name, arrays, {"letters": "村", "depth": 3})
    store = open_store(tmp_path / "one")

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert store.arrays["a"].shape == (2, 3)
    assert store.arrays["b"].tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert store.number("depth") == 3


@pytest.mark.parametrize("content", [None, b"", b"something else"])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "speller.model"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InvalidInput, match="校对模型"):
        open_store(file)


@pytest.mark.parametrize(
    ("text", "shut"),
    [
        ("云府发〔2024〕3号，请执行", "云府发〔2024〕3号"),
        ("村民刘桂香，今年六十岁", "刘桂香"),
        ("依据《中华人民共和国森林法》", "《中华人民共和国森林法》"),
        ("来到塘背村", "塘背"),
        ("安平村召开会议", "安平"),
        ("做好行政村工作", ""),
        ("园长何秀琴表示感谢", "何秀琴"),
        ("种粮大户吴长顺一边装车", "吴长顺"),
        ("柳塬镇集贸市场", "柳塬"),
        ("在双柏镇敬老院", "双柏"),
        ("加快农村镇域发展", ""),
        ("抓好农村工作，建设美丽乡村", ""),
        ("推进禾坪至上寨公路改造", "进禾坪上寨"),
        ("6月至8月，公路养护", ""),
    ],
)
def test_names_numbers_and_titles_are_left_alone(text: str, shut: str) -> None:
    letters = {letter: n for n, letter in enumerate(sorted(set(text)), 4)}
    tokens = read_tokens(text, letters)
    closed = shut_tokens(tokens, text, ["塘背"])
    spans = zip(tokens.starts, tokens.ends, closed, strict=True)

    assert "".join(text[a:b] for a, b, is_shut in spans if is_shut) == shut


@pytest.mark.parametrize(
    ("left", "put", "right", "is_proposed"),
    [
        ("应", "当", "承", False),
        ("门", "之", "间", False),
        ("展", "农", "村", False),
        ("任", "何", "单", True),
    ],
)
def test_a_short_word_is_no_word_with_a_character_missing(
    left: str,
    put: str,
    right: str,
    is_proposed: bool,
) -> None:
    letters = "\0\n0A" + left + put + right
    before, behind = short_words(letters)
    code = {letter: place for place, letter in enumerate(letters)}
    kept_out = {*before.tolist(), *behind.tolist()}
    codes = {code[left] * 8192 + code[put], code[put] * 8192 + code[right]}

    assert bool(codes & kept_out) is not is_proposed


def test_rows_that_are_given_up_early_are_those_the_trees_call_hopeless() -> None:
    store = open_store(speller_model())
    lens, trees = lens_of(store), trees_of(store, "trees")
    tokens = tokens_of(lens, "各村民委远会要加强强监测预警，落实值班置度。")
    rows = lens.look([tokens], [[False] * len(tokens.ids)]).rows
    early = trees.chance(rows)
    patient = 1 / (1 + np.exp(-trees.added_up(rows, trees.roots)))

    assert (patient >= 0.5).any()
    assert (np.abs(early - patient) > 1e-9).any(), "some are given up"
    assert early[patient >= 0.1] == pytest.approx(patient[patient >= 0.1])


def test_a_second_reading_is_told_in_places_of_the_first() -> None:
    first_ = [Doubt("T03", 0, 1, "加强", 0.9, is_sure=True)]
    mended = Mended.of("强理管。", first_)
    second = [
        Doubt("T06", 2, 4, "管理", 0.8, is_sure=True),
        Doubt("T01", 0, 1, "家", 0.8, is_sure=True),
    ]

    assert mended.text == "加强理管。"
    assert mended.with_more(first_, second) == [
        Doubt("T03", 0, 1, "加强", 0.9, is_sure=True),
        Doubt("T06", 1, 3, "管理", 0.8, is_sure=True),
    ]


def test_endless_sentences_are_cut_and_long_texts_read_in_parts() -> None:
    given_ = [Sentence(0, "村" * 700), Sentence(700, ""), Sentence(701, "组" * 2400)]
    parts = list(batches(given_))
    every = [sentence for part in parts for sentence in part]

    assert max(len(sentence.text) for sentence in every) <= 300
    assert all(sum(len(s.text) for s in part) <= 2500 for part in parts)
    assert "".join(s.text for s in every) == "村" * 700 + "组" * 2400
    assert [s.start for s in every][:4] == [0, 300, 600, 701]


def test_where_a_rule_speaks_the_speller_is_silent() -> None:
    rule = ("T08", Hit(3, 5, "其它", ("其他",)))
    hint = ("T12", Hit(9, 10, "的", ("地",), severity=Severity.HINT))
    same = ("T01", Hit(4, 5, "它", ("他",), confidence=0.9))
    other = ("T01", Hit(9, 10, "的", ("得",), confidence=0.9))

    assert beside_rules([rule, hint], [same, other]) == [other]


def test_commands_that_ask_no_speller_do_not_load_it() -> None:
    late = "workflow.proofreading.speller.checking"
    code = f"import sys, web.commands; sys.exit({late!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0
