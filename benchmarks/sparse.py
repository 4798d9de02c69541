"""Logistic regression over traits that a text shows or does not: Adam with a penalty on the odds.

D. Kingma and J. Ba 2015, arXiv 1412.6980 (Adam): each trait has a step of its own, so that what few texts show is
learnt as well as what all of them show. H. Kannan, A. Kurakin and I. Goodfellow 2018, arXiv 1803.06373 (the penalty,
there called logit squeezing): a text that is judged rightly by far teaches nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Row = tuple[frozenset[str], float, float]
# traits, 1 or 0, weight
LEAST_SEEN = 2
# texts that must show a trait before it gets points
PASSES, LEAST_STEPS = 5, 400
# over the texts; and steps, where those are few
BATCH = 256
# texts of one step
RATE = 0.003
# of the first step, falling to 0 with the last
PENALTY = 0.0025
# on the squares of the odds
SLOPE_KEPT, SQUARE_KEPT, CLOSE = 0.9, 0.999, 1e-8
# as the first paper has them


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of traits in natural logarithms of the odds."""

    start: float
    weights: Mapping[str, float]

    def score(self, stretch: Collection[str]) -> float:
        """Return the odds that a stretch of these traits speaks of danger."""
        return self.start + sum(self.weights.get(trait, 0.0) for trait in stretch)


def fit(rows: Sequence[Row], seed: int = 1, known: Collection[str] | None = None) -> Model:
    """Fit a logistic model. seed: of the order in which the rows are taken. known: the only traits that get points."""
    seen = Counter(trait for stretch, _, _ in rows for trait in stretch)
    often = (trait for trait, count in seen.items() if count >= LEAST_SEEN)
    names = sorted(often if known is None else (trait for trait in often if trait in known))
    number = {trait: at for at, trait in enumerate(names)}
    # Sorted, as sets have no order and sums of floats depend on it: the same card comes out every time.
    shown = [np.array(sorted(number[t] for t in stretch if t in number), dtype=np.int64) for stretch, _, _ in rows]
    target = np.array([urgent for _, urgent, _ in rows])
    weight = np.array([share for _, _, share in rows])
    start, weights = _descend(shown, target, weight, len(names), seed)
    return Model(start, {trait: float(weights[at]) for trait, at in number.items() if weights[at]})


def _descend(shown: Sequence[Ints], target: Floats, weight: Floats, size: int, seed: int) -> tuple[float, Floats]:
    """Minimise the weighted log loss with the penalty; return the weight of every text and those of the traits."""
    chance = np.random.default_rng(seed)
    batches = -(-len(shown) // BATCH)
    steps = max(PASSES * batches, LEAST_STEPS)
    # The last place is the weight that every text has.
    weights, slopes, squares = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1)
    lengths = np.array([len(row) + 1 for row in shown])
    for step in range(steps):
        if step % batches == 0:
            order = chance.permutation(len(shown))
        taken = order[step % batches * BATCH :][:BATCH]
        which = np.concatenate([part for at in taken for part in (shown[at], [size])]).astype(np.int64)
        where = np.repeat(np.arange(len(taken)), lengths[taken])
        odds = np.bincount(where, weights[which])
        error = weight[taken] * (1 / (1 + np.exp(-odds)) - target[taken]) + 2 * PENALTY * odds
        met, place = np.unique(which, return_inverse=True)
        slope = np.bincount(place, error[where]) / len(taken)
        slopes[met] += (1 - SLOPE_KEPT) * (slope - slopes[met])
        squares[met] += (1 - SQUARE_KEPT) * (slope**2 - squares[met])
        length = RATE * (1 - step / steps) / (1 - SLOPE_KEPT ** (step + 1))
        weights[met] -= length * slopes[met] / (np.sqrt(squares[met] / (1 - SQUARE_KEPT ** (step + 1))) + CLOSE)
    return float(weights[size]), weights[:size]
