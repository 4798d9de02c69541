"""Common words as they are often misspelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.english import is_english
from chatbot.text.naming import is_medical
from chatbot.text.slips import slips, straightened
from chatbot.text.tokens import folded_words, question_words, stem

WORDS = st.lists(
    st.sampled_from(["", "pain", "dose", "it", "were", "is", "wich", "alot", *sorted(slips())]), max_size=8
)


def read(text: str, *known: str) -> str:
    words = text.split()
    return " ".join(straightened(words, known).get(at, word) for at, word in enumerate(words))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wich doctr shud i ask", "which doctor should i ask"),
        ("is ther enuf reserch", "is there enough research"),
        ("becuz i hav alot of pain", "because i have a lot of pain"),
    ],
)
def test_common_words_are_read_as_they_are_meant(typed: str, meant: str) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("were is the nerve", "where is the nerve"),
        ("they were in pain", "they were in pain"),
        ("how fast dose it work", "how fast does it work"),
        ("what dose is given", "what dose is given"),
    ],
)
def test_a_word_that_is_one_is_only_read_anew_beside_a_word_that_shows_it(typed: str, meant: str) -> None:
    assert read(typed, "dose", "were") == meant


def test_what_the_articles_write_stays() -> None:
    assert read("wich reserch", "reserch") == "which reserch"


@given(WORDS)
def test_only_listed_words_change_and_no_second_reading_changes_more(words: list[str]) -> None:
    found = straightened(words, ())
    assert all(right and right != words[at] for at, right in found.items())
    again = folded_words(" ".join(found.get(at, word) for at, word in enumerate(words) if "_" not in word))
    assert not {word for word in again if slips().get(word)} - set(words)


def test_no_misspelling_is_an_everyday_word_or_a_medical_one() -> None:
    alone = {wrong: right for wrong, right in slips().items() if right and "_" not in wrong}
    assert len(alone) > 500
    assert not {wrong for wrong in alone if wrong in question_words() or is_medical(wrong)}
    # The list of English words holds stems, and some misspellings that are common enough.
    assert len({wrong for wrong in alone if is_english(wrong) and is_english(stem(wrong))}) < 50


def test_what_is_meant_is_a_word_that_english_knows() -> None:
    meant = {word for right in slips().values() for word in right.split()}
    assert {word for word in meant if word not in question_words() and not is_english(stem(word))} == set()
