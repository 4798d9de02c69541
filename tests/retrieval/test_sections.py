"""The wording of a question against the questions that sections answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.postings import K1, B, PositiveOkapi
from chatbot.retrieval.sections import Asked

TEXT = st.lists(st.sampled_from("what is how long ketamine pain last drip".split()), max_size=5)
GROUPS = st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=6)


@given(GROUPS, TEXT)
def test_the_best_text_of_each_passage_counts(groups: list[list[list[str]]], question: list[str]) -> None:
    texts = list(dict.fromkeys(tuple(text) for texts in groups for text in texts))
    if not any(texts):
        assert Asked(groups).best(question).tolist() == [0.0] * len(groups)
        return
    scores = PositiveOkapi(texts, k1=K1, b=B).get_scores(question)
    best = [max(scores[texts.index(tuple(text))] for text in own) for own in groups]
    np.testing.assert_allclose(Asked(groups).best(question), best, atol=1e-9)


def test_no_passages_have_no_wording() -> None:
    assert Asked([]).best(["pain"]).tolist() == []


@given(GROUPS, TEXT)
def test_likeness_lies_between_none_and_all(groups: list[list[list[str]]], question: list[str]) -> None:
    asked = Asked(groups)
    assert all(0.0 <= alike <= 1.0 + 1e-9 for alike in asked.likeness(range(len(groups)), question))


@given(GROUPS, st.data())
def test_a_question_worded_as_one_of_the_texts_is_wholly_alike(
    groups: list[list[list[str]]], data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(groups) - 1))
    text = data.draw(st.sampled_from(groups[row]))
    if text:
        assert Asked(groups).likeness([row], data.draw(st.permutations(text))) == pytest.approx([1.0])


def test_a_question_with_other_words_is_not_alike_at_all() -> None:
    assert Asked([[["what", "is", "ketamin"]]]).likeness([0], ["drip"]) == [0.0]


def test_a_rare_word_in_common_makes_more_alike_than_a_frequent_one() -> None:
    asked = Asked([[["what", "stenosi"]], [["what", "pain"]], [["what", "drip"]]])
    assert asked.likeness([0], ["how", "stenosi"]) > asked.likeness([0], ["what", "about"])
