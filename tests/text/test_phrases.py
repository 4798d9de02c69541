"""Where listed phrases stand in a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.lexicon import all_stems
from chatbot.text.phrases import Found, Phrases, standing

LISTED = ("wear off", "wear", "how long", "turn off", "down my leg", "my leg", "numb leg", "what is it")
WORDS = "wear off how long turn down my leg numb what is it the pain right sharp".split()


def within(question: str, *listed: str) -> list[Found]:
    return list(Phrases(map(all_stems, listed or LISTED)).within(all_stems(question)))


def said(question: str, *listed: str) -> list[str]:
    return [" ".join(found.phrase) for found in within(question, *listed)]


def counted(question: str, *carrying: str) -> list[str]:
    stems = all_stems(question)
    own = {at for at, stem in enumerate(stems) if stem in carrying}
    return [" ".join(found.phrase) for found in standing(Phrases(map(all_stems, LISTED)).within(stems), own)]


def test_a_phrase_is_found_whatever_its_endings() -> None:
    assert said("does it stop wearing off", "wears off") == ["wear off"]


def test_a_word_or_two_may_stand_inside_a_phrase() -> None:
    assert said("can it turn the pain off", "turn off") == ["turn off"]
    assert said("can it turn the awful nagging pain off", "turn off") == []


@pytest.mark.parametrize("question", ["how bad and long", "what sort is it"])
def test_nothing_stands_behind_the_word_that_asks(question: str) -> None:
    assert said(question, "how long", "what is it") == []


def test_the_words_of_a_phrase_keep_their_order() -> None:
    assert said("off it wears", "wears off") == []


def test_a_phrase_cut_off_by_the_end_is_none() -> None:
    assert said("will it wear", "wear off") == []


def test_longer_phrases_come_first_and_of_these_the_ones_that_stand_together() -> None:
    assert said("wears right off down my leg") == ["down my leg", "my leg", "wear off", "wear"]


def test_the_longest_phrase_counts_alone() -> None:
    assert counted("does it wear off", "wear") == ["wear off"]
    assert counted("pain down my leg", "leg", "pain") == ["down my leg"]


def test_phrases_that_overlap_count_both_when_each_says_something_new() -> None:
    assert counted("down my numb leg", "numb", "leg") == ["down my leg", "numb leg"]


def test_a_phrase_of_words_that_are_taken_does_not_count() -> None:
    assert counted("how long is my leg", "leg", "long") == ["how long", "my leg"]
    assert counted("what is it", "nothing") == ["what is it"]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_what_is_found_stands_in_the_question(words: list[str]) -> None:
    stems = all_stems(" ".join(words))
    for found in Phrases(map(all_stems, LISTED)).within(stems):
        assert tuple(stems[at] for at in found.places) == found.phrase
        assert list(found.places) == sorted(set(found.places))
        assert found.places[-1] - found.places[0] < len(found.places) + 2


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sets(st.integers(0, 11)))
def test_every_phrase_that_counts_says_something_new(words: list[str], carrying: set[int]) -> None:
    kept = standing(Phrases(map(all_stems, LISTED)).within(all_stems(" ".join(words))), carrying)
    for each in kept:
        others = {at for other in kept if other is not each for at in other.places}
        mine = carrying.intersection(each.places) or set(each.places)
        assert mine - others or any(other.is_whole or not each.is_whole for other in kept if other is not each)
