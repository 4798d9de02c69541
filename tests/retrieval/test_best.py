"""The highest of many scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.best import best_rows

# Few different values, so that many are equal.
SCORE = st.sampled_from([0.0, 0.5, 1.0, 1.5, 5e-324, 1e300]) | st.floats(0, 9)
SCORES = st.lists(SCORE, max_size=30) | st.lists(st.integers(0, 9).map(float), min_size=40, max_size=120)


@given(SCORES, st.integers(0, 40))
def test_the_best_are_those_of_a_full_sort(scores: list[float], limit: int) -> None:
    by_score = sorted((row for row, score in enumerate(scores) if score > 0), key=lambda row: (-scores[row], row))
    assert best_rows(np.array(scores), limit) == by_score[:limit]


def test_equal_scores_keep_their_order() -> None:
    assert best_rows(np.array([1.0, 2.0, 1.0, 2.0]), 3) == [1, 3, 0]


@pytest.mark.parametrize("scores", [[], [0.0], [0.0, 0.0, 0.0]])
def test_where_nothing_scores_there_is_no_best(scores: list[float]) -> None:
    assert best_rows(np.array(scores), 2) == []
