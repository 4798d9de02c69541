"""The wording of a question against the questions that sections answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.postings import K1, B, PositiveOkapi
from chatbot.retrieval.sections import make_asked

TEXT = st.lists(st.sampled_from("what is how long ketamine pain last drip".split()), max_size=5)
GROUPS = st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=6)


@given(GROUPS, TEXT)
def test_the_best_text_of_each_passage_counts(groups: list[list[list[str]]], question: list[str]) -> None:
    texts = list(dict.fromkeys(tuple(text) for texts in groups for text in texts))
    if not any(texts):
        assert make_asked(groups).best(question).tolist() == [0.0] * len(groups)
        return
    scores = PositiveOkapi(texts, k1=K1, b=B).get_scores(question)
    best = [max(scores[texts.index(tuple(text))] for text in own) for own in groups]
    np.testing.assert_allclose(make_asked(groups).best(question), best, atol=1e-9)


def test_no_passages_have_no_wording() -> None:
    assert make_asked([]).best(["pain"]).tolist() == []


@given(GROUPS, TEXT)
def test_likeness_lies_between_none_and_all(groups: list[list[list[str]]], question: list[str]) -> None:
    asked = make_asked(groups)
    assert all(0.0 <= alike <= 1.0 + 1e-9 for alike in asked.likeness(range(len(groups)), question))


@given(GROUPS, st.data())
def test_a_question_worded_as_one_of_the_texts_is_wholly_alike(
    groups: list[list[list[str]]], data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(groups) - 1))
    text = data.draw(st.sampled_from(groups[row]))
    if text:
        assert make_asked(groups).likeness([row], data.draw(st.permutations(text))) == pytest.approx([1.0])


def test_a_question_with_other_words_is_not_alike_at_all() -> None:
    assert make_asked([[["what", "is", "ketamin"]]]).likeness([0], ["drip"]) == [0.0]


def test_a_rare_word_in_common_makes_more_alike_than_a_frequent_one() -> None:
    asked = make_asked([[["what", "stenosi"]], [["what", "pain"]], [["what", "drip"]]])
    assert asked.likeness([0], ["how", "stenosi"]) > asked.likeness([0], ["what", "about"])


@given(GROUPS, TEXT)
def test_the_same_question_is_one_of_the_same_words_in_any_order(
    groups: list[list[list[str]]], asked: list[str]
) -> None:
    wanted = [row for row, texts in enumerate(groups) if set(asked) in map(set, texts)]
    assert list(make_asked(groups).same(asked)) == wanted


def test_wordings_of_one_sign_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.retrieval.sections.crc32", lambda _: 7)
    asked = make_asked([[["what", "pain"]], [["what", "drip"]], [["drip", "what"]]])
    assert list(asked.same(["what", "drip"])) == [1, 2]


def test_every_wording_is_given_back_once() -> None:
    asked = make_asked([[["what", "pain"], ["drip"]], [["drip"], []]])
    assert list(asked.texts) == [("what", "pain"), ("drip",), ()]
