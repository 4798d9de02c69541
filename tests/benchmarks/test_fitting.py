"""Logistic regression against what must hold for it."""

import numpy as np
import pytest

from benchmarks.fitting import fit, log_loss, logistic


def made(weights, *, questions=4000, seed=7):
    """Return rows and labels drawn as these weights say."""
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(questions, len(weights)))
    return rows, (chance.random(questions) < logistic(rows @ np.array(weights))).astype(float)


def test_the_weights_behind_the_labels_are_found():
    rows, labels = made([2.0, -1.0, 0.0])
    assert fit(rows, labels, np.zeros(3)) == pytest.approx([2.0, -1.0, 0.0], abs=0.15)


def test_nothing_near_the_fit_is_better():
    rows, labels = made([1.0, -2.0], questions=300)
    best = fit(rows, labels, np.zeros(2), penalty=1e-9)
    for change in ([0.1, 0], [-0.1, 0], [0, 0.1], [0, -0.1]):
        assert log_loss(rows, labels, best) <= log_loss(rows, labels, best + change)


def test_labels_that_a_line_parts_have_a_fit():
    rows, labels = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0.0, 0.0, 1.0, 1.0])
    (weight,) = fit(rows, labels, np.zeros(1))
    assert 0 < weight < 100


def test_what_the_questions_say_nothing_about_keeps_its_weight():
    rows, labels = made([1.0])
    empty = np.column_stack([rows, np.zeros(len(rows))])
    assert fit(empty, labels, np.array([0.0, 12.0]))[1] == pytest.approx(12.0)


def test_the_scale_of_a_column_makes_no_difference():
    rows, labels = made([1.0, -1.0], questions=200)
    plain = fit(rows, labels, np.zeros(2))
    assert fit(rows * [1000, 0.001], labels, np.zeros(2)) * [1000, 0.001] == pytest.approx(plain)


def test_a_bad_start_does_no_harm():
    rows, labels = made([1.0, -1.0])
    assert fit(rows, labels, np.array([-50.0, 50.0]), penalty=1e-6) == pytest.approx([1.0, -1.0], abs=0.15)


def test_sureness_about_the_wrong_costs():
    rows = np.array([[1.0], [-1.0]])
    right, wrong = (log_loss(rows, np.array(labels), np.array([3.0])) for labels in ([1.0, 0.0], [0.0, 1.0]))
    assert right < np.log(2) < wrong


def test_huge_values_are_no_trouble():
    assert logistic(np.array([-1e6, 0.0, 1e6])).tolist() == [0.0, 0.5, 1.0]
