"""How telling a word is, whatever the articles are about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.english import is_english, is_unheard_of, rarity
from chatbot.text.tokens import stem


@given(st.text())
def test_rarity_lies_between_nothing_and_all(word: str) -> None:
    assert 0.0 <= rarity(word) <= 1.0


def test_rarer_words_tell_more() -> None:
    told = [rarity(stem(word)) for word in ("the", "year", "pain", "surgery", "ketamine")]
    assert told == sorted(told)
    assert told[0] == 0.0
    assert told[-1] > 0.8


@pytest.mark.parametrize("word", ["pain", "doctor", "insurance", "pregnant", "sleep"])
def test_everyday_words_are_english(word: str) -> None:
    assert is_english(stem(word))


@pytest.mark.parametrize("word", ["siatica", "tretment", "xyzzy", "infuson"])
def test_slips_are_not(word: str) -> None:
    assert not is_english(stem(word))


@pytest.mark.parametrize(
    ("word", "unheard_of"), [("gabapentinoid", True), ("pain", False), ("2023", False), ("", False)]
)
def test_only_words_can_be_unheard_of(word: str, unheard_of: bool) -> None:
    assert is_unheard_of(word) is unheard_of


@given(st.text())
def test_what_is_english_is_not_unheard_of(word: str) -> None:
    assert not (is_english(word) and is_unheard_of(word))
