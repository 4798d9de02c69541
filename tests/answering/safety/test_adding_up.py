"""The score card adds up what it says, on a card small enough to be added up by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.safety.card import judge, points_until, why
from chatbot.answering.safety.cardfile import parse
from chatbot.answering.safety.lexis import Lexis, scan
from chatbot.answering.safety.traits import LONGEST, Told

HEAD = """\
# version\t1
# date\t2026-11-27
# start\t-2
# urgent\t20
# made from\tthese rows
# soft\t10
# calm\t-6
# near\t-3
trait\tdanger\tC1\tC4
"""
ROWS = {
    "red": (5, {"C1": 1}),
    "blue": (-5, {}),
    "red blue": (7, {"C4": 2}),
    "^ blue": (3, {}),
    "red $": (4, {"C4": 1}),
    "red~green": (6, {"C1": 3}),
    "green~$": (2, {}),
    "{sky}": (8, {"C4": 1}),
    "{sea}": (9, {"C1": 4}),
    "(first person)": (1, {}),
    "(said aloud)": (-4, {}),
    "(message said aloud)": (-3, {"C1": 9}),
    "(message in first person)": (2, {"C4": 9}),
}
SETS = {"sky": ["cloud", "sun set"], "sea": ["wave", "high water", "high water set"]}
WORDS = ["red", "blue", "green", "cloud", "sun", "set", "wave", "high", "water", "i", "it", "_"]


def lexis() -> Lexis:
    made = Lexis()
    for name, entries in SETS.items():
        for entry in entries:
            made.add(name, tuple(entry.split()))
    return made


LEXIS = lexis()
CARD = parse(
    HEAD
    + "".join(
        f"{trait}\t{points}\t{groups.get('C1', '')}\t{groups.get('C4', '')}\n"
        for trait, (points, groups) in ROWS.items()
    ),
    LEXIS.numbers,
)


def tell(text: str, *, hidden: int = 0, forms: Mapping[str, int] | None = None) -> Told:
    """Return a text of words and full stops as the card looks at it."""
    words: list[str] = []
    ends = 0
    for token in text.split():
        if token == ".":
            ends |= (1 << len(words)) >> 1
        else:
            words.append(token)
    whole = scan(words, ends | (1 << len(words)) >> 1, LEXIS)
    return Told(whole.without(hidden), hidden, forms or {})


def points(text: str, **more: object) -> int | None:
    judged = judge(CARD, tell(text, **more))  # type: ignore[arg-type]
    return judged and judged.points


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("it", -2),
        ("it red it", 3),
        ("it red red it", 3),
        ("it red", 7),
        ("blue it", -4),
        ("it red blue it", 5),
        ("it red it green it it", 11),
        ("it red it it green it it", 11),
        ("it red it it it green it it", 5),
        ("it it green", -2),
        ("it it green it", 0),
        ("cloud it it", 6),
        ("sun set it", 6),
        ("sun it set", -2),
        ("cloud wave", 15),
        ("cloud it it it wave", 15),
        ("cloud high water", 15),
        ("sun set it it it high water", 15),
        ("high it water", -2),
        ("cloud high water set", 15),
        ("i it", 1),
    ],
)
def test_points_are_the_sum_of_what_is_met(text: str, total: int) -> None:
    assert points(text) == total


@pytest.mark.parametrize(
    ("text", "total", "words"),
    [
        ("it red it . it", 3, 0b111),
        ("it . it red it", 3, 0b1110),
        ("it red it . cloud it", 11, 0b11111),
        ("it red it . cloud it . it", 11, 0b11111),
        ("blue it . it red it . cloud it", 11, 0b1111100),
        ("it red it . red it", 3, 0b11000),
        ("cloud . wave", 15, 0b11),
        ("sun . set", -2, 0b10),
    ],
)
def test_most_alarming_sentence_or_two_in_a_row_are_judged(text: str, total: int, words: int) -> None:
    judged = judge(CARD, tell(text))
    assert judged
    assert (judged.points, judged.words) == (total, words)


def test_what_the_message_shows_as_a_whole_counts_beside_its_words() -> None:
    told = tell("it it . i cloud", forms={"(said aloud)": 0b0011})
    judged = judge(CARD, told)
    assert judged
    assert (judged.points, judged.category, judged.words) == (6, "", 0b1100)


def test_form_counts_in_its_own_sentence() -> None:
    assert points("it red it . it", forms={"(said aloud)": 0b0001}) == 3 - 4 - 3
    assert points("it red it . it", forms={"(said aloud)": 0b1000}) == 3 - 3


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("it red it", ""),
        ("cloud red", "C4"),
        ("cloud red it green", "C1"),
        ("cloud wave", "C1"),
        ("red blue . cloud", "C4"),
    ],
)
def test_category_is_the_one_with_most_points_for_it(text: str, category: str) -> None:
    judged = judge(CARD, tell(text))
    assert judged
    assert judged.category == category


@pytest.mark.parametrize(("text", "total", "category"), [("i red", 10, "C4"), ("i cloud it", 9, "")])
def test_category_is_named_from_the_soft_threshold_on(text: str, total: int, category: str) -> None:
    judged = judge(CARD, tell(text))
    assert judged
    assert (judged.points, judged.category) == (total, category)


FAR = " it" * 9


def near(told: Told, *marked: int) -> list[int]:
    judged = judge(CARD, told)
    assert judged
    return points_until(CARD, judged, marked)


@pytest.mark.parametrize(
    ("text", "ends", "total"),
    [
        ("it blue it", 0b010, -7),
        ("blue it", 0b001, -4),
        ("i blue it", 0b001, -1),
        ("i blue it", 0b010, -6),
        ("blue it" + FAR, 1 << 10, -2),
        ("blue it" + FAR, 1 << 8, -4),
        ("it blue", 0b01, -2),
        ("red blue", 0b01, 3),
        ("blue . it", 0b10, -2),
        ("it blue it . red it", 0b1010, 3),
        ("cloud" + FAR + " wave", 1, 6),
        ("it sun set it", 0b0100, 6),
        ("it sun set it", 0b0010, -2),
        ("it red it green", 0b1000, 9),
        ("it red it green", 0b0100, 3),
    ],
)
def test_near_are_the_words_of_the_sentence_up_to_those_that_are_marked(text: str, ends: int, total: int) -> None:
    assert near(tell(text), ends) == [total]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=3))
def test_near_in_short_sentences_are_all_of_the_words(sentences: list[list[str]]) -> None:
    every = (1 << sum(map(len, sentences))) - 1
    told = tell(" . ".join(map(" ".join, sentences)))
    single = [tell(" ".join(words)) for words in sentences]
    expected = max(near(each, each.scan.every) for each in single)
    assert near(told, every) == expected


@given(
    st.lists(st.sampled_from([*WORDS, "."]), min_size=1, max_size=30),
    st.lists(st.integers(0, 29), min_size=1, max_size=5),
)
def test_near_are_the_same_words_whatever_else_is_asked(row: list[str], places: list[int]) -> None:
    told = tell(" ".join(row))
    if size := len(told.scan.words):
        marked = [1 << place % size | 1 << place // 2 % size for place in places]
        assert near(told, *marked) == [points for each in marked for points in near(told, each)]


def test_hidden_words_take_up_room_and_count_for_nothing() -> None:
    assert points("it red it", hidden=0b010) == -2
    assert points("it red cloud green it it", hidden=0b100) == 11
    assert points("it cloud it wave", hidden=0b0010) == 7


def test_reasons_are_told_with_the_weightiest_first() -> None:
    assert why(CARD, tell("it red blue it . it")) == [("red blue", 7), ("red", 5), ("blue", -5)]
    assert why(CARD, tell("it . cloud i")) == [("{sky}", 8), ("(message in first person)", 2), ("(first person)", 1)]
    assert why(CARD, tell("")) == []


def test_text_without_words_is_not_judged() -> None:
    assert judge(CARD, tell("")) is None


SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=LONGEST + 3)


@given(st.lists(SENTENCE, min_size=1, max_size=4), st.integers(0, 255), st.integers(0, 255))
def test_points_are_those_of_the_reasons(sentences: list[list[str]], hidden: int, aloud: int) -> None:
    every = (1 << sum(map(len, sentences))) - 1
    told = tell(" . ".join(map(" ".join, sentences)), hidden=hidden & every, forms={"(said aloud)": aloud & every})
    judged = judge(CARD, told)
    assert judged
    assert judged.points == CARD.start + sum(worth for _, worth in why(CARD, told))
    assert bool(judged.category) == (judged.points >= CARD.soft)
