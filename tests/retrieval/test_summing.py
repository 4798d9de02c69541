"""What several words score in each document, added up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval import summing
from chatbot.retrieval.summing import summed

COUNT = 7
scored = st.dictionaries(st.integers(0, COUNT - 1), st.floats(-10, 10), min_size=1)


@pytest.mark.parametrize("few", [0, summing.FEW])
@given(st.lists(scored, max_size=5))
def test_sums_are_those_of_adding_word_by_word_to_the_last_bit(few, words):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summing, "FEW", few)
        rows = [sorted(word) for word in words]
        found = [(np.array(own), np.array([word[row] for row in own])) for own, word in zip(rows, words, strict=True)]
        expected = [0.0] * COUNT
        for word in words:
            for row, score in word.items():
                expected[row] += score
        assert summed(found, COUNT).tolist() == expected


def test_what_is_added_up_stays_as_it_was():
    rows, scores = np.array([1], dtype=np.int32), np.array([2.0])
    total = summed([(rows, scores)], 3)
    total[1] = 0.0
    assert scores.tolist() == [2.0]
