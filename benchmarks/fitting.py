"""Logistic regression, to fit what counts how much for the confidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

PENALTY = 1.0
# how strongly each weight is held to where it started, in questions
ROUNDS = 50
CLOSE = 1e-9


def fit(
    rows: Numbers, labels: Numbers, start: Numbers, penalty: float = PENALTY, worth: Numbers | None = None
) -> Numbers:
    """Return the weights under which the labels (0 or 1) are likeliest, one a column.

    rows: one a question. Newton's method with the step halved until the loss falls. A quadratic penalty, the same for
    columns of any scale, pulls towards `start`: what the questions say nothing about keeps the weight it had, and
    separable questions have a fit. worth: how many questions each row counts as; one without it. Needs at least one
    row.
    """
    scale = np.maximum(rows.std(axis=0), CLOSE)
    scaled, origin = rows / scale, start * scale
    worth = np.ones(len(rows)) if worth is None else worth
    weights = origin.copy()
    for _ in range(ROUNDS):
        chances = logistic(scaled @ weights)
        slope = scaled.T @ (worth * (chances - labels)) + penalty * (weights - origin)
        bend = (scaled.T * (worth * chances * (1 - chances))) @ scaled + penalty * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        before = _penalised(scaled, labels, weights, origin, penalty, worth)
        while _penalised(scaled, labels, weights - step, origin, penalty, worth) > before and abs(step).max() > CLOSE:
            step /= 2
        weights = weights - step
        if abs(step).max() < CLOSE:
            break
    fitted: Numbers = weights / scale
    return fitted


def log_loss(rows: Numbers, labels: Numbers, weights: Numbers) -> float:
    """Return the mean negative logarithm of the chance given to each label; lower is better."""
    return float(np.mean(_losses(rows, labels, weights)))


def logistic(values: Numbers) -> Numbers:
    """Return 1 / (1 + e^-x) for each value, without overflow."""
    return np.exp(-np.logaddexp(0, -values))


def _losses(rows: Numbers, labels: Numbers, weights: Numbers) -> Numbers:
    values = rows @ weights
    losses: Numbers = np.logaddexp(0, values) - labels * values
    return losses


def _penalised(
    rows: Numbers, labels: Numbers, weights: Numbers, origin: Numbers, penalty: float, worth: Numbers
) -> float:
    pull = penalty / 2 * float(np.sum((weights - origin) ** 2))
    return float(worth @ _losses(rows, labels, weights)) + pull
