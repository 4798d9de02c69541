"""The highest of many scores."""

from __future__ import annotations

import math

from chatbot.retrieval.table import Scores

LEAST = math.nextafter(0.0, 1.0)
# the lowest score above zero


def best_rows(scores: Scores, limit: int) -> list[int]:
    """Return the rows of the highest scores above zero, best first; equal scores in row order."""
    count = min(limit, len(scores))
    if count < 1:
        return []
    if count < len(scores):
        # The arrays' own methods: NumPy's functions of the same names take as long again to find them.
        ordered = scores.copy()
        ordered.partition(len(scores) - count)
        candidates = (scores >= max(ordered.item(len(scores) - count), LEAST)).nonzero()[0]
    else:
        candidates = (scores > 0).nonzero()[0]
    best: list[int] = candidates[(-scores[candidates]).argsort(kind="stable")][:count].tolist()
    return best
