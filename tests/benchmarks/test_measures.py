"""The counts behind the tables."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measures import auroc, false_answers, ndcg, quality

FIGURES = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12)


def test_quality_of_two_questions_is_their_mean():
    found = quality([["a", "x"], ["x", "y", "z", "b"]], [{"a": 1}, {"b": 2, "c": 1}])
    assert (found.hit_1, found.hit_3) == (0.5, 0.5)
    assert found.mrr_10 == pytest.approx((1 + 1 / 4) / 2)
    assert found.recall_10 == pytest.approx((1 + 1 / 2) / 2)
    assert found.ndcg_10 == pytest.approx((1 + (2 / math.log2(5)) / (2 + 1 / math.log2(3))) / 2)


def test_the_grade_itself_is_the_gain():
    assert ndcg([1, 2], [2, 1]) == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))


def test_ranks_past_the_tenth_do_not_count():
    found = quality([[*"0123456789", "a"]], [{"a": 1}])
    assert (found.ndcg_10, found.recall_10, found.mrr_10) == (0, 0, 0)


def test_confidence_that_separates_fully_has_an_area_of_one():
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1
    assert auroc([0.1, 0.2], [0.9, 0.8]) == 0


@given(FIGURES, FIGURES)
def test_the_area_is_the_share_of_pairs_won_with_ties_half(positive, negative):
    won = sum((one > other) + (one == other) / 2 for one in positive for other in negative)
    assert auroc(positive, negative) == pytest.approx(won / (len(positive) * len(negative)))


def test_false_answers_are_counted_where_95_percent_are_answered():
    positive = [float(value) for value in range(1, 21)]  # 19 of 20 lie at 2 or above
    assert false_answers(positive, [1.0, 2.0, 3.0, 0.0]) == 0.5


@given(FIGURES, FIGURES)
def test_the_cut_lets_enough_positives_through(positive, negative):
    everything = false_answers(positive, negative, answered=1.0)
    assert everything == sum(value >= min(positive) for value in negative) / len(negative)
    assert false_answers(positive, negative) <= everything
