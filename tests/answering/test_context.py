"""What a follow-up carries over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.context import carried, leans
from tests.builders import make_question

EARLIER = "What is ketamine infusion therapy?"


@pytest.mark.parametrize(
    "text",
    [
        "How long does it last?",
        "what about for migraines?",
        "And the side effects?",
        "is it safe?",
        "do they hurt",
        "why?",
        "how much does that cost",
        "how long",
        "what if those fail",
        "ok, but for how many weeks",
    ],
)
def test_a_follow_up_leans_on_the_question_before(text: str) -> None:
    assert carried(make_question(text, EARLIER)) == (EARLIER,)


@pytest.mark.parametrize(
    "text",
    [
        "What is fibromyalgia?",
        "Does gabapentin cause drowsiness?",
        "How is spinal stenosis treated with surgery?",
        "Can ketamine help sciatica?",
    ],
)
def test_a_new_subject_carries_nothing(text: str) -> None:
    assert carried(make_question(text, EARLIER)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "ok different question, what does an EMG show",
        "and another thing, is fibromyalgia treatable?",
        "never mind. Does gabapentin cause drowsiness?",
    ],
)
def test_what_is_said_to_be_another_subject_carries_nothing(text: str) -> None:
    assert carried(make_question(text, EARLIER)) == ()


@pytest.mark.parametrize("text", ["something else, how long does it last?", "one more thing, is that safe"])
def test_another_question_about_the_same_still_leans(text: str) -> None:
    assert carried(make_question(text, EARLIER)) == (EARLIER,)


def test_a_first_question_carries_nothing() -> None:
    assert carried(make_question("How long does it last?")) == ()


def test_a_follow_up_of_a_follow_up_carries_both_the_latest_first() -> None:
    history = (EARLIER, "how long does it last?")
    assert carried(make_question("and is it safe?", *history)) == ("how long does it last?", EARLIER)


def test_a_question_that_stands_alone_ends_what_is_carried() -> None:
    history = (EARLIER, "What is fibromyalgia?")
    assert carried(make_question("how long does it last?", *history)) == ("What is fibromyalgia?",)


@given(st.text(), st.lists(st.text(), max_size=10))
def test_at_most_the_two_latest_questions_are_carried(text: str, history: list[str]) -> None:
    found = carried(make_question(text, *history))
    assert found == tuple(reversed(history))[: len(found)]
    assert len(found) <= 2


@pytest.mark.parametrize("text", ["", "   ", "?", "ok", "1 2 3"])
def test_what_says_nothing_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(("text", "other"), [("IS IT SAFE?", "is it safe?"), ("And migraine?", "and migraine?")])
def test_case_makes_no_difference(text: str, other: str) -> None:
    assert leans(text) == leans(other)


def test_a_pronoun_inside_a_word_points_nowhere() -> None:
    assert not leans("Is fibromyalgia hereditary in Italian patients?")
