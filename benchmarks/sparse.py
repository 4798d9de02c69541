"""Logistic regression over traits that a text shows or does not: FISTA with an L1 and an L2 penalty, and dropout.

A. Beck and M. Teboulle 2009, doi 10.1137/080716542 (FISTA). S. Wager, S. Wang and P. Liang 2013, arXiv 1307.1493: why
texts from which words were left out at random teach a linear model to rely on many weak signs instead of one strong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEAST_SEEN = 2
# messages that must show a trait before it gets points
L2 = 1.0
# penalty on the squares of the points
STEPS = 700
KEPT = 0.4
# of the traits of a text in each of its thinned copies


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of traits in natural logarithms of the odds."""

    start: float
    weights: Mapping[str, float]

    def score(self, stretch: Collection[str]) -> float:
        """Return the odds that a stretch of these traits speaks of danger."""
        return self.start + sum(self.weights.get(trait, 0.0) for trait in stretch)


def fit(
    rows: Sequence[tuple[frozenset[str], float, float]],
    penalty: float,
    copies: int = 0,
    steps: int = STEPS,
    seed: int = 1,
) -> Model:
    """Fit a logistic model.

    rows: traits, 1 or 0, weight. copies: thinned ones for each row, 0 for the row itself. seed: of what is left out.
    """
    seen = Counter(trait for stretch, _, _ in rows for trait in stretch)
    known = {trait: at for at, trait in enumerate(sorted(t for t, count in seen.items() if count >= LEAST_SEEN))}
    # Sorted, as sets have no order and sums of floats depend on it: the same card comes out every time.
    pairs = [(at, known[t]) for at, (stretch, _, _) in enumerate(rows) for t in sorted(stretch) if t in known]
    where, which = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    target = np.array([urgent for _, urgent, _ in rows])
    weight = np.array([share for _, _, share in rows])
    if copies:
        where, which = _thinned(where, which, len(rows), copies, seed)
        target, weight = np.tile(target, copies), np.tile(weight / copies, copies)
    start, weights = _descend(where, which, target, weight, len(known), penalty, steps)
    return Model(start, {trait: float(weights[at]) for trait, at in known.items() if weights[at]})


def mean(models: Sequence[Model]) -> Model:
    """Return the model with the mean of the weights; one that lacks a trait gives it 0."""
    traits = sorted(set().union(*(model.weights for model in models)))
    weights = {trait: sum(model.weights.get(trait, 0.0) for model in models) / len(models) for trait in traits}
    return Model(sum(model.start for model in models) / len(models), weights)


def _thinned(where: Ints, which: Ints, rows: int, copies: int, seed: int) -> tuple[Ints, Ints]:
    """Return so many copies of the rows, each with a chance KEPT for every trait; the same ones every time."""
    chance = np.random.default_rng(seed)
    kept = [chance.random(len(where)) < KEPT for _ in range(copies)]
    return (
        np.concatenate([where[mask] + rows * turn for turn, mask in enumerate(kept)]),
        np.concatenate([which[mask] for mask in kept]),
    )


def _descend(
    where: Ints, which: Ints, target: Floats, weight: Floats, size: int, penalty: float, steps: int
) -> tuple[float, Floats]:
    """Minimise the weighted log loss with both penalties by accelerated proximal steps."""
    rows = len(target)
    step = 1.0 / (_steepest(where, which, weight, size) / 4 + weight.sum() / 12 + L2)
    weights, ahead = np.zeros(size), np.zeros(size)
    start = start_ahead = 0.0
    speed = 1.0
    for _ in range(steps):
        odds = np.bincount(where, ahead[which], rows) + start_ahead
        error = weight * (1 / (1 + np.exp(-odds)) - target)
        moved = ahead - step * (np.bincount(which, error[where], size) + L2 * ahead)
        moved = np.sign(moved) * np.maximum(np.abs(moved) - step * penalty, 0)
        moved_start = start_ahead - step * error.sum()
        faster = (1 + (1 + 4 * speed * speed) ** 0.5) / 2
        ahead = moved + (speed - 1) / faster * (moved - weights)
        start_ahead = moved_start + (speed - 1) / faster * (moved_start - start)
        weights, start, speed = moved, moved_start, faster
    return float(start), weights


def _steepest(where: Ints, which: Ints, weight: Floats, size: int) -> float:
    """Return the largest curvature of the squared traits, by power iteration."""
    direction = np.ones(size)
    length = 1.0
    for _ in range(20):
        through = np.bincount(where, direction[which], len(weight)) * weight
        direction = np.bincount(which, through[where], size)
        length = float(np.linalg.norm(direction))
        direction /= length
    return length
