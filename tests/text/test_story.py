"""The question inside a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.story import (
    ASIDE_WEIGHT,
    LEAD_WEIGHT,
    LONG_MESSAGE,
    POINTED_WEIGHT,
    STORY_WEIGHT,
    TOLD_WEIGHT,
    leans,
    means_told,
    replaces,
    weighed,
)


def parts(text: str) -> dict[str, float]:
    return {text[span.start : span.end].strip(): weight for span, weight in weighed(text)}


@pytest.mark.parametrize("text", ["", "low back pain", "Does it help? How long?", "My back hurts. It hurts a lot."])
def test_a_message_that_only_asks_or_only_tells_counts_whole(text: str) -> None:
    assert list(parts(text).values()) == [1.0]


def test_what_is_told_in_a_short_message_is_not_what_is_asked() -> None:
    found = parts("My mum had a stroke and is fine now. What does an EMG show?")
    assert found == {"What does an EMG show?": 1.0, "My mum had a stroke and is fine now.": TOLD_WEIGHT}


@pytest.mark.parametrize("turn", ["Unrelated:", "By the way,", "Now another question."])
def test_what_was_told_before_a_turn_to_something_else_counts_little(turn: str) -> None:
    found = parts(f"My mum had a stroke and is fine now. {turn} what does an EMG show?")
    assert found["My mum had a stroke and is fine now."] == STORY_WEIGHT
    assert max(found.values()) == 1.0


@pytest.mark.parametrize("question", ["Could it help me?", "Does ketamine help?", "Is an infusion safe?", "Why?"])
def test_what_a_question_points_back_to_is_asked_as_well(question: str) -> None:
    assert parts(f"My knee hurts badly. {question}")["My knee hurts badly."] == 1.0


def test_what_is_told_in_a_long_message_counts_little() -> None:
    told = " ".join(f"Word{number} happened yesterday." for number in range(LONG_MESSAGE))
    found = parts(f"{told} The doctor named stenosis. What does an EMG show?")
    assert found["Word0 happened yesterday."] == STORY_WEIGHT
    assert found["The doctor named stenosis."] == LEAD_WEIGHT
    assert found["What does an EMG show?"] == 1.0


def test_what_a_question_points_back_to_in_a_long_message_counts_more() -> None:
    told = " ".join(f"Word{number} happened yesterday." for number in range(LONG_MESSAGE))
    found = parts(f"{told} The doctor named stenosis. Is that treatable?")
    assert found["The doctor named stenosis."] == POINTED_WEIGHT > LEAD_WEIGHT


def test_a_sentence_may_turn_from_telling_to_asking() -> None:
    assert parts("had chest pain in spring, what does a bone scan show") == {
        "what does a bone scan show": 1.0,
        "had chest pain in spring,": TOLD_WEIGHT,
    }


def test_a_story_counts_next_to_nothing_where_the_question_says_enough_by_itself() -> None:
    told = " ".join(f"Word{number} happened yesterday." for number in range(LONG_MESSAGE))
    found = parts(f"{told} The doctor was kind. Can osteoporosis lead to compression fractures?")
    assert found["Word0 happened yesterday."] == ASIDE_WEIGHT < STORY_WEIGHT


@pytest.mark.parametrize(
    "asks",
    [
        "and I'd like to know why that is so",
        "so could you tell me what a bone scan shows",
        "but I was wondering whether stenosis hurts",
    ],
)
def test_a_sentence_may_turn_to_asking_with_words_that_say_so(asks: str) -> None:
    assert parts(f"My daughter drives me to the clinic {asks}?")[f"{asks}?"] == 1.0


@pytest.mark.parametrize("text", ["Has it done any good for people with what I've got?", "Is it for somebody like me?"])
def test_a_question_may_mean_an_illness_that_was_told_of(text: str) -> None:
    assert means_told(text)
    assert not means_told("How long does the relief last?")


def test_a_question_mark_asks_louder_than_wondering() -> None:
    found = parts("I wonder about the weather. Can osteoporosis cause back pain?")
    assert found["I wonder about the weather."] == TOLD_WEIGHT


@pytest.mark.parametrize(
    "text", ["and for migraine?", "how long does it last", "is that safe", "what about tablets", "why"]
)
def test_a_question_leans_when_it_points_back_or_names_nothing(text: str) -> None:
    assert leans(text)


def test_a_question_with_a_subject_of_its_own_stands_alone() -> None:
    assert not leans("what is spinal stenosis")


@given(st.text())
def test_the_parts_lie_in_the_message_and_one_counts_fully(text: str) -> None:
    found = weighed(text)
    assert max(weight for _, weight in found) == 1.0
    assert all(0 <= span.start <= span.end <= len(text) for span, _ in found)


# --- the same, asked of something else ----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["and sciatica?", "What about migraines?", "how about with IBS", "ok, and for my feet", "Or against cancer pain?!"],
)
def test_a_few_words_behind_and_or_what_about_ask_the_same_of_another_subject(text: str) -> None:
    assert replaces(text, subject=1.0, rarity=0.0)


@pytest.mark.parametrize("text", ["and how long does it last?", "is it safe?", "what about", "and is it for IBS?", ""])
def test_a_question_with_words_of_its_own_does_not(text: str) -> None:
    assert not replaces(text, subject=1.0, rarity=1.0)


def test_without_a_listed_subject_for_must_say_so() -> None:
    assert replaces("and for nerve pain?", subject=0.0, rarity=0.8)
    assert not replaces("and for me?", subject=0.0, rarity=0.3)
    assert not replaces("and afterwards?", subject=0.0, rarity=0.8)


@given(st.text(max_size=80))
def test_whatever_is_typed_it_is_told_whether_it_asks_anew(text: str) -> None:
    assert replaces(text, 1.0, 1.0) in (True, False)
