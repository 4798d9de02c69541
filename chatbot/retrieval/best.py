"""The highest of many scores."""

from __future__ import annotations

import math

import numpy as np

from chatbot.retrieval.table import Scores

LEAST = math.nextafter(0.0, 1.0)
# the lowest score above zero
GROUP = 16
# scores of which only the highest is looked at first


def best_rows(scores: Scores, limit: int) -> list[int]:
    """Return the rows of the highest scores above zero, best first; equal scores in row order."""
    count = min(limit, len(scores))
    if count < 1:
        return []
    # The arrays' own methods where there are any: NumPy's functions of the same names take as long again to find them.
    candidates = (scores >= max(_reached(scores, count), LEAST)).nonzero()[0]
    best: list[int] = candidates[(-scores[candidates]).argsort(kind="stable")][:count].tolist()
    return best


def _reached(scores: Scores, count: int) -> float:
    """Return a score that at least `count` of the scores reach, and not many more."""
    groups = len(scores) // GROUP
    if groups > count:
        # The best of groups of scores, since it takes far less time to order a few of them than all; of 10,000 a third.
        highest = np.maximum.reduce(scores[: groups * GROUP].reshape(GROUP, groups), axis=0)
    elif count < len(scores):
        highest = scores.copy()
    else:
        return LEAST
    highest.partition(len(highest) - count)
    return float(highest[len(highest) - count])
