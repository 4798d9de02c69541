"""Article words that were written in two or three, as they are heard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.joined import Whole, joined
from chatbot.text.spelling import Spelling, make_spelling
from chatbot.text.vocabulary import Vocabulary

ARTICLE_WORDS = (
    "migraines osteoporosis arthritis nerves therapist fibromyalgia neuropathic infusion sweating writhing formula "
    "pain the lower fibre"
).split()
SPELLING = make_spelling(Vocabulary(dict.fromkeys(ARTICLE_WORDS, 1) | {"overweight": 0}))


def joined_in(text: str, spelling: Spelling = SPELLING) -> dict[int, Whole]:
    words = text.split()
    unknown = {at for at, word in enumerate(words) if word not in spelling.vocabulary.words}
    return dict(joined(words, unknown, spelling))


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("my grains", "migraines"),
        ("osteo porrosis", "osteoporosis"),
        ("arther itis", "arthritis"),
        ("fibre my algia", "fibromyalgia"),
        ("new row pathic", "neuropathic"),
        ("infew shun", "infusion"),
        ("inf usion", "infusion"),
    ],
)
def test_a_word_cut_into_parts_is_read_as_one(cut: str, whole: str) -> None:
    assert joined_in(f"the {cut} pain") == {1: Whole(len(cut.split()), whole)}


@pytest.mark.parametrize(
    "apart", ["writing a", "shouting i", "from hull", "over eighty", "the pain", "my grain store", "the rapist"]
)
def test_words_of_their_own_stay_apart(apart: str) -> None:
    assert joined_in(apart) == {}


def test_a_stray_space_in_a_short_word_is_seen() -> None:
    assert joined_in("the ner ves") == {1: Whole(2, "nerves")}


def test_the_nearest_reading_wins() -> None:
    assert joined_in("inf usion s") == {0: Whole(2, "infusion")}


def test_words_that_articles_hold_stay_apart() -> None:
    assert joined(["fibre", "myalgia"], set(), SPELLING) == {}


def test_a_word_in_quotes_is_no_part() -> None:
    assert joined(["osteo", "", "porrosis"], {0, 2}, SPELLING) == {}


@given(st.lists(st.sampled_from([*ARTICLE_WORDS, "my", "grains", "osteo", "porrosis", "a", "algia", ""]), max_size=8))
def test_readings_never_overlap_and_hold_only_article_words(words: list[str]) -> None:
    found = joined(words, set(range(len(words))), SPELLING)
    places = [at + part for at, whole in found.items() for part in range(whole.parts)]
    assert len(places) == len(set(places))
    assert all(at < len(words) for at in places)
    assert all(SPELLING.vocabulary.words[whole.word] for whole in found.values())
