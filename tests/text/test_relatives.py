"""Which article words are of one family."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.relatives import Relatives, make_relatives
from chatbot.text.tokens import stem

STEMS = st.text(alphabet="abcdeity", min_size=1, max_size=9)


def family_of(*words: str) -> Relatives:
    return make_relatives(map(stem, words))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sciatica", "sciatic"),
        ("treatment", "treat"),
        ("neuropathy", "neuropathic"),
        ("anesthesia", "anesthetic"),
        ("fibrosis", "fibrotic"),
    ],
)
def test_words_of_one_family_are_found_both_ways(one: str, other: str) -> None:
    relatives = family_of(one, other)
    assert relatives.of(stem(one)) == (stem(other),)
    assert relatives.of(stem(other)) == (stem(one),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("though", "thought"),
        ("straight", "strain"),
        ("ketamine", "ketosis"),
        ("nerve", "nervous"),
        ("migraine", "migrant"),
        ("heal", "health"),
    ],
)
def test_strangers_that_begin_alike_are_kept_apart(one: str, other: str) -> None:
    relatives = family_of(one, other)
    assert stem(other) not in relatives.of(stem(one))
    assert stem(one) not in relatives.of(stem(other))


def test_a_word_that_the_articles_lack_finds_its_relatives() -> None:
    assert family_of("sciatic", "pain").of(stem("sciatica")) == (stem("sciatic"),)


@pytest.mark.parametrize("word", ["", "leg", "2023", "covid19"])
def test_short_words_and_numbers_have_no_relatives(word: str) -> None:
    assert family_of("legal", "20234", "covid19a").of(word) == ()


@given(st.lists(STEMS), STEMS)
def test_no_word_is_its_own_relative_and_all_begin_alike(stems: list[str], wanted: str) -> None:
    found = make_relatives(stems).of(wanted)
    assert wanted not in found
    assert set(found) <= set(stems)
    assert all(other[:4] == wanted[:4] for other in found)


@given(st.lists(STEMS, unique=True), STEMS)
def test_relatives_are_few_and_the_same_however_the_words_come(stems: list[str], wanted: str) -> None:
    found = make_relatives(stems).of(wanted)
    assert len(found) <= 3
    assert found == make_relatives(reversed(stems)).of(wanted)
